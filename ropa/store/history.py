"""What was committed: by whom, when, why, and which records it touched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from ropa.errors import Refused
from ropa.store.open import Store
from ropa.store.renames import Renamed, all_refs, renames
from ropa.store.tables import CHANGES, REVISIONS


@dataclass(frozen=True)
class Touched:
    """A record that a revision touched: op is added, changed, removed or renamed. was: the ref before, where it was renamed."""

    op: str
    kind: str
    ref: str
    was: str = ""


@dataclass(frozen=True)
class Entry:
    """One revision as the log shows it. at: UTC, ISO 8601."""

    revision: int
    at: str
    actor: str
    why: str
    command: str
    hash: str
    previous: str
    changes: tuple[Touched, ...]


def last_moment(of: date) -> str:
    """The latest time that a revision of that state may bear, as they are written: a day's end, or a time's own, UTC."""
    if isinstance(of, datetime):
        return of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"{of.isoformat()}U"


def log(store: Store, *, kind: str = "", ref: str = "", until: date | int | None = None) -> list[Entry]:
    """The revisions, newest first; up to a day or revision; of one record only, where kind and ref are given.

    A record that was given another ref is followed through all its refs.
    """
    revision, change = REVISIONS.c, CHANGES.c
    wanted = select(REVISIONS).order_by(revision.number)
    changes = select(change.revision, change.kind, change.ref, change.record.is_(None)).order_by(
        change.revision, change.position
    )
    if isinstance(until, date):
        wanted = wanted.where(revision.at <= last_moment(until))
    elif until is not None:
        wanted = wanted.where(revision.number <= until)
    with store.reading() as connection:
        if (
            isinstance(until, int)
            and until
            and not connection.execute(select(revision.number).where(revision.number == until)).first()
        ):
            raise Refused(f"there is no revision r{until}.", at=store.place, do="See them: ropa log")
        anew = renames(connection)
        if ref:
            own = (change.kind == kind) & change.ref.in_(all_refs(anew, kind, ref))
            changes = changes.where(own)
            wanted = wanted.where(revision.number.in_(select(change.revision).where(own)))
        rows = connection.execute(wanted).all()
        touched = _touched(connection.execute(changes).all(), anew)
    return [_entry(row, touched.get(row.number, [])) for row in reversed(rows)]


def _entry(row: Any, touched: list[Touched]) -> Entry:
    return Entry(row.number, row.at, row.actor, row.why, row.command, row.hash, row.previous, tuple(touched))


def _touched(rows: Iterable[Any], anew: Sequence[Renamed]) -> dict[int, list[Touched]]:
    """What each revision touched; a record counts as added where it was not there before."""
    became = {(one.revision, one.kind, one.new): one.old for one in anew}
    left = {(one.revision, one.kind, one.old) for one in anew}
    there: set[tuple[str, str]] = set()
    found: dict[int, list[Touched]] = {}
    for revision, kind, ref, gone in rows:
        op = "removed" if gone else "changed" if (kind, ref) in there else "added"
        (there.discard if gone else there.add)((kind, ref))
        was = became.get((revision, kind, ref), "")
        if (revision, kind, ref) not in left:
            found.setdefault(revision, []).append(Touched("renamed" if was else op, kind, ref, was))
    return found


def kinds_of(store: Store, ref: str) -> list[str]:
    """The kinds of the records that ever had this ref, removed ones too."""
    wanted = select(CHANGES.c.kind).where(CHANGES.c.ref == ref).distinct()
    with store.reading() as connection:
        return list(connection.execute(wanted).scalars())
