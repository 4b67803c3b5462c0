"""The rows of a sheet as they are written: each cell clean, each row high enough, what is too long in further rows."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ropa.sheets.celltext import CELL_LIMIT, cell_text, depth, looks_like_formula, pieces
from ropa.sheets.table import Column

LINES = 30
"""Lines of one cell: Excel makes no row higher than 409 points, and hides what is below."""
CONTINUES = "\n[continues in the next row]"
CONTINUED = " (continued)"
_SHORT = 1_000
"""Characters up to which a cell is kept for the next row that has it too: most cells of a register come again."""


class Ready(NamedTuple):
    """A cell as it is written. kind: its class, which tells how it looks. inert: looks like a formula. lines: its height."""

    text: str
    kind: type[str]
    inert: bool
    lines: int


def rows_of(
    cells: Sequence[str], columns: Sequence[Column], keys: int
) -> Iterator[tuple[Sequence[Ready], int]]:
    """The rows that one row takes, each with its height in lines: more than one where a cell cannot be seen in one.

    The first columns, the keys, stand in each of them.
    """
    row = [_ready(cell, column.width) for cell, column in zip(cells, columns, strict=True)]
    height = max([cell.lines for cell in row])
    if height <= LINES:
        yield row, height
        return
    cut = [
        list(pieces(cell.text, column.width, LINES - 2)) or [""]
        for cell, column in zip(row, columns, strict=True)
    ]
    for n in range(max(map(len, cut))):
        texts = [_piece(parts, n, key=place < keys) for place, parts in enumerate(cut)]
        if n and len(cut[keys - 1]) == 1:
            texts[keys - 1] += CONTINUED
        again = [
            _ready(cell.kind(text) if text else "", column.width)
            for cell, text, column in zip(row, texts, columns, strict=True)
        ]
        yield again, min(max(cell.lines for cell in again), LINES)


def _piece(parts: Sequence[str], n: int, *, key: bool) -> str:
    if n >= len(parts):
        return parts[0] if key and len(parts) == 1 else ""
    return parts[n] + (CONTINUES if n + 1 < len(parts) else "")


def _ready(cell: str, width: int) -> Ready:
    return _kept(type(cell), cell, width) if len(cell) <= _SHORT else _made(type(cell), cell, width)


def _made(kind: type[str], cell: str, width: int) -> Ready:
    text = cell_text(cell)
    # What may be over the limit of a cell is treated as too high: then `pieces` counts what it holds exactly.
    lines = depth(text, width) if len(text) <= CELL_LIMIT // 2 else max(depth(text, width), LINES + 1)
    return Ready(text, kind, looks_like_formula(text), lines)


_kept = lru_cache(maxsize=65_536)(_made)
