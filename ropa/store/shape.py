"""Which tables a register has and what stands in their columns, derived from what the records say about themselves.

A kind is a table keyed by `ref`. A list of parts is a table `<kind>_<field>` keyed by (`owner`, `position`), a list of refs
one with `owner`, `position`, `ref`. A single part is columns `<field>_<name>` of its owner. A list of plain values is a
JSON array in one column. `ropa.store.tables` makes tables of it; what only reads a register needs no more than this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from ropa.model.common import Documented
from ropa.model.register import KINDS
from ropa.model.walk import FieldSaid, fields


@dataclass(frozen=True)
class ColumnShape:
    """A column: its name, the field that it holds, and the single part that this field belongs to ("" for none)."""

    name: str
    field: FieldSaid
    outer: str


@dataclass(frozen=True)
class PartShape:
    """The table of one list of parts or of refs. columns: None for a list of refs, which has `ref` alone."""

    name: str
    field: FieldSaid
    columns: tuple[ColumnShape, ...] | None


@dataclass(frozen=True)
class KindShape:
    """The tables of one kind of record: the main one, named like the kind, and those of its lists."""

    cls: type[Documented]
    columns: tuple[ColumnShape, ...]
    parts: tuple[PartShape, ...]


@cache
def columns(cls: type[BaseModel]) -> tuple[ColumnShape, ...]:
    """Everything of a record or part that fits into columns of one row."""
    return tuple(_columns(cls))


def _columns(cls: type[BaseModel]) -> Iterator[ColumnShape]:
    for said in fields(cls):
        if said.part and not said.many:
            yield from (ColumnShape(f"{said.name}_{c.name}", c.field, said.name) for c in columns(said.part))
        elif not said.part and not (said.many and said.names):
            yield ColumnShape(said.name, said, "")


@cache
def shape(kind: str) -> KindShape:
    """The tables of a kind."""
    cls = KINDS[kind]
    parts = (
        PartShape(f"{kind}_{said.name}", said, columns(said.part) if said.part else None)
        for said in fields(cls)
        if said.many and (said.part or said.names)
    )
    return KindShape(cls, columns(cls), tuple(parts))
