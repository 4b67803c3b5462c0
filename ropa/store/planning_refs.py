"""What taking the former ref of a record out of the history would take: a ref made of a name is a name."""

from typing import Any

from sqlalchemy import Connection, select

from ropa.errors import Refused
from ropa.model.notice import Waiver
from ropa.model.register import KINDS
from ropa.model.walk import field_at
from ropa.store.open import Store
from ropa.store.planning import elsewhere_in, head_number, own_changes
from ropa.store.redaction import Draft, Plan
from ropa.store.tables import CHANGES, REVISIONS
from ropa.store.traces import Trace, Words, leaves

_NUMBERED = ("activity", "waiver")


def plan_ref(store: Store, kind: str, ref: str, *, at: int | None = None, everywhere: bool = False) -> Plan:
    """What taking a ref that a record had and has not now would take. In its place stands one that says which revision took it.

    Wherever the history names the record, it names it so, and in command lines. at: the ref that it had after that revision.
    Raises Refused where there is none, or where another record has had the same.
    """
    if kind in _NUMBERED:
        raise Refused("the ref is a number, and says nothing of a person.", at=ref)
    with store.reading() as connection:
        based_on = head_number(connection)
        own = own_changes(connection, kind, ref)
        rows = own if at is None else [row for row in own if row.revision <= at][-1:]
        live = {row.ref for row in own if row is _last(own, row.ref) and row.record is not None}
        new = f"redacted-in-r{based_on + 1}"
        had = {row.ref for row in rows if not row.ref.startswith("redacted-in-r")}
        going, still = sorted(had - live), tuple(sorted(had & live))
        if not own:
            raise Refused(f"the history holds no {KINDS[kind].noun} {ref}.", do="See what it holds: ropa log")
        if len(going) != 1:
            before = tuple(sorted({row.ref for row in rows} - had))
            return Plan(based_on, tuple(going), still=still, before=before, taken=tuple(_traces(own, going)))
        _refuse_shared(connection, kind, going[0], own)
        draft = Draft(based_on + 1, Words(going))
        for row in own:
            if row.ref == going[0]:
                draft.take_ref(row, draft.record(row), new)
        _name_anew(connection, draft, kind, going[0], new)
        for number, command in connection.execute(select(REVISIONS.c.number, REVISIONS.c.command)):
            if draft.words.stand_in(command):
                draft.say(number, "command", draft.words.without(command, new))
        elsewhere, names = elsewhere_in(connection, draft, everywhere=everywhere)
    others = tuple(one for one in names if one != (kind, going[0]))
    return draft.planned(Plan(based_on, tuple(going), still=still, elsewhere=elsewhere, names=others))


def _last(own: list[Any], ref: str) -> Any:
    return [row for row in own if row.ref == ref][-1]


def _traces(own: list[Any], refs: list[str]) -> list[Trace]:
    return [
        Trace(row.revision, str(row.position), row.kind, row.ref, "ref", value=row.ref)
        for row in own
        if row.ref in refs
    ]


def _refuse_shared(connection: Connection, kind: str, ref: str, own: list[Any]) -> None:
    row = CHANGES.c
    ours = {(one.revision, one.position) for one in own}
    every = connection.execute(
        select(row.revision, row.position).where((row.kind == kind) & (row.ref == ref))
    )
    if others := sorted({revision for revision, position in every if (revision, position) not in ours}):
        raise Refused(
            f"another {KINDS[kind].noun} has had the ref '{ref}' too (r{others[0]}): it cannot be told whom the history names.",
            at=ref,
        )


def _name_anew(connection: Connection, draft: Draft, kind: str, old: str, new: str) -> None:
    """Let the history name the record by its new ref wherever it names it by the old one; waivers too."""
    row = CHANGES.c
    for change in connection.execute(select(CHANGES).order_by(row.revision, row.position)):
        if change.record is None or not draft.words.may_stand_in(change.record):
            continue
        said = draft.record(change)
        about_it = change.kind == Waiver.kind and (said.get("record_kind"), said.get("record")) == (kind, old)
        for leaf in list(leaves(said)):
            known = field_at(KINDS[change.kind], leaf.path)
            if known and known.names == kind and leaf.value == old:
                draft.take(change, said, leaf, new)
            elif about_it and leaf.path in ("record", "name"):
                draft.take(change, said, leaf, draft.words.without(leaf.value, new))
