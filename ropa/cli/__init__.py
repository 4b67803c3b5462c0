"""The command line. From what is typed to a call of a lower floor, and its result onto the screen."""

from ropa.cli.app import main

__all__ = ["main"]
