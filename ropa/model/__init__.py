"""The records of the register. No files, no database, no screen."""
