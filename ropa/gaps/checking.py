"""check: a register, the dated facts and a day → a report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ropa.gaps.asked import asked
from ropa.gaps.case import Case
from ropa.gaps.outcome import Judged
from ropa.gaps.report import Report
from ropa.gaps.rule import MISSING, NOT_APPLICABLE, WAIVED, Answer, Gap, Rule, met, missing, not_applicable
from ropa.gaps.rules import RULES
from ropa.gaps.texts import shown
from ropa.gaps.traits import ALL, TRAITS, bit, traits
from ropa.gaps.waivers import Waivers, waivers
from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.notice import Waiver
from ropa.model.register import Register
from ropa.pause import no_collecting
from ropa.reference import facts
from ropa.reference.shelf import in_use
from ropa.steps import steps

_ALSO_OTHER_LAW = ("ROPA-G100",)
"""What is asked of an entity under another law than the EU GDPR."""

_UNKNOWN = "What stood there was taken out of the history since: unknown."
_TO_ASK = Answer(NOT_APPLICABLE, "")


_Needing = tuple[Rule, int, Answer]
"""A rule, the bit of the trait that it is about (0: none), and what it says of a record without it."""


class _Asking(NamedTuple):
    """The rules that ask a record.

    calls: those that are called, with their places. blank: what the others say. hushed: those that may give way to others, with their places.
    hushing: ids of those that, when open, may make some give way.
    """

    rules: tuple[Rule, ...]
    calls: tuple[tuple[int, Rule], ...]
    blank: tuple[Answer, ...]
    hushed: tuple[tuple[int, Rule], ...]
    hushing: frozenset[str]


def check(register: Register, on: date, rules: Mapping[str, Rule] = RULES) -> Report:
    """Every rule over every record that it asks, as of a day.

    The register is the one of that day (`load(as_of)`); countries and adequacy are taken as they were on it. A rule that
    stops with an error hides no other: its record is an outcome that "could not be judged", which counts as missing.
    """
    # A check makes only what it keeps, and the search for garbage would cost a third of its time.
    with no_collecting():
        # A damaged record is refused here, before any rule could take that for a trouble of its own.
        register = register.whole()
        judged = tuple(_judged(Case(register, on), rules, waivers(register, on)))
    read = sorted({name for one in rules.values() for name in one.facts})
    return Report(
        as_of=on,
        revision=register.revision,
        hash=register.hash,
        facts={name: facts.checked(name) for name in read},
        stale=tuple(name for name in read if facts.stale(name, on)),
        judged=judged,
        unknown=register.unknown,
        own={name: own.checked_on for name, own in in_use().own.items() if name in read},
        known_by=in_use().known_by,
    )


def _judged(case: Case, rules: Mapping[str, Rule], waived_of: Waivers) -> Iterator[Judged]:
    """Each record with what the rules that ask it say, one fault as one finding."""
    asking: dict[tuple[tuple[str, ...], int, str], _Asking] = {}
    those: dict[tuple[str, ...], list[_Needing]] = {}
    unknown: dict[tuple[str, str], list[str]] = {}
    for one in case.register.unknown:
        unknown.setdefault((one.kind, one.ref), []).append(one.path)
    every = sum(map(len, case.register.records.values()))
    for record, scored, targets in steps(asked(case), "Asking the rules", every):
        key = targets, traits(record, case) if isinstance(record, Activity) else ALL, case.other_law(record)
        if key not in asking:
            if targets not in those:
                those[targets] = [
                    _needing(one) for one in rules.values() if not set(one.on).isdisjoint(targets)
                ]
            asking[key] = _asking(those[targets], *key[1:])
        of = asking[key]
        answers, still_open = _answers(record, of, case)
        if still_open and (paths := unknown.get((record.kind, record.ref))):
            _leave_open(answers, of.rules, still_open, paths)
        if still_open:
            _settle(answers, of, still_open)
            if waived := waived_of.get((record.kind, record.ref)):
                _accept(answers, of.rules, waived)
        yield Judged(record, scored, of.rules, answers)


def _needing(one: Rule) -> _Needing:
    return one, bit(one.about), not_applicable(TRAITS[one.about]) if one.about else _TO_ASK


def _asking(needing: list[_Needing], found: int, law: str) -> _Asking:
    """What is to be asked of records that these rules ask, that have these traits and are under this law."""
    asked = tuple([one for one, _, _ in needing])
    blank = tuple([_TO_ASK if not trait or found & trait else said for _, trait, said in needing])
    if law:
        other = not_applicable(f"The rules are those of the EU GDPR; {law} binds it.")
        blank = tuple([_TO_ASK if one.id in _ALSO_OTHER_LAW else other for one in asked])
    calls = tuple([(n, one) for n, one in enumerate(asked) if blank[n] is _TO_ASK])
    hushed = tuple([(n, one) for n, one in calls if one.yields or one.silenced_by])
    hushing = frozenset(
        each for _, one in hushed for each in (*one.silenced_by, *((one.id,) if one.yields else ()))
    )
    return _Asking(asked, calls, blank, hushed, hushing)


def _answers(record: Documented, of: _Asking, case: Case) -> tuple[list[Answer], set[str]]:
    """The answer of each rule, and which are open. Hardly a further call: this is gone through once per rule and record."""
    answers = list(of.blank)
    still_open: set[str] = set()
    for n, one in of.calls:
        try:
            answer = one.judge(record, case)
        except Exception as trouble:  # noqa: BLE001  whatever a rule stumbles over, the others must still be heard
            answer = _failed(one, record, trouble)
        if answer.state == MISSING:
            if one.explainable and record.statements and not answer.unjudged:
                answer = _explained(one, record, answer, case)
            if answer.state == MISSING:
                still_open.add(one.id)
        answers[n] = answer
    return answers, still_open


def _failed(one: Rule, record: Documented, trouble: Exception) -> Answer:
    say = f"{record.ref} could not be judged by {one.id}: {type(trouble).__name__}: {shown(str(trouble))}"
    return Answer(MISSING, say, (Gap("", say, fix="", otherwise=""),), unjudged=True)


def _explained(one: Rule, record: Documented, answer: Answer, case: Case) -> Answer:
    """The answer where a person may say that what stands there is right: of the rule, or of the fields it asks about."""
    if case.here(_spoken_of, record).isdisjoint([one.id, *[gap.field for gap in answer.gaps]]):
        return answer
    if stated := case.explained(record, one.id):
        if stated.says == "does not apply":
            return not_applicable(f"Stated: {shown(stated.reason)}")
        return met(f"Checked and right: {shown(stated.reason)}")
    confirmed = {gap.field: said for gap in answer.gaps if (said := case.confirmed(record, gap.field))}
    if not confirmed:
        return answer
    rest = [gap for gap in answer.gaps if gap.field not in confirmed]
    reasons = dict.fromkeys(shown(said.reason) for said in confirmed.values())
    return missing(*rest) if rest else met(f"Checked and right: {' '.join(reasons)}")


def _spoken_of(case: Case, record: Documented) -> frozenset[str]:  # noqa: ARG001
    """The rules and fields that its statements are about."""
    about = [one.about for one in record.statements if one.about]
    return frozenset((*about, *map(str.upper, about)))


def _leave_open(
    answers: list[Answer], rules: tuple[Rule, ...], still_open: set[str], paths: Sequence[str]
) -> None:
    """What was taken out of the history since is unknown: that nothing stood there is not said of it."""
    for n, one in enumerate(rules):
        answer = answers[n]
        if answer.state != MISSING or answer.unjudged:
            continue
        known = [
            gap for gap in answer.gaps if not any(f"{path}.".startswith(f"{gap.field}.") for path in paths)
        ]
        if len(known) < len(answer.gaps):
            answers[n] = missing(*known) if known else not_applicable(_UNKNOWN)
            still_open -= set() if known else {one.id}


def _settle(answers: list[Answer], of: _Asking, still_open: set[str]) -> None:
    """One fault, one finding: what another open rule says of the same record is not said twice."""
    if still_open.isdisjoint(of.hushing):
        return
    said = tuple(answers)
    for n, one in of.hushed:
        answers[n] = _unsaid(one, said[n], still_open, zip(of.rules, said, strict=True))


def _unsaid(one: Rule, answer: Answer, still_open: set[str], all_: Iterable[tuple[Rule, Answer]]) -> Answer:
    for other in one.silenced_by:
        if other in still_open and answer.state != NOT_APPLICABLE:
            return not_applicable(f"{other} is open and says it.")
    if one.yields and answer.state == MISSING and not answer.unjudged:
        told = {gap.field for other, said in all_ if not other.yields for gap in said.gaps}
        rest = [gap for gap in answer.gaps if gap.field not in told]
        return missing(*rest) if rest else not_applicable("Other rules say it of the same fields.")
    return answer


def _accept(
    answers: list[Answer], rules: tuple[Rule, ...], waived: Mapping[str, tuple[Waiver, bool]]
) -> None:
    """Let the waivers of a record speak: one that holds accepts the gap, one that ran out is named with it."""
    for n, one in enumerate(rules):
        if one.id in waived and answers[n].state == MISSING:
            waiver, holds = waived[one.id]
            answers[n] = answers[n]._replace(state=WAIVED if holds else MISSING, waiver=waiver)
