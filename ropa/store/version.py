"""The version of a register's tables, where it can be read without loading the tables."""

VERSION = "0002"
"""The migration that the tables of this program stand at (a test holds it against the folder of migrations)."""

EARLIER = tuple(f"{number:04}" for number in range(1, int(VERSION)))
"""The migrations before it, oldest first: a register that stands at one of them is brought up when it is opened."""
