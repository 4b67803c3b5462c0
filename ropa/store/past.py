"""The register as it was, from its history."""

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


def past_register(store: Store, as_of: date | int) -> Register:
    """The register as it stood at the end of a day, at a time or after a revision."""
    with store.reading() as connection:
        head = _head(connection, as_of, store.place)
        said = _said(connection, head.number if head else 0, store.place)
    unknown: list[Unknown] = []
    with plainly(store.place):
        records = {kind: _read(KINDS[kind], by_ref, store.place, unknown) for kind, by_ref in said.items()}
    if head is None:
        return Register(records)
    return Register(records, revision=head.number, hash=head.hash, at=head.at, unknown=tuple(unknown))


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


def _said(connection: Connection, revision: int, place: str) -> dict[str, dict[str, str]]:
    """The last text of every record up to a revision."""
    change = CHANGES.c
    newest = (
        select(change.kind, change.ref, func.max(change.revision).label("revision"))
        .where(change.revision <= revision)
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
        .where(change.record.is_not(None))
        .order_by(change.kind, change.ref)
    )
    said: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for kind, ref, text in rows:
        if kind not in said:
            raise damage(f"its history has records of the kind '{kind}', which there is not", place)
        said[kind][ref] = text
    return said


def _read(
    cls: type[Documented], said: dict[str, str], place: str, unknown: list[Unknown]
) -> dict[str, Documented]:
    """The records of a kind; fills in what of them is unknown. What was read is let go record by record, so that the next one has its place in memory."""
    read: dict[str, Documented] = {}
    for ref in list(said):
        try:
            text = said.pop(ref)
            read[ref] = read_past(cls, text)
            unknown += unknown_in(read[ref]) if marks_in(text) else ()
        except ValidationError as error:
            raise damaged(cls, ref, error, place) from error
    return read
