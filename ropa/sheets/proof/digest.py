"""The digest of what a workbook says: its cells, not its file, so that saving it again in another program changes nothing.

A cell that is not empty is a line of UTF-8: the JSON list of its address, its type ("s" for a text) and its value, as
RFC 8785 writes it. A sheet's digest is SHA-256 over its lines, row by row from left to right; the workbook's is SHA-256 over a
line for each sheet in their order: the JSON list of its name and its digest. The cell that shows the digest is left out.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache

PROPERTY = "ropa digest"
"""Where it stands among the properties of the document."""
TEXT, NUMBER = "s", "n"
_json = json.JSONEncoder(ensure_ascii=False).encode
"""For a text this is the form of RFC 8785."""


def cell_line(address: str, kind: str, value: str) -> str:
    """A cell as it is digested."""
    return f'["{address}",{_json(kind)},{_json(value)}]\n'


class WorkbookDigest:
    """A digest that grows while sheets are written, in whatever order; a sheet's rows come in theirs."""

    def __init__(self) -> None:
        self._sheets: dict[str, hashlib._Hash] = {}

    def add_sheet(self, name: str) -> None:
        """The next sheet in the order of the workbook."""
        self._sheets[name] = hashlib.sha256()

    def add_lines(self, sheet: str, lines: Iterable[str]) -> None:
        """Further cells of a sheet."""
        self._sheets[sheet].update("".join(lines).encode("utf-8", "surrogatepass"))

    def add_row(self, sheet: str, row: int, first: int, texts: Sequence[str]) -> None:
        """The texts of a row, counted from 0, that begin in a column, counted from 0."""
        self.add_lines(
            sheet,
            [cell_line(address(row, column), TEXT, text) for column, text in enumerate(texts, first) if text],
        )

    def hexdigest(self) -> str:
        """The digest of what was added so far, in hex."""
        whole = hashlib.sha256()
        for name, sheet in self._sheets.items():
            whole.update(f'[{_json(name)},"{sheet.hexdigest()}"]\n'.encode("utf-8", "surrogatepass"))
        return whole.hexdigest()


def address(row: int, column: int) -> str:
    """The name of a cell, row and column counted from 0: (6, 5) is F7."""
    return f"{letters(column)}{row + 1}"


@cache
def letters(column: int) -> str:
    """The name of a column, counted from 0: 0 is A, 27 is AB."""
    before, own = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + own)
