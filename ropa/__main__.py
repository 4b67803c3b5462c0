"""`python -m ropa` is `ropa`."""

from ropa.cli import main

main()
