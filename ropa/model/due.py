"""What falls due: reviews, announced ends, agreements, certificates, adequacy decisions, waivers. A list of days, not of gaps."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ropa.days import day_after
from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.codes import vocabulary
from ropa.model.notice import Waiver
from ropa.model.organisation import Organisation
from ropa.model.parts import Transfer
from ropa.model.redacted import marked
from ropa.model.register import Register
from ropa.model.speech import country_name
from ropa.model.touching import touches
from ropa.reference.adequacy import last_to_end
from ropa.reference.countries import country

REVIEW = "review"
"""What a review is called among what falls due."""
END = "end"
ADEQUACY = "adequacy"
WAIVER = "waiver"
_EU_LAW = "EU GDPR"
_ADEQUACY = "45"


@dataclass(frozen=True)
class Due:
    """Something that falls due on a day. do: what to do about it; command: what records that it was done.

    sort: what it is for those who compare: REVIEW, END, ADEQUACY, WAIVER, the kind of an agreement, the scheme of a certificate.
    """

    on: date
    what: str
    ref: str
    name: str
    do: str
    command: str
    sort: str


def falls_due(register: Register, on: date, until: date) -> list[Due]:
    """What is overdue on a day or falls due by another, in the order of the days.

    A review is due only where the record says how often: no interval is assumed. What only ended activities use is not due,
    nor is a paper that a later one of its kind has replaced.
    """
    every = (
        *_reviews(register),
        *_ends(register),
        *_papers(register),
        *_adequacy(register, on),
        *_waivers(register),
    )
    return sorted((d for d in every if d.on <= until), key=lambda d: (d.on, d.ref, d.what))


def review_due(activity: Activity) -> date | None:
    """The day on which an activity is to be reviewed again; None where nobody said how often, or it has ended.

    Until the first review the time is counted from the day on which the activity started.
    """
    if "reviewed_on" in marked(activity):  # a day that nobody knows any more is no first review to come
        return None
    begun = activity.reviewed_on or activity.started_on
    if activity.status not in ("active", "suspended") or not activity.review_every or not begun:
        return None
    return day_after(begun, activity.review_every)


def _reviews(register: Register) -> Iterator[Due]:
    for one in register.activities.values():
        if (day := review_due(one)) is not None:
            yield Due(
                day,
                REVIEW if one.reviewed_on else "first review",
                one.ref,
                one.name,
                "Ask the owner whether the record is still right.",
                f"ropa activity review {one.ref}",
                REVIEW,
            )


def _ends(register: Register) -> Iterator[Due]:
    """The last days of activities that go on: announced, or gone by without their end."""
    for one in register.activities.values():
        if one.ended_on and one.status not in ("ended", "draft"):
            yield Due(
                one.ended_on,
                "end of the activity",
                one.ref,
                one.name,
                "Record that it has ended, or take the day away.",
                f"ropa activity end {one.ref} --on {one.ended_on}",
                END,
            )


def _papers(register: Register) -> Iterator[Due]:
    for one in register.organisations.values():
        if not (one.agreements or one.certifications) or _done_with(register, one):
            continue
        change = f"ropa {'entity' if one.ours else 'vendor'} set {one.ref}"
        agreements = [((a.kind, a.party, a.set, a.modules), a.valid_until) for a in one.agreements]
        for n, day in _last_ends(agreements):
            kind = one.agreements[n - 1].kind
            what = f"end of {vocabulary('agreement').label(kind) if kind else 'an agreement, kind not said'}"
            do = "Renew it, or end what rests on it."
            yield Due(
                day, what, one.ref, one.name, do, f"{change} agreements.{n}.valid_until=DATE", kind or ""
            )
        for n, day in _last_ends([(c.scheme, c.until) for c in one.certifications]):
            scheme = one.certifications[n - 1].scheme or ""
            what = f"end of certificate ({scheme or 'scheme not said'})"
            do = "Look up whether it was renewed, and until when."
            command = f"{change} certifications.{n}.until=DATE certifications.{n}.checked_on=DATE"
            yield Due(day, what, one.ref, one.name, do, command, scheme)


def _done_with(register: Register, one: Organisation) -> bool:
    """Whether only activities that have ended use an organisation. One that nothing uses is not done with: it may come."""
    used = False
    for touch in touches(register, one):
        if touch.activity.status != "ended":
            return False
        used = True
    return used


def _last_ends(papers: Iterable[tuple[Hashable, date | None]]) -> Iterator[tuple[int, date]]:
    """Number and end of the papers, each with its kind, that no later or open one of the same kind stands in for."""
    numbered = list(enumerate(papers, 1))
    for kind in dict.fromkeys(kind for _, (kind, _) in numbered):
        own = [(n, end) for n, (other, end) in numbered if other == kind]
        if all(end for _, end in own):
            n, last = max(own, key=lambda paper: paper[1] or date.max)
            yield n, last or date.max


def _adequacy(register: Register, on: date) -> Iterator[Due]:
    for one in register.activities.values():
        if one.status == "ended":
            continue
        entity = register.get(Organisation, one.entity)
        regime = (entity.jurisdiction if entity else None) or _EU_LAW
        for n, leg in enumerate(one.transfers, 1):
            if leg.mechanism != _ADEQUACY or (leg.until and leg.until < on):
                continue
            code = _code(leg)
            if code and (last := last_to_end(regime, code, on)) and last.end:
                where = leg.international_organisation or country_name(code)
                yield Due(
                    last.end,
                    f"end of the adequacy decision on {where} ({last.decision})",
                    one.ref,
                    one.name,
                    "Find what the transfer rests on after that day.",
                    f"ropa activity set {one.ref} transfers.{n}.mechanism=MECHANISM",
                    ADEQUACY,
                )


def _code(leg: Transfer) -> str:
    """The code under which decisions for the leg are kept; "" for an organisation that the facts do not know."""
    if not leg.international_organisation:
        return leg.destination or ""
    try:
        return country(leg.international_organisation).code
    except Refused:
        return ""


def _waivers(register: Register) -> Iterator[Due]:
    for one in register.all(Waiver).values():
        if one.until and one.rule and one.record:
            yield Due(
                one.until,
                f"end of waiver {one.ref} of {one.rule}",
                one.record,
                _name(register, one),
                "Mend the gap, or accept it again with a reason.",
                f"ropa waive {one.rule} {one.record} --until DATE --reason TEXT",
                WAIVER,
            )


def _name(register: Register, waiver: Waiver) -> str:
    record = register.records.get(waiver.record_kind or "", {}).get(waiver.record or "")
    return record.name if record else waiver.name
