"""Writing a sheet that is laid out as a form: blocks of fields and tables, one below another."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from ropa.sheets.celltext import depth
from ropa.sheets.rows import rows_of
from ropa.sheets.table import Column, FormLine, FormSheet
from ropa.sheets.xlsx.book import A3, A4, POINTS, WIDE, Book

_STILL = 12
"""Lines above a table up to which they stay in sight with its headings: more would hide the rows on a small screen."""
_ONE_PAGE = 260
"""Characters of a row that can be read on one page of A3."""
_UPRIGHT = 120
"""Characters of a row that can be read on an upright page of A4."""
_LOOKS = {"groups": "group", "headings": "header"}


def add_form(book: Book, form: FormSheet) -> None:
    """Write the sheet."""
    _Writing(book, form).write()


class _Writing:
    """A form being written, line after line."""

    def __init__(self, book: Book, form: FormSheet) -> None:
        self._book, self._form = book, form
        self._sheet: Any = book.add_sheet(form.name)
        self._columns = [Column("", width) for width in form.widths]
        self._row = 0

    def write(self) -> None:
        """All of it, and how it is printed and looked through."""
        headed = None
        for line in self._form.lines:
            if line.still:
                headed = self._row
            for texts in self._line(line):
                self._book.digest.add_row(self._form.name, self._row, 0, texts)
                self._row += 1
        self._print()
        if headed is not None:
            self._sheet.repeat_rows(headed)
            self._sheet.autofilter(headed, 0, max(self._row - 2, headed + 1), len(self._columns) - 1)
            if headed <= _STILL:
                self._sheet.freeze_panes(headed + 1, self._form.keys)

    def _print(self) -> None:
        wide = sum(self._form.widths)
        self._book.print_on(self._sheet, self._form.title, A3 if wide > WIDE else A4)
        for number, width in enumerate(self._form.widths):
            self._sheet.set_column(number, number, width)
        if wide > _UPRIGHT:
            self._sheet.set_landscape()
        if wide > _ONE_PAGE:
            self._sheet.fit_to_pages(ceil(wide / _ONE_PAGE), 0)
            self._sheet.repeat_columns(0, self._form.keys - 1)

    def _line(self, line: FormLine) -> Iterator[Sequence[str]]:
        """Write a line; the texts of each row that it takes."""
        if line.style == "gap":
            yield ()
        elif line.style == "heading":
            self._sheet.set_row(self._row, 20)
            self._across((*line.cells, *[""] * (len(self._columns) - len(line.cells))), "heading")
            yield line.cells
        elif line.style in _LOOKS:
            self._across(line.cells, _LOOKS[line.style])
            deep = max(map(_depth, line.cells, self._columns)) if line.style == "headings" else 1
            self._sheet.set_row(self._row, POINTS * deep + 6)
            yield line.cells
        else:
            yield from self._body(line)

    def _across(self, texts: Sequence[str], look: str) -> None:
        for number, text in enumerate(texts):
            if text:
                self._sheet.write_string(self._row, number, text, self._book.look(look))
            else:
                self._sheet.write_blank(self._row, number, None, self._book.look(look))

    def _body(self, line: FormLine) -> Iterator[Sequence[str]]:
        shown = self._columns[: len(line.cells)]
        for ready, height in rows_of(line.cells, shown, self._form.keys):
            if height > 1:
                self._sheet.set_row(self._row, height * POINTS + 3)
            self._book.write_cells(self._sheet, self._row, ready)
            if line.style == "field":
                self._sheet.write_string(self._row, 0, ready[0].text, self._book.look("field"))
            yield [cell.text for cell in ready]


def _depth(text: str, column: Column) -> int:
    return depth(text, column.width - 2)
