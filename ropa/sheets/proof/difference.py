"""Two workbooks, the one at hand and the one that the register gives, held against each other cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from ropa.sheets.proof.digest import TEXT, address
from ropa.sheets.proof.read import Sheet, Workbook
from ropa.sheets.proof.sheet import Cell

_PATIENCE = 4_000_000
"""Pairs of rows up to which rows that were put in or taken out are looked for; above, row n is held against row n."""
_SHOWN = 70
_KINDS = {
    "n": "the number",
    "b": "the yes or no",
    "d": "the day",
    "e": "the error",
    "f": "a formula that shows",
}

Row = tuple[tuple[int, Cell], ...]


@dataclass(frozen=True)
class Difference:
    """Where two workbooks differ, as a spreadsheet names it, and how. cell: sheet, row and column, where it is a cell of both."""

    where: str
    what: str
    cell: tuple[str, int, int] | None = None


def differences(given: Workbook, expected: Workbook, source: str) -> Iterator[Difference]:
    """What differs, sheet by sheet. source: what the expected one stands for, as in "the register at r41"."""
    wanted = {sheet.name: sheet for sheet in expected.sheets}
    for sheet in given.sheets:
        if sheet.name not in wanted:
            yield Difference(sheet.name, f"the sheet is not from {source}")
    for name in wanted:
        if name not in given.names:
            yield Difference(name, f"the sheet is missing; {source} gives it")
    shared = [name for name in given.names if name in wanted]
    if shared != [name for name in expected.names if name in given.names]:
        yield Difference("the sheets", f"stand in another order than {source} gives them")
    for sheet in given.sheets:
        if sheet.name in wanted:
            yield from _in_sheet(sheet, wanted[sheet.name], source)


def _in_sheet(given: Sheet, expected: Sheet, source: str) -> Iterator[Difference]:
    if given.cells == expected.cells:
        return
    here, there = _rows(given), _rows(expected)
    for begin, end, first, last in _blocks(here, there):
        both = min(end - begin, last - first)
        for n in range(both):
            yield from _in_row(given.name, begin + n, dict(here[begin + n]), dict(there[first + n]), source)
        for n in range(begin + both, end):
            if here[n]:
                yield Difference(f"{given.name}, row {n + 1}", f"is not from {source}: {_row_words(here[n])}")
        for n in range(first + both, last):
            if there[n]:
                where = f"{given.name}, before row {end + 1}"
                yield Difference(where, f"a row is missing that {source} gives: {_row_words(there[n])}")


def _rows(sheet: Sheet) -> list[Row]:
    """The rows of a sheet; beyond its last one there is nothing."""
    by_row: dict[int, list[tuple[int, Cell]]] = {}
    for (row, column), cell in sheet.cells.items():
        by_row.setdefault(row, []).append((column, cell))
    last = max(by_row, default=-1)
    return [tuple(sorted(by_row.get(row, ()))) for row in range(last + 1)]


def _blocks(here: list[Row], there: list[Row]) -> Iterator[tuple[int, int, int, int]]:
    """Where rows differ: from and to here, from and to there."""
    start = 0
    while start < min(len(here), len(there)) and here[start] == there[start]:
        start += 1
    end = 0
    while end < min(len(here), len(there)) - start and here[-1 - end] == there[-1 - end]:
        end += 1
    middle, other = here[start : len(here) - end], there[start : len(there) - end]
    if len(middle) * len(other) > _PATIENCE:
        yield start, start + len(middle), start, start + len(other)
        return
    for tag, begin, stop, first, last in SequenceMatcher(None, middle, other, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start + begin, start + stop, start + first, start + last


def _in_row(
    sheet: str, row: int, given: dict[int, Cell], expected: dict[int, Cell], source: str
) -> Iterator[Difference]:
    for column in sorted(given.keys() | expected.keys()):
        here, there = given.get(column), expected.get(column)
        if here != there:
            one, other = _pair(here, there)
            what = f"{one} in the workbook, {other} in {source}"
            yield Difference(f"{sheet}!{address(row, column)}", what, (sheet, row, column))


def _pair(here: Cell | None, there: Cell | None) -> tuple[str, str]:
    """Both cells in words; of long texts the part from where they part."""
    one, other = here.value if here else "", there.value if there else ""
    shorter = min(len(one), len(other))
    same = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    start = max(same - _SHOWN // 3, 0) if max(len(one), len(other)) > _SHOWN else 0
    return _words(here, start), _words(there, start)


def _words(cell: Cell | None, start: int = 0) -> str:
    if cell is None:
        return "nothing"
    shown = cell.value[start : start + _SHOWN].replace("\n", " / ")
    before, after = "…" if start else "", "…" if len(cell.value) > start + _SHOWN else ""
    text = f"'{before}{shown}{after}'"
    return text if cell.kind == TEXT else f"{_KINDS.get(cell.kind, 'something else,')} {text}"


def _row_words(row: Row) -> str:
    return ", ".join(_words(cell) for _, cell in row[:3])
