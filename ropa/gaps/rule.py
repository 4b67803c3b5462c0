"""What a rule is: one decorated function that asks one question of one record.

The function gets the record and the `Case` and returns `met(…)`, `not_applicable(…)` or the gaps it found. Its docstring
is its documentation: the first line is the title, what follows is the why.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ropa.gaps.traits import TRAITS

if TYPE_CHECKING:
    from ropa.gaps.case import Case
    from ropa.model.notice import Waiver

SEVERITIES = ("missing", "risk", "quality", "info")
"""missing: content or a step that a law demands. risk: a pattern that tends to go wrong, so that somebody has to judge it.
quality: words that help nobody, and records left alone too long. info: a remark, left out of every count.
"""
SURE = ("high", "medium", "low")
TARGETS = {
    "controller": "a controller's activity (one without a role is asked as one)",
    "processor": "a processor's activity",
    "activity": "any activity",
    "entity": "an organisation of ours that an activity names",
    "client": "a controller for whom we process",
    "ended": "a controller's activity that has ended",
    "closed": "any activity that has ended",
    "engaged": "an organisation that processes for a controller's activity",
    "partner": "an organisation that an activity names as processor or controller, or as vendor of its system",
    "measure": "a measure that an activity or its system uses",
    "retention": "a retention rule that a controller's activity uses",
    "system": "a system on which an activity runs",
    "category": "a data category that an activity uses",
    "named": "a record that others name: an organisation, a category, a retention rule, a measure, a system",
    "waiver": "a waiver",
    "any": "any record but notices and waivers",
}
"""Whom a rule may ask. Drafts are asked as well, and not scored; nor are ended activities, which few rules ask."""
MET, MISSING, NOT_APPLICABLE, WAIVED = "met", "missing", "not_applicable", "waived"
_SAMPLES = {"entity": "entity", "client": "vendor", "engaged": "vendor", "partner": "vendor"}
_ID = re.compile(r"ROPA-[A-Z]\d{3}$")


class Gap(NamedTuple):
    """One place where something is lacking.

    field: its path, parts counted from 1 ("data.2.retention"). say: the message. seen: the value that stands there, "" for
    a blank. fix, otherwise: commands in place of the rule's own; "" for none. expired: the day on which something ran out.
    """

    field: str
    say: str
    seen: str = ""
    fix: str | None = None
    otherwise: str | None = None
    expired: date | None = None


class Answer(NamedTuple):
    """What a rule says of a record: met, missing or not applicable, with the reason in words.

    unjudged: the rule stopped with an error; the state is then missing. waiver: what accepts the gap (the state is then
    waived), or accepted it until it ran out.
    """

    state: str
    reason: str
    gaps: tuple[Gap, ...] = ()
    unjudged: bool = False
    waiver: "Waiver | None" = None


@lru_cache(maxsize=1024)
def met(reason: str) -> Answer:
    """The record answers what the rule asks."""
    return Answer(MET, reason)


@lru_cache(maxsize=1024)
def not_applicable(reason: str) -> Answer:
    """The rule has nothing to ask of the record."""
    return Answer(NOT_APPLICABLE, reason)


def missing(*gaps: Gap) -> Answer:
    """The record leaves these places open."""
    # Very many leave one place open: its words are taken as they are.
    reason = gaps[0].say if len(gaps) == 1 else " ".join([gap.say for gap in gaps[:3]])
    return Answer(MISSING, reason, gaps)


def found(gaps: Iterable[Gap], otherwise: str) -> Answer:
    """Missing where there are gaps; met, with that reason, where there are none."""
    # An empty list, which it is nearly always, is told without a call.
    return missing(*each) if gaps and (each := tuple(gaps)) else met(otherwise)


Judge = Callable[[Any, "Case"], Answer]


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule with all that it says about itself.

    on: whom it asks (`TARGETS`). about: the trait without which it asks an activity nothing (`TRAITS`). ask: the question to
    the person who knows, in plain words. applies: when, in words. fix:
    the command that closes a gap, with {ref} and {field} for the finding's own; otherwise: the command of a statement that
    answers instead. facts: tables it reads. explainable: a statement that names the rule closes it, and one "checked, is
    right" on a field closes its gap there. silenced_by: rules that say the same fault when open on the same record. yields:
    its gaps give way to those of other rules on the same field.
    """

    id: str
    severity: str
    law: str
    sure: str
    on: tuple[str, ...]
    about: str
    ask: str
    applies: str
    good: str
    bad: str
    fix: str
    otherwise: str
    facts: tuple[str, ...]
    explainable: bool
    silenced_by: tuple[str, ...]
    yields: bool
    title: str
    why: str
    judge: Judge

    def sample(self, template: str) -> str:
        """The fix, or otherwise, as a page shows it: REF and FIELD in place of a finding's own."""
        noun = _SAMPLES.get(self.on[0], "NOUN")
        return template.replace("{ref}", "REF").replace("{field}", "FIELD").replace("{noun}", noun)


def rule(
    id: str,
    *,
    severity: str,
    law: str,
    on: str,
    ask: str,
    applies: str,
    good: str,
    bad: str,
    fix: str,
    about: str = "",
    sure: str = "high",
    otherwise: str = "",
    facts: tuple[str, ...] = (),
    explainable: bool = False,
    silenced_by: tuple[str, ...] = (),
    yields: bool = False,
) -> Callable[[Judge], Rule]:
    """Make a rule of a function. Raises TypeError at import for one that does not say all that a user must be told."""

    def made(judge: Judge) -> Rule:
        title, _, why = (judge.__doc__ or "").strip().partition("\n")
        one = Rule(
            id,
            severity,
            law,
            sure,
            tuple(on.split()),
            about,
            ask,
            applies,
            good,
            bad,
            fix,
            otherwise,
            facts,
            explainable,
            silenced_by,
            yields,
            title.strip().rstrip("."),
            " ".join(why.split()),
            judge,
        )
        _refuse(one)
        return one

    return made


def _refuse(one: Rule) -> None:
    if not _ID.match(one.id):
        raise TypeError(f"'{one.id}' is no rule id; it looks like ROPA-A104")
    if one.severity not in SEVERITIES or one.sure not in SURE or not set(one.on) <= set(TARGETS):
        raise TypeError(f"{one.id}: severity, sure or on holds an unknown word")
    if one.about and one.about not in TRAITS:
        raise TypeError(f"{one.id}: '{one.about}' is no trait of traits.py")
    for name in ("title", "why", "law", "ask", "applies", "good", "bad", "fix"):
        if not getattr(one, name).strip():
            raise TypeError(f"{one.id} does not say its {name}")
