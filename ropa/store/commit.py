"""The one way to write. All of a commit is written, with its history, or nothing is."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select, update

from ropa.compare import Change
from ropa.errors import Conflict, Faults, Refused
from ropa.model.canonical import canonical
from ropa.model.redacted import marks_in
from ropa.model.register import KINDS
from ropa.model.walk import mentions
from ropa.pause import no_collecting
from ropa.steps import steps
from ropa.store.append import Left, Revision, append, head_of
from ropa.store.open import Store
from ropa.store.rows import rows_of
from ropa.store.tables import CHANGES, REVISIONS, tables

_BATCH = 500
"""Refs in one `in (…)`: SQLite of old allows 999 parameters."""


@no_collecting()
def commit(
    store: Store, changes: Sequence[Change], *, based_on: int, actor: str, why: str = "", command: str = ""
) -> Revision | None:
    """Put the changes into the tables and the history, in one transaction. The only way in which ropa writes.

    based_on: the revision that the changes were prepared against. Returns None, and writes nothing, where nothing
    changes. Raises Conflict where a record was changed since, Refused where a record would name one that is not there.
    """
    changes = [change for change in changes if change.before != change.after]
    if not changes:
        return None
    each = steps(changes, "Preparing records", len(changes))
    texts = [None if change.after is None else _proven(change) for change in each]
    with store.writing() as connection:
        head = head_of(connection)
        _refuse_if_moved(connection, changes, based_on, head.number if head else 0)
        _apply(connection, changes)
        _refuse_dangling(connection, changes)
        left = [Left(c.record.kind, c.record.ref, text) for c, text in zip(changes, texts, strict=True)]
        return append(connection, head, {"actor": actor, "why": why, "command": command}, left)


def _proven(change: Change) -> str:
    """The canonical JSON of the record after, proven to read back as the same record: nothing unvalidated gets in."""
    text = canonical(change.record)
    if marks := marks_in(text):
        raise Refused(
            f"this would write down '{marks[0]}', which stands for what was taken out of the past; nobody can bring it back.",
            at=change.record.ref,
            do="Say what is to stand there, or leave it blank.",
        )
    if type(change.record).model_validate_json(text) != change.record:
        raise Refused("the record does not read back as it was written.", at=change.record.ref)
    return text


def _refuse_if_moved(connection: Connection, changes: Sequence[Change], based_on: int, head: int) -> None:
    if head == based_on:
        return
    if based_on > head:
        raise Conflict(
            f"the register stands at r{head}, before the r{based_on} that this was prepared against.",
            do="It was replaced by an older one: look at it, then do this again.",
        )
    row = CHANGES.c
    moved = {
        (kind, ref): (number, actor)
        for kind, ref, number, actor in connection.execute(
            select(row.kind, row.ref, row.revision, REVISIONS.c.actor)
            .join(REVISIONS, REVISIONS.c.number == row.revision)
            .where(row.revision > based_on)
        )
    }
    clashing = [
        (c.record, moved[c.record.kind, c.record.ref])
        for c in changes
        if (c.record.kind, c.record.ref) in moved
    ]
    taken = [
        record.ref for record, _ in clashing if any(c.before is None and c.record is record for c in changes)
    ]
    if taken:
        raise Conflict(
            f"{', '.join(taken)} was added by somebody else meanwhile. Nothing was written.",
            do="Do this again.",
        )
    if clashing:
        told = "; ".join(f"{r.ref} {r.name} by {actor} in r{number}" for r, (number, actor) in clashing[:5])
        more = f" and {len(clashing) - 5} more" if len(clashing) > 5 else ""
        raise Conflict(
            f"changed by somebody else since you began: {told}{more}. Nothing was written.",
            do="Look at it, then do this again.",
        )


def _apply(connection: Connection, changes: Sequence[Change]) -> None:
    """Write the live rows: parts anew, the main row of a record that stays updated.

    Were that row taken out, the database would look through every table for who names it, record by record: a time
    that grows with the square of the register.
    """
    for kind, own in tables().items():
        before = [c for c in changes if c.record.kind == kind and c.before is not None]
        for part in own.parts:
            _take_out(connection, part.table.c.owner, [c.record.ref for c in before])
        _take_out(connection, own.main.c.ref, [c.record.ref for c in before if c.after is None])
    staying = {(tables()[c.record.kind].main, c.record.ref) for c in changes if c.before is not None}
    for table, rows in rows_of(c.after for c in changes if c.after is not None).items():
        if new := [row for row in rows if (table, row.get("ref")) not in staying]:
            connection.execute(insert(table), new)
        if old := [{"own": row.pop("ref"), **row} for row in rows if (table, row.get("ref")) in staying]:
            connection.execute(update(table).where(table.c.ref == bindparam("own")), old)


def _take_out(connection: Connection, key: Column[Any], refs: Sequence[str]) -> None:
    for start in range(0, len(refs), _BATCH):
        connection.execute(delete(key.table).where(key.in_(refs[start : start + _BATCH])))


def _refuse_dangling(connection: Connection, changes: Sequence[Change]) -> None:
    """No record may name one that is not there. Foreign keys would refuse it too, but not say what."""
    faults = []
    wanted: dict[str, dict[str, str]] = {}
    for change in changes:
        if change.after is not None:
            for mention in mentions(change.after):
                wanted.setdefault(mention.kind, {}).setdefault(
                    mention.ref, f"{change.after.ref}: {mention.path}"
                )
    for kind, refs in wanted.items():
        there = _present(connection, tables()[kind].main, list(refs))
        faults += [
            Refused(f"names the {KINDS[kind].noun} '{ref}', which is not there.", at=where)
            for ref, where in refs.items()
            if ref not in there
        ]
    for change in changes:
        if change.after is None:
            faults += _still_naming(connection, change)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)


def _present(connection: Connection, main: Table, refs: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(refs), _BATCH):
        found |= set(
            connection.execute(
                select(main.c.ref).where(main.c.ref.in_(refs[start : start + _BATCH]))
            ).scalars()
        )
    return found


def _still_naming(connection: Connection, change: Change) -> list[Refused]:
    """Who still names a record that is to be removed."""
    kind, ref = change.record.kind, change.record.ref
    naming: list[str] = []
    for own in tables().values():
        for table in (own.main, *(part.table for part in own.parts)):
            for column in table.c:
                if (
                    any(key.column.table.name == kind for key in column.foreign_keys)
                    and column.name != "owner"
                ):
                    who = table.c.ref if table is own.main else table.c.owner
                    naming += connection.execute(select(who).where(column == ref)).scalars()
    if not naming:
        return []
    who_all = sorted(set(naming))
    return [
        Refused(
            f"cannot be removed: it is named by {', '.join(who_all[:8])}{' …' if len(who_all) > 8 else ''}.",
            at=ref,
            do="Take it out there first.",
        )
    ]
