"""The report as a reader under stress wants it: equal gaps as one line, worst first, what to do next.

Plain values only; how they are printed is the command line's affair. Texts from data stand in them as they are, shortened.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ropa.errors import Refused
from ropa.gaps.report import SCORED, Outcome, Report, urgency
from ropa.gaps.rule import MET, NOT_APPLICABLE, WAIVED
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.register import KINDS, Register
from ropa.model.walk import mentions
from ropa.words import listing

FEW = 5
_NUMBER = re.compile(r"(?<=\.)\d+(?=\.|=|\b)|(?<=-=)\d+")


@dataclass(frozen=True)
class Group:
    """Gaps that one question closes: the same rule, the same responsible organisation, the same thing to do.

    count, noun: "22 activities". refs, names: the first few; more: how many others. ask: owners or the organisation to ask,
    with how many each. say: the message; where they differ, each of a few records, or the commonest three of many. law: in short. do: a command that closes the first
    one (of many: with its ref; for the others alike). otherwise: a statement that answers instead. drafts: how many are
    drafts. expired: whether something ran out. until: for a waived group, when and why it was accepted.
    """

    rule: str
    severity: str
    title: str
    law: str
    count: int
    noun: str
    refs: tuple[str, ...]
    names: tuple[str, ...]
    more: int
    ask: tuple[str, ...]
    say: str
    do: str
    otherwise: str
    drafts: int
    waived: bool
    expired: bool
    until: str = ""


@dataclass(frozen=True)
class Memo:
    """What the terminal prints of a report.

    groups: what is open, worst first. waived: accepted gaps. answered: for one activity, what is met and what falls away,
    as (rule, title, state, reason). counts: severity → state → number. next: the best next step, "" where nothing is open.
    full: how many live records are at 100 %, of how many. worst: the five live records with the lowest score.
    """

    as_of: str
    about: str
    notices: tuple[str, ...]
    groups: tuple[Group, ...]
    waived: tuple[Group, ...]
    answered: tuple[tuple[str, str, str, str], ...]
    counts: Mapping[str, Mapping[str, int]]
    score: str
    full: tuple[int, int]
    worst: tuple[tuple[str, str], ...]
    next: str


def memo(report: Report, register: Register, activity: str | None = None) -> Memo:
    """The report in groups; with the ref of an activity all that concerns it, each gap on its own and with what is met.

    Raises Refused where the activity is not in the register.
    """
    if activity is not None:
        return _of_activity(report, register, activity)
    findings = [one for one in report.findings if one.rule.severity != "info"]
    still_open = _groups([o for o in findings if o.open], register)
    live = report.scores.values()
    return Memo(
        report.as_of.isoformat(),
        "1 record" if len(register) == 1 else f"{len(register)} records",
        report.notices,
        still_open,
        _groups([o for o in findings if o.state == WAIVED], register),
        (),
        report.summary,
        report.score.text,
        (sum(score.full for score in live), sum(score.asked > 0 for score in live)),
        _worst(report),
        _next(still_open),
    )


def _of_activity(report: Report, register: Register, ref: str) -> Memo:
    record = register.activities.get(ref)
    if record is None:
        raise Refused(f"there is no activity '{ref}'.", do="See: ropa activity list")
    near = {("activity", ref), *((m.kind, m.ref) for m in mentions(record))}
    own = report.narrowed(lambda o: (o.record.kind, o.record.ref) in near)
    itself = own.narrowed(lambda o: o.record is record)
    groups = tuple(
        _group([one], register) for one in own.findings if one.open and one.rule.severity != "info"
    )
    answered = tuple(
        (o.rule.id, o.rule.title, o.state, o.reason)
        for state in (MET, NOT_APPLICABLE)
        for o in itself.outcomes
        if o.state == state
    )
    return Memo(
        report.as_of.isoformat(),
        f"{ref} {shown(record.name)}",
        own.notices,
        groups,
        tuple(_group([one], register) for one in own.findings if one.state == WAIVED),
        answered,
        itself.summary,
        itself.score.text,
        (int(itself.score.full), int(itself.score.asked > 0)),
        (),
        _next(groups),
    )


def _groups(findings: Iterable[Outcome], register: Register) -> tuple[Group, ...]:
    """The findings in groups, in the order of the most urgent of each; of equals the larger group first."""
    by_key: dict[tuple[str, ...], list[Outcome]] = {}
    for one in findings:
        by_key.setdefault(_key(one), []).append(one)
    ordered = sorted(by_key.values(), key=lambda group: (urgency(group[0]), -len(group)))
    return tuple(_group(group, register) for group in ordered)


def _key(one: Outcome) -> tuple[str, ...]:
    entity = one.record.entity or "" if isinstance(one.record, Activity) else ""
    return one.rule.id, one.record.kind, entity, _shape(one.fix, one.record.ref), one.state


def _shape(fix: str, ref: str) -> str:
    """A command without what differs from record to record: its ref, and the numbers of parts."""
    words = _NUMBER.sub("N", fix.replace(ref, "REF")).split(" ")
    return " ".join(dict.fromkeys(words))


def _group(group: list[Outcome], register: Register) -> Group:
    first, rule = group[0], group[0].rule
    cls = KINDS[first.record.kind]
    return Group(
        rule.id,
        rule.severity,
        rule.title,
        rule.law,
        len(group),
        cls.noun if len(group) == 1 else cls.plural,
        tuple(one.record.ref for one in group[:FEW]),
        tuple(shown(one.record.name) for one in group[:FEW]),
        max(0, len(group) - FEW),
        _ask(group, register),
        _say(group),
        first.fix,
        first.otherwise,
        sum(one.draft for one in group),
        first.state == WAIVED,
        rule.severity in SCORED and any(gap.expired for gap in first.gaps),
        _accepted(first) if first.state == WAIVED else "",
    )


def _say(group: list[Outcome]) -> str:
    """The message where it is the same for all; otherwise the commonest places, with how many each."""
    if len({one.message for one in group}) == 1:
        return group[0].message
    if len(group) <= 3:
        return " ".join(f"{one.record.ref}: {one.message}" for one in group)
    places = Counter(say for one in group for say in dict.fromkeys(gap.say for gap in one.gaps))
    said = [f"{say} ({n} ×)" if n > 1 else say for say, n in places.most_common(3)]
    return " ".join(said) + _others(len(places) - 3)


def _others(many: int) -> str:
    return "" if many <= 0 else " And one other place." if many == 1 else f" And {many} other places."


def _ask(group: list[Outcome], register: Register) -> tuple[str, ...]:
    """Whom to ask: the owners of the activities, or the entity where none is recorded; those of most first."""
    asked: Counter[str] = Counter()
    for one in group:
        record = one.record
        if isinstance(record, Activity):
            entity = register.organisations.get(record.entity or "")
            who = "" if blank(record.owner) else shown(record.owner)
            asked[who or (shown(entity.name) if entity else "")] += 1
    named = [(who, n) for who, n in asked.most_common(FEW) if who]
    return tuple(f"{who} ({n})" if len(asked) > 1 else who for who, n in named)


def _accepted(one: Outcome) -> str:
    waiver = one.waiver
    if waiver is None:
        return ""
    until = f"until {waiver.until}" if waiver.until else "without an end"
    return f"{until}: {shown(waiver.reason)}"


def _worst(report: Report) -> tuple[tuple[str, str], ...]:
    poor = sorted(
        (score.met / score.asked, ref, score.text)
        for (_, ref), score in report.scores.items()
        if score.asked and not score.full
    )
    return tuple((ref, text) for _, ref, text in poor[:FEW])


def _next(groups: tuple[Group, ...]) -> str:
    """The step that closes most of the worst: of the most severe gaps the largest group."""
    for severity in (*SCORED, "quality"):
        worst = [group for group in groups if group.severity == severity and group.do]
        if worst:
            best = max(worst, key=lambda group: group.count)
            of = sum(group.count for group in groups)
            where = listing(best.names) if best.count <= 2 else f"{best.count} {best.noun}"
            return f"{best.title} ({where}): closes {best.count} of {of} {'gap' if of == 1 else 'gaps'}. Begin with: {best.do}"
    return ""
