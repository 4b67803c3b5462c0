"""A command run at a pretend terminal, so that pages and picture show what a person sees and not what a pipe gets."""

import fcntl
import os
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = 110
NOTICE = ROOT / "data" / "notices" / "postdicom-2026-04-15.txt"
"""The notice that the pages and the picture begin with."""


def surroundings(home: Path, *, colour: bool) -> dict[str, str]:
    """The variables of a user who has none of their own: no register named, no git, no colours unless asked for."""
    tools = home / ".tools"
    tools.mkdir(exist_ok=True)
    ropa = tools / "ropa"
    ropa.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ropa "$@"\n', encoding="utf-8")
    ropa.chmod(0o755)
    said = {
        "PATH": os.pathsep.join([str(tools), os.defpath]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "ROPA_ACTOR": "Data Protection Officer",
    }
    return said if colour else said | {"NO_COLOR": "1"}


def typed(line: str, folder: Path, env: dict[str, str]) -> tuple[int, str]:
    """Exit status, and all that a terminal of COLUMNS shows, for a line typed in that folder. There is no keyboard."""
    mine, its = os.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["/bin/sh", "-c", line], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=its, stderr=its
    )
    os.close(its)
    shown = b"".join(_read(mine))
    os.close(mine)
    return process.wait(), shown.decode("utf-8", "replace").replace("\r\n", "\n")


def _read(mine: int) -> Sequence[bytes]:
    """All that comes, until the other side is closed (which Linux tells as an error)."""
    pieces: list[bytes] = []
    with suppress(OSError):
        while piece := os.read(mine, 65_536):
            pieces.append(piece)
    return pieces
