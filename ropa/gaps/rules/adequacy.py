"""Theme T, adequacy: transfers that rest on a decision of the Commission (Art. 45), and whom the decision reaches."""

from collections.abc import Iterator
from datetime import date

from ropa.days import day_after
from ropa.errors import Refused
from ropa.gaps.case import EU_LAW, Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, no_reason, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Certification, Organisation
from ropa.model.parts import Transfer
from ropa.reference.adequacy import Adequacy, decisions, history
from ropa.reference.countries import country
from ropa.reference.wording import tells, without_denied
from ropa.words import fold

_FACTS = ("countries", "region_membership", "adequacy")
_ADEQUACY = "45"
_DPF = "eu-us-dpf"
"""The decision, among the facts, that reaches certified organisations only."""
CHECKED_WITHIN = "P1Y"
"""Our setting, and not law: how long a look at the public list counts."""


@rule(
    "ROPA-T102",
    severity="risk",
    on="activity",
    about="adequacy",
    ask="The adequacy decision is not in force: on what does the transfer rest now?",
    facts=_FACTS,
    law="GDPR Art. 45(3), 45(5), 45(9)",
    applies="a current leg that rests on an adequacy decision, unless one in force covers a part of the place only",
    good="New Zealand, on the decision in force on the day",
    bad="United States in 2021, on 'Privacy Shield' (annulled on 16 July 2020)",
    fix="ropa activity set {ref} {field}=MECHANISM",
)
def adequacy(activity: Activity, case: Case) -> Answer:
    """Rely on an adequacy decision only while it is in force.

    Decisions are limited in time, repealed and annulled; with the decision the transfer loses what it rests on. One that
    covers only a sector, or organisations on a list, is no answer here: ROPA-T103 and ROPA-T104 ask about it.
    """
    resting = case.here(_resting, activity)
    asked = [(n, leg) for n, leg in resting if not _partial(leg, case)]
    if not asked:
        return not_applicable(
            "The decision covers a part only: ROPA-T103 and ROPA-T104 ask who is within it."
        )
    gaps = []
    for n, leg in asked:
        if _in_force(leg, case):
            continue
        ended = _last_end(_code(leg), case.on)
        say = f"For {case.where(leg)} no adequacy decision is in force on {case.on}"
        say += f"; the last one ended on {ended}." if ended else "."
        gaps.append(Gap(f"transfers.{n}.mechanism", say, leg.mechanism or "", expired=ended))
    return found(gaps, "A decision is in force for each transfer that rests on one.")


@rule(
    "ROPA-T103",
    severity="risk",
    on="activity",
    about="adequacy",
    ask="Who receives the data there, and why does the adequacy decision reach that recipient?",
    facts=_FACTS,
    law="GDPR Art. 45(1), 45(3); Decision 2002/2/EC (Canada); (EU) 2019/419 (Japan); (EU) 2022/254 (Korea)",
    applies="a current leg on an adequacy decision that covers a sector, or some organisations, only",
    good="A software company in Canada: a commercial organisation, PIPEDA applies",
    bad="A public school in Canada, on Art. 45",
    fix="ropa activity set {ref} {field}='…'",
)
def partial(activity: Activity, case: Case) -> Answer:
    """Make sure that the partial decision reaches this recipient.

    Whoever is outside the scope of the decision is in a third country without one. So the leg names its recipient, and says
    why it is inside. For the EU-US Data Privacy Framework ROPA-T104 asks instead.
    """
    legs = [(n, leg, one) for n, leg in case.here(_resting, activity) if (one := _partial(leg, case))]
    legs = [(n, leg, one) for n, leg, one in legs if one.id != _DPF]
    if not legs:
        return not_applicable("No current transfer rests on a partial adequacy decision.")
    gaps = []
    for n, leg, one in legs:
        if case.organisation(leg.recipient) is None:
            gaps.append(_no_recipient(n, leg, case))
        if no_reason(leg.scope_reason):
            say = f"The decision on {case.where(leg)} covers a part only ({one.scope}), and why the recipient is within it is not recorded."
            gaps.append(Gap(f"transfers.{n}.scope_reason", say, shown(leg.scope_reason)))
    return found(gaps, "Each leg names its recipient, and why the decision reaches it.")


@rule(
    "ROPA-T104",
    severity="risk",
    on="activity",
    about="adequacy",
    ask="Is the recipient on the Data Privacy Framework list today, until when, and for staff data too?",
    facts=(*_FACTS, "telling_words"),
    law="GDPR Art. 45(1), 45(3); Decision (EU) 2023/1795, Art. 1 and Annex I",
    applies="a current leg to the United States on an adequacy decision, from 10 July 2023",
    good="Active on the list until next September, staff data covered, looked up this month",
    bad="'On the list' since 2023, and never looked up again",
    fix="ropa vendor set ORGANISATION certifications.1.until=DAY certifications.1.checked_on=DAY",
)
def privacy_framework(activity: Activity, case: Case) -> Answer:
    """Have a certificate of the US recipient that is in force and was looked up lately.

    The decision reaches organisations on the public list, which certify anew each year; staff data ("HR") are named there
    apart. A look at the list counts for a year (our setting). Whether staff are concerned is read from the people in the data.
    """
    legs = [
        (n, leg)
        for n, leg in case.here(_resting, activity)
        if (one := _partial(leg, case)) and one.id == _DPF
    ]
    if not legs:
        return not_applicable("No current transfer rests on the EU-US Data Privacy Framework.")
    staff = any(case.whose(activity, "staff"))
    gaps = []
    for n, leg in legs:
        recipient = case.organisation(leg.recipient)
        if recipient is None:
            gaps.append(_no_recipient(n, leg, case))
        else:
            gaps += [
                gap._replace(field=f"transfers.{n}.recipient")
                for gap in _listed(recipient, case, staff=staff)
            ]
    return found(gaps, "Each recipient has a certificate that is in force and was looked up within a year.")


def _resting(case: Case, activity: Activity) -> list[tuple[int, Transfer]]:
    """The current legs that rest on an adequacy decision."""
    return [(n, leg) for n, leg in case.legs_abroad(activity) if leg.mechanism == _ADEQUACY]


def _in_force(leg: Transfer, case: Case) -> tuple[Adequacy, ...]:
    return case.once(_decisions, code) if (code := _code(leg)) else ()


def _decisions(case: Case, code: str | None) -> list[Adequacy]:
    return decisions(EU_LAW, code or "", case.on)


def _partial(leg: Transfer, case: Case) -> Adequacy | None:
    """The decision in force that covers a part only; None where one covers all, or none is in force."""
    known = _in_force(leg, case)
    return None if any(one.scope_kind == "all" for one in known) else next(iter(known), None)


def _code(leg: Transfer) -> str:
    """The code under which decisions for the leg are kept; "" for an organisation that the facts do not know."""
    if blank(leg.international_organisation):
        return leg.destination or ""
    try:
        return country(leg.international_organisation or "").code
    except Refused:
        return ""


def _last_end(code: str, on: date) -> date | None:
    """The last day on which a decision for the place ended before that day."""
    ends = (
        one.ended_on or one.valid_until
        for one in history()
        if one.regime == EU_LAW and one.destination == code
    )
    return max((end for end in ends if end and end <= on), default=None)


def _no_recipient(n: int, leg: Transfer, case: Case) -> Gap:
    return Gap(
        f"transfers.{n}.recipient",
        f"The decision on {case.where(leg)} covers a part only, and the leg does not name its recipient.",
        fix="ropa activity set {ref} {field}=ORGANISATION",
    )


def _listed(recipient: Organisation, case: Case, *, staff: bool) -> tuple[Gap, ...]:
    """What keeps the recipient from being covered on the day; nothing where one of its certificates will do."""
    return case.once(_faults, recipient.ref, "staff" if staff else "")


def _faults(case: Case, ref: str | None, people: str | None) -> Iterator[Gap]:
    recipient = case.register.organisations[ref or ""]
    change = f"ropa {'entity' if recipient.ours else 'vendor'} set {recipient.ref} certifications"
    name = shown(recipient.name)
    certificates = [(n, one) for n, one in enumerate(recipient.certifications, 1) if is_dpf(one.scheme)]
    if not certificates:
        new = "{scheme: EU-US DPF, covers: COVERS, since: SINCE, until: UNTIL, checked_on: CHECKED}"
        yield Gap("", f"No certificate of {name} under the EU-US DPF is recorded.", fix=f"{change}+='{new}'")
        return
    faults = [(n, one, _fault(one, case.on, staff=bool(people))) for n, one in certificates]
    if not all(fault for _, _, fault in faults):
        return
    n, one, fault = max(faults, key=lambda each: each[1].until or date.max)
    over = one.until if one.until and one.until < case.on else None
    mends = {
        "until=UNTIL": over,
        "checked_on=CHECKED": over or stale(one, case.on),
        "since=SINCE": one.since and one.since > case.on,
        "covers=COVERS": people and not covers_staff(one.covers),
    }
    fix = " ".join(
        [change.rpartition(" ")[0], *(f"certifications.{n}.{mend}" for mend, due in mends.items() if due)]
    )
    yield Gap(
        "",
        f"The certificate of {name} under the EU-US DPF {fault}.",
        shown(one.covers),
        fix=fix,
        expired=over,
    )


def _fault(one: Certification, on: date, *, staff: bool) -> str:
    """What is wrong with a certificate on the day, in words that follow its name; "" where nothing is."""
    said = []
    if one.since and one.since > on:
        said.append(f"begins on {one.since} only")
    if one.until and one.until < on:
        said.append(f"ended on {one.until}")
    if stale(one, on):
        seen = f"was last looked up on {one.checked_on} (our setting: each year)"
        said.append(seen if one.checked_on and one.checked_on <= on else "was never looked up")
    if staff and not covers_staff(one.covers):
        said.append("does not name staff (HR) data")
    return ", and ".join(said)


def stale(one: Certification, on: date) -> bool:
    """Whether nobody looked a certificate up in time."""
    return one.checked_on is None or one.checked_on > on or day_after(one.checked_on, CHECKED_WITHIN) < on


def is_dpf(scheme: str | None) -> bool:
    """Whether a certificate of that scheme is one of the EU-US framework; its UK and Swiss sisters alone are none for this law."""
    words = f" {fold((scheme or '')[:200])} "
    named = " dpf " in words or " data privacy framework " in words
    return named and (" eu " in words or not (" swiss " in words or " uk " in words))


def covers_staff(covers: str | None) -> bool:
    """Whether the words for what a certificate covers name staff data, and nothing denies it: "HR and non-HR" does."""
    rest = without_denied(covers or "", "staff data")
    return tells(rest, "staff data") and not tells(rest, "not")
