"""What a workbook that was read says of its own origin, and the digest that its cells have."""

from collections.abc import Iterator
from dataclasses import replace

from ropa.sheets.proof.digest import TEXT, WorkbookDigest, address, cell_line
from ropa.sheets.proof.read import Sheet, Workbook
from ropa.sheets.proof.sheet import Cell
from ropa.sheets.proof.stamp import DIGEST, LAID_OUT, Stamp, laid_out_as, read_stamp


def origin_of(book: Workbook) -> tuple[Stamp, str] | None:
    """The stamp of a workbook and the digest that it was given; None where it bears none."""
    return read_stamp(book.properties, cover_of(book))


def digest_of(book: Workbook) -> str:
    """The digest of the cells as they are. The one cell of the first sheet that shows it is left out."""
    digest = WorkbookDigest()
    for place, sheet in enumerate(book.sheets):
        own = None if place else _place_of(sheet, DIGEST)
        digest.add_sheet(sheet.name)
        digest.add_lines(
            sheet.name,
            (
                cell_line(address(*at), cell.kind, cell.value)
                for at, cell in sorted(sheet.cells.items())
                if at != own
            ),
        )
    return digest.hexdigest()


def written_by(book: Workbook, version: str) -> Workbook:
    """The same workbook as if another version of the program had laid it out: its cover names that one, with the digest that follows."""
    found = origin_of(book)
    if found is None:
        return book
    cover = book.sheets[0]
    named = laid_out_as(replace(found[0], version=version))
    at = _place_of(cover, LAID_OUT)
    front = replace(cover, cells=cover.cells | ({at: Cell(TEXT, named)} if at else {}))
    again = replace(book, sheets=(front, *book.sheets[1:]))
    own = _place_of(front, DIGEST)
    if own:
        front.cells[own] = Cell(TEXT, digest_of(again))
    return again


def digest_cell(book: Workbook) -> str:
    """The name of the cell that shows the digest; "" where none does."""
    at = _place_of(book.sheets[0], DIGEST)
    return f"{book.sheets[0].name}!{address(*at)}" if at else ""


def _place_of(sheet: Sheet, label: str) -> tuple[int, int] | None:
    rows = sorted(row for (row, column), cell in sheet.cells.items() if column == 0 and cell.value == label)
    return (rows[0], 1) if rows else None


def cover_of(book: Workbook) -> Iterator[tuple[str, str]]:
    """The label and the text of each line of the cover."""
    cells = book.sheets[0].cells
    for (row, column), cell in cells.items():
        if column == 0 and (row, 1) in cells:
            yield cell.value, cells[row, 1].value
