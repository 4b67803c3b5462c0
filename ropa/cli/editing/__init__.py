"""`ropa NOUN edit`: a record in the user's own editor."""
