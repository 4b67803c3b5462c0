"""Privacy notices: reading them into facts, each with the lines it stands on."""
