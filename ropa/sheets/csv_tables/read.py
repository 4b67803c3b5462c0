"""The register out of its tables."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from ropa.errors import Refused
from ropa.model.plainregister import KEYS, register_from_plain
from ropa.model.register import Register
from ropa.sheets.csv_tables.shape import FORM, MARKER, VALUE, TableShape, shapes, text_of
from ropa.words import nearest

LIMIT = 1_000_000_000
"""Bytes of all tables unpacked: those of 10,000 activities with all parts have a twentieth of that."""
_CELL = 100_000_000
"""Characters of one cell: the text of a notice stands in one."""
_AGAIN = "Make it again: ropa export --layout csv"


def is_tables(content: bytes) -> bool:
    """Whether a file is such a zip."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            return MARKER in packed.namelist()
    except (BadZipFile, ValueError):
        return False


def read_tables(content: bytes, name: str) -> Register:
    """The register of such a zip. name: the file, as messages name it. Raises Refused, or Faults with every fault of the records."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LIMIT:
                raise Refused(f"unpacks to more than {LIMIT // 1_000_000} MB; it was not opened.", at=name)
            tables = {part: packed.read(part) for part in packed.namelist() if part.lower().endswith(".csv")}
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Refused("is damaged, or packed in a way that is not known.", at=name, do=_AGAIN) from None
    _refuse_other_form(tables.pop(MARKER, b""), name)
    _refuse_strangers(tables, name)
    found: dict[str, dict[tuple[str, ...], Any]] = {}
    for shape in shapes().values():
        if f"{shape.name}.csv" in tables:
            _take(found, shape, tables[f"{shape.name}.csv"], name)
    said = {key: list(found.get(kind, {}).values()) for key, kind in KEYS.items() if found.get(kind)}
    if not said:
        return Register()
    return register_from_plain({"ropa": 1, **said}, at=name)


def _refuse_other_form(marker: bytes, name: str) -> None:
    rows = list(_rows(marker, MARKER, name))
    form = rows[1][0] if len(rows) > 1 and rows[1] else ""
    if form != FORM:
        raise Refused(
            f"says form {form or 'nothing'}, and this version reads form {FORM}.",
            at=f"{name}, {MARKER}",
            do="Read it with the version that wrote it, or export again.",
        )


def _refuse_strangers(tables: dict[str, bytes], name: str) -> None:
    for part in tables:
        if part.removesuffix(".csv") not in shapes():
            near = nearest(part.removesuffix(".csv"), list(shapes()))
            raise Refused(
                f"there is no table '{part}'.", at=name, do=f"Did you mean {near[0]}.csv?" if near else ""
            )


def _rows(content: bytes, part: str, name: str) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            f"is not UTF-8 (byte {error.start}).", at=f"{name}, {part}", do="Save it as UTF-8."
        ) from None
    csv.field_size_limit(_CELL)
    try:
        yield from csv.reader(StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise Refused(f"is no CSV with commas: {error}.", at=f"{name}, {part}") from None


def _take(found: dict[str, dict[tuple[str, ...], Any]], shape: TableShape, content: bytes, name: str) -> None:
    """Read a table into the records above it."""
    part = f"{shape.name}.csv"
    rows = _rows(content, part, name)
    head = next(rows, [])
    _refuse_columns(shape, head, f"{name}, {part}")
    own = found.setdefault(shape.name, {})
    for number, row in enumerate(rows, 2):
        if not any(row):
            continue
        at = f"{name}, {part}, row {number}"
        if len(row) != len(head):
            raise Refused(f"has {len(row)} cells where {len(head)} are wanted.", at=at)
        cells = dict(zip(head, map(text_of, row), strict=True))
        keys = tuple(cells.pop(key) for key in shape.keys)
        said: Any = cells.get(VALUE, "")
        if shape.columns != (VALUE,):
            said = {column: cell for column, cell in cells.items() if cell}
        if keys in own:
            raise Refused(f"stands twice: {' '.join(keys)}.", at=at)
        own[keys] = said
        if "." in shape.name:
            _hang(found, shape, keys, said, at)
        else:
            said["ref"] = keys[0]


def _refuse_columns(shape: TableShape, head: list[str], at: str) -> None:
    known = (*shape.keys, *shape.columns)
    for column in head:
        if column not in known:
            near = nearest(column, list(known))
            raise Refused(
                f"there is no column '{column}'.", at=at, do=f"Did you mean {near[0]}?" if near else ""
            )
    if lacking := [key for key in (*shape.keys, VALUE) if key in known and key not in head]:
        raise Refused(f"lacks the column {lacking[0]}.", at=at)
    if len(set(head)) < len(head):
        raise Refused("has two columns of the same name.", at=at)


def _hang(
    found: dict[str, dict[tuple[str, ...], Any]], shape: TableShape, keys: tuple[str, ...], said: Any, at: str
) -> None:
    """Put a row where it belongs: into the row of the table above, at its place in the list."""
    above, _, field = shape.name.rpartition(".")
    owner = found.get(above, {}).get(keys[:-1] if shape.many else keys)
    if owner is None:
        raise Refused(f"belongs to a row of {above}.csv that is not there: {' '.join(keys)}.", at=at)
    if not shape.many:
        owner[field] = said
        return
    members = owner.setdefault(field, [])
    if keys[-1] != str(len(members) + 1):
        raise Refused(f"has number {keys[-1] or '(none)'} where {len(members) + 1} is wanted.", at=at)
    members.append(said)
