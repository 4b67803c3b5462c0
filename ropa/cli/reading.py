"""Any file that can be read, as a register: its kind is told from its content."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.compare import Change, Clash, applied, compare
from ropa.errors import Refused
from ropa.model.find import find_one
from ropa.model.notice import Notice
from ropa.model.register import Register

if TYPE_CHECKING:
    from ropa.sheets.working.read import Workbook


@dataclass(frozen=True)
class Read:
    """A file beside a register: what would change, what to show, and what could not be kept as a value.

    register: with the changes. unread: (place, text, reason). remarks: what a person should know besides.
    """

    register: Register
    changes: tuple[Change, ...]
    preview: tuple[Change, ...]
    unread: tuple[tuple[str, str, str], ...] = ()
    clashes: tuple[Clash, ...] = ()
    remarks: tuple[str, ...] = field(default=())


Foreigner = Callable[[bytes, str, Register], Read]
"""Reads a spreadsheet that others made, of that name, beside the register of now."""
Bring = Callable[["Workbook", str, Register], Read]
"""Merges a working workbook, of that name, with the register of now."""


def read_file(
    file: str,
    register: Register,
    *,
    notice: str = "",
    bring: Bring | None = None,
    foreign: Foreigner | None = None,
) -> Read:
    """Read a notice, the text of a register or a working workbook, beside a register. Raises Refused, or Faults, naming the file.

    notice: the ref or name of the notice that the file is a version of, where its text does not tell. bring: None where
    there is no register into which a workbook could come home. foreign: reads a spreadsheet that others made; None where
    such a one is not wanted.
    """
    path = Path(file)
    content = content_of(path)
    name = path.name
    if content[:4] == b"PK\x03\x04" and not _is_letter(name, content):
        if (tables := _tables(content, name)) is not None:
            return _whole_register(tables, register)
        return _workbook(content, name, register, bring, foreign)
    if not _is_letter(name, content) and _is_spreadsheet(name, content):
        return _foreign(content, name, register, foreign)
    if is_register_text(name, content):
        return _register_text(content, name, register)
    return _notice(content, name, register, notice)


def content_of(path: Path) -> bytes:
    """What a file holds. Raises Refused where it cannot be read."""
    if not path.exists():
        raise Refused("there is no such file.", at=str(path), do="Check its name and folder.")
    try:
        if path.stat().st_size > 200_000_000:
            raise Refused("is larger than 200 MB.", at=str(path), do="Give the text of the notice alone.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"cannot be read: {error.strerror}.", at=str(path)) from None


def is_register_text(name: str, content: bytes) -> bool:
    """Whether a file holds the text of a register, and not a notice."""
    return Path(name).suffix.lower() in (".json", ".yaml", ".yml") or content.lstrip()[:1] == b"{"


def _is_letter(name: str, content: bytes) -> bool:
    """Whether a file is a word processor's, also one that is encrypted or damaged: those say so by their name alone."""
    from ropa.notices.docx import is_document

    return Path(name).suffix.lower() in (".docx", ".docm", ".doc") or is_document(content)


def _is_spreadsheet(name: str, content: bytes) -> bool:
    from ropa.sheets.foreign.cells import is_spreadsheet

    return is_spreadsheet(name, content)


def _foreign(content: bytes, name: str, register: Register, foreign: Foreigner | None) -> Read:
    if foreign is None:
        raise Refused(
            "is a spreadsheet that others made.", at=name, do=f"Read it into the register: ropa import {name}"
        )
    return foreign(content, name, register)


def _workbook(
    content: bytes, name: str, register: Register, bring: Bring | None, foreign: Foreigner | None
) -> Read:
    from ropa.sheets.unpacked import refuse_bomb
    from ropa.sheets.working.read import read_working

    refuse_bomb(content, name)
    book = read_working(content, name)
    if book is None:
        return _foreign(content, name, register, foreign)
    if bring is None:
        raise Refused("a working workbook comes home.", at=name, do=f"Bring it: ropa import {name}")
    return bring(book, name, register)


def _tables(content: bytes, name: str) -> Register | None:
    """The register of a zip of tables; None for any other zip."""
    from ropa.sheets.csv_tables.read import is_tables, read_tables

    return read_tables(content, name) if is_tables(content) else None


def _register_text(content: bytes, name: str, register: Register) -> Read:
    from ropa.sheets.register_text import read_register_text

    return _whole_register(read_register_text(content, name), register)


def _whole_register(given: Register, register: Register) -> Read:
    changes = [Change(register.records.get(r.kind, {}).get(r.ref), r) for r in given]
    changes = [change for change in changes if change.before != change.after]
    after = applied(register, changes)
    return Read(after, tuple(changes), tuple(compare(register, after)))


def _notice(content: bytes, name: str, register: Register, notice: str) -> Read:
    from ropa.notices import tabled, topics
    from ropa.notices.draft_import import import_notice
    from ropa.notices.read import read_notice

    reading = read_notice(content, name)
    known = find_one(register, Notice, notice).ref if notice else None
    found = import_notice(reading, register, source=name, notice=known)
    remarks = [
        f"{', '.join(group)} say the same: likely duplicates, or one that the notice does not tell apart."
        for group in found.duplicates
    ]
    if reading.family in (topics.NAME, tabled.NAME):
        remarks.append(
            f"Read for certain: {topics.read_share(reading)} % of the text; the rest is listed as not understood."
        )
    if found.gone:
        remarks.append(
            f"No longer in the notice: {', '.join(found.gone)}. Their records stay; end or mend them."
        )
    unread = tuple((f"{name}, {u.place}", u.text, u.reason) for u in found.unread)
    return Read(found.register, found.changes, found.preview, unread, found.clashes, tuple(remarks))
