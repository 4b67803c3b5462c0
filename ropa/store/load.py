"""Store → Register: as it is now, from the tables; as it was, from the history.

Loading reads plain rows, one select a table, grouped by owner, and lets the model read them: a damaged row is found here.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, func, select

from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.explain import troubles
from ropa.model.register import KINDS, Register
from ropa.pause import no_collecting
from ropa.store.history import last_moment
from ropa.store.open import Store
from ropa.store.rows import columns, plain_records
from ropa.store.tables import CHANGES, REVISIONS, tables

AsOf = date | int
"""A past state: the end of a day in UTC, a time (a datetime is a date), or the number of a revision."""


_IN_PARTS = {"yield_per": 2000}
"""Rows are fetched so many at a time: what was read is let go before the next come."""


@no_collecting()
def load(store: Store, as_of: AsOf | None = None) -> Register:
    """The register now, or as it stood at the end of a day, at a time or after a revision. Raises Refused for a damaged one."""
    with store.reading() as connection:
        if as_of is None:
            return live_register(connection, store.place)
        head = _head(connection, as_of, store.place)
        return _register(_past(connection, head.number if head else 0), head, store.place)


def live_register(connection: Connection, place: str) -> Register:
    """The register out of its tables, within a transaction that sees one state. place: as messages name it."""
    said = {kind: _live(connection, kind, cls) for kind, cls in KINDS.items()}
    return _register(said, _head(connection, None), place)


def _register(said: Mapping[str, dict[str, dict[str, Any]]], head: Any, place: str) -> Register:
    records = {kind: _read(KINDS[kind], by_ref, place) for kind, by_ref in said.items()}
    if head is None:
        return Register(records)
    return Register(records, revision=head.number, hash=head.hash, at=head.at)


def _live(connection: Connection, kind: str, cls: type[Documented]) -> dict[str, dict[str, Any]]:
    own = tables()[kind]
    main = connection.execute(
        select(*columns(own.main, cls)).order_by(own.main.c.ref), execution_options=_IN_PARTS
    )
    parts = (
        connection.execute(
            select(*columns(part.table, part.part), part.table.c.owner).order_by(
                part.table.c.owner, part.table.c.position
            ),
            execution_options=_IN_PARTS,
        )
        for part in own.parts
    )
    return plain_records(kind, main, parts, cls)


def _past(connection: Connection, revision: int) -> dict[str, dict[str, dict[str, Any]]]:
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
    said: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in KINDS}
    for kind, ref, text in rows:
        said[kind][ref] = json.loads(text)
    return said


def _head(connection: Connection, as_of: AsOf | None, place: str = "") -> Any:
    """The revision that a state ends with; None for the state before the first one."""
    table = REVISIONS
    newest = select(table).order_by(table.c.number.desc()).limit(1)
    if as_of is None:
        return connection.execute(newest).first()
    if isinstance(as_of, date):
        return connection.execute(newest.where(table.c.at <= last_moment(as_of))).first()
    found = connection.execute(newest.where(table.c.number == as_of)).first()
    if found is None and as_of != 0:
        raise Refused(f"there is no revision r{as_of}.", at=place, do="See them: ropa log")
    return found


def _read(cls: type[Documented], said: dict[str, dict[str, Any]], place: str) -> dict[str, Documented]:
    """The records of a kind. What was read is let go record by record, so that the next one has its place in memory."""
    try:
        return {ref: cls.model_validate(said.pop(ref)) for ref in list(said)}
    except ValidationError as error:
        raise _damaged(cls, error, place) from error


def _damaged(cls: type[Documented], error: ValidationError, place: str) -> Refused:
    first = troubles(error, cls)[0]
    return Refused(
        f"the register is damaged: a {cls.noun} does not read: {first}",
        at=place,
        do="See what is wrong: ropa verify",
    )
