"""How fast ropa is, each figure against a floor measured in the same run. Run by `make bench`; no test reads it."""
