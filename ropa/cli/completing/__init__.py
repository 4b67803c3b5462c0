"""Completion of the shell: what is typed so far → the words that may follow. Nothing heavy is loaded, nothing is ever said."""
