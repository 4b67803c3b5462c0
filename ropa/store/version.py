"""The version of a register's tables, where it can be read without loading the tables."""

VERSION = "0001"
"""The migration that the tables of this program stand at (a test holds it against the folder of migrations)."""
