"""One sheet, told by its XML as it goes by."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ropa.errors import Refused
from ropa.sheets.proof.digest import TEXT, letters
from ropa.sheets.proof.strings import plain
from ropa.sheets.proof.xml import Attributes

CELLS = 30_000_000
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_TEXTS = ("s", "inlineStr", "str")


class Cell(NamedTuple):
    """What stands in a cell. kind: s text, n number, b yes or no, e error, d day, f formula."""

    kind: str
    value: str


class SheetReader:
    """Takes the elements of a sheet; afterwards `cells` holds what is not empty, and `hides` what is out of sight."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = strings
        self.cells: dict[tuple[int, int], Cell] = {}
        self.hides: list[str] = []
        self._row = self._column = -1
        self._kind = ""
        self._formula = False
        self._into: list[str] | None = None
        self._value: list[str] = []
        self._quiet = 0

    def start(self, tag: str, said: Attributes) -> None:
        """An element begins."""
        if tag == "c":
            self._row, self._column = self._place(said.get("r", ""))
            self._kind, self._formula, self._value = said.get("t", "n"), False, []
        elif tag in ("v", "t"):
            self._into = self._value
        elif tag == "f":
            self._formula, self._into = True, []
        elif tag == "rPh":
            self._quiet += 1
        elif tag == "row":
            self._row, self._column = self._number(said.get("r")), -1
            if _true(said.get("hidden")):
                self.hides.append(f"row {self._row + 1} is hidden")
        elif tag == "col" and _true(said.get("hidden")):
            self.hides.append(f"{_columns(said)} hidden")

    def text(self, more: str) -> None:
        """Text within an element."""
        if self._into is not None and not self._quiet:
            self._into.append(more)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("v", "t", "f"):
            self._into = None
        elif tag == "rPh":
            self._quiet -= 1
        elif tag == "c" and (self._value or self._formula):
            self._keep()

    def _keep(self) -> None:
        value = "".join(self._value)
        kind = TEXT if self._kind in _TEXTS else self._kind
        if self._kind == "s":
            value = self._shared(value)
        elif kind == TEXT:
            value = plain(value)
        if self._formula:
            kind = "f"
        if not value and kind == TEXT:
            return
        if len(self.cells) >= CELLS:
            raise Refused(f"holds more than {CELLS:,} cells.")
        self.cells[self._row, self._column] = Cell(kind, value)

    def _shared(self, number: str) -> str:
        if not number.isdecimal() or len(number) > 9 or int(number) >= len(self._strings):
            raise Refused(f"is damaged: a cell names the text {number[:20]}, which is not there.")
        return self._strings[int(number)]

    def _place(self, address: str) -> tuple[int, int]:
        if not address:
            return self._row, self._column + 1
        found = _ADDRESS.fullmatch(address)
        if not found:
            raise Refused(f"is damaged: it has a cell named '{address[:20]}'.")
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(found[2]) - 1, column - 1

    def _number(self, said: str | None) -> int:
        if said is None:
            return self._row + 1
        if not said.isdecimal() or len(said) > 7:
            raise Refused(f"is damaged: it has a row '{said[:20]}'.")
        return int(said) - 1


def _true(said: str | None) -> bool:
    return said in ("1", "true")


def _columns(said: Attributes) -> str:
    first, last = (
        letters(int(text) - 1) if text.isdecimal() and len(text) < 6 and int(text) else "?"
        for text in (said.get("min", ""), said.get("max", ""))
    )
    return f"column {first} is" if first == last else f"columns {first} to {last} are"
