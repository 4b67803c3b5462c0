"""Theme X, second part: two activities that say different things of the same.

Each question keeps one group for what should agree: the record that comes first sets the measure, the later one that differs
is told, once, and names the first. An activity whose statement explains the difference is left out, whichever side it is.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import RetentionRule
from ropa.model.organisation import Organisation
from ropa.words import fold

_X104, _X106, _X109 = "ROPA-X104", "ROPA-X106", "ROPA-X109"
_DECIDES = ("separate controller", "joint controller")
_LONGEST = 1000
"""Characters: a longer wording is compared with no other."""


class Said(NamedTuple):
    """What an activity says at one place. topic: of what. value: what. at: the number of the part. words: what a message quotes."""

    topic: Hashable
    value: Hashable
    at: int
    words: str


_Quick = tuple[Hashable, Hashable, int, str]
"""A `Said` that was not made into one: there are hundreds of thousands, and a few clash."""
Sayings = Callable[[Activity, Case], Iterable[_Quick]]
Clash = tuple[Said, str, Said]
"""What a record says, the ref of the earlier record that says otherwise, and what that one says."""


def _clashes(case: Case, rule_id: str, sayings: Sayings) -> Iterator[dict[str, list[Clash]]]:
    """Ref → what it says otherwise than the first that spoke of it. One walk: fifty thousand activities are no square."""
    first: dict[Hashable, tuple[str, _Quick]] = {}
    clashing: dict[str, list[Clash]] = {}
    for activity in case.register.activities.values():
        if activity.status == "ended" or case.other_law(activity):
            continue
        if activity.statements and case.explained(activity, rule_id):
            continue
        for said in sayings(activity, case):
            ref, other = first.setdefault(said[0], (activity.ref, said))
            if other is not said and other[1] != said[1]:
                clashing.setdefault(activity.ref, []).append((Said(*said), ref, Said(*other)))
    yield clashing


def _of(activity: Activity, case: Case, rule_id: str, sayings: Sayings) -> list[Clash]:
    return case.once(_clashes, rule_id, sayings)[0].get(activity.ref, [])


def _periods(activity: Activity, case: Case) -> Iterable[_Quick]:
    if activity.role == "processor":
        return ()
    (limits,) = case.once(_limits)
    entity = activity.entity
    return [
        ((entity, line.subjects, line.category, limit[0]), limit[1], n, limit[2])
        for n, line in enumerate(activity.data, 1)
        if line.category and line.subjects and (limit := limits.get(line.retention)) is not None
    ]


def _limits(case: Case) -> Iterator[dict[str | None, tuple[Hashable, Hashable, str]]]:
    """Retention rule → its ground, what it says of period and start, and its ref; those without a period are left out."""
    found: dict[str | None, tuple[Hashable, Hashable, str]] = {}
    for known in case.register.all(RetentionRule).values():
        if known.period:
            ground = "" if blank(known.ground) else fold((known.ground or "")[:_LONGEST])
            start = "" if blank(known.starts) else fold((known.starts or "")[:_LONGEST])
            found[known.ref] = (ground, known.country), (known.period, start), known.ref
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
    gaps = [
        Gap(
            f"data.{said.at}.retention",
            f"'{shown(said.words)}' and '{shown(other.words)}' of {ref} set different limits for the same data"
            " on the same ground.",
            shown(said.words),
            fix=f"ropa activity set {{ref}} {{field}}={other.words}",
        )
        for said, ref, other in _of(activity, case, _X104, _periods)
    ]
    return found(gaps, "No other activity sets another limit for the same data on the same ground.")


def _roles(activity: Activity, case: Case) -> Iterator[_Quick]:
    for n, one in case.recipients(activity):
        if one.organisation and (one.role == "processor" or one.role in _DECIDES):
            topic = one.organisation, case.once(_service, one.organisation, one.service)
            yield topic, one.role == "processor", n, one.role


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
    gaps = []
    for said, ref, other in _of(activity, case, _X106, _roles):
        topic: tuple[str, object] = said.topic  # type: ignore[assignment]
        name = shown(case.name(Organisation.kind, topic[0]))
        say = f"{name} is {said.words} here and {other.words} in {ref}, for the same service."
        fix = f"ropa activity set {{ref}} {{field}}='{other.words}'"
        gaps.append(Gap(f"recipients.{said.at}.role", say, said.words, fix=fix))
    return found(gaps, "No recipient has another role elsewhere for the same service.")


def _bases(activity: Activity, case: Case) -> Iterator[_Quick]:  # noqa: ARG001  one shape for all sayings
    if activity.role == "processor":
        return
    for n, one in enumerate(activity.purposes, 1):
        text, basis = one.text, one.legal_basis
        if text and basis and len(text) <= _LONGEST and not blank(text):
            yield (activity.entity, fold(text)), basis, n, text


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
    gaps = []
    for said, ref, other in _of(activity, case, _X109, _bases):
        where = "another purpose here" if ref == activity.ref else ref
        say = f"'{shown(said.words)}' rests on {said.value} here, and on {other.value} in {where}."
        fix = f"ropa activity set {{ref}} {{field}}='{other.value}'"
        gaps.append(Gap(f"purposes.{said.at}.legal_basis", say, str(said.value), fix=fix))
    return found(gaps, "No purpose rests on another basis elsewhere.")
