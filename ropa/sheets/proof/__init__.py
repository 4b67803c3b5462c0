"""What a workbook proves: the digest of its cells, what it says of its own origin, and holding it against the register."""
