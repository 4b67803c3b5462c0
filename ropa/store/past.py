"""The register as it was, from its history."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, func, select

from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.redacted import Unknown, marks_in, read_past, unknown_in
from ropa.model.register import KINDS, Register
from ropa.store.faults import damage, plainly
from ropa.store.history import last_moment
from ropa.store.open import Store
from ropa.store.tables import CHANGES, REVISIONS
from ropa.store.unread import damaged


def past_register(store: Store, as_of: date | int, kinds: Collection[str] = KINDS) -> Register:
    """The register as it stood at the end of a day, at a time or after a revision."""
    with store.reading() as connection:
        head = _head(connection, as_of, store.place)
        said = _said(connection, head.number if head else 0, store.place, kinds)
    unknown: list[Unknown] = []
    with plainly(store.place):
        records = {kind: _read(KINDS[kind], by_ref, store.place, unknown) for kind, by_ref in said.items()}
    if head is None:
        return Register(records)
    return Register(records, revision=head.number, hash=head.hash, at=head.at, unknown=tuple(unknown))


def past_registers(store: Store, days: Iterable[date]) -> Iterator[tuple[date, Register]]:
    """The register at the end of each of these days, the earliest first; days before it began are left out.

    Only what changed from one to the next is read. Each step is a transaction of its own: nobody's writing waits meanwhile.
    """
    kept = _Past(store.place)
    for day in days:
        with store.reading() as connection:
            head = _head(connection, day, store.place)
            if head is None:
                continue
            kept.go_on(connection, head.number)
        yield (
            day,
            Register(
                kept.records(), revision=head.number, hash=head.hash, at=head.at, unknown=kept.unknown()
            ),
        )


class _Past:
    """The state after a revision, taken on from one to a later one."""

    def __init__(self, place: str) -> None:
        self._place, self._number = place, 0
        self._read: dict[str, dict[str, tuple[Documented, tuple[Unknown, ...]]]] = {
            kind: {} for kind in KINDS
        }

    def go_on(self, connection: Connection, number: int) -> None:
        """Read what was said between the revision that it stands at and this one."""
        for kind, said in _said(connection, number, self._place, after=self._number).items():
            for ref, text in said.items():
                if text is None:
                    self._read[kind].pop(ref, None)
                    continue
                unknown: list[Unknown] = []
                with plainly(self._place):
                    record = _read(KINDS[kind], {ref: text}, self._place, unknown)[ref]
                self._read[kind][ref] = record, tuple(unknown)
        self._number = number

    def records(self) -> dict[str, dict[str, Documented]]:
        """The records of each kind, in the order of their refs."""
        return {kind: {ref: read[ref][0] for ref in sorted(read)} for kind, read in self._read.items()}

    def unknown(self) -> tuple[Unknown, ...]:
        """What of them was taken out of the history since."""
        return tuple(one for read in self._read.values() for _, own in read.values() for one in own)


def _head(connection: Connection, as_of: date | int, place: str) -> Any:
    """The revision that a state ends with; None for the state before the first one."""
    table = REVISIONS
    if isinstance(as_of, date):
        newest = select(table).order_by(table.c.number.desc()).limit(1)
        return connection.execute(newest.where(table.c.at <= last_moment(as_of))).first()
    found = connection.execute(select(table).where(table.c.number == as_of)).first()
    if found is None and as_of != 0:
        raise Refused(f"there is no revision r{as_of}.", at=place, do="See them: ropa log")
    return found


def _said(
    connection: Connection, revision: int, place: str, kinds: Collection[str] = KINDS, after: int = 0
) -> dict[str, dict[str, str | None]]:
    """The last text of every record of these kinds up to a revision, of those said after another one; None for one that was removed then."""
    change = CHANGES.c
    wanted = () if kinds is KINDS else (change.kind.in_(kinds),)
    newest = (
        select(change.kind, change.ref, func.max(change.revision).label("revision"))
        .where(change.revision > after, change.revision <= revision, *wanted)
        .group_by(change.kind, change.ref)
        .subquery()
    )
    rows = connection.execute(
        select(change.kind, change.ref, change.record)
        .join(
            newest,
            (change.kind == newest.c.kind)
            & (change.ref == newest.c.ref)
            & (change.revision == newest.c.revision),
        )
        .order_by(change.kind, change.ref)
    )
    said: dict[str, dict[str, str | None]] = {kind: {} for kind in kinds}
    for kind, ref, text in rows:
        if kind not in said:
            raise damage(f"its history has records of the kind '{kind}', which there is not", place)
        said[kind][ref] = text
    return said


def _read(
    cls: type[Documented], said: dict[str, str | None], place: str, unknown: list[Unknown]
) -> dict[str, Documented]:
    """The records of a kind; fills in what of them is unknown. What was read is let go record by record, so that the next one has its place in memory."""
    read: dict[str, Documented] = {}
    for ref in list(said):
        text = said.pop(ref)
        if text is None:
            continue
        try:
            read[ref] = read_past(cls, text)
            unknown += unknown_in(read[ref]) if marks_in(text) else ()
        except ValidationError as error:
            raise damaged(cls, ref, error, place) from error
    return read
