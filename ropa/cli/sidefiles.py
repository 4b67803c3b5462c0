"""A file as a side of a comparison: a register, a backup, its text, a workbook, a notice; the kind is told from the content."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.cli.sides import Side
from ropa.errors import Faults, Refused

if TYPE_CHECKING:
    from ropa.store.open import Store

_SQLITE = b"SQLite format 3\x00"
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_NAME = "Name a register or a backup, the text of one (JSON, YAML), a workbook of ropa, or a notice."


def side_in_file(word: str, own: "Callable[[], Store]", beside: Side | None) -> Side:
    """The register in a file or a database. own: opens the register that a workbook was made from. beside: the first side.

    Raises Refused, or Faults, for what is none.
    """
    from ropa.cli.reading import content_of
    from ropa.store.open import is_url

    if is_url(word):
        return _stored(word)
    path = Path(word)
    if path.is_dir():
        raise Refused("this is a folder.", at=word, do=_NAME)
    begins = _beginning(path)
    if begins == _SQLITE:
        return _stored(word)
    if begins.startswith((_ZIP, _OLD)):
        from ropa.cli.sidebooks import side_in_workbook

        return side_in_workbook(word, own(), beside)
    return _read(word, content_of(path), beside)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE))
    except OSError:
        return b""  # who reads it as a text says what is wrong


def _stored(place: str) -> Side:
    from ropa.store.load import load

    store = _open(place)
    return Side(place, load(store), store)


def _open(place: str) -> "Store":
    """A register that is only looked at: one of an earlier version is not brought up to this one."""
    from ropa.store.open import Store, version_of
    from ropa.store.version import VERSION

    store = Store(place)
    try:
        version = version_of(store)
    except Refused as trouble:
        raise Refused(trouble.what, at=place, do=_NAME) from None
    if version != VERSION:
        raise Refused(
            "is a register of an earlier version of ropa; it stays as it is.",
            at=place,
            do="Copy it, look at the copy once (ropa --db COPY status), and compare that.",
        )
    return store


def _read(word: str, content: bytes, beside: Side | None) -> Side:
    from ropa.cli.reading import is_register_text, read_file
    from ropa.model.register import Register
    from ropa.sheets.register_text import read_register_text

    name = Path(word).name
    if is_register_text(name, content):
        return Side(word, read_register_text(content, name))
    try:
        read = read_file(word, beside.register if beside else Register())
    except Refused as trouble:
        if isinstance(trouble, Faults):
            raise
        raise Refused(trouble.what, at=word, do=_NAME) from None
    if beside is None:
        raise Refused(
            "is a notice, which says a part of a register only.",
            at=word,
            do=f"Name it second: ropa diff now {word}",
        )
    told = {(change.record.kind, change.record.ref) for change in read.preview}
    all_ = {(change.record.kind, change.record.ref) for change in read.changes}
    return Side(word, read.register, None, read.unread, read.clashes, frozenset(all_ - told))
