"""The Article 30 workbook, against two other ways to write the same cells with nothing of its looks."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pandas as pd
from lxml import etree
from openpyxl import Workbook, load_workbook

from ropa.gaps import check
from ropa.sheets.layouts import lay_out
from ropa.store.load import load
from ropa.store.open import open_store
from tests.benchmarks.checking import ON
from tests.benchmarks.measure import Measured, best, ready
from tests.benchmarks.stored import place
from tests.benchmarks.storing import N

Sheets = Mapping[str, Sequence[Sequence[Any]]]
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def measured(full: bool) -> Iterator[Measured]:
    """Laying out a register in memory, with its open points."""
    register = load(open_store(str(place(N))))
    findings = check(register, ON).findings
    sheets = cells_of(lay_out(register, "article30", on=ON, findings=findings))
    frames = {name: pd.DataFrame(list(rows[1:]), columns=list(rows[0])) for name, rows in sheets.items()}
    seconds = best(
        3 if full else 1,
        export=ready(lambda: lay_out(register, "article30", on=ON, findings=findings)),
        openpyxl=ready(lambda: with_openpyxl(sheets)),
        pandas=ready(lambda: _with_pandas(frames)),
    )
    cells = sum(len(row) for rows in sheets.values() for row in rows)
    name = f"export {N:,}, {cells / 1e6:.1f} million cells"
    yield Measured(name, "openpyxl write-only, no style", seconds["export"], seconds["openpyxl"], at_most=1.7)
    yield Measured(name, "DataFrame.to_excel", seconds["export"], seconds["pandas"], at_most=1.0)


def cells_of(workbook: bytes) -> Sheets:
    """The texts of every sheet, row by row. Reads inline texts only; openpyxl reads all, in ten times the time."""
    names = load_workbook(BytesIO(workbook), read_only=True).sheetnames
    with ZipFile(BytesIO(workbook)) as file:
        return {
            name: _rows(file.read(f"xl/worksheets/sheet{number}.xml")) for number, name in enumerate(names, 1)
        }


def _rows(sheet: bytes) -> list[list[str]]:
    rows = []
    for _, row in etree.iterparse(BytesIO(sheet), tag=f"{_NS}row"):
        rows.append(["".join(cell.itertext()) for cell in row])
        row.clear()
    wide = max(map(len, rows))
    return [row + [""] * (wide - len(row)) for row in rows]


def with_openpyxl(sheets: Sheets) -> bytes:
    """A workbook of these cells, with nothing of its looks."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _with_pandas(frames: Mapping[str, pd.DataFrame]) -> bytes:
    file = BytesIO()
    with pd.ExcelWriter(file) as book:
        for name, frame in frames.items():
            frame.to_excel(book, sheet_name=name, index=False)
    return file.getvalue()
