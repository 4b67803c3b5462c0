"""Taking something out of the history: what would go, and the one write that does it.

The text and its salt go, a mark stays; the digest stays, and with it every hash (docs/verify.md). The revision that does it says
who, when and why. Only the past is touched: what is in force is changed first, by the command that changes it.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, update

from ropa.errors import Conflict, Refused
from ropa.model.canonical import canonical_json
from ropa.model.redactable import Redactable
from ropa.model.redacted import is_mark, mark
from ropa.model.register import KINDS
from ropa.model.walk import field_at
from ropa.store.append import Remains, Revision, append, head_of
from ropa.store.chain import SAID, change_text, said_text
from ropa.store.faults import plainly
from ropa.store.file import connected
from ropa.store.open import Store
from ropa.store.story import life_of
from ropa.store.tables import CHANGES, REDACTIONS, REVISIONS
from ropa.store.traces import Leaf, Trace, Words, in_plain, leaves, without_argument

Value = tuple[type, Any]
"""A value of a field with its type: yes is not 1."""


@dataclass(frozen=True)
class Plan:
    """What would be taken out of the history, prepared against a revision.

    values: what goes. still: what was meant too, and stays, for the record says it now. before: marks that stand there already.
    taken: where the values stand. elsewhere: where the same words stand besides; these go too where `everywhere` was asked for,
    but for those in force. names: refs that are made of the words, as (kind, ref).
    """

    based_on: int
    values: tuple[Any, ...] = ()
    taken: tuple[Trace, ...] = ()
    elsewhere: tuple[Trace, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    before: tuple[str, ...] = ()
    still: tuple[Any, ...] = ()
    remains: tuple[Remains, ...] = ()
    words: Words = field(default_factory=lambda: Words(()))


class _Draft:
    """The texts out of which something is taken, as they would remain."""

    def __init__(self, revision: int, words: Words) -> None:
        self.mark, self.words = mark(revision), words
        self.taken: list[Trace] = []
        self._records: dict[tuple[int, str], tuple[Any, dict[str, Any], list[str]]] = {}
        self._said: dict[tuple[int, str], str] = {}

    def record(self, row: Any) -> dict[str, Any]:
        """The plain data of a change as they would remain."""
        held = self._records.get((row.revision, str(row.position)))
        return held[1] if held else json.loads(row.record)

    def take(self, row: Any, said: dict[str, Any], leaf: Leaf, left: str) -> None:
        """Let a value of a change be another. said: the plain data in which it hangs, as `record` gave them."""
        place = (row.revision, str(row.position))
        self._records.setdefault(place, (row, said, []))[2].append(leaf.path)
        self.taken.append(Trace(*place, row.kind, row.ref, leaf.path, value=leaf.value))
        leaf.put(left)

    def say(self, number: int, name: str, text: str) -> None:
        """Let a text be what remains of who, why or command."""
        if (number, name) not in self._said:
            self.taken.append(Trace(number, name))
        self._said[number, name] = text

    def has(self, number: int, name: str) -> bool:
        """Whether something is taken out of who, why or command of a revision."""
        return (number, name) in self._said

    def planned(self, plan: Plan) -> Plan:
        """The plan with what is taken out."""
        return replace(plan, taken=tuple(self.taken), remains=tuple(self.remains()), words=self.words)

    def remains(self) -> Iterator[Remains]:
        """Everything as it is written."""
        for (past, place), (row, said, paths) in sorted(self._records.items()):
            record = canonical_json(said)
            yield Remains(past, place, tuple(paths), change_text(row.kind, row.ref, record), record)
        for (past, name), text in sorted(self._said.items()):
            yield Remains(past, name, (name,), said_text(name, text), text)


def plan_field(
    store: Store, kind: str, ref: str, what: Redactable, *, at: int | None = None, everywhere: bool = False
) -> Plan:
    """What taking a field of a record out of the past would take: every value that it had and has not now.

    at: only the value that stood after that revision. everywhere: also the same words in other places of the past.
    Raises Refused where there is none.
    """
    with store.reading() as connection:
        based_on = _head(connection)
        own = _own(connection, kind, ref)
        live = {(row.kind, row.ref): row for row in own}
        asked = own if at is None else list({(r.kind, r.ref): r for r in own if r.revision <= at}.values())
        held = {
            _value(leaf.value) for row in asked for leaf in _leaves(row) if what.here.fullmatch(leaf.path)
        }
        now = {
            _value(leaf.value)
            for row in live.values()
            for leaf in _leaves(row)
            if what.anywhere.fullmatch(leaf.path)
        }
        before = tuple(sorted({one for _, one in held if is_mark(one)}))
        held = {one for one in held if not is_mark(one[1])}
        going = held - now
        if not held and not before:
            raise Refused(
                f"the history holds no {what.path} of {ref}.", do=f"See what it holds: ropa log {ref}"
            )
        still = tuple(sorted((one for _, one in held & now), key=str))
        draft = _Draft(based_on + 1, Words(one for _, one in going if what.last.shape == "text"))
        for number, signs in _cut(draft, own, what, going).items():
            _cut_command(connection, draft, number, what.steps[0].name, signs)
        elsewhere, names = _elsewhere(connection, draft, everywhere=everywhere)
    values = tuple(sorted((one for _, one in going), key=str))
    return draft.planned(Plan(based_on, values, elsewhere=elsewhere, names=names, before=before, still=still))


def plan_said(store: Store, number: int, name: str, *, everywhere: bool = False) -> Plan:
    """What taking who, why or command out of a revision would take. Raises Refused where there is nothing."""
    with store.reading() as connection:
        based_on = _head(connection)
        text = connection.execute(select(REVISIONS.c[name]).where(REVISIONS.c.number == number)).scalar()
        if text is None:
            raise Refused(f"there is no revision r{number}.", at=store.place, do="See them: ropa log")
        if not text:
            raise Refused(f"r{number} has no {name}.", do="See it: ropa log")
        if is_mark(text):
            return Plan(based_on, before=(text,))
        draft = _Draft(based_on + 1, Words([text] if name != "command" else []))
        draft.say(number, name, draft.mark)
        elsewhere, names = _elsewhere(connection, draft, everywhere=everywhere)
    return draft.planned(Plan(based_on, (text,), elsewhere=elsewhere, names=names))


def _head(connection: Connection) -> int:
    head = head_of(connection)
    if head is None:
        raise Refused("nothing was written yet; there is no past.")
    return int(head.number)


def _own(connection: Connection, kind: str, ref: str) -> list[Any]:
    """The changes of a record under all its refs, oldest first."""
    life, row = life_of(connection, kind, ref), CHANGES.c
    wanted = select(CHANGES).where((row.kind == kind) & row.ref.in_({own for own, _ in life}))
    rows = connection.execute(wanted.order_by(row.revision, row.position))
    return [one for one in rows if (one.ref, one.revision) in life]


def _leaves(row: Any) -> Iterator[Any]:
    return iter(()) if row.record is None else leaves(json.loads(row.record))


def _value(value: Any) -> Value:
    return type(value), value


def _cut(
    draft: _Draft, own: Sequence[Any], what: Redactable, going: set[Value]
) -> dict[int, tuple[str, ...]]:
    """Take values out of the changes of a record. Of each revision that brought one or took one away the signs of `set` that say so."""
    signs: dict[int, tuple[str, ...]] = {}
    had: set[Value] = set()
    for number, rows in groupby(own, key=lambda row: row.revision):
        has: set[Value] = set()
        for row in rows:
            said = {} if row.record is None else draft.record(row)
            every = [leaf for leaf in leaves(said) if what.anywhere.fullmatch(leaf.path)]
            found = [leaf for leaf in every if _value(leaf.value) in going]
            has |= {_value(leaf.value) for leaf in found}
            for leaf in found:
                draft.take(row, said, leaf, draft.mark)
        if has != had:
            signs[number] = (*(("=", "+=") if has - had else ()), *(("-=",) if had - has else ()))
        had = has
    return signs


def _cut_command(connection: Connection, draft: _Draft, number: int, name: str, signs: Sequence[str]) -> None:
    """Take values out of the command line that brought them or took them away. name: the field that it speaks of."""
    wanted = select(REVISIONS.c.command).where(REVISIONS.c.number == number)
    command: str = connection.execute(wanted).scalar_one()
    left = without_argument(command, name, signs, draft.words, draft.mark)
    if left != command:
        draft.say(number, "command", left)


def _elsewhere(
    connection: Connection, draft: _Draft, *, everywhere: bool
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


def _in_change(draft: _Draft, row: Any, *, take: bool, in_force: bool) -> Iterator[Trace]:
    words = draft.words
    said = draft.record(row)
    for leaf in in_plain(said, words):
        known = field_at(KINDS[row.kind], leaf.path)
        if known is None or known.shape != "text":
            continue
        yield Trace(row.revision, str(row.position), row.kind, row.ref, leaf.path, in_force)
        if take:
            draft.take(row, said, leaf, words.without(leaf.value, draft.mark))


def refuse_repeating(plan: Plan, actor: str, why: str) -> None:
    """Raise Refused where what is written about a redaction would say the same again."""
    for name, text in (("actor", actor), ("why", why)):
        if plan.words.stand_in(text):
            raise Refused(
                f"this would write down again what is to go, as the {name} of the redaction.",
                do=f"Say it in other words: --{name} '…'",
            )


def redact(
    store: Store, plan: Plan, *, actor: str, why: str, command: str
) -> tuple[Revision, Refused | None]:
    """Take out what was planned, in one transaction, and write the file anew so that no byte of it is left.

    Also why the file could not be written anew afterwards: then traces may be left in it. Raises Conflict where somebody wrote since,
    Refused where what is written about it would say the same again.
    """
    refuse_repeating(plan, actor, why)
    number = plan.based_on + 1
    said = {"actor": actor, "why": why, "command": plan.words.without(command, mark(number))}
    write_anew(store)
    with store.writing() as connection:
        if store.file:
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        head = head_of(connection)
        if head is None or head.number != plan.based_on:
            raise Conflict(
                f"the register stands at r{head.number if head else 0} now, and this was prepared at r{plan.based_on}. "
                "Nothing was written.",
                do="Look at it, then do this again.",
            )
        made = append(connection, head, said, redactions=plan.remains)
        for one in plan.remains:
            _forget(connection, one, made.number)
    try:
        write_anew(store)
    except Refused as trouble:
        return made, trouble
    return made, None


def _forget(connection: Connection, one: Remains, by: int) -> None:
    """Put what remains in the place of a text of the past; its salt goes, and that of older redactions of it."""
    if one.place in SAID:
        own = update(REVISIONS).where(REVISIONS.c.number == one.past)
        connection.execute(own.values({one.place: one.left, f"{one.place}_salt": None}))
    else:
        row = CHANGES.c
        this = (row.revision == one.past) & (row.position == int(one.place))
        connection.execute(update(CHANGES).where(this).values(record=one.left, salt=None))
    older = REDACTIONS.c
    same = (older.past == one.past) & (older.place == one.place) & (older.revision < by)
    connection.execute(update(REDACTIONS).where(same).values(salt=None))


def write_anew(store: Store) -> None:
    """Write the file of a register anew, without what was written over and never wiped: SQLite leaves such bytes where they are.

    Done before, the redaction itself wipes all that it takes; done after, nothing is left of the pages that it moved.
    """
    if not store.file:
        return
    with plainly(store.place), closing(connected(store.file, "rw")) as register:
        register.execute("PRAGMA secure_delete = ON")
        register.execute("PRAGMA temp_store = MEMORY")  # the past belongs on no other disk
        register.execute("PRAGMA journal_mode = DELETE")
        register.execute("VACUUM")
