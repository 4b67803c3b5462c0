"""The screens that a DPO sees each morning, in a real terminal of two sizes, held in tests/golden/screens.

Run as a program it writes them anew: python -m tests.cli.screens. Read the difference before you commit it.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.cli.running import TREE, Ropa
from tests.cli.terminal import Terminal

FOLDER = TREE / "tests" / "golden" / "screens"
SIZES = ((80, 24), (140, 40))
SCREENS = {
    "status": "status",
    "list": "activity list",
    "show-activity": "activity show PA-0013",
    "show-vendor": "vendor show invented-relay",
    "gaps": "gaps",
    "due": "due --within 365",
    "find": "find newsletter",
    "transfers": "transfer list",
    "transfers-us": "transfer show US",
}
"""Name of a screen → the command."""
_DAY = "2026-11-25T12:00:00.000000Z"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def freeze(register: Path) -> None:
    """Let the register have begun on one day for ever: `--as-of r1` is judged on the day of r1."""
    connection = sqlite3.connect(register)
    with connection:
        connection.execute("UPDATE revision SET at = ?", (_DAY,))
    connection.close()


def shown(folder: Path, command: str, width: int, height: int) -> str:
    """What the command shows in a terminal of that size, without its bold face."""
    terminal = Terminal(folder, *command.split(), "--as-of", "r1", width=width, height=height)
    terminal.end()
    return "".join(f"{line.rstrip()}\n" for line in _COLOURS.sub("", terminal.screen).splitlines())


def every() -> Iterator[tuple[str, str, int, int]]:
    """File, command, width and height of each screen."""
    for name, command in SCREENS.items():
        for width, height in SIZES:
            yield f"{name}-{width}x{height}.txt", command, width, height


def main() -> None:
    """Write every screen."""
    with tempfile.TemporaryDirectory() as place:
        ropa = Ropa(Path(place))
        ropa("init", "--example")
        freeze(ropa.register)
        for file, command, width, height in every():
            (FOLDER / file).write_text(shown(ropa.folder, command, width, height), encoding="utf-8")


if __name__ == "__main__":
    main()
