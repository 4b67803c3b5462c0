"""The command line. Parses words, calls one function below, shows the answer."""

from ropa.cli.app import main

__all__ = ["main"]
