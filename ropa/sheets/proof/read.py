"""Reading what a workbook says, cell by cell, whoever saved it last and whatever is wrong with it.

Each cell is told with its type, so that a text that became a number or a formula shows; what hides something from a reader is
told as well. Nothing is evaluated, and nothing in the file makes the reading endless (decision 0023).
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from lzma import LZMAError
from os import SEEK_END
from pathlib import Path
from posixpath import join, normpath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from ropa.errors import Refused
from ropa.sheets.proof.sheet import Cell, SheetReader
from ropa.sheets.proof.strings import shared_strings
from ropa.sheets.proof.xml import Attributes, local, stream

LIMIT = 2_000_000_000
"""Bytes of a workbook when unpacked: one of 10,000 activities has a fifth of that."""
_SMALL = 50_000_000
_PARTS = 20_000
_RATIO = 150
"""How many times larger than the file that may be; spreadsheet programs reach 30."""
_DAMAGED = (
    BadZipFile,
    EOFError,
    LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What unpacking meets: a torn or encrypted part, a way of packing that Python does not know."""
_OLD = b"\xd0\xcf\x11\xe0"
_SPREADSHEET = "Save it as an Excel workbook (.xlsx) without a password."


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells that are not empty by row and column, both counted from 0; and what it hides, in words."""

    name: str
    cells: dict[tuple[int, int], Cell]
    hides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """What a workbook says. properties: the custom ones of the document. foreign: what is in it beside cells, in words."""

    sheets: tuple[Sheet, ...]
    properties: dict[str, str] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The sheets' names in their order."""
        return [sheet.name for sheet in self.sheets]


def read_workbook(path: Path) -> Workbook:
    """The workbook in a file. Raises Refused, naming the file, for what is none or cannot be read."""
    try:
        with path.open("rb") as file:
            return workbook_in(file)
    except Refused as trouble:
        raise Refused(trouble.what, at=str(path), do=trouble.do) from None
    except OSError as trouble:
        raise Refused(f"cannot be read: {trouble.strerror or trouble}.", at=str(path)) from None


def workbook_in(file: BinaryIO) -> Workbook:
    """The workbook in an open file. Raises Refused as well."""
    if file.read(len(_OLD)) == _OLD:
        raise Refused("is protected with a password, or an old .xls file.", do=_SPREADSHEET)
    size = file.seek(0, SEEK_END)
    try:
        with ZipFile(file) as parts:
            _refuse_bomb(parts, size)
            return _Reader(parts).workbook()
    except _DAMAGED:
        raise Refused("is no workbook, or a damaged one.", do=_SPREADSHEET) from None


def _refuse_bomb(parts: ZipFile, size: int) -> None:
    """Refuse what grows without measure. Python unpacks no more of a part than the list of contents says."""
    unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > LIMIT or len(parts.infolist()) > _PARTS or unpacked > max(_SMALL, size * _RATIO):
        raise Refused(f"unpacks to {unpacked / size:,.0f} times its size; it was not opened.")


class _Reader:
    def __init__(self, parts: ZipFile) -> None:
        self.parts = parts
        self.names = set(parts.namelist())

    def workbook(self) -> Workbook:
        book = "xl/workbook.xml"
        if book not in self.names:
            kind = "an OpenDocument file" if "content.xml" in self.names else "no workbook"
            raise Refused(f"is {kind}.", do=_SPREADSHEET)
        targets = dict(self._targets("xl/_rels/workbook.xml.rels", "xl"))
        strings: list[str] = []
        for target in targets.values():
            if target.lower().endswith("sharedstrings.xml") and target in self.names:
                with self.parts.open(target) as file:
                    strings = shared_strings(file)
        sheets = [self._sheet(said, targets, strings) for said in self._said(book, "sheet")]
        if not sheets:
            raise Refused("is a workbook without a sheet.")
        return Workbook(tuple(sheets), self._properties(), tuple(self._foreign()))

    def _sheet(self, said: Attributes, targets: dict[str, str], strings: list[str]) -> Sheet:
        name = said.get("name", "")
        target = targets.get(next((value for key, value in said.items() if local(key) == "id"), ""), "")
        hides = [] if said.get("state", "visible") == "visible" else ["the sheet is hidden"]
        if target not in self.names:
            return Sheet(name, {}, (*hides, "the sheet has no content"))
        reader = SheetReader(strings)
        with self.parts.open(target) as file:
            stream(file, start=reader.start, text=reader.text, end=reader.end)
        return Sheet(name, reader.cells, (*hides, *reader.hides))

    def _targets(self, rels: str, folder: str) -> Iterator[tuple[str, str]]:
        for said in self._said(rels, "Relationship") if rels in self.names else ():
            target = said.get("Target", "")
            yield (
                said.get("Id", ""),
                normpath(target.lstrip("/") if target[:1] == "/" else join(folder, target)),
            )

    def _said(self, part: str, name: str) -> list[Attributes]:
        """The attributes of every element of that name."""
        self._refuse_large(part)
        found: list[Attributes] = []
        with self.parts.open(part) as file:
            stream(file, start=lambda tag, said: found.append(said) if tag == name else None)
        return found

    def _refuse_large(self, part: str) -> None:
        if self.parts.getinfo(part).file_size > _SMALL:
            raise Refused(f"its part {part} is too large to be one of a workbook.")

    def _properties(self) -> dict[str, str]:
        part, said, open_ = "docProps/custom.xml", dict[str, str](), [""]
        if part not in self.names:
            return said
        self._refuse_large(part)

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "property":
                open_[0] = attributes.get("name", "")

        def text(more: str) -> None:
            said[open_[0]] = said.get(open_[0], "") + more

        with self.parts.open(part) as file:
            stream(file, start=start, text=text)
        return {name: value.strip() for name, value in said.items()}

    def _foreign(self) -> Iterator[str]:
        """What ropa never writes: it may show what no cell says, or do something."""
        lower = {name.lower() for name in self.names}
        for mark, words in (
            ("vbaproject", "macros"),
            ("xl/externallinks/", "links to other files"),
            ("xl/embeddings/", "embedded files"),
            ("xl/comments", "comments"),
            ("xl/threadedcomments/", "comments"),
            ("xl/media/", "pictures"),
        ):
            if any(mark in name for name in lower):
                yield words
        drawings = [n for n in self.names if n.lower().startswith("xl/drawings/") and n.endswith(".xml")]
        if any(self._said(name, "oneCellAnchor") + self._said(name, "twoCellAnchor") for name in drawings):
            yield "drawings, which may cover cells"
