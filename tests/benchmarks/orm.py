"""The same register through ORM relationships: one mapped class a table, a relationship from a record to each list of parts.

The mapped classes are plain ones and the parts come with `selectinload`: in trials the quickest that SQLAlchemy offers
(SQLModel's own classes, lazy loading and `subqueryload` took longer).
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session, foreign, registry, relationship, selectinload

from ropa.model.register import KINDS, Register
from ropa.store.open import Store
from ropa.store.shape import columns
from ropa.store.tables import KindTables, tables


@cache
def mapped() -> dict[str, type[Any]]:
    """The mapped class of every kind."""
    known = registry()
    return {kind: _mapped(known, kind, own) for kind, own in tables().items()}


def _mapped(known: registry, kind: str, own: KindTables) -> type[Any]:
    lists = {}
    for part in own.parts:
        cls = type(part.table.name, (), {})
        known.map_imperatively(cls, part.table, properties={f"{c.name}_": c for c in part.table.c})
        lists[part.field.name] = relationship(
            cls,
            primaryjoin=own.main.c.ref == foreign(part.table.c.owner),
            order_by=part.table.c.position,
            viewonly=True,
        )
    record = type(kind, (), {})
    known.map_imperatively(record, own.main, properties={**{f"{c.name}_": c for c in own.main.c}, **lists})
    return record


def objects(store: Store) -> dict[str, list[Any]]:
    """Every record as a mapped object with all its parts loaded."""
    from sqlalchemy import select

    with Session(store.engine) as session:
        return {
            kind: list(session.scalars(select(cls).options(*(selectinload(getattr(cls, part.field.name))
                                                            for part in tables()[kind].parts))).all())
            for kind, cls in mapped().items()
        }  # fmt: skip


def records(store: Store) -> Register:
    """The register, its records validated, by way of the mapped objects."""
    found = {}
    for kind, each in objects(store).items():
        said = [
            {**_said(KINDS[kind], one), **{part.field.name: [
                _said(part.part, value) if part.part else value.ref_ for value in getattr(one, part.field.name)
            ] for part in tables()[kind].parts}}
            for one in each
        ]  # fmt: skip
        made: list[Any] = TypeAdapter(list[KINDS[kind]]).validate_python(said)  # type: ignore[valid-type]
        found[kind] = {record.ref: record for record in made}
    return Register(found)


def _said(cls: Any, one: Any) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for column in columns(cls):
        value = getattr(one, f"{column.name}_")
        if value is not None:
            if column.outer:
                said.setdefault(column.outer, {})[column.field.name] = value
            else:
                said[column.name] = value
    return said
