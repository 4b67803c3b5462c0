"""One record as YAML that a person edits: every field under its help; and back, with the line on which each value stands."""
