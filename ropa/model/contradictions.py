"""What cannot be right in a record: two answers of which one is wrong, a day that cannot be, a sign that nobody can read.

It is refused where a person writes it.

`write` in ropa/cli/session.py looks at every change that it is handed, whichever the verb: who calls it need do no more. A
form that wants to know while it still asks calls `new_contradictions` with the record as it is so far.

None of this is validation, on purpose. A register or a notice that comes in by import is read as it stands, and a rule of
the gap analysis reports it. And a record that holds a contradiction already can be changed elsewhere: only new ones count.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.at_path import at_path
from ropa.model.common import Documented, Statement
from ropa.model.register import Register
from ropa.model.renumber import beyond
from ropa.model.values import control_in
from ropa.model.walk import FieldSaid, field, fields, mentions, part_noun

_LONGEST = {"ref": 100, "name": 250, "owner": 250, "department": 250}
"""Characters: what is longer is no name. What an import brought in is left as it is."""
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+")
_IN_ORDER = (
    ("since", "until"),
    ("started_on", "ended_on"),
    ("ended_on", "erased_on"),
    ("started_on", "erased_on"),
    ("signed_on", "valid_until"),
    ("on", "until"),
)
"""Days of one record or part of which the second cannot come before the first."""
_CONTROLLERS = (
    "legal_basis",
    "legitimate_interest",
    "lia_reference",
    "lia_date",
    "art9_condition",
    "consent_record",
    "consent_withdrawal",
)
"""What a purpose says of its ground: for the controller to say."""


def new_contradictions(
    before: Documented | None, after: Documented, register: Register, day: date
) -> list[Refused]:
    """The contradictions of a record that were not there before. register, day: as `contradictions` has them.

    A field may be filled against a statement of old: the newer answer is the better one. See `overtaken`.
    """
    old = {(c.what, c.do) for c in contradictions(before, register, day)} if before else set()
    stated = [one for one in _against(after) if before is None or one not in before.statements]
    found = [*contradictions(after, register, day), *(_not_empty(one, after) for one in stated)]
    return [c for c in found if (c.what, c.do) not in old]


def overtaken(before: Documented | None, after: Documented) -> list[Statement]:
    """Statements of old that a field "does not apply", which this change fills."""
    if before is None:
        return []
    old = [*_against(before)]
    return [one for one in _against(after) if one in before.statements and one not in old]


def contradictions(record: Documented, register: Register, day: date) -> Iterator[Refused]:
    """What of a record cannot be right, each with its place ("PA-0001: recipients 2") and the way out.

    register: where the records that it names are. day: the last day that something done can bear.
    """
    yield from _days(record, record.ref, day)
    yield from _controls(record, record.ref)
    yield from _lengths(record)
    yield from _emails(record, record.ref)
    yield from _numbers(record)
    if isinstance(record, Activity):
        yield from _role(record)
        yield from _status(record, day)
    yield from _circles(record, register)


def _days(of: BaseModel, at: str, day: date) -> Iterator[Refused]:
    """Days in the wrong order, and days of something done that are still to come, at any depth."""
    for first, last in _IN_ORDER:
        since, until = getattr(of, first, None), getattr(of, last, None)
        if since and until and until < since:
            yield Refused(
                f"{_title(of, last)} ({until}) is before {_title(of, first)} ({since}).",
                at=at,
                do="One of the two is wrong.",
            )
    for said in fields(type(of)):
        value = getattr(of, said.name)
        if said.done and value and value > day:
            yield Refused(
                f"{_title(of, said.name)}: {value} is still to come.",
                at=at,
                do="Record it when it has happened.",
            )
        elif said.part and value:
            for n, part in enumerate(value if said.many else (value,), 1):
                yield from _days(part, f"{at}: {_place(said, n)}", day)


def _controls(of: BaseModel, at: str) -> Iterator[Refused]:
    """Control characters in a text, at any depth."""
    for said in fields(type(of)):
        value = getattr(of, said.name)
        for n, one in enumerate(value if said.many else (value,), 1):
            if said.part and one is not None:
                yield from _controls(one, f"{at}: {_place(said, n)}")
            elif isinstance(one, str) and (control := control_in(one)):
                yield Refused(f"{_title(of, said.name)} holds {control}.", at=at, do="Take it out.")


def _lengths(record: Documented) -> Iterator[Refused]:
    """Names and the like of a length at which nobody calls anything: a page was pasted into the wrong place."""
    for name, most in _LONGEST.items():
        text = getattr(record, name, None)
        if isinstance(text, str) and len(text) > most:
            yield Refused(
                f"{_title(record, name)} is {len(text):,} characters long; {most} is the most.",
                at=record.ref[:60],
                do="Say it shorter." + (" The whole text can stand in notes." if name != "ref" else ""),
            )
        elif isinstance(text, str) and len(text.splitlines()) > 1:
            yield Refused(
                f"{_title(record, name)} has {len(text.splitlines())} lines.",
                at=record.ref,
                do="Say it in one.",
            )


def _emails(of: BaseModel, at: str) -> Iterator[Refused]:
    """What stands as an e-mail address and is none, at any depth."""
    for said in fields(type(of)):
        value = getattr(of, said.name)
        if said.part and value:
            for n, part in enumerate(value if said.many else (value,), 1):
                yield from _emails(part, f"{at}: {_place(said, n)}")
        elif said.name == "email" and value and not _EMAIL.fullmatch(value):
            yield Refused(
                f"'{value[:60]}' is no e-mail address.", at=at, do="It looks like name@domain.example."
            )


def _numbers(record: Documented) -> Iterator[Refused]:
    """Parts that are named by a number that none has: a line of data for purpose 9 of three."""
    cls = type(record)
    for (parts, n, _, i), name, number in beyond(record):
        said, own = field(cls, str(parts)), field(cls, name)
        inner = field(said.part, name) if said and said.part else None
        if said and own and inner:
            there = len(getattr(record, name))
            yield Refused(
                f"there is no {part_noun(own)} {number}.",
                at=f"{record.ref}: {_place(said, int(n) + 1)}: {_place(inner, int(i) + 1)}",
                do=f"There are 1 to {there}." if there > 1 else f"There {'is one' if there else 'are none'}.",
            )


def _role(activity: Activity) -> Iterator[Refused]:
    if activity.role == "processor":
        for n, purpose in enumerate(activity.purposes, 1):
            if own := next((name for name in _CONTROLLERS if getattr(purpose, name) is not None), ""):
                yield Refused(
                    f"a processor chooses no legal basis, and this record has one: {_title(purpose, own)} "
                    f"'{getattr(purpose, own)}'.",
                    at=f"{activity.ref}: purposes {n}",
                    do=f"Leave it blank (purposes.{n}.{own}=), or say role=controller.",
                )
    if activity.role == "controller" and activity.clients:
        yield Refused(
            "clients belong to a processor's record, and this is a controller's.",
            at=activity.ref,
            do="Say role=processor, or name them as recipients.",
        )


def _status(activity: Activity, day: date) -> Iterator[Refused]:
    ended = activity.ended_on
    if ended and activity.status == "ended" and ended > day:
        yield Refused(
            f"it has ended, and its last day ({ended}) is still to come.",
            at=activity.ref,
            do=f"Until then its last day alone announces the end: ropa activity set {activity.ref} ended_on={ended}",
        )
    if activity.status == "active" and activity.started_on and activity.started_on > day:
        yield Refused(
            f"it is active, and its first day ({activity.started_on}) is still to come.",
            at=activity.ref,
            do="Say status=draft until it begins.",
        )
    in_order = not (activity.started_on and ended and ended < activity.started_on)
    if ended and activity.status == "active" and ended < day and in_order:
        yield Refused(
            f"it is active, and its last day ({ended}) is past.",
            at=activity.ref,
            do="Say status=ended, or leave ended_on blank (ended_on=).",
        )
    if activity.automated_decisions == "none" and (activity.decision_logic or activity.decision_safeguards):
        yield Refused(
            "it takes no automated decisions, and says how they are taken or contested.",
            at=activity.ref,
            do="Leave decision_logic and decision_safeguards blank, or change automated_decisions.",
        )


def _against(record: Documented) -> Iterator[Statement]:
    """Statements that a field does not apply, and it is filled."""
    for one in record.statements:
        if one.says == "does not apply" and one.about and not one.about.upper().startswith("ROPA-"):
            values = list(at_path(record, one.about.split(".")))
            if values and not any(map(_empty, values)):
                yield one


def _not_empty(one: Statement, record: Documented) -> Refused:
    return Refused(
        f"{one.about} cannot be stated as not applying: it is filled.",
        at=record.ref,
        do=f"Leave it blank first ({one.about}=), if it is wrong.",
    )


def _circles(record: Documented, register: Register) -> Iterator[Refused]:
    """Records that name themselves, at once or through others: a parent that is its own child."""
    for mention in mentions(record):
        if (mention.kind, mention.ref) == (record.kind, record.ref) and "provenance" not in mention.path:
            yield Refused(f"{mention.path}: it names itself.", at=record.ref, do="Name another.")
    for said in fields(type(record)):
        if said.names != record.kind or said.many:
            continue
        chain, above = [record.ref], getattr(record, said.name)
        while above and above not in chain:
            chain.append(above)
            above = getattr(register.get(type(record), above), said.name, None)
        if above == record.ref and len(chain) > 1:
            yield Refused(
                f"its {said.title.lower()} comes back to itself: {' → '.join([*chain, above])}.",
                at=record.ref,
                do=f"Name another {said.title.lower()}.",
            )


def _empty(value: Any) -> bool:
    if isinstance(value, BaseModel):
        return all(_empty(inner) for _, inner in value)
    return value in (None, ())


def _title(of: BaseModel, name: str) -> str:
    known = field(type(of), name)
    title = known.title if known else name
    return title if title[1:2].isupper() or title.startswith("Art.") else title[:1].lower() + title[1:]


def _place(said: FieldSaid, n: int) -> str:
    return f"{said.title.lower()} {n}" if said.many else said.title.lower()
