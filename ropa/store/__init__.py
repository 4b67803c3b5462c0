"""Where a register lives: tables, open, load, commit, history, verify. The only room that knows SQL."""
