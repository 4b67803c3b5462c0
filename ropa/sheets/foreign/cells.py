"""The cells of any spreadsheet as texts, sheet by sheet: xlsx, xls, ods through pandas, csv through Python's own reader."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from ropa.errors import Refused
from ropa.sheets.unpacked import OLD, PACKED, refuse_bomb
from ropa.sheets.working.cells import as_text

Sheets = Mapping[str, list[list[str]]]
"""Name of a sheet → its rows from the first one on, each cell as one would type it; "" for a blank."""
_MOST = 2_000_000
"""Cells of a sheet."""


def is_spreadsheet(name: str, content: bytes) -> bool:
    """Whether a file is a spreadsheet, by its content; a text by its name."""
    return content[:4] in (PACKED, OLD) or Path(name).suffix.lower() in (".csv", ".tsv")


def sheets_of(content: bytes, name: str) -> Sheets:
    """All sheets, hidden ones too. Raises Refused, naming the file, for one that cannot be read."""
    refuse_bomb(content, name)
    if content[:4] in (PACKED, OLD):
        return _of_workbook(content, name)
    return {Path(name).stem: _of_csv(content, name)}


def _of_workbook(content: bytes, name: str) -> Sheets:
    import pandas as pd
    from python_calamine import CalamineError

    try:
        frames = pd.read_excel(
            BytesIO(content),
            sheet_name=None,
            header=None,
            dtype=object,
            engine="calamine",
            na_filter=False,
        )
    except (CalamineError, ValueError, KeyError, OSError) as error:
        why = "it is encrypted, or damaged" if content[:4] == OLD else "it is damaged"
        raise Refused(
            f"cannot be read as a spreadsheet: {why} ({type(error).__name__}).",
            at=name,
            do="Open it, and save it again as .xlsx without a password.",
        ) from None
    for sheet, frame in frames.items():
        if frame.size > _MOST:
            raise Refused(
                f"has {frame.size:,} cells.",
                at=f"{name}, sheet {sheet}",
                do="Save the table alone in a new file.",
            )
    return {
        str(sheet): [[_text(cell) for cell in row] for row in frame.to_numpy()]
        for sheet, frame in frames.items()
    }


def _text(cell: Any) -> str:
    if hasattr(cell, "to_pydatetime"):
        cell = cell.to_pydatetime()
    if isinstance(cell, float) and cell != cell:  # noqa: PLR0124  what pandas makes of a blank
        return ""
    return (
        as_text(cell) if isinstance(cell, str | bool | int | float | date | datetime) else str(cell).strip()
    )


def _of_csv(content: bytes, name: str) -> list[list[str]]:
    for encoding in (
        ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    ):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused("is no text in UTF-8 or Windows-1252.", at=name, do="Save it as CSV UTF-8.")
    if "\x00" in text:
        raise Refused("is no text.", at=name, do="Save it as CSV UTF-8.")
    sample = text[:20_000]
    delimiter = max(";,\t|", key=sample.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise Refused(f"is no CSV: {error}.", at=name, do="Save it again as CSV UTF-8.") from None
