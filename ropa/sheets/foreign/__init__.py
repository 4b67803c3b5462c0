"""Spreadsheets that others made: tables found by their headings in six languages, read as drafts; what fits no field is kept as a note."""
