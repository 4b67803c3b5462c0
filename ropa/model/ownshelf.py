"""An organisation's own tables of facts: from the record to the facts in use, and back."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from ropa.errors import Refused
from ropa.model.ownfacts import OwnFacts
from ropa.model.register import Register
from ropa.reference.facts import FactTable, read_rows, shipped, shipped_tables
from ropa.reference.owntable import OWN, checked_rows
from ropa.reference.shelf import OwnTable, Row, Shelf


def ref_of(table: str) -> str:
    """The ref under which the register holds a table."""
    return table.replace("_", "-")


def own_as_plain(table: str, own: OwnTable, *, source: str) -> dict[str, Any]:
    """The record of an own table, as plain data. source: the file that it came from."""
    of = shipped_tables()[table]
    return {
        "ref": ref_of(table),
        "name": of.title,
        "checked_on": own.checked_on.isoformat(),
        "columns": ",".join(of.columns),
        "rows": [{"row": row_ref(of, row), "says": _line(row.values())} for row in own.rows],
        "provenance": [{"source": source}],
    }


def shelf_of(register: Register, known_by: date | None = None) -> Shelf:
    """The facts in use where a register holds tables of its own. One that this version cannot use is told, and not used."""
    own: dict[str, OwnTable] = {}
    unfit: dict[str, str] = {}
    for record in register.all(OwnFacts).values():
        name = record.ref.replace("-", "_")
        try:
            own[name] = own_table(record)
        except Refused as trouble:
            unfit[name] = trouble.what
    return Shelf(own, known_by, register.revision, unfit)


def own_table(record: OwnFacts) -> OwnTable:
    """The table that a record holds. Raises Refused where this version of ropa cannot use it."""
    name = record.ref.replace("-", "_")
    if name not in OWN:
        raise Refused("is no table that an organisation keeps.", at=record.ref)
    text = "\n".join((record.columns or "", *(row.says or "" for row in record.rows)))
    rows = read_rows(record.ref, text, tuple(shipped(name)[0]))
    checked_rows(name, rows, record.ref)
    return OwnTable(rows, record.checked_on or date.min)


@dataclass(frozen=True)
class RowChange:
    """A row that one table has and another has not, or has otherwise. cells: column, before and after of what differs."""

    op: str
    row: str
    cells: tuple[tuple[str, str, str], ...]


def differences(table: FactTable, before: tuple[Row, ...], after: tuple[Row, ...]) -> Iterator[RowChange]:
    """What differs between two states of a table, row by row: what is new, then changed, then gone."""
    was = {row_ref(table, row): row for row in before}
    now = {row_ref(table, row): row for row in after}
    for ref in [ref for ref in now if ref not in was]:
        yield RowChange("added", ref, tuple((c, "", cell) for c, cell in now[ref].items() if cell))
    for ref, row in now.items():
        if ref in was and (cells := tuple((c, was[ref][c], row[c]) for c in row if was[ref][c] != row[c])):
            yield RowChange("changed", ref, cells)
    for ref, row in was.items():
        if ref not in now:
            yield RowChange("removed", ref, tuple((c, cell, "") for c, cell in row.items() if cell))


def row_ref(table: FactTable, row: Row) -> str:
    """What tells a row of a table from the others, in one word."""
    return "/".join(row[column] for column in table.key)


def _line(cells: Any) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
