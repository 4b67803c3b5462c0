"""What would be taken out of the history: every place where something stood, and where the same words stand besides."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from ropa.errors import Refused
from ropa.model.redactable import Redactable
from ropa.model.redacted import is_mark
from ropa.model.register import KINDS
from ropa.model.walk import field_at
from ropa.store.append import head_of
from ropa.store.chain import SAID
from ropa.store.open import Store
from ropa.store.redaction import Draft, Plan
from ropa.store.story import life_of
from ropa.store.tables import CHANGES, REVISIONS
from ropa.store.traces import Trace, Words, in_plain, leaves, without_argument

Value = tuple[type, Any]
"""A value of a field with its type: yes is not 1."""


def plan_field(
    store: Store, kind: str, ref: str, what: Redactable, *, at: int | None = None, everywhere: bool = False
) -> Plan:
    """What taking a field of a record out of the past would take: every value that it had and has not now.

    at: only the value that stood after that revision. everywhere: also the same words in other places of the past.
    Raises Refused where there is none.
    """
    with store.reading() as connection:
        based_on = head_number(connection)
        own = own_changes(connection, kind, ref)
        live = {(row.kind, row.ref): row for row in own}
        asked = own if at is None else list({(r.kind, r.ref): r for r in own if r.revision <= at}.values())
        held = set[Value]().union(*(_values(row, what, what.here) for row in asked))
        now = set[Value]().union(*(_values(row, what, what.anywhere) for row in live.values()))
        before = tuple(sorted({one for _, one in held if is_mark(one)}))
        held = {one for one in held if not is_mark(one[1])}
        going = held - now
        if not held and not before:
            raise Refused(
                f"the history holds no {what.path} of {ref}.", do=f"See what it holds: ropa log {ref}"
            )
        still = tuple(sorted((one for _, one in held & now), key=str))
        draft = Draft(based_on + 1, Words(one for _, one in going if what.last.shape == "text"))
        for number, signs in _cut(draft, own, what, going).items():
            _cut_command(connection, draft, number, what.steps[0].name, signs)
        elsewhere, names = elsewhere_in(connection, draft, everywhere=everywhere)
    values = tuple(sorted((one for _, one in going), key=str))
    return draft.planned(Plan(based_on, values, elsewhere=elsewhere, names=names, before=before, still=still))


def plan_said(store: Store, number: int, name: str, *, everywhere: bool = False) -> Plan:
    """What taking who, why or command out of a revision would take. Raises Refused where there is nothing."""
    with store.reading() as connection:
        based_on = head_number(connection)
        own = connection.execute(select(REVISIONS).where(REVISIONS.c.number == number)).first()
        if own is None:
            raise Refused(f"there is no revision r{number}.", at=store.place, do="See them: ropa log")
        text = str(getattr(own, name))
        if not text:
            raise Refused(f"r{number} has no {name}.", do="See it: ropa log")
        if is_mark(text):
            return Plan(based_on, before=(text,))
        draft = Draft(based_on + 1, Words([text] if name != "command" else []))
        draft.say(number, name, draft.mark)
        left = draft.words.without(own.command, draft.mark)
        if name != "command" and left != own.command:  # a reason was typed there as well
            draft.say(number, "command", left)
        elsewhere, names = elsewhere_in(connection, draft, everywhere=everywhere)
    return draft.planned(Plan(based_on, (text,), elsewhere=elsewhere, names=names))


def head_number(connection: Connection) -> int:
    """The number of the last revision. Raises Refused where nothing was written yet."""
    head = head_of(connection)
    if head is None:
        raise Refused("nothing was written yet; there is no past.")
    return int(head.number)


def own_changes(connection: Connection, kind: str, ref: str) -> list[Any]:
    """The changes of a record under all its refs, oldest first."""
    life, row = life_of(connection, kind, ref), CHANGES.c
    wanted = select(CHANGES).where((row.kind == kind) & row.ref.in_({own for own, _ in life}))
    rows = connection.execute(wanted.order_by(row.revision, row.position))
    return [one for one in rows if (one.ref, one.revision) in life]


def _values(row: Any, what: Redactable, paths: re.Pattern[str]) -> set[Value]:
    """What a change says at these paths of a field."""
    said = {} if row.record is None else json.loads(row.record)
    found = leaves(said, first=what.steps[0].name)
    return {_value(leaf.value) for leaf in found if paths.fullmatch(leaf.path)}


def _value(value: Any) -> Value:
    return type(value), value


def _cut(draft: Draft, own: Sequence[Any], what: Redactable, going: set[Value]) -> dict[int, tuple[str, ...]]:
    """Take values out of the changes of a record. Of each revision that brought one or took one away the signs of `set` that say so."""
    signs: dict[int, tuple[str, ...]] = {}
    had: set[Value] = set()
    for number, rows in groupby(own, key=lambda row: row.revision):
        has: set[Value] = set()
        for row in rows:
            said = draft.record(row)
            every = [
                leaf for leaf in leaves(said, first=what.steps[0].name) if what.anywhere.fullmatch(leaf.path)
            ]
            found = [leaf for leaf in every if _value(leaf.value) in going]
            has |= {_value(leaf.value) for leaf in found}
            for leaf in found:
                draft.take(row, said, leaf, draft.mark)
        if has != had:
            signs[number] = (*(("=", "+=") if has - had else ()), *(("-=",) if had - has else ()))
        had = has
    return signs


def _cut_command(connection: Connection, draft: Draft, number: int, name: str, signs: Sequence[str]) -> None:
    """Take values out of the command line that brought them or took them away. name: the field that it speaks of."""
    wanted = select(REVISIONS.c.command).where(REVISIONS.c.number == number)
    command: str = connection.execute(wanted).scalar_one()
    left = without_argument(command, name, signs, draft.words, draft.mark)
    if left != command:
        draft.say(number, "command", left)


def elsewhere_in(
    connection: Connection, draft: Draft, *, everywhere: bool
) -> tuple[tuple[Trace, ...], tuple[tuple[str, str], ...]]:
    """Where else the words stand; what of that is past is taken out too where that is asked for."""
    words = draft.words
    if not words.texts:
        return (), ()
    found: list[Trace] = []
    row = CHANGES.c
    last: dict[tuple[str, str], int] = {
        (kind, ref): revision
        for kind, ref, revision in connection.execute(
            select(row.kind, row.ref, row.revision).order_by(row.revision, row.position)
        )
    }
    for change in connection.execute(select(CHANGES).order_by(row.revision, row.position)):
        if change.record is None or not words.may_stand_in(change.record):
            continue
        in_force = last[change.kind, change.ref] == change.revision
        found += _in_change(draft, change, take=everywhere and not in_force, in_force=in_force)
    for revision in connection.execute(select(REVISIONS).order_by(REVISIONS.c.number)):
        for name in SAID:
            text = getattr(revision, name)
            if draft.has(revision.number, name) or not words.stand_in(text):
                continue
            found.append(Trace(revision.number, name))
            if everywhere:
                draft.say(revision.number, name, words.without(text, draft.mark))
    return (*found,), tuple(one for one in last if words.name(one[1]))


def _in_change(draft: Draft, row: Any, *, take: bool, in_force: bool) -> Iterator[Trace]:
    words = draft.words
    said = draft.record(row)
    for leaf in in_plain(said, words):
        known = field_at(KINDS[row.kind], leaf.path)
        if known is None or known.shape != "text":
            continue
        yield Trace(row.revision, str(row.position), row.kind, row.ref, leaf.path, in_force)
        if take:
            draft.take(row, said, leaf, words.without(leaf.value, draft.mark))
