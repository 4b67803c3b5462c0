"""picture.svg: what `ropa gaps` shows of the shipped notice, taken from a run of the real command."""

import re
from io import StringIO
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from docs.making.terminal import COLUMNS, NOTICE, surroundings, typed

HEAD, TAIL = 5, 2
"""Paragraphs from the beginning (head, heading and three questions) and from the end that the picture shows."""
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_DAY = re.compile(r", as of \d{4}-\d\d-\d\d")


def picture_as_svg() -> str:
    """The picture. The day of the run is left out of it, and no font is fetched from anywhere."""
    told = re.split(r"\n\s*\n", gap_report().strip("\n"))
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text("$ ropa gaps", style="bold green"))
    for paragraph in [*told[:HEAD], "  ⋮", *told[-TAIL:]]:
        console.print(Text.from_ansi(f"{paragraph}\n"))
    drawn = console.export_svg(title="The gaps that a privacy notice leaves", unique_id="ropa")
    return "\n".join(line.rstrip() for line in _FONTS.sub("", drawn).splitlines()) + "\n"


def gap_report() -> str:
    """The report on a register that holds nothing but the shipped notice."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        copyfile(NOTICE, folder / "privacy-notice.txt")
        env = surroundings(folder, colour=True)
        for line in ("ropa init", "ropa import privacy-notice.txt --yes"):
            status, shown = typed(line, folder, env)
            if status:
                raise RuntimeError(f"{line}: exit {status}\n{shown}")
        return _DAY.sub("", typed("ropa gaps", folder, env)[1], count=1)
