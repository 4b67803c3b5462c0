"""Theme X, second part: two activities that say different things of the same.

Each question keeps one group for what should agree: the record that comes first sets the measure, the later one that differs
is told, once, and names the first. An activity whose statement explains the difference is left out, whichever side it is.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, not_applicable, rule
from ropa.gaps.tallies import tally
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import RetentionRule
from ropa.model.organisation import Organisation
from ropa.words import fold

_X104, _X106, _X109 = "ROPA-X104", "ROPA-X106", "ROPA-X109"
_DECIDES = ("separate controller", "joint controller")
_ONE_ROLE = "No recipient has another role elsewhere for the same service."
_LONGEST = 1000
"""Characters: a longer wording is compared with no other."""


Said = tuple[Hashable, Hashable, int, str]
"""What an activity says at one place: of what, what, the number of the part, and what a message quotes.

No class of its own: there are hundreds of thousands, and few clash.
"""
Sayings = Callable[[Activity, Case], Iterable[Said]]
Clash = tuple[Said, str, Said]
"""What a record says, the ref of the earlier record that says otherwise, and what that one says."""


class _Compared(NamedTuple):
    """first: of what → the ref of the activity that spoke of it first, and what it said. clashing: ref → what it says otherwise."""

    first: dict[Hashable, tuple[str, Said]]
    clashing: dict[str, list[Clash]]


def _none_yet() -> _Compared:
    return _Compared({}, {})


def _compare(before: _Compared, activity: Activity, case: Case, rule_id: str, sayings: Sayings) -> None:
    """Hold what an activity says against the first that spoke of it: fifty thousand activities are no square."""
    if case.other_law(activity) or (activity.statements and case.explained(activity, rule_id)):
        return
    here: list[Clash] = []
    for said in sayings(activity, case):
        known = before.first.get(said[0])
        if known is None:
            before.first[said[0]] = activity.ref, said
        elif known[1][1] != said[1]:
            here.append((said, *known))
    if here:
        before.clashing[activity.ref] = here


def _periods(activity: Activity, case: Case) -> Iterable[Said]:
    if activity.role == "processor":
        return ()
    (limits,) = case.once(_limits)
    entity = activity.entity
    return [
        ((line.category, line.subjects, entity, limit[0]), limit[1], n, limit[2])
        for n, line in enumerate(activity.data, 1)
        if line.category and line.subjects and (limit := limits.get(line.retention)) is not None
    ]


@tally(_none_yet)
def _compared_periods(before: _Compared, activity: Activity, case: Case) -> None:
    _compare(before, activity, case, _X104, _periods)


def _limits(case: Case) -> Iterator[dict[str | None, tuple[int, int, str]]]:
    """Retention rule → a number for its ground, one for its period and start, and its ref; those without a period are left out."""
    found: dict[str | None, tuple[int, int, str]] = {}
    numbers: dict[Hashable, int] = {}
    for known in case.register.all(RetentionRule).values():
        if known.period:
            ground = "" if blank(known.ground) else fold((known.ground or "")[:_LONGEST])
            start = "" if blank(known.starts) else fold((known.starts or "")[:_LONGEST])
            both = (ground, known.country), (known.period, start)
            on, limit = (numbers.setdefault(each, len(numbers)) for each in both)
            found[known.ref] = on, limit, known.ref
    yield found


@rule(
    _X104,
    severity="quality",
    on="controller",
    ask="Why are the same data kept for another time here than there?",
    explainable=True,
    law="GDPR Art. 5(1)(e), 30(1)(f), 5(2); CNIL, guide on retention periods (2020)",
    applies="a controller's activity with a line of data whose people, category, ground and country another activity of its entity has as well",
    good="Invoices: both activities name the rule invoices-10y",
    bad="Invoices: six years here and ten there, on the same act",
    fix="ropa activity set {ref} {field}=RULE",
    otherwise='ropa activity state {ref} ROPA-X104 --reason "…"',
)
def clashing_retention(activity: Activity, case: Case) -> Answer:
    """Resolve clashing retention.

    Another purpose, act or country may well set another period; on the same ground for the same data one of the two is wrong,
    or its own reason is not recorded. Both grounds blank counts as the same ground. Told of the record that comes later.
    """
    gaps = []
    clashes = case.tally(_compared_periods).clashing.get(activity.ref, ())
    for (_, _, n, words), ref, (_, _, _, others) in clashes:
        seen, both, fix = _two_limits(words, others)
        say = f"{both} of {ref} set different limits for the same data on the same ground."
        gaps.append(Gap(f"data.{n}.retention", say, seen, fix))
    return found(gaps, "No other activity sets another limit for the same data on the same ground.")


@lru_cache(maxsize=4096)
def _two_limits(words: str, others: str) -> tuple[str, str, str]:
    """What is said of two retention rules wherever they meet: the one that is seen, both, and the command."""
    seen = shown(words)
    return seen, f"'{seen}' and '{shown(others)}'", f"ropa activity set {{ref}} {{field}}={others}"


def _roles(activity: Activity, case: Case) -> Iterator[Said]:
    for n, one in case.recipients(activity):
        if one.organisation and (one.role == "processor" or one.role in _DECIDES):
            topic = one.organisation, case.once(_service, one.organisation, one.service)
            yield topic, one.role == "processor", n, one.role


@tally(lambda: (set(), set()))
def _in_roles(found: tuple[set[str | None], set[str | None]], activity: Activity, case: Case) -> None:
    """Refs of the organisations that some record has as processor, and of those that some record has as controller."""
    instructed, deciding = found
    for _, one in case.recipients(activity):
        if one.role == "processor":
            instructed.add(one.organisation)
        elif one.role in _DECIDES:
            deciding.add(one.organisation)


def _compared_roles(case: Case) -> Iterator[_Compared]:
    """A walk of its own, which most registers do not need: seldom is an organisation in two roles."""
    compared = _none_yet()
    for activity in case.register.activities.values():
        if activity.status != "ended":
            _compare(compared, activity, case, _X106, _roles)
    yield compared


def _service(case: Case, ref: str, service: str | None) -> Iterator[str]:
    """The service that is used, folded: the only one of an organisation need not be named."""
    known = case.organisation(ref)
    if blank(service) and known is not None and len(known.services) == 1:
        service = known.services[0].name
    yield fold((service or "")[:_LONGEST])


@rule(
    _X106,
    severity="risk",
    on="activity",
    ask="Does this organisation decide for itself what it does with the data, or only on instructions?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 4(7)-(8), 28(10); EDPB Guidelines 07/2020 (7 July 2021)",
    applies="an activity with a recipient who is processor in one record and controller in another, for the same service",
    good="Bank: controller for accounts in every record",
    bad="Analytics vendor: processor in marketing, controller in the web shop",
    fix="ropa activity set {ref} {field}=ROLE",
    otherwise='ropa activity state {ref} ROPA-X106 --reason "…"',
)
def two_roles(activity: Activity, case: Case) -> Answer:
    """Decide which role an organisation plays.

    The role follows the facts of each operation, so one organisation may well have two: then a statement says for what. The
    same service in two roles is more often one mistake, and with it a contract too few. Where services are not named they
    are taken as the same. Told of the record that comes later.
    """
    instructed, deciding = case.tally(_in_roles)
    if instructed.isdisjoint(deciding):
        return met(_ONE_ROLE)
    gaps = []
    clashes = case.once(_compared_roles)[0].clashing.get(activity.ref, ())
    for (_, _, n, role), ref, (_, _, _, other) in clashes:
        name = shown(case.name(Organisation.kind, activity.recipients[n - 1].organisation))
        say = f"{name} is {role} here and {other} in {ref}, for the same service."
        fix = f"ropa activity set {{ref}} {{field}}='{other}'"
        gaps.append(Gap(f"recipients.{n}.role", say, role, fix=fix))
    return found(gaps, _ONE_ROLE)


def _bases(activity: Activity, case: Case) -> Iterator[Said]:  # noqa: ARG001  one shape for all sayings
    if activity.role == "processor":
        return
    for n, one in enumerate(activity.purposes, 1):
        text, basis = one.text, one.legal_basis
        if text and basis and len(text) <= _LONGEST and not blank(text):
            yield (activity.entity, fold(text)), basis, n, text


@tally(_none_yet)
def _compared_bases(before: _Compared, activity: Activity, case: Case) -> None:
    _compare(before, activity, case, _X109, _bases)


@rule(
    _X109,
    severity="quality",
    on="controller",
    ask="Which of the two bases does this purpose rest on?",
    explainable=True,
    law="GDPR Art. 6(1); Art. 13(1)(c), 14(1)(c); EDPB Guidelines 05/2020 (4 May 2020), paras 121-123",
    applies="a controller's activity with a purpose that its entity has word for word elsewhere, each with a basis",
    good="Newsletter: consent in every record",
    bad="Newsletter: consent in one, legitimate interests in the other",
    fix="ropa activity set {ref} {field}=BASIS",
    otherwise='ropa activity state {ref} ROPA-X109 --reason "…"',
)
def one_basis(activity: Activity, case: Case) -> Answer:
    """Use one legal basis for one purpose.

    Of the same purpose people are told one basis; consent that is backed by a second basis is no free choice. Different
    people or another country may make the difference: word the two apart, or explain it. Told of the place that comes later.
    """
    if not activity.purposes:
        return not_applicable("No purpose is recorded yet.")
    clashes = case.tally(_compared_bases).clashing.get(activity.ref, ())
    gaps = [
        _another_basis(n, text, str(value), str(other), "" if ref == activity.ref else ref)
        for (_, value, n, text), ref, (_, other, _, _) in clashes
    ]
    return found(gaps, "No purpose rests on another basis elsewhere.")


@lru_cache(maxsize=4096)
def _another_basis(n: int, text: str, value: str, other: str, ref: str) -> Gap:
    say = f"'{shown(text)}' rests on {value} here, and on {other} in {ref or 'another purpose here'}."
    return Gap(f"purposes.{n}.legal_basis", say, value, f"ropa activity set {{ref}} {{field}}='{other}'")
