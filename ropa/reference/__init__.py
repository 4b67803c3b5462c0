"""Dated facts that ship with the program, each with its source and the day it was checked, and lookups.

Nothing here becomes a record until a person accepts it. A table is read the first time it is asked for.
"""
