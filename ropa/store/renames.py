"""Which records were given another ref, read out of the history: removed and added by one revision, saying the same."""

import json
from dataclasses import dataclass

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


def renames(connection: Connection, revision: int = 0) -> list[Renamed]:
    """All of them, oldest first; or those of one revision."""
    row = CHANGES.c
    gone = select(row.revision, row.kind, row.ref).where(row.record.is_(None)).order_by(row.revision)
    rows = connection.execute(gone.where(row.revision == revision) if revision else gone).all()
    found = ((one, became(connection, one.kind, one.ref, one.revision)) for one in rows)
    return [Renamed(one.revision, one.kind, one.ref, new) for one, new in found if new]


def became(connection: Connection, kind: str, ref: str, revision: int) -> str:
    """The ref that a revision gave to the record that had this one; "" where it did not."""
    row = CHANGES.c
    here = (row.kind == kind) & (row.revision == revision)
    if not connection.execute(select(row.ref).where(here & (row.ref == ref) & row.record.is_(None))).first():
        return ""
    before = _before(connection, kind, ref, revision)
    if before is None:
        return ""
    said = json.loads(before)
    for new, after in connection.execute(select(row.ref, row.record).where(here & row.record.is_not(None))):
        same_name = json.loads(after).get("name") == said.get("name")
        if (
            same_name
            and not _before(connection, kind, new, revision)
            and _same(kind, ref, before, new, after)
        ):
            return str(new)
    return ""


def came_from(connection: Connection, kind: str, ref: str, revision: int) -> str:
    """The ref that a record had until a revision gave it this one; "" where it had none other."""
    row = CHANGES.c
    gone = select(row.ref).where((row.revision == revision) & (row.kind == kind) & row.record.is_(None))
    olds = connection.execute(gone).scalars().all()
    return next((old for old in olds if became(connection, kind, old, revision) == ref), "")


def _before(connection: Connection, kind: str, ref: str, revision: int) -> str | None:
    """What the record said before a revision; None where it was not there."""
    row = CHANGES.c
    own = (row.kind == kind) & (row.ref == ref) & (row.revision < revision)
    found: str | None = connection.execute(
        select(row.record).where(own).order_by(row.revision.desc()).limit(1)
    ).scalar()
    return found


def _same(kind: str, old: str, before: str, new: str, after: str) -> bool:
    cls = KINDS[kind]
    return renamed(read_past(cls, before), kind, old, new) == read_past(cls, after)
