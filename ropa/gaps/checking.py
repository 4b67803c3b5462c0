"""check: a register, the dated facts and a day → a report."""

from collections.abc import Iterator, Mapping
from datetime import date

from ropa.gaps.case import Case
from ropa.gaps.report import Outcome, Report
from ropa.gaps.rule import MISSING, NOT_APPLICABLE, WAIVED, Answer, Gap, Rule, met, missing, not_applicable
from ropa.gaps.rules import RULES
from ropa.gaps.texts import blank, shown
from ropa.model.common import Documented
from ropa.model.notice import Waiver
from ropa.model.register import Register
from ropa.pause import no_collecting
from ropa.reference import facts

_ALSO_OTHER_LAW = ("ROPA-G100",)
"""What is asked of an entity under another law than the EU GDPR."""

Waivers = Mapping[tuple[str, str, str], tuple[Waiver, bool]]
"""(rule id, kind, ref) → the waiver, and whether it still holds."""


def check(register: Register, on: date, rules: Mapping[str, Rule] = RULES) -> Report:
    """Every rule over every record that it asks, as of a day.

    The register is the one of that day (`load(as_of)`); countries and adequacy are taken as they were on it. A rule that
    stops with an error hides no other: its record is an outcome that "could not be judged", which counts as missing.
    """
    # A check makes only what it keeps, and the search for garbage would cost a third of its time.
    with no_collecting():
        # A damaged record is refused here, before any rule could take that for a trouble of its own.
        register = register.whole()
        outcomes = tuple(_outcomes(Case(register, on), rules, _waivers(register, on)))
    read = sorted({name for one in rules.values() for name in one.facts})
    return Report(
        as_of=on,
        revision=register.revision,
        hash=register.hash,
        facts={name: facts.checked(name) for name in read},
        stale=tuple(name for name in read if facts.stale(name, on)),
        outcomes=outcomes,
    )


def _outcomes(case: Case, rules: Mapping[str, Rule], waivers: Waivers) -> Iterator[Outcome]:
    for record, scored, asking in _asked(case, rules):
        for one, answer in _settled(_answers(record, asking, case)):
            if answer.state == MISSING:
                yield _missing(one, record, answer, waivers, scored=scored)
            else:
                yield Outcome(one, record, answer.state, answer.reason, (), scored)


def _asked(case: Case, rules: Mapping[str, Rule]) -> Iterator[tuple[Documented, bool, tuple[Rule, ...]]]:
    """Each record with whether it is scored and the rules that ask it, kind by kind."""
    roles: dict[str, dict[str, tuple[Documented, bool, tuple[str, ...]]]] = {}
    for target in dict.fromkeys(target for one in rules.values() for target in one.on):
        for kind, records in case.targets(target).items():
            known = roles.setdefault(kind, {})
            for record, scored in records:
                _, live, already = known.get(record.ref, (record, False, ()))
                known[record.ref] = record, live or scored, (*already, target)
    asking: dict[tuple[str, ...], tuple[Rule, ...]] = {}
    for record, scored, targets in (one for known in roles.values() for one in known.values()):
        if targets not in asking:
            asking[targets] = tuple(one for one in rules.values() if not set(one.on).isdisjoint(targets))
        yield record, scored, asking[targets]


def _answers(record: Documented, rules: tuple[Rule, ...], case: Case) -> list[tuple[Rule, Answer]]:
    law = case.other_law(record)
    if not law:
        return [(one, _judged(one, record, case)) for one in rules]
    silent = not_applicable(f"The rules are those of the EU GDPR; {law} binds it.")
    return [(one, _judged(one, record, case) if one.id in _ALSO_OTHER_LAW else silent) for one in rules]


def _judged(one: Rule, record: Documented, case: Case) -> Answer:
    try:
        answer = one.judge(record, case)
    except Exception as trouble:  # noqa: BLE001  whatever a rule stumbles over, the others must still be heard
        say = f"{record.ref} could not be judged by {one.id}: {type(trouble).__name__}: {shown(str(trouble))}"
        return Answer(MISSING, say, (Gap("", say, fix="", otherwise=""),), unjudged=True)
    if answer.state == MISSING and one.explainable:
        return _explained(one, record, answer, case)
    return answer


def _explained(one: Rule, record: Documented, answer: Answer, case: Case) -> Answer:
    """The answer where a person may say that what stands there is right: of the rule, or of the fields it asks about."""
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


def _settled(answers: list[tuple[Rule, Answer]]) -> list[tuple[Rule, Answer]]:
    """One fault, one finding: what another open rule says of the same record is not said twice."""
    still_open = {one.id for one, answer in answers if answer.state == MISSING}
    if not still_open:
        return answers
    return [
        (one, _unsaid(one, answer, still_open, answers) if one.yields or one.silenced_by else answer)
        for one, answer in answers
    ]


def _unsaid(one: Rule, answer: Answer, still_open: set[str], answers: list[tuple[Rule, Answer]]) -> Answer:
    for other in one.silenced_by:
        if other in still_open and answer.state != NOT_APPLICABLE:
            return not_applicable(f"{other} is open and says it.")
    if one.yields and answer.state == MISSING and not answer.unjudged:
        told = {gap.field for other, said in answers if not other.yields for gap in said.gaps}
        rest = [gap for gap in answer.gaps if gap.field not in told]
        return missing(*rest) if rest else not_applicable("Other rules say it of the same fields.")
    return answer


def _missing(one: Rule, record: Documented, answer: Answer, waivers: Waivers, *, scored: bool) -> Outcome:
    waiver, holds = waivers.get((one.id, record.kind, record.ref), (None, False))
    state = WAIVED if holds else MISSING
    return Outcome(one, record, state, answer.reason, answer.gaps, scored, waiver, answer.unjudged)


def _waivers(register: Register, on: date) -> Waivers:
    """Waivers made by that day with a reason (one without proves nothing); of several the one that lasts longest."""
    made = [w for w in register.all(Waiver).values() if not blank(w.reason) and (w.on is None or w.on <= on)]
    made.sort(key=lambda waiver: waiver.until or date.max)
    return {
        ((w.rule or "").upper(), w.record_kind or "", w.record or ""): (w, w.until is None or w.until >= on)
        for w in made
    }
