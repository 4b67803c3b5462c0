"""A sheet that people edit: a hidden first row of keys, headings, cells with their types, choices that drop down, help at each cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_range_abs

from ropa.sheets.celltext import depth, looks_like_formula
from ropa.sheets.proof.digest import TEXT, address, cell_line
from ropa.sheets.xlsx.book import POINTS, ROWS, Book

KEYS, HEADINGS, FIRST = 0, 1, 2
"""The rows of the keys, of the headings, and the first one of records, counted from 0."""
_TALL = 6
"""Lines up to which a row grows; the rest is seen by going into the cell."""
_SPARE = 500
"""Empty rows below the last one that offer choices and help, too."""
_EPOCH = date(1899, 12, 30)
_TITLE, _MESSAGE = 32, 255
"""Characters that Excel shows of a help text."""


@dataclass(frozen=True)
class GridColumn:
    """A column. choices: name of the list that drops down; "" for none. asked: whether the law asks for it. read: changed elsewhere."""

    key: str
    heading: str
    help: str
    width: int
    choices: str = ""
    day: bool = False
    asked: bool = False
    read: bool = False


@dataclass(frozen=True)
class Grid:
    """A sheet of rows that are edited. rows: the hidden id, and as many cells as there are columns. still: how many columns stay in sight."""

    name: str
    key: str
    title: str
    columns: Sequence[GridColumn]
    rows: Iterable[tuple[str, Sequence[str | int | date]]]
    still: int


class Lists:
    """The hidden sheet of what drops down, a column a list."""

    NAME = "Lists"

    def __init__(self, lists: dict[str, Sequence[str]]) -> None:
        self._lists = lists

    def source(self, name: str) -> str:
        """Where a list stands, as a validation names it."""
        column = list(self._lists).index(name)
        return f"={self.NAME}!{xl_range_abs(1, column, max(len(self._lists[name]), 1), column)}"

    def write(self, book: Book) -> None:
        """The sheet, hidden; the names of the lists in its first row."""
        sheet = book.add_sheet(self.NAME)
        sheet.hide()
        deepest = max(map(len, self._lists.values()), default=0)
        for row in range(deepest + 1):
            texts = [
                name if row == 0 else each[row - 1] if row <= len(each) else ""
                for name, each in self._lists.items()
            ]
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(row, column, text, book.look("plain"))
            book.digest.add_row(self.NAME, row, 0, texts)


def add_grid(book: Book, grid: Grid, lists: Lists) -> None:
    """Write the sheet. A blank cell that the law asks for is yellow; what is only read is grey."""
    sheet = book.add_sheet(grid.name)
    _head(book, sheet, grid)
    row = FIRST
    for id, cells in grid.rows:
        if row >= ROWS:
            break
        _row(book, sheet, grid, row, id, cells)
        row += 1
    last = row - 1
    sheet.autofilter(HEADINGS, 0, max(last, HEADINGS + 1), len(grid.columns))
    for number, column in enumerate(grid.columns, 1):
        _guide(book, sheet, column, number, min(last + _SPARE, ROWS - 1), lists)
    book.print_on(sheet, grid.title)


def _head(book: Book, sheet: Any, grid: Grid) -> None:
    sheet.set_column(0, 0, 12, None, {"hidden": True})
    for number, column in enumerate(grid.columns, 1):
        sheet.set_column(number, number, column.width)
    sheet.set_default_row(POINTS + 3)
    sheet.freeze_panes(FIRST, grid.still + 1)
    keys = [grid.key, *(column.key for column in grid.columns)]
    heads = ["id", *(column.heading for column in grid.columns)]
    sheet.set_row(KEYS, None, None, {"hidden": True})
    for number, key in enumerate(keys):
        sheet.write_string(KEYS, number, key, book.look("plain"))
    high = max(depth(column.heading, column.width - 3) for column in grid.columns)
    sheet.set_row(HEADINGS, POINTS * high + 6)
    for number, head in enumerate(heads):
        column = grid.columns[number - 1] if number else None
        look = "header" if column is None or column.asked else "header of more"
        sheet.write_string(HEADINGS, number, head, book.look(look))
    book.digest.add_row(grid.name, KEYS, 0, keys)
    book.digest.add_row(grid.name, HEADINGS, 0, heads)
    sheet.repeat_rows(HEADINGS)


def _row(
    book: Book, sheet: Any, grid: Grid, row: int, id: str, cells: Sequence[str | int | date]
) -> None:
    high = max(
        (depth(cell, column.width) for cell, column in zip(cells, grid.columns, strict=True) if isinstance(cell, str)),
        default=1,
    )
    if high > 1:
        sheet.set_row(row, min(high, _TALL) * POINTS + 3)
    sheet.write_string(row, 0, id, book.look("plain"))
    lines = [cell_line(address(row, 0), TEXT, id)]
    for number, (cell, column) in enumerate(zip(cells, grid.columns, strict=True), 1):
        kind, value = _write(book, sheet, row, number, cell, column)
        if value:
            lines.append(cell_line(address(row, number), kind, value))
    book.digest.add_lines(grid.name, lines)


def _write(
    book: Book, sheet: Any, row: int, number: int, cell: str | int | date, column: GridColumn
) -> tuple[str, str]:
    """Write one cell; how it counts in the digest."""
    look = "only read" if column.read else "body"
    if isinstance(cell, date):
        serial = (cell - _EPOCH).days
        if serial > 60:  # Excel counts a 29 February 1900
            sheet.write_number(row, number, serial, book.look("day"))
            return "n", str(serial)
        cell = cell.isoformat()
    if isinstance(cell, int):
        sheet.write_number(row, number, cell, book.look(look))
        return "n", str(cell)
    if not cell:
        sheet.write_blank(row, number, None, book.look("day" if column.day else look))
        return TEXT, ""
    sheet.write_string(row, number, cell, book.look(f"{look}, inert" if looks_like_formula(cell) else look))
    return TEXT, cell


def _guide(book: Book, sheet: Any, column: GridColumn, number: int, last: int, lists: Lists) -> None:
    """Help and choices down the whole column. A choice that is not in the list is a warning, never a wall."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.heading[:_TITLE],
        "input_message": _short(column.help),
    }
    if column.read:
        rule |= {"validate": "custom", "value": "=FALSE", "error_type": "warning"}
        rule |= {"error_title": "Only to read", "error_message": _short(column.help)}
    elif column.choices:
        rule |= {"validate": "list", "source": lists.source(column.choices), "error_type": "warning"}
        rule |= {"error_title": "Not in the list", "error_message": "This is not one of the choices. Keep it?"}
    sheet.data_validation(HEADINGS, number, last, number, rule)
    if column.asked and not column.read:
        sheet.conditional_format(
            FIRST, number, max(last - _SPARE, FIRST), number, {"type": "blanks", "format": book.look("asked")}
        )


def _short(text: str) -> str:
    return text if len(text) <= _MESSAGE else f"{text[: _MESSAGE - 1]}…"
