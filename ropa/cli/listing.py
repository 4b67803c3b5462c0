"""`ropa NOUN list`: the records that fit the filters, and what can be worked out of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from ropa.cli.console import talk
from ropa.cli.due import due_and_waivers
from ropa.cli.noun import Noun
from ropa.cli.options import as_of_state, day_of, day_said
from ropa.cli.records import Layout, fields_shown, print_records
from ropa.cli.session import loaded
from ropa.errors import Refused
from ropa.model.calling import called
from ropa.model.columns import Counted
from ropa.model.common import Documented
from ropa.model.due import REVIEW, review_due
from ropa.model.find import among
from ropa.model.nothing import why_none
from ropa.model.register import Register
from ropa.model.select import select
from ropa.model.touching import activities_of
from ropa.words import listing

_DUE = ("ref", "name", "due", "owner", "reviewed_on")
"""What a list of activities to review shows."""


def show_list(
    noun: Noun,
    wanted: Mapping[str, Sequence[str]],
    layout: Layout,
    *,
    where: Sequence[str] | None,
    text: str,
    as_of: str,
    db: str,
    due: str = "",
    shipped: bool = False,
) -> None:
    """Print the records of a noun that fit the filters.

    due: only activities whose review is due by that day. shipped: the terms of the shipped catalogue, not the register's.
    """
    if shipped:
        return _show_shipped(noun, wanted, layout, where=where, text=text, as_of=as_of, db=db)
    register = loaded(db, as_of)
    of_noun = among(register, noun.cls, ours=noun.ours)
    filtered = bool(due or text or where) or any(wanted.values()) or noun.ours is not None
    shown = None if filtered else fields_shown(noun.cls, layout, noun.cls.shown)
    if shown is None:
        records = [
            r for r in select(register, noun.cls, wanted, text=text, where=where or ()) if r.ref in of_noun
        ]
    else:  # thousands of records need not be read for a few columns
        records = list(register.glances(noun.cls, shown).values())
    records.sort(key=lambda r: (len(r.ref), r.ref) if noun.kind == "activity" else (0, r.ref))
    if due:
        records = _to_review(records, register, due, day_of(as_of_state(as_of), register.at))
    return print_records(
        records,
        noun.cls,
        register,
        layout,
        _counted(noun, register, as_of),
        usual=_DUE if due else noun.cls.shown,
        empty="" if records else _empty(noun, as_of, register, of_noun, wanted),
    )


def _show_shipped(
    noun: Noun,
    wanted: Mapping[str, Sequence[str]],
    layout: Layout,
    *,
    where: Sequence[str] | None,
    text: str,
    as_of: str,
    db: str,
) -> None:
    """The terms of the shipped catalogue, each with whether the register holds it. A register is not needed."""
    from ropa.cli.console import talk
    from ropa.model.catalogued import catalogue

    try:
        held = loaded(db, as_of).all(noun.cls)
    except Refused:
        if db or as_of:
            raise
        held = {}
    shipped = Register.of(catalogue(noun.kind))
    if not (layout.as_json or layout.as_csv):
        talk(
            f"The shipped catalogue, not your register. A term comes into it when you name it: {_naming(noun)}"
        )
    counted: dict[str, tuple[str, Counted]] = {
        "held": ("In your register", lambda record: "yes" if record.ref in held else None)
    }
    return print_records(
        select(shipped, noun.cls, wanted, text=text, where=where or ()),
        noun.cls,
        shipped,
        layout,
        counted,
        usual=(*noun.cls.shown[:2], "held", *noun.cls.shown[2:]),
        empty=f"No {noun.many} of the shipped catalogue fit.",
    )


def _naming(noun: Noun) -> str:
    """How an activity comes to name a term."""
    return {
        "data_category": "ropa activity set PA-0001 data+='{category: REF}'",
        "subject_category": "ropa activity set PA-0001 data+='{subjects: REF}'",
    }.get(noun.kind, "ropa activity set PA-0001 measures+=REF")


def _to_review(records: list[Any], register: Register, words: str, on: date) -> list[Any]:
    """The activities whose review is due by the day that the words mean, in the order of the days; those that a waiver accepts are told."""
    by_then = day_said(words, "--due", on)
    due = [one for one in records if (day := review_due(one)) is not None and day <= by_then]
    accepted = {
        one.ref for one, waiver in due_and_waivers(register, on, by_then) if waiver and one.sort == REVIEW
    }
    if told := [called(one) for one in due if one.ref in accepted]:
        talk(f"Not due, for a waiver accepts it: {listing(told)}. See: ropa due")
    return sorted(
        (one for one in due if one.ref not in accepted), key=lambda one: review_due(one) or date.max
    )


def _counted(noun: Noun, register: Register, as_of: str) -> dict[str, tuple[str, Counted]]:
    """What can be worked out of a record, besides what it says itself. Gaps are looked for when they are asked for."""

    @cache
    def gaps() -> Counter[tuple[str, str]]:
        from ropa.gaps import check

        outcomes = check(register, day_of(as_of_state(as_of), register.at)).outcomes
        return Counter((one.record.kind, one.record.ref) for one in outcomes if one.open)

    found: dict[str, tuple[str, Counted]] = {"gaps": ("Gaps", lambda record: gaps()[record.kind, record.ref])}
    if noun.kind == "activity":
        return found | {"due": ("Review due", review_due)}
    return found | {"activities": ("Activities", lambda record: len(activities_of(register, record)))}


def _empty(
    noun: Noun,
    as_of: str,
    register: Register,
    of_noun: Mapping[str, Documented],
    wanted: Mapping[str, Sequence[str]],
) -> str:
    if of_noun:
        why = why_none(register, noun.cls, list(of_noun.values()), wanted)
        return " ".join([f"No {noun.many} fit.", *why])
    if as_of:
        return f"The register held no {noun.many} as of {as_of}."
    return f"There are no {noun.many} yet. Add one: ropa {noun.word} add NAME"
