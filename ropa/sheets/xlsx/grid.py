"""A sheet that people edit: a hidden first row of keys, headings, cells with their types, choices that drop down, help at each cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_range_abs

from ropa.errors import Refused
from ropa.sheets.celltext import depth, looks_like_formula
from ropa.sheets.proof.digest import TEXT, address, cell_line
from ropa.sheets.xlsx.book import A3, POINTS, ROWS, Book

KEYS, HEADINGS, FIRST = 0, 1, 2
"""The rows of the keys, of the headings, and the first one of records, counted from 0."""
_PAGE = 230
"""Characters of a row that can be read on one page."""
_TALL = 6
"""Lines up to which a row grows; the rest is seen by going into the cell."""
_SPARE = 500
"""Empty rows below the last one that offer choices and help, too."""
_EPOCH = date(1899, 12, 30)
_MARCH_1900 = 60
"""Days up to here Excel counts differently: it knows a 29 February 1900."""
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
    writing = _Writing(book, grid, lists)
    writing.head()
    row = FIRST
    for ident, cells in grid.rows:
        if row == ROWS:
            raise Refused(
                f"{grid.name} has more than {ROWS - FIRST:,} rows.", do="Export slices of the register."
            )
        writing.row(row, ident, cells)
        row += 1
    writing.finish(row - 1)


class _Writing:
    """A grid being written, row after row."""

    def __init__(self, book: Book, grid: Grid, lists: Lists) -> None:
        self._book, self._grid, self._lists = book, grid, lists
        self._sheet = book.add_sheet(grid.name)

    def head(self) -> None:
        """Widths, the hidden keys, the headings."""
        sheet, grid, look = self._sheet, self._grid, self._book.look
        sheet.set_column(0, 0, 12, None, {"hidden": True})
        for number, column in enumerate(grid.columns, 1):
            sheet.set_column(number, number, column.width)
        sheet.set_default_row(POINTS + 3)
        sheet.freeze_panes(FIRST, grid.still + 1)
        keys = [grid.key, *(column.key for column in grid.columns)]
        heads = ["id", *(column.heading for column in grid.columns)]
        sheet.set_row(KEYS, None, None, {"hidden": True})
        high = max(depth(column.heading, column.width - 3) for column in grid.columns)
        for number, key in enumerate(keys):
            sheet.write_string(KEYS, number, key, look("plain"))
        sheet.set_row(HEADINGS, POINTS * high + 6)
        for number, head in enumerate(heads):
            asked = number == 0 or grid.columns[number - 1].asked
            sheet.write_string(HEADINGS, number, head, look("header" if asked else "header of more"))
        self._book.digest.add_row(grid.name, KEYS, 0, keys)
        self._book.digest.add_row(grid.name, HEADINGS, 0, heads)
        sheet.repeat_rows(HEADINGS)

    def row(self, row: int, ident: str, cells: Sequence[str | int | date]) -> None:
        """One row, as high as its longest text within bounds."""
        both = list(zip(cells, self._grid.columns, strict=True))
        high = max((depth(cell, column.width) for cell, column in both if isinstance(cell, str)), default=1)
        if high > 1:
            self._sheet.set_row(row, min(high, _TALL) * POINTS + 3)
        self._sheet.write_string(row, 0, ident, self._book.look("plain"))
        lines = [cell_line(address(row, 0), TEXT, ident)]
        for number, (cell, column) in enumerate(both, 1):
            kind, value = self._cell(row, number, cell, column)
            if value:
                lines.append(cell_line(address(row, number), kind, value))
        self._book.digest.add_lines(self._grid.name, lines)

    def _cell(self, row: int, number: int, cell: str | int | date, column: GridColumn) -> tuple[str, str]:
        """Write one cell; how it counts in the digest."""
        look, name = self._book.look, "only read" if column.read else "body"
        if isinstance(cell, date):
            serial = (cell - _EPOCH).days
            if serial > _MARCH_1900:
                self._sheet.write_number(row, number, serial, look("day"))
                return "n", str(serial)
            cell = cell.isoformat()
        if isinstance(cell, int):
            self._sheet.write_number(row, number, cell, look(name))
            return "n", str(cell)
        if not cell:
            self._sheet.write_blank(row, number, None, look("day" if column.day else name))
            return TEXT, ""
        self._sheet.write_string(
            row, number, cell, look(f"{name}, inert" if looks_like_formula(cell) else name)
        )
        return TEXT, cell

    def finish(self, last: int) -> None:
        """Filters, help, choices. last: the last row that is written."""
        self._sheet.autofilter(HEADINGS, 0, max(last, FIRST), len(self._grid.columns))
        for number, column in enumerate(self._grid.columns, 1):
            self._sheet.data_validation(
                HEADINGS, number, min(last + _SPARE, ROWS - 1), number, self._rule(column)
            )
            if column.asked and not column.read:
                blank = {"type": "blanks", "format": self._book.look("asked")}
                self._sheet.conditional_format(FIRST, number, max(last, FIRST), number, blank)
        self._book.print_on(self._sheet, self._grid.title, A3)
        self._sheet.set_landscape()
        # In one page's width so many columns could not be read; the first ones stand again on each page.
        self._sheet.fit_to_pages(max(1, round(sum(c.width for c in self._grid.columns) / _PAGE)), 0)
        self._sheet.repeat_columns(1, self._grid.still)

    def _rule(self, column: GridColumn) -> dict[str, Any]:
        """Help and choices down a whole column. A choice that is not in the list is a warning, never a wall."""
        help_ = _short(column.help)
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.heading[:_TITLE],
            "input_message": help_,
        }
        if column.read:
            rule |= {"validate": "custom", "value": "=FALSE", "error_type": "warning"}
            rule |= {"error_title": "Only to read", "error_message": help_}
        elif column.choices:
            rule |= {
                "validate": "list",
                "source": self._lists.source(column.choices),
                "error_type": "warning",
            }
            rule |= {
                "error_title": "Not in the list",
                "error_message": "This is not one of the choices. Keep it?",
            }
        return rule


def _short(text: str) -> str:
    return text if len(text) <= _MESSAGE else f"{text[: _MESSAGE - 1]}…"
