"""A record as rows of its tables, and rows as plain data that the model reads into records."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Column, Table

from ropa.model.common import Documented
from ropa.model.walk import fields
from ropa.store.tables import PartTable, flat, tables

Row = dict[str, Any]


@cache
def _flattening(cls: type[BaseModel]) -> tuple[tuple[str, str, str, bool], ...]:
    """Column, outer field, inner field ("" for none), and whether the value is a list, of every column of one row."""
    inner_of: dict[str, tuple[str, str]] = {}
    for said in fields(cls):
        if said.part and not said.many:
            inner_of |= {f"{said.name}_{name}": (said.name, name) for name, _ in flat(said.part)}
    return tuple((column, *inner_of.get(column, (said.name, "")), said.many) for column, said in flat(cls))


def _flat_row(said: BaseModel) -> Row:
    row: Row = {}
    for column, outer, inner, many in _flattening(type(said)):
        value = getattr(said, outer)
        if inner:
            value = None if value is None else getattr(value, inner)
        row[column] = (list(value) or None) if many else value
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


def columns(table: Table, cls: type[BaseModel] | None) -> list[Column[Any]]:
    """The columns that hold what a record or part says, in the order in which it is read; `ref` for a list of refs."""
    return [table.c[column] for column, *_ in _flattening(cls)] if cls else [table.c.ref]


def _reader(cls: type[BaseModel]) -> Callable[[Sequence[Any]], Row]:
    """A function from one row, whose first values are those of `columns`, to plain data without the blanks."""
    plan = [(outer, inner) for _, outer, inner, _ in _flattening(cls)]
    if not any(inner for _, inner in plan):
        names = [outer for outer, _ in plan]
        return lambda row: {name: value for name, value in zip(names, row, strict=False) if value is not None}

    def read(row: Sequence[Any]) -> Row:
        said: Row = {}
        for (outer, inner), value in zip(plan, row, strict=False):
            if value is not None:
                if inner:
                    said.setdefault(outer, {})[inner] = value
                else:
                    said[outer] = value
        return said

    return read


def plain_records(
    kind: str,
    main: Iterable[Sequence[Any]],
    parts: Iterable[Iterable[Sequence[Any]]],
    cls: type[Documented],
) -> dict[str, Row]:
    """Plain data of every record of a kind by ref, from the rows of its tables.

    main: rows of its `columns`. parts: per table of parts, rows of its `columns` and the owner, ordered by owner and position.
    A row whose owner is missing is left to `verify`, which reports it.
    """
    read = _reader(cls)
    by_ref = {row[0]: read(row) for row in main}
    for part_table, rows in zip(tables()[kind].parts, parts, strict=True):
        _add_parts(by_ref, part_table, rows)
    return by_ref


def _add_parts(by_ref: dict[str, Row], part_table: PartTable, rows: Iterable[Sequence[Any]]) -> None:
    name = part_table.field.name
    read = _reader(part_table.part) if part_table.part else lambda row: row[0]
    for row in rows:
        owner = by_ref.get(row[-1])
        if owner is not None:
            owner.setdefault(name, []).append(read(row))
