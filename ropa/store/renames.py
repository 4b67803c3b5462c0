"""Which records were given another ref, read out of the history: removed and added by one revision, saying the same."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ropa.model.redacted import read_past
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


def all_refs(anew: Sequence[Renamed], kind: str, ref: str) -> set[str]:
    """Every ref under which a record was known, as far as renaming links them."""
    refs: set[str] = set()
    new = {ref}
    while new:
        refs |= new
        linked = {(one.old, one.new) for one in anew if one.kind == kind}
        new = {other for pair in linked if refs & set(pair) for other in pair} - refs
    return refs


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
        if json.loads(after).get("name") == said.get("name") and _same(gone, before, ref, after):
            yield Renamed(gone.revision, gone.kind, gone.ref, ref)
            return


def _same(gone: Any, before: str, ref: str, after: str) -> bool:
    cls = KINDS[gone.kind]
    followed = renamed(read_past(cls, before), gone.kind, gone.ref, ref)
    return followed == read_past(cls, after)
