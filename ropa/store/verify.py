"""The proof that nothing was altered: the chain recomputed, the history replayed, the tables held against it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, text

from ropa.errors import Refused
from ropa.model.canonical import canonical, canonical_json
from ropa.pause import no_collecting
from ropa.store.chain import digest, revision_hash
from ropa.store.load import live_register
from ropa.store.open import Store
from ropa.store.tables import CHANGES, REVISIONS


@dataclass(frozen=True)
class Problem:
    """Where something is not as it must be, and what."""

    where: str
    what: str


@dataclass(frozen=True)
class Verdict:
    """The outcome: the last revision and its hash, and what is wrong; nothing wrong, and the register proves itself."""

    revision: int
    hash: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@no_collecting()
def verify(store: Store) -> Verdict:
    """Recompute the chain, replay the history, and hold the live tables against it."""
    with store.reading() as connection:
        revisions = connection.execute(select(REVISIONS).order_by(REVISIONS.c.number)).all()
        replayed: dict[tuple[str, str], str] = {}
        problems = [*_file(connection, store), *_chain(connection, revisions, replayed)]
        problems += _tables(connection, store, replayed)
    last = revisions[-1] if revisions else None
    return Verdict(last.number if last else 0, last.hash if last else "", tuple(problems))


def _file(connection: Connection, store: Store) -> Iterator[Problem]:
    """What SQLite itself finds wrong with the file."""
    if connection.dialect.name != "sqlite":
        return
    for (answer,) in connection.execute(text("pragma integrity_check")):
        if answer != "ok":
            yield Problem(store.place, answer)
    for table, row, parent, _ in connection.execute(text("pragma foreign_key_check")):
        yield Problem(f"table {table}, row {row}", f"names a record of {parent} that is not there")


def _chain(connection: Connection, revisions: Any, replayed: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Every digest and hash recomputed; fills `replayed` with the last text of every record."""
    change = CHANGES
    wanted = select(change).order_by(change.c.revision, change.c.position)
    rows = connection.execute(wanted.execution_options(yield_per=1000))
    by_revision = groupby(rows, key=lambda row: row.revision)
    number, changes = next(by_revision, (None, iter(())))
    previous = ""
    for expected, revision in enumerate(revisions, 1):
        where = f"r{revision.number}"
        if revision.number != expected:
            yield Problem(where, f"r{expected} is missing")
        if revision.previous != previous:
            yield Problem(where, "does not follow the revision before it")
        own: list[tuple[str, str, str]] = []
        if number == revision.number:
            for row in changes:
                yield from _change(row, where)
                own.append((row.kind, row.ref, row.digest))
                _replay(replayed, row)
            number, changes = next(by_revision, (None, iter(())))
        header = {
            key: getattr(revision, key) for key in ("number", "at", "actor", "why", "command", "previous")
        }
        if revision_hash(header, own) != revision.hash:
            yield Problem(where, "its hash does not fit its content")
        previous = revision.hash
    if number is not None:
        yield Problem(f"r{number}", "changes without their revision")


def _change(row: Any, where: str) -> Iterator[Problem]:
    if digest(row.salt, row.record) != row.digest:
        yield Problem(f"{where}, {row.ref}", "its text does not fit its digest")
    elif row.record is not None and canonical_json(json.loads(row.record)) != row.record:
        yield Problem(f"{where}, {row.ref}", "its text is not canonical JSON")


def _replay(replayed: dict[tuple[str, str], str], row: Any) -> None:
    if row.record is None:
        replayed.pop((row.kind, row.ref), None)
    else:
        replayed[row.kind, row.ref] = row.record


def _tables(connection: Connection, store: Store, replayed: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """The live tables against the end of the history."""
    try:
        live = {
            (record.kind, record.ref): canonical(record)
            for record in live_register(connection.exec_driver_sql, store.place)
        }
    except Refused as trouble:
        yield Problem(trouble.at, trouble.what)
        return
    for key in live.keys() | replayed.keys():
        if live.get(key) != replayed.get(key):
            kind, ref = key
            what = (
                "is not in the history"
                if key not in replayed
                else "is not in the tables"
                if key not in live
                else "differs between the tables and the history"
            )
            yield Problem(f"{kind} {ref}", what)
