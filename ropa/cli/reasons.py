"""The reason for what is not done lightly: given with --why, asked for on a terminal, refused where there is neither."""

import sys

from ropa.cli.console import at_a_terminal, safe, screen
from ropa.errors import Refused


def reason_for(deed: str, why: str, *, dry_run: bool) -> str:
    """The reason for a deed ("a removal"). A dry run needs none."""
    if why.strip() or dry_run:
        return why
    if at_a_terminal():
        screen(talk=True).print(f"{safe(deed)[:1].upper()}{safe(deed)[1:]} needs a reason. Why? ", end="")
        why = sys.stdin.readline().strip()
    if not why.strip():
        raise Refused(f"{deed} needs a reason; nothing was written.", do='Say it: --why "…"')
    return why
