"""Which records were given another ref, read out of the history: removed and added by one revision, saying the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ropa.model.register import KINDS
from ropa.model.renaming import renamed
from ropa.store.tables import CHANGES


@dataclass(frozen=True)
class Renamed:
    """A record that a revision gave another ref."""

    revision: int
    kind: str
    old: str
    new: str


def renames(connection: Connection) -> list[Renamed]:
    """All of them, oldest first."""
    row = CHANGES.c
    gone = connection.execute(
        select(row.revision, row.kind, row.ref).where(row.record.is_(None)).order_by(row.revision)
    ).all()
    return [found for one in gone for found in _renamed(connection, one)]


def _renamed(connection: Connection, gone: Any) -> Iterator[Renamed]:
    row = CHANGES.c
    of_kind = row.kind == gone.kind
    before = connection.execute(
        select(row.record)
        .where(of_kind & (row.ref == gone.ref) & (row.revision < gone.revision))
        .order_by(row.revision.desc())
        .limit(1)
    ).scalar()
    if before is None:
        return
    said = json.loads(before)
    added = select(row.ref, row.record).where(
        of_kind & (row.revision == gone.revision) & row.record.is_not(None)
    )
    for ref, after in connection.execute(added):
        if json.loads(after).get("name") == said.get("name") and _same(gone, said, ref, after):
            yield Renamed(gone.revision, gone.kind, gone.ref, ref)
            return


def _same(gone: Any, said: dict[str, Any], ref: str, after: str) -> bool:
    cls = KINDS[gone.kind]
    followed = renamed(cls.model_validate(said), gone.kind, gone.ref, ref)
    return followed == cls.model_validate_json(after)
