"""A record as rows of its tables."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Table

from ropa.model.common import Documented
from ropa.store.shape import columns
from ropa.store.tables import tables

Row = dict[str, Any]


def _flat_row(said: BaseModel) -> Row:
    row: Row = {}
    for column in columns(type(said)):
        value = getattr(said, column.outer or column.field.name)
        if column.outer:
            value = None if value is None else getattr(value, column.field.name)
        row[column.name] = (list(value) or None) if column.field.many else value
    return row


def rows_of(records: Iterable[Documented]) -> dict[Table, list[Row]]:
    """Every row of these records, by table, owners before what they own."""
    found: dict[Table, list[Row]] = {}
    for record in records:
        kind = tables()[record.kind]
        found.setdefault(kind.main, []).append(_flat_row(record))
        for part_table in kind.parts:
            values = getattr(record, part_table.field.name)
            if values:
                rows = found.setdefault(part_table.table, [])
                for position, value in enumerate(values, 1):
                    own = _flat_row(value) if part_table.part else {"ref": value}
                    rows.append({"owner": record.ref, "position": position, **own})
    return found
