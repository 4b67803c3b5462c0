"""What was committed: by whom, when, why, and which records it touched."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, cast, select

from ropa.errors import Refused
from ropa.store.open import Store
from ropa.store.renames import Renamed, renames
from ropa.store.tables import CHANGES, REDACTIONS, REVISIONS


@dataclass(frozen=True)
class Touched:
    """A record that a revision touched: op is added, changed, removed or renamed. was: the ref before, where it was renamed."""

    op: str
    kind: str
    ref: str
    was: str = ""


@dataclass(frozen=True)
class TakenOut:
    """What a revision took out of another one: of a record, or of that revision itself; then fields are actor, why or command."""

    revision: int
    kind: str
    ref: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One revision as the log shows it. at: UTC, ISO 8601. redacted: what it took out of the history."""

    revision: int
    at: str
    actor: str
    why: str
    command: str
    hash: str
    previous: str
    changes: tuple[Touched, ...]
    redacted: tuple[TakenOut, ...] = ()


def last_moment(of: date) -> str:
    """The latest time that a revision of that state may bear, as they are written: a day's end, or a time's own, UTC."""
    if isinstance(of, datetime):
        return of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"{of.isoformat()}U"


def no_later_than(wanted: Select[Any], until: date | int | None) -> Select[Any]:
    """A question about revisions, with those of a later state left out."""
    if isinstance(until, date):
        return wanted.where(REVISIONS.c.at <= last_moment(until))
    return wanted if until is None else wanted.where(REVISIONS.c.number <= until)


def refuse_unknown(connection: Connection, until: date | int | None, place: str) -> None:
    """Raise Refused for the number of a revision that is not there. 0 is the state before the first one."""
    if isinstance(until, date) or not until:
        return
    if not connection.execute(select(REVISIONS.c.number).where(REVISIONS.c.number == until)).first():
        raise Refused(f"there is no revision r{until}.", at=place, do="See them: ropa log")


def log(store: Store, *, until: date | int | None = None) -> list[Entry]:
    """The revisions with what each touched, newest first; up to a day, a time or a revision. Of one record: `story`."""
    change = CHANGES.c
    wanted = no_later_than(select(REVISIONS).order_by(REVISIONS.c.number), until)
    changes = select(change.revision, change.kind, change.ref, change.record.is_(None)).order_by(
        change.revision, change.position
    )
    with store.reading() as connection:
        refuse_unknown(connection, until, store.place)
        anew = renames(connection)
        rows = connection.execute(wanted).all()
        touched = _touched(connection.execute(changes).all(), anew)
        out = _taken_out(connection)
    entries = [_entry(row, touched.get(row.number, [])) for row in reversed(rows)]
    return [replace(one, redacted=out[one.revision]) if one.revision in out else one for one in entries]


def revision(store: Store, until: date | int | None) -> Entry | None:
    """The last revision of a state, without what it touched; None for the state before the first one."""
    newest = select(REVISIONS).order_by(REVISIONS.c.number.desc()).limit(1)
    with store.reading() as connection:
        refuse_unknown(connection, until, store.place)
        row = connection.execute(no_later_than(newest, until)).first()
    return None if row is None else _entry(row, [])


def _taken_out(connection: Connection) -> dict[int, tuple[TakenOut, ...]]:
    """Revision → what it took out of the history."""
    one, row = REDACTIONS.c, CHANGES.c
    wanted = (
        select(one.revision, one.past, one.fields, row.kind, row.ref)
        .join(CHANGES, (row.revision == one.past) & (cast(row.position, Text) == one.place), isouter=True)
        .order_by(one.revision, one.position)
    )
    found: dict[int, list[TakenOut]] = {}
    for by, past, fields, kind, ref in connection.execute(wanted):
        found.setdefault(by, []).append(TakenOut(past, kind or "", ref or "", tuple(json.loads(fields))))
    return {by: tuple(each) for by, each in found.items()}


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
