"""A packed file (workbook, document) looked at before it is opened: how large it would become, and what in it is no sheet of people."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from ropa.errors import Refused

PACKED = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
"""How an .xls begins, and an encrypted .xlsx."""
_PARTS, _WHOLE, _PART, _RATIO = 20_000, 2_000_000_000, 20_000_000, 300
"""Parts, bytes unpacked, and bytes of a part from which on its ratio is looked at: no workbook of people comes near."""
_SMALL = 3_000_000
"""Packed bytes of a sheet that is looked through: one of more holds so many cells that its size is no trick."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_FAR = re.compile(rb'<c[^>]{0,200}? r="([A-Z]{3}\d{1,7}|[A-Z]{1,2}(?:[3-9]\d{5}|\d{7}))"')
"""A cell from column AAA or row 300,000 on: to hold it, all before it would be laid out."""

_UNCALCULATED = re.compile(
    rb'<c[^>]{0,200}? r="([A-Z]{1,3}\d{1,7})"[^>]{0,200}>\s*<f[^>]{0,200}(?:/>|>[^<]{0,9000}</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
"""A formula whose value nobody kept."""
_ERROR = re.compile(rb'<c(?=[^>]{0,200} t="e")[^>]{0,200}? r="([A-Z]{1,3}\d{1,7})"')
"""A cell that shows an error, such as #REF!."""


def without_value(content: bytes) -> list[str]:
    """The cells of a workbook that hold a formula without its value, or show an error: who reads the file sees them blank."""
    if content[:4] != PACKED:
        return []
    with ZipFile(BytesIO(content)) as packed:
        sheets = [one for one in packed.infolist() if _SHEET.fullmatch(one.filename)]
        small = (packed.read(one) for one in sheets if one.compress_size < _SMALL)
        return [
            found.decode()
            for sheet in small
            for which in (_UNCALCULATED, _ERROR)
            for found in which.findall(sheet)
        ]


def refuse_bomb(content: bytes, name: str) -> None:
    """Raise Refused for a packed file that is damaged, or would fill the disk or the memory when opened."""
    if content[:4] != PACKED:
        return
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            _refuse_size(parts, name)
            for one in parts:
                if _SHEET.fullmatch(one.filename) and one.compress_size < _SMALL:
                    _refuse_sheet(packed.read(one), name)
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused(
            "is damaged, cut off or encrypted.", at=name, do="Get it again, or save it anew."
        ) from None


def _refuse_size(parts: list[ZipInfo], name: str) -> None:
    large = [one for one in parts if one.file_size > _PART]
    if (
        len(parts) > _PARTS
        or sum(one.file_size for one in parts) > _WHOLE
        or any(one.file_size > _RATIO * max(one.compress_size, 1) for one in large)
    ):
        raise Refused(
            "would unpack to far more than it holds; it was not opened.", at=name, do="Save it anew as .xlsx."
        )


def _refuse_sheet(sheet: bytes, name: str) -> None:
    if b"<!DOCTYPE" in sheet or b"<!ENTITY" in sheet:
        raise Refused(
            "declares entities, which no spreadsheet program writes; it was not opened.",
            at=name,
            do="Save it anew as .xlsx.",
        )
    if far := _FAR.search(sheet):
        raise Refused(
            f"has a cell at {far[1].decode()}, far from all others.",
            at=name,
            do="Delete the empty rows and columns behind the table, and save it.",
        )
