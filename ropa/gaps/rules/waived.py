"""Theme G, fourth part: the exceptions themselves."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, rule
from ropa.gaps.texts import no_reason, shown
from ropa.model.notice import Waiver


@rule(
    "ROPA-G106",
    severity="quality",
    on="waiver",
    ask="Is this gap still accepted, why, and until when?",
    law="GDPR Art. 5(2)",
    applies="a waiver",
    good="Until the end of June, when the contract is signed",
    bad="'Accepted', and no day",
    fix='ropa waive RULE REF --reason "…" --until DATE',
    otherwise="ropa unwaive RULE REF",
)
def exceptions(waiver: Waiver, case: Case) -> Answer:
    """Renew or drop waivers that ran out.

    An exception that nobody explains proves nothing, and one without an end is a gap that was forgotten. No law asks for it: a
    rule of this house. A waiver never makes a rule met; when it has run out the gap is open again.
    """
    again = f'ropa waive {waiver.rule} {waiver.record} --reason "…" --until DATE'
    drop = f"ropa unwaive {waiver.rule} {waiver.record}"
    gaps = []
    if no_reason(waiver.reason):
        gaps.append(Gap("reason", "It gives no reason.", shown(waiver.reason), again, drop))
    if waiver.until is None:
        gaps.append(Gap("until", "It names no last day.", "", again, drop))
    elif waiver.until < case.on:
        say = f"It ran out on {waiver.until}."
        gaps.append(Gap("until", say, str(waiver.until), again, drop, waiver.until))
    if waiver.record not in case.register.records.get(waiver.record_kind or "", {}):
        gaps.append(
            Gap("record", f"There is no {shown(waiver.record)} any more.", shown(waiver.record), drop, "")
        )
    return found(gaps, "It has a reason and a last day to come.")
