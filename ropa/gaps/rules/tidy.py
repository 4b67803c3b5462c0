"""Theme Q, second part: a register in good order. Links for answers, doubles, what nothing uses, records that are too coarse."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import only_link, shown
from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.register import KINDS
from ropa.model.walk import fields
from ropa.reference.wording import department
from ropa.words import fold

_MANY = 8
"""Purposes in one activity; our setting."""
_AT_ONCE = 100
_LONGEST = 250
"""Characters: a longer name is compared with no other."""
_ENDINGS = (
    (re.compile(r"ies$"), "y"),
    (re.compile(r"(ss|x|ch|sh)es$"), r"\1"),
    (re.compile(r"(?<!s)s$"), ""),
)
"""Endings of English and Romance plurals, and what stands there in the singular."""
_CONTENT = {
    "purposes": ("text",),
    "data": ("description",),
    "recipients": ("category", "what_for"),
    "clients": ("categories",),
}
"""What Article 30 asks to be contained in the record; fields for a document or a reference are not among them."""


@rule(
    "ROPA-Q104",
    severity="quality",
    on="activity",
    ask="What does the document behind this link say?",
    explainable=True,
    law="GDPR Art. 30(3)-(4); Data Protection Commission (Ireland), guidance on records (April 2023)",
    applies="an activity whose purposes, data, recipients or clients are described",
    good="Access by role; policy SEC-4",
    bad="https://intranet/policies/security",
    fix="ropa activity set {ref} {field}='…'",
    otherwise='ropa activity state {ref} ROPA-Q104 --reason "…"',
)
def links(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Do not answer with a link alone.

    The record is in writing and is made available to the authority on request; what stands behind an address may be gone by
    then, or cannot be opened from outside. The link may stay, beside the words.
    """
    texts: set[str | None] = {line.description for line in activity.data}  # few are different
    texts.update([one.text for one in activity.purposes])
    texts.update([text for one in activity.recipients for text in (one.category, one.what_for)])
    texts.update([one.categories for one in activity.clients])
    # A link is one word, and most answers are more: only where one may be a link it is looked up which.
    words = [text for text in texts if text and " " not in text]
    gaps = list(_links(activity)) if words and any(map(only_link, words)) else []
    if not any(texts):
        return not_applicable("Nothing is described in words yet.")
    return found(gaps, "No answer is a link alone.")


def _links(activity: Activity) -> Iterator[Gap]:
    for parts, names in _CONTENT.items():
        for name in names:
            for n, part in enumerate(getattr(activity, parts), 1):
                if only_link(text := part.__dict__[name]):
                    yield Gap(
                        f"{parts}.{n}.{name}", f"'{shown(text)}' is a link, and no answer.", shown(text)
                    )


@rule(
    "ROPA-Q105",
    severity="quality",
    on="activity named",
    ask="Are these two the same?",
    explainable=True,
    law="GDPR Art. 5(2)",
    applies="an activity, or a record that activities name, beside another of its kind",
    good="E-mail address",
    bad="E-mail address, and email addresses beside it",
    fix="ropa {noun} remove {ref}",
    otherwise='ropa {noun} state {ref} ROPA-Q105 --reason "…"',
)
def doubles(record: Documented, case: Case) -> Answer:
    """Merge near-duplicates.

    Two records of one thing drift apart, and each is found by half of the questions. Compared are names without case, accents,
    hyphens and plural; activities within an entity and a role. What names the double is pointed to the other first: until then
    it cannot be removed. Told of the record that comes later.
    """
    (doubled,) = case.once(_doubled, record.kind)
    other = doubled.get(record.ref)
    if other is None:
        return met("No other record of its kind bears its name.")
    if case.explained(other, "ROPA-Q105"):
        return met(f"Explained at {other.ref}.")
    say = f"'{shown(record.name)}' may be the same as '{shown(other.name)}' ({other.ref})."
    return missing(Gap("name", say, shown(record.name)))


def _doubled(case: Case, kind: str) -> Iterator[dict[str, Documented]]:
    """Ref of a record → an earlier one of the same name."""
    first: dict[object, Documented] = {}
    found: dict[str, Documented] = {}
    for record in case.register.records.get(kind, {}).values():
        if not (isinstance(record, Activity) and record.status == "ended"):
            earlier = first.setdefault(_name(record), record)
            if earlier is not record:
                found[record.ref] = earlier
    yield found


def _name(record: Documented) -> object:
    """What two records of one thing have in common; the ref, which no other has, for a name without letters."""
    of = (record.entity, record.role) if isinstance(record, Activity) else getattr(record, "ours", None)
    return of, (_likeness(record.name) if len(record.name) <= _LONGEST else "") or record.ref


@cache
def _likeness(name: str) -> str:
    return "".join([_singular(word) if word[-1] == "s" else word for word in fold(name).split()])


def _singular(word: str) -> str:
    if len(word) > 3:
        for ending, instead in _ENDINGS:
            if ending.search(word):
                return ending.sub(instead, word)
    return word


@rule(
    "ROPA-Q106",
    severity="info",
    on="named",
    ask="Is this still used, and by which activity?",
    explainable=True,
    law="GDPR Art. 5(2)",
    applies="a vendor, category, retention rule, measure or system",
    good="Each vendor under contract is named by an activity",
    bad="A vendor under contract, and no activity names it",
    fix="ropa {noun} remove {ref}",
    otherwise='ropa {noun} state {ref} ROPA-Q106 --reason "…"',
)
def unused(record: Documented, case: Case) -> Answer:
    """Look at what nothing names.

    A vendor that no activity names may be a flow that nobody wrote down; a category may be a leftover. No law asks for it: a
    remark, left out of every count. How old a record is does not matter here.
    """
    (named,) = case.once(_named)
    if (record.kind, record.ref) in named:
        return met("Another record names it.")
    return missing(Gap("ref", f"{shown(record.name)} is named by no other record.", record.ref))


def _named(case: Case) -> Iterator[set[tuple[str, str]]]:
    """Kind and ref of all that is named anywhere. Gone through by field: this is asked of every register, however large."""
    found: dict[str, set[str | None]] = {kind: set() for kind in KINDS}
    for kind, cls in KINDS.items():
        each = list(case.register.records.get(kind, {}).values())
        # By the hundred, so that what is read for one field is still at hand for the next.
        for at in range(0, len(each), _AT_ONCE):
            _note(cls, [one.__dict__ for one in each[at : at + _AT_ONCE]], found)
    yield {(kind, ref) for kind, refs in found.items() for ref in refs if ref}


def _note(cls: type[BaseModel], each: list[dict[str, Any]], found: dict[str, set[str | None]]) -> None:
    """Put the refs that records or parts of a class name to those found. each: their fields."""
    for said in fields(cls):
        values = map(itemgetter(said.name), each)
        if said.names:
            found[said.names].update(chain.from_iterable(values) if said.many else values)
        elif said.part and _names_any(said.part):
            parts = chain.from_iterable(values) if said.many else filter(None, values)
            _note(said.part, [one.__dict__ for one in parts], found)


@cache
def _names_any(part: type) -> bool:
    return any(inner.names or (inner.part and _names_any(inner.part)) for inner in fields(part))


@rule(
    "ROPA-Q107",
    severity="quality",
    on="activity",
    ask="Which single activities does this record hold?",
    sure="medium",
    facts=("plain_words",),
    explainable=True,
    law="GDPR Art. 30(1)(b), 30(2)(b); Data Protection Commission (Ireland), guidance on records (April 2023)",
    applies="an activity that is not ended",
    good="Payroll; Recruitment; Sick leave",
    bad="HR",
    fix="ropa activity rename {ref} '…'",
    otherwise='ropa activity state {ref} ROPA-Q107 --reason "…"',
)
def too_coarse(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Split activities that are too coarse.

    Purposes belong to an activity; of a whole department nobody can say who receives what and for how long. The law names no
    measure: more than eight purposes, or the name of a department alone, are ours. `ropa activity copy` makes the pieces.
    """
    gaps = []
    whole = activity.department is not None and fold(activity.department) == fold(activity.name)
    if whole or department(activity.name):
        say = f"'{shown(activity.name)}' names a department, and no activity."
        gaps.append(Gap("name", say, shown(activity.name)))
    if (many := len(activity.purposes)) > _MANY:
        say = f"It holds {many} purposes; more than {_MANY} (our setting) are seldom one activity."
        gaps.append(Gap("purposes", say, str(many), fix="ropa activity copy {ref} '…'"))
    return found(gaps, "It is one activity.")
