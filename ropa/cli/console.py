"""What a person or a program sees. Results go to stdout, talk to stderr; text from data is never markup."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_PICTURES |= {0x7F: "\u2421"} | {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
_PICTURES |= {
    code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)
}


def safe(text: str) -> str:
    """The text with control characters, escapes and marks that turn the reading direction made visible."""
    return text.translate(_PICTURES)


def screen(*, talk: bool = False) -> "Console":
    """Where to print: stdout, or stderr for talk. Without a terminal nothing is cut and nothing is coloured."""
    from rich.console import Console

    stream = sys.stderr if talk else sys.stdout
    wide = None if stream.isatty() else 10_000
    return Console(file=stream, markup=False, highlight=False, emoji=False, width=wide, soft_wrap=False)


def say(line: str = "", style: str = "") -> None:
    """One line of a result."""
    screen().print(safe(line), style=style or None, soft_wrap=True)


def talk(line: str, style: str = "") -> None:
    """One line to the person, beside the result."""
    screen(talk=True).print(safe(line), style=style or None, soft_wrap=True)


def print_json(value: Any) -> None:
    """JSON on stdout, and nothing else."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """CSV on stdout, texts in full."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, empty: str, title: str = "") -> None:
    """A table for people. On a terminal long text is cut with "…"; in a pipe it is whole. `empty` is said for no rows."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = screen()
    if not rows:
        talk(empty)
        return
    on_terminal = out.is_terminal
    grid = Table(
        box=box.SIMPLE_HEAD if on_terminal else None,
        title=safe(title) or None,
        title_justify="left",
        pad_edge=False,
        header_style="bold" if on_terminal else "",
    )
    for n, column in enumerate(columns):
        grid.add_column(
            Text(safe(column)), no_wrap=True, overflow="ellipsis", ratio=None, min_width=8 if n == 0 else None
        )
    for row in rows:
        grid.add_row(*(Text(safe(" ".join(str(cell).split()))) for cell in row))
    _print_trimmed(out, grid)


def _print_trimmed(out: "Console", what: Any) -> None:
    """Print; in a pipe without the spaces that fill a line up."""
    if out.is_terminal:
        out.print(what)
        return
    with out.capture() as captured:
        out.print(what)
    for line in captured.get().splitlines():
        print(line.rstrip())


def pairs(lines: Sequence[tuple[str, str]], *, indent: int = 2) -> None:
    """Names and values under each other, values wrapped beside their name."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, max_width=26, overflow="ellipsis")
    grid.add_column(overflow="fold")
    for name, value in lines:
        grid.add_row(Text(safe(name), style="dim"), Text(safe(value)))
    _print_trimmed(screen(), Padding(grid, (0, 0, 0, indent), expand=False))


def ask(question: str) -> bool:
    """Yes or no from the terminal; no where the answer is neither."""
    screen(talk=True).print(safe(question) + " [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes", "j", "ja", "o", "oui")
