"""Tables and lists of names and values, for people. In a pipe nothing is cut, wrapped or coloured."""

import sys
from collections.abc import Collection, Sequence

from ropa.cli.console import safe, say, screen, talk, wrapped

NARROW = 10
"""Places that a cut text keeps at the least."""
READABLE = 20
"""Places for which a column that says the same in every row makes room."""
NAME = 28
"""Places that the second column keeps: it is the name, by which a person knows the record."""
LEAST = 24
"""Places beside a lead under which a text goes back to the left edge."""
LONG = 60
"""Places up to which a column of a pipe is filled up."""
_BETWEEN = 3
"""Places between two columns."""


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    empty: str,
    names: Sequence[str] = (),
    asked: bool = False,
    cut_first: bool = False,
) -> None:
    """A table. `empty` is said where there are no rows.

    On a terminal long texts are cut with "…", the first column never unless `cut_first`; what still does not fit is left out,
    and said. names: what --columns calls the columns, so that it can be said how to see those. asked: somebody asked for just
    these columns: none is left out, each row becomes a block of lines where they do not fit beside each other.
    """
    if not rows:
        talk(empty)
        return
    heads = [safe(column) for column in columns]
    cells = [[safe(" ".join(str(cell).split())) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        _print_whole(heads, cells)
        return
    widths = fitting(heads, cells, screen().width, cut_first=cut_first)
    if not widths or (asked and not all(widths)):
        _print_blocks(heads, cells)
        return
    _print_grid(heads, cells, widths)
    left_out = [n for n, width in enumerate(widths) if not width]
    if left_out:
        how = "--csv or --json"
        if names:
            how = f"--columns {','.join([names[0], *(names[n] for n in left_out)])} (or {how})"
        talk(
            f"Left out, for the window is narrow: {', '.join(columns[n] for n in left_out)}. See them with {how}."
        )


def _print_grid(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    from rich import box  # a pipe does not wait for what only a terminal needs
    from rich.table import Table
    from rich.text import Text

    shown = [n for n, width in enumerate(widths) if width]
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for n in shown:
        grid.add_column(Text(columns[n]), no_wrap=True, overflow="ellipsis", width=widths[n])
    for row in rows:
        grid.add_row(*(Text(row[n]) for n in shown))
    screen().print(grid)


def _print_blocks(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A block of lines a row: what the first column says, and the others under it, where they say something."""
    for row in rows:
        say(row[0], style="bold")
        pairs([(column, cell) for column, cell in zip(columns[1:], row[1:], strict=True) if cell])


def _print_whole(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns under each other, every text in full; a long one pushes only what stands right of it."""
    from rich.cells import cell_len

    wide = [min(max(map(cell_len, own)), LONG) for own in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, wide, strict=True))
        print("  ".join(cells).rstrip())


def fitting(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, cut_first: bool = False
) -> list[int]:
    """The width of each column in a window; 0 for one that is left out. Empty where not even two fit.

    The first column is whole, unless `cut_first`. Left out is first what says the same in every row, so that the rest can be
    read, then the last.
    """
    from rich.cells import cell_len

    texts = list(zip(*rows, strict=True))
    wants = [max(cell_len(text) for text in (name, *own)) for name, own in zip(columns, texts, strict=True)]
    kept = [NAME if cut_first else wants[0], NAME] + [max(NARROW, cell_len(name)) for name in columns[2:]]
    given = [min(want, least) for want, least in zip(wants, kept, strict=False)]
    shown = list(range(len(columns)))

    def room() -> int:
        return width - sum(given[n] for n in shown) - _BETWEEN * (len(shown) - 1)

    alike = [n for n in shown[2:] if len(rows) > 1 and len(set(texts[n])) == 1]
    while alike and room() < sum(max(min(wants[n], READABLE) - given[n], 0) for n in shown):
        shown.remove(alike.pop())
    while len(shown) > 2 and room() < 0:
        shown.pop()
    if room() < 0:
        given[shown[-1]] = max(given[shown[-1]] + room(), min(wants[shown[-1]], NARROW))
    if room() < 0:
        return []
    for left, n in zip(
        range(len(shown), 0, -1), sorted(shown, key=lambda n: wants[n] - given[n]), strict=True
    ):
        given[n] += min(wants[n] - given[n], max(room(), 0) // left)
    return [given[n] if n in shown else 0 for n in range(len(columns))]


def pairs(
    lines: Sequence[tuple[str, str]],
    *,
    indent: int = 2,
    whole: Collection[str] = (),
    cut: Collection[str] = (),
) -> None:
    """Names and values under each other, values wrapped beside their name.

    whole: names whose values are commands that are copied: ropa breaks them nowhere. cut: names whose values take one line
    on a terminal, the rest is cut.
    """
    from rich.cells import cell_len, set_cell_size
    from rich.text import Text

    out = screen()
    room = min(max((cell_len(name) for name, _ in lines), default=0), 28)
    wide = out.width - indent - room - 2
    if out.is_terminal and wide < LEAST:
        return _under_each_other(lines, indent)
    for name, value in lines:
        text = safe(value)
        if not out.is_terminal or name in whole:
            first, rest = text, list[str]()
        elif name in cut:
            first = text if cell_len(text) <= wide else set_cell_size(text, wide - 1).rstrip() + "…"
            rest = []
        else:
            first, *rest = _beside(text, wide)
        label = " " * indent + safe(name)[:room].ljust(room) + "  "
        out.print(Text.assemble((label, "dim"), (first, "bold" if name in whole else "")), soft_wrap=True)
        for line in rest:
            say(" " * (indent + room + 2) + line, whole=True)
    return None


def _under_each_other(lines: Sequence[tuple[str, str]], indent: int) -> None:
    """Names and values where the window has no room for both beside each other."""
    for name, value in lines:
        if name:
            say(" " * indent + name, style="dim")
        for line in value.split("\n"):
            say(" " * (indent + 2) + line)


def hanging(lead: str, text: str) -> None:
    """A text behind its lead; on a terminal wrapped at words, further lines under its first word, if there is room."""
    from rich.cells import cell_len

    out = screen()
    room = out.width - cell_len(lead)
    if not out.is_terminal or room < LEAST:
        return say(lead + safe(text))
    first, *rest = _beside(safe(text), room)
    say(lead + first, whole=True)
    for line in rest:
        say(" " * cell_len(lead) + line, whole=True)
    return None


def _beside(text: str, width: int) -> list[str]:
    return [line for one in text.split("\n") for line in wrapped(one, width, cut=True)] or [""]
