"""Writing the tables."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ropa.model.canonical import plain
from ropa.sheets.csv_tables.shape import FORM, MARKER, VALUE, cell_of, shapes
from ropa.sheets.layout import Asked
from ropa.steps import steps

_YEAR = (1980, 1, 1, 0, 0, 0)
"""The time of every table in the zip: with the clock's the same register would give other bytes."""
_README = """The register as tables, written by ropa. Internal notes are in it: it is for your own house.

Each table is CSV in UTF-8 with commas. Its name tells what a row is: activity.csv has a row for each activity, activity.data.csv one for
each line of its data, activity.systems.csv one for each of its systems. The columns ref and number tell which record, and which
member of the list. An empty cell was not said; it never means no. Tables without rows are left out.

A text that a spreadsheet would run as a formula, or that begins with an apostrophe, has an apostrophe before it. Take it away to have the
text as it was recorded. A spreadsheet that opens a table may still take 1e3 for a number or a text for a day: to edit the
register in one, use: ropa export --layout register

Home again: ropa import and the name of this zip.
"""
Row = Sequence[str]


def write_tables(asked: Asked, file: BinaryIO) -> None:
    """A zip with a table for each that has rows, what it is a copy of, and how to read it."""
    register = asked.register
    rows: dict[str, list[Row]] = {name: [] for name in shapes()}
    for record in steps(register, "Writing records", sum(map(len, register.records.values()))):
        _add(rows, record.kind, (record.ref,), plain(record))
    with ZipFile(file, "w") as packed:
        _put(packed, "README.txt", _README)
        stored = (str(register.revision), register.hash) if register.revision else ("", "")
        _put(
            packed,
            MARKER,
            _csv(("form", "as of", "revision", "hash"), [(FORM, asked.on.isoformat(), *stored)]),
        )
        for name, shape in shapes().items():
            if rows[name]:
                _put(packed, f"{name}.csv", _csv((*shape.keys, *shape.columns), rows[name]))


def _add(rows: dict[str, list[Row]], name: str, keys: Row, said: Mapping[str, Any]) -> None:
    rows[name].append((*keys, *(_cell(said.get(column)) for column in shapes()[name].columns)))
    for field, value in said.items():
        below = f"{name}.{field}"
        if below not in rows:
            continue
        if shapes()[below].columns == (VALUE,):
            rows[below] += [(*keys, str(n), _cell(one)) for n, one in enumerate(value, 1)]
        elif shapes()[below].many:
            for n, one in enumerate(value, 1):
                _add(rows, below, (*keys, str(n)), one)
        else:
            _add(rows, below, keys, value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else cell_of(str(value))


def _csv(head: Row, rows: Sequence[Row]) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


def _put(packed: ZipFile, name: str, text: str) -> None:
    info = ZipInfo(name, _YEAR)
    info.compress_type = ZIP_DEFLATED
    packed.writestr(info, text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
