"""What a person or a program sees. Results go to stdout, talk to stderr; text from data is never markup."""

import json
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_PICTURES |= {0x7F: "\u2421"} | {code: f"\\x{code:02x}" for code in range(0x80, 0xA0)}
_PICTURES |= {
    code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)
}


_NUMBER = re.compile(r"[+-][\d\s()./-]*")
"""A number, a date or a telephone number: nothing that a spreadsheet could run."""


def safe(text: str) -> str:
    """The text with control characters, escapes and marks that turn the reading direction made visible."""
    return text.translate(_PICTURES)


def screen(*, talk: bool = False) -> "Console":
    """Where to print: stdout, or stderr for talk. Without a terminal nothing is cut and nothing is coloured."""
    stream = sys.stderr if talk else sys.stdout
    wide = None if stream.isatty() else 10_000
    return _screens()(file=stream, markup=False, highlight=False, emoji=False, width=wide, soft_wrap=False)


@cache
def _screens() -> "type[Console]":
    from rich.console import Console

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            """Who reads no further (`| head`) has what was wanted: no failure, as rich would have it."""
            raise BrokenPipeError

    return Screen


def say(line: str = "", style: str = "", *, whole: bool = False) -> None:
    """One line of a result. On a terminal it is wrapped at words, further lines hang under its first word.

    whole: for a command that is copied: ropa breaks it nowhere.
    """
    text = safe(line)
    if _bare(sys.stdout):
        return print(text)
    out = screen()
    if out.is_terminal and not whole:
        text = "\n".join(wrapped(text, out.width))
    return out.print(text, style=style or None, soft_wrap=True)


def _bare(stream: TextIO) -> bool:
    """Whether a stream is a pipe or a file that nobody wants coloured: it does not wait for rich to load."""
    return not stream.isatty() and not os.environ.get("FORCE_COLOR")


def wrapped(text: str, width: int, *, cut: bool = False) -> list[str]:
    """The lines of a text that is to stand in so many columns; an indent at its beginning is kept and deepened.

    cut: whether a word that is wider than that is cut; else it stays whole, as a path that is copied has to.
    """
    from textwrap import wrap

    lead = text[: len(text) - len(text.lstrip())]
    lines = wrap(
        text.lstrip(),
        max(width - len(lead), 8),
        break_on_hyphens=False,
        break_long_words=cut,
        subsequent_indent="  ",
    ) or [""]
    return [lead + line for line in lines]


def talk(line: str, style: str = "") -> None:
    """One line to the person, beside the result."""
    if _bare(sys.stderr):
        return print(safe(line), file=sys.stderr)
    out = screen(talk=True)
    text = "\n".join(wrapped(safe(line), out.width)) if out.is_terminal else safe(line)
    return out.print(text, style=style or None, soft_wrap=True)


def print_json(value: Any) -> None:
    """JSON on stdout, and nothing else."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_csv(columns: Sequence[str], rows: Sequence[Sequence[str]], into: TextIO | None = None) -> None:
    """CSV on stdout, or into a file, texts in full. It is opened in spreadsheets: control characters are shown, formulas made inert."""
    import csv

    writer = csv.writer(into or sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([inert(safe(cell)) for cell in row] for row in rows)


def inert(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula; numbers stay as they are.

    JSON gives the text as it is.
    """
    runs = text.startswith(("=", "@", "\t")) or (text.startswith(("+", "-")) and not _NUMBER.fullmatch(text))
    return f"'{text}" if runs else text


def at_a_terminal() -> bool:
    """Whether a person can be asked: keys come from a terminal, and what is said to the person goes to one."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> bool:
    """Yes or no from the terminal; no where the answer is neither."""
    screen(talk=True).print(safe(question) + " [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in ("y", "yes", "j", "ja", "o", "oui")
