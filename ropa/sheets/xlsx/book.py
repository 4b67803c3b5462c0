"""Writing a workbook: styles, cells, continued rows, printing.

XlsxWriter in its constant-memory mode keeps one row in memory, writes formats that are shared by all cells, and gives the
same bytes for the same calls.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, BinaryIO, Self

import xlsxwriter

from ropa.sheets.celltext import cell_text, depth
from ropa.sheets.proof.digest import NUMBER, PROPERTY, WorkbookDigest, address, cell_line
from ropa.sheets.rows import Ready, rows_of
from ropa.sheets.table import Answer, Blank, Column, DigestHere, Figures, Page, Partly, Table
from ropa.sheets.xlsx.charts import HEIGHT, insert_chart
from ropa.sheets.xlsx.quicksheet import QuickSheet
from ropa.steps import steps
from ropa.whole import SHEETS

ROWS = 1_048_576
"""Rows of one sheet in Excel."""
POINTS = 13
"""Height of a line. Rows get their height here: programs do not agree on who works it out for wrapped text."""

A4, A3 = 9, 8
WIDE = 200
"""Characters of a row above which A4 would print it too small to read, and A3 is used."""
_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
_GRID = {"border": 1, "border_color": "#BFBFBF"}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864", "valign": "vcenter", **_GRID},
    "body": _GRID,
    "blank": {"italic": True, "font_color": "#7F6000", "bg_color": "#FFF2CC", **_GRID},
    "partly": {"bg_color": "#FFF2CC", **_GRID},
    "answer": {"italic": True, **_GRID},
    "title": {"bold": True, "font_size": 20, "font_color": "#1F3864", "text_wrap": False},
    "subtitle": {"font_size": 12, "font_color": "#595959", "text_wrap": False},
    "heading": {
        "bold": True,
        "font_size": 12,
        "font_color": "#1F3864",
        "bottom": 1,
        "bottom_color": "#1F3864",
        "text_wrap": False,
    },
    "label": {"font_color": "#595959"},
    "plain": {},
    "header of more": {"bold": True, "bg_color": "#D9E1F2", "valign": "vcenter", **_GRID},
    "field": {"bold": True, "bg_color": "#D9E1F2", **_GRID},
    "group": {"bold": True, "bg_color": "#D9E1F2", "text_wrap": False, "top": 1, "top_color": "#BFBFBF"},
    "body, inert": {"quote_prefix": True, **_GRID},
    "day": {"num_format": "yyyy-mm-dd", "align": "left", **_GRID},
    "only read": {"font_color": "#595959", "bg_color": "#F2F2F2", **_GRID},
    "only read, inert": {"font_color": "#595959", "bg_color": "#F2F2F2", "quote_prefix": True, **_GRID},
}
_MARKED: Mapping[str, Mapping[str, Any]] = {"asked": {"bg_color": "#FFF2CC"}}
"""What is laid over the look of a cell while a condition holds."""
_Looks = Mapping[tuple[type[str], bool], Any]
_ALONE = {"title": 30, "subtitle": 20, "heading": 20}
"""Lines of a page that stand alone, and their height in points."""
_PAGE = (Column("", 26), Column("", 84))
_BY_TYPE = {str: "body", Blank: "blank", Partly: "partly", Answer: "answer"}
_ON_PAGE = {**_BY_TYPE, str: "plain", DigestHere: "plain"}


class Book:
    """A workbook being written into a file that is open for writing bytes. Leaving the context completes it."""

    def __init__(
        self, file: BinaryIO, *, title: str, subject: str, at: datetime, facts: Mapping[str, str], foot: str
    ):
        """title, subject, at: the document's properties. facts: further properties. foot: printed under every page."""
        self._folder = TemporaryDirectory(prefix=SHEETS)
        self._book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": self._folder.name})
        self._book.set_properties({"title": title, "subject": subject, "created": at, "comments": foot})
        for name, value in facts.items():
            self._book.set_custom_property(name, value, "text")
        self._styles = {name: self._book.add_format({**_FONT, **style}) for name, style in _STYLES.items()}
        self._styles |= {name: self._book.add_format(style) for name, style in _MARKED.items()}
        self._in_table = self._looks(_BY_TYPE)
        self._on_page = self._looks(_ON_PAGE)
        self._title, self._foot = title, foot
        self.digest = WorkbookDigest()

    def __enter__(self) -> Self:
        """The book."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Complete the file, unless something went wrong; remove the drafts of the sheets in any case."""
        try:
            if kind is None:
                self._book.close()
            else:
                self._book.fileclosed = True
                for sheet in self._book.worksheets():
                    sheet.row_data_fh.close()
        finally:
            self._folder.cleanup()

    def _looks(self, names: Mapping[type[str], str]) -> _Looks:
        """Kind of cell, and whether it looks like a formula → its format.

        A quote prefix keeps a text a text even when somebody edits the cell in Excel.
        """
        inert = {
            kind: self._book.add_format({**_FONT, **_STYLES[name], "quote_prefix": True})
            for kind, name in names.items()
        }
        return {
            (kind, bare): inert[kind] if bare else self._styles[name]
            for kind, name in names.items()
            for bare in (False, True)
        }

    def keep_page(self, name: str) -> Any:
        """A sheet that has its place now, and is filled last, by `write_page`."""
        return self.add_sheet(name)

    def write_page(self, sheet: Any, page: Page) -> None:
        """Fill the sheet that was kept for it, which is read from top to bottom, in two columns, upright.

        A cell that waits for the digest gets that of all other cells; it becomes a property of the document as well.
        """
        for number, column in enumerate(_PAGE):
            sheet.set_column(number, number, column.width)
        self.print_on(sheet, page.title)
        sheet.hide_gridlines(2)
        rows = [row for line in page.lines for row in _page_rows(*line)]
        for row, (style, label, right, _) in enumerate(rows):
            if style == "chart":
                insert_chart(self._book, sheet, row, page.charts[label])
                continue
            self.digest.add_row(sheet.name, row, 0, (label, "" if right.kind is DigestHere else right.text))
        digest = self.digest.hexdigest()
        self._book.set_custom_property(PROPERTY, digest, "text")
        for row, (style, label, right, points) in enumerate(rows):
            if style == "chart":
                sheet.set_row(row, points)
                sheet.write_blank(
                    row, 0, None, self._styles["plain"]
                )  # a row without a cell would not be written
                continue
            shown = right._replace(text=digest) if right.kind is DigestHere else right
            sheet.set_row(row, points)
            sheet.write_string(row, 0, label, self._styles[style])
            if style in _ALONE:
                sheet.write_blank(row, 1, None, self._styles[style])
            else:
                self._write(sheet, row, 1, (shown,), self._on_page)

    def add_table(self, table: Table) -> None:
        """A sheet of rows: header that stays in sight and is printed on each page, filters, landscape, fitted in width.

        Where the rows are more than one sheet holds, they go on in "NAME (2)".
        """
        sheet, row, part = self._start(table, 1), 1, 1
        last = len(table.columns) - 1
        for cells in steps(table.rows, f"Rows of {table.name}"):
            for ready, height in rows_of(cells, table.columns, table.keys):
                if row == ROWS:
                    sheet.autofilter(0, 0, row - 1, last)
                    part += 1
                    sheet, row = self._start(table, part), 1
                if height > 1:
                    sheet.set_row(row, height * POINTS + 3)
                self._write(sheet, row, 0, ready, self._in_table)
                self.digest.add_row(sheet.name, row, 0, [cell.text for cell in ready])
                row += 1
        sheet.autofilter(0, 0, max(row - 1, 1), last)

    def add_sheet(self, name: str) -> Any:
        """An empty sheet, whose rows are told to `digest` by who writes them."""
        self.digest.add_sheet(name)
        return self._book.add_worksheet(name, QuickSheet)

    def write_cells(self, sheet: Any, row: int, cells: Sequence[Ready]) -> None:
        """A row of cells as they look in a table. Its texts are told to `digest` by who writes it."""
        self._write(sheet, row, 0, cells, self._in_table)

    def look(self, name: str) -> Any:
        """The format of that name."""
        return self._styles[name]

    def add_figures(self, figures: Figures) -> None:
        """A sheet of numbers, as numbers: a chart can be drawn of them, and the reader can go on with them."""
        table = Table(figures.name, figures.title, figures.columns, (), keys=1)
        sheet = self._start(table, 1)
        for row, (label, numbers) in enumerate(figures.rows, 1):
            (ready,) = next(rows_of((label,), figures.columns[:1], 1))[0]
            self._write(sheet, row, 0, (ready,), self._in_table)
            self.digest.add_row(sheet.name, row, 0, (ready.text,))
            for column, number in enumerate(numbers, 1):
                sheet.write_number(row, column, number, self._styles["body"])
                self.digest.add_lines(sheet.name, (cell_line(address(row, column), NUMBER, str(number)),))

    def _start(self, table: Table, part: int) -> Any:
        sheet = self._book.add_worksheet(table.name if part == 1 else f"{table.name} ({part})", QuickSheet)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
        sheet.set_default_row(POINTS + 3)
        wide = sum(column.width for column in table.columns) > WIDE
        self.print_on(sheet, table.title, A3 if wide else A4)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, table.keys)
        sheet.set_row(
            0, POINTS * max(depth(column.heading, column.width - 2) for column in table.columns) + 6
        )
        self.digest.add_sheet(sheet.name)
        self.digest.add_row(sheet.name, 0, 0, [column.heading for column in table.columns])
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, column.heading, self._styles["header"])
        return sheet

    def print_on(self, sheet: Any, title: str, paper: int = A4) -> None:
        """How the sheet is printed: fitted in width, its title above and the register's revision below."""
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header(f"&L&9 {_printed(self._title)}&R&9 {_printed(title)}", {"margin": 0.3})
        sheet.set_footer(f"&L&8 {_printed(self._foot)}&R&8 Page &P of &N", {"margin": 0.3})

    @staticmethod
    def _write(sheet: Any, row: int, first: int, cells: Sequence[Ready], looks: _Looks) -> None:
        for column, (text, kind, inert, _) in enumerate(cells, first):
            if text:
                sheet.write_string(row, column, text, looks[kind, inert])
            else:
                sheet.write_blank(row, column, None, looks[kind, False])


def _page_rows(style: str, label: str, text: str) -> Iterator[tuple[str, str, Ready, float]]:
    """The rows of a line of a page: the style and text on the left, what stands on the right, the height in points."""
    if style == "chart":
        yield style, label, Ready("", str, inert=False, lines=1), HEIGHT
        return
    if style in _ALONE:
        yield style, cell_text(label), Ready("", str, inert=False, lines=1), _ALONE[style]
        return
    for (left, right), height in rows_of((label, text), _PAGE, 1):
        yield "label", left.text, right, height * POINTS + 3


def _printed(text: str) -> str:
    """Text for the head or foot of a page, where & is a command and 255 characters are all that both sides hold."""
    shown = cell_text(text).replace("\n", " ").replace("&", "&&")
    return shown if len(shown) <= 115 else f"{shown[:113].rstrip('&')}…"
