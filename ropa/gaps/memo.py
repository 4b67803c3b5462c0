"""The report as a reader under stress wants it: equal gaps as one line, worst first, what to do next.

Plain values only; how they are printed is the command line's affair. Texts from data stand in them as they are, shortened.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ropa.errors import Refused
from ropa.gaps.case import Case
from ropa.gaps.grouping import FEW, Group, group_of, groups_of
from ropa.gaps.report import SCORED, Report
from ropa.gaps.rule import MET, NOT_APPLICABLE, WAIVED
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.model.walk import mentions
from ropa.words import listing


@dataclass(frozen=True)
class Memo:
    """What the terminal prints of a report.

    groups: what is open, worst first. waived: accepted gaps. answered: for one activity, what is met and what falls away,
    as (rule, title, state, reason). counts: severity → state → number. full: how many live records are at 100 %, of how many.
    worst: the five live records with the lowest score. unchecked: what was not judged, for another law binds it. verdict:
    what an empty list of gaps means, "" where something is open. next: the best next step, "" where there is none.
    without_basis: activities of which a purpose has no legal basis, waived or not: what no share outweighs.
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
    unchecked: tuple[str, ...]
    verdict: str
    next: str
    without_basis: tuple[str, ...] = ()


def memo(report: Report, register: Register, activity: str | None = None) -> Memo:
    """The report in groups; with the ref of an activity all that concerns it, each gap on its own and with what is met.

    Raises Refused where the activity is not in the register.
    """
    if activity is not None:
        return _of_activity(report, register, activity)
    findings = [one for one in report.findings if one.rule.severity != "info"]
    still_open = groups_of([o for o in findings if o.open], register)
    live = report.scores.values()
    activities = register.activities.values()
    unchecked = _unchecked(activities, register, report)
    verdict = "" if still_open else _verdict(activities, unchecked)
    return Memo(
        report.as_of.isoformat(),
        "1 record" if len(register) == 1 else f"{len(register)} records",
        report.notices,
        still_open,
        groups_of([o for o in findings if o.state == WAIVED], register),
        (),
        report.summary,
        report.score.text,
        (sum(score.full for score in live), sum(score.asked > 0 for score in live)),
        _worst(report),
        tuple(unchecked),
        verdict,
        _next(still_open) or _begin(register, unchecked),
        _unfounded(report),
    )


def _of_activity(report: Report, register: Register, ref: str) -> Memo:
    record = register.activities.get(ref)
    if record is None:
        raise Refused(f"there is no activity '{ref}'.", do="See: ropa activity list")
    near = {("activity", ref), *((m.kind, m.ref) for m in mentions(record))}
    own = report.narrowed(lambda o: (o.record.kind, o.record.ref) in near)
    itself = own.narrowed(lambda o: o.record is record)
    groups = tuple(
        group_of([one], register) for one in own.findings if one.open and one.rule.severity != "info"
    )
    answered = tuple(
        (o.rule.id, o.rule.title, o.state, o.reason)
        for state in (MET, NOT_APPLICABLE)
        for o in itself.outcomes
        if o.state == state
    )
    unchecked = _unchecked([record], register, report)
    return Memo(
        report.as_of.isoformat(),
        f"{ref} {shown(record.name)}",
        own.notices,
        groups,
        tuple(group_of([one], register) for one in own.findings if one.state == WAIVED),
        answered,
        itself.summary,
        itself.score.text,
        (int(itself.score.full), int(itself.score.asked > 0)),
        (),
        tuple(unchecked),
        "" if groups else _verdict([record], unchecked),
        _next(groups) or _begin(register, unchecked),
        _unfounded(itself),
    )


def _unfounded(report: Report) -> tuple[str, ...]:
    """Activities with a purpose that has no legal basis; a draft is called one."""
    drafts = {
        each.record.ref
        for each in report.judged
        if isinstance(each.record, Activity) and each.record.status == "draft"
    }
    return tuple(f"{ref} (draft)" if ref in drafts else ref for ref in report.without_basis)


def _worst(report: Report) -> tuple[tuple[str, str], ...]:
    poor = sorted(
        (score.answered / score.asked, ref, score.text)
        for (_, ref), score in report.scores.items()
        if score.asked and not score.full
    )
    return tuple((ref, text) for _, ref, text in poor[:FEW])


def _unchecked(activities: Iterable[Activity], register: Register, report: Report) -> Mapping[str, int]:
    """What no rule judged, for another law than the EU GDPR binds its entity, in words → how many activities it is."""
    case = Case(register, report.as_of)
    laws = ((a, case.other_law(a)) for a in activities if a.status != "ended")
    counts = Counter((shown(case.name("organisation", a.entity)), law) for a, law in laws if law)
    return {
        f"{n} {Activity.noun if n == 1 else Activity.plural} of {name}, under {_said(law)}": n
        for (name, law), n in counts.items()
    }


def _said(law: str) -> str:
    return law if law.startswith("Regulation") else f"the {law}"


def _verdict(activities: Iterable[Activity], unchecked: Mapping[str, int]) -> str:
    """What it means that no gap is listed: never more than what was asked."""
    asked = [a for a in activities if a.status != "ended"]
    if not asked:
        return "No activity is recorded that takes place, so nothing of Article 30 could be asked."
    if sum(unchecked.values()) == len(asked):
        return "Nothing was judged: the rules are those of the EU GDPR only."
    return "Nothing is open of what was judged." if unchecked else "Nothing is open."


def _next(groups: tuple[Group, ...]) -> str:
    """The step that closes most of the worst: of the most severe gaps those that one command closes, else the most."""
    for severity in (*SCORED, "quality"):
        worst = [group for group in groups if group.severity == severity and group.do]
        if worst:
            best = max(worst, key=lambda group: (group.reach, group.count))
            total = sum(group.count for group in groups)
            of = f"of {total} {'gap' if total == 1 else 'gaps'}"
            where = listing(best.names) if best.count <= 2 else f"{best.count} {best.noun}"
            command = best.together or best.do
            more = best.count - best.reach
            rest = f"; {more} more {'wants' if more == 1 else 'want'} the like" if more else ""
            return f"{best.title} ({where}): closes {best.reach} {of}{rest}. Begin with: {command}"
    return ""


def _begin(register: Register, unchecked: Mapping[str, int]) -> str:
    """The next step where no gap is open."""
    if not register.activities and not any(one.ours for one in register.organisations.values()):
        return "Begin: say whose register this is (Art. 30(1)(a)). Begin with: ropa entity add NAME"
    if not register.activities:
        return "Begin: read a privacy notice (ropa import NOTICE), or add what you do. Begin with: ropa activity add NAME"
    if unchecked:
        return "Hold what was not judged against the law that binds it."
    return ""
