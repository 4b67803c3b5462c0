"""Reading a workbook back, for the tests of this room."""

import re
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from ropa.sheets.rows import CONTINUES

Rows = list[list[str]]
_ESCAPED = re.compile(r"_x005F(_x[0-9a-fA-F]{4}_)")


def sheets(content: bytes) -> dict[str, Rows]:
    """The texts of every sheet, row by row, "" for an empty cell."""
    book = load_workbook(BytesIO(content))
    return {
        sheet.title: [
            [_ESCAPED.sub(r"\1", str(v)) if v is not None else "" for v in row] for row in sheet.values
        ]
        for sheet in book.worksheets
    }


def records(rows: Rows) -> list[dict[str, str]]:
    """The rows below the header, by heading."""
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def joined(rows: Rows) -> str:
    """All texts of a sheet, column by column, with what goes on in a further row put together again."""
    columns = ("\n".join(column) for column in zip(*rows, strict=True))
    return "\n".join(columns).replace(f"{CONTINUES}\n", "")


def xml(content: bytes) -> str:
    """Everything that is in the file, as text."""
    with ZipFile(BytesIO(content)) as file:
        return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
