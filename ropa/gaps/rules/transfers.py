"""Theme T: transfers to third countries and international organisations (Chapter V)."""

from datetime import date

from ropa.errors import Refused
from ropa.gaps.case import EU_LAW, Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown, vague_phrase
from ropa.model.activity import Activity
from ropa.model.parts import Transfer
from ropa.reference.adequacy import decisions, history
from ropa.reference.countries import country
from ropa.words import listing

_PLACES = ("countries", "region_membership")
_ADEQUACY = "45"
_COMPELLING = "49-1-sub2"


@rule(
    "ROPA-T101",
    severity="missing",
    on="activity",
    facts=(*_PLACES, "mechanisms"),
    law="GDPR Art. 44; Art. 45(1); Art. 46(1); Art. 48; Art. 49(1); Art. 96; Art. 13(1)(f), 14(1)(f)",
    applies="a current leg to a country outside the EEA, or to an international organisation",
    good="India, support centre: standard clauses, module 2",
    bad="India: (empty)",
    fix="ropa activity set {ref} {field}=MECHANISM",
    otherwise='ropa activity state {ref} {field} --reason "international agreement of before 24 May 2016: …"',
)
def mechanism(activity: Activity, case: Case) -> Answer:
    """Give each transfer a mechanism.

    Data leave the Union only on adequacy, appropriate safeguards or a derogation. A foreign order (Art. 48) is none of these,
    nor is a tool of UK or Swiss law. An agreement of a Member State older than the Regulation stays good (Art. 96): state it.
    """
    abroad = [(n, leg) for n, leg in case.legs(activity) if case.abroad(leg)]
    if not abroad:
        return not_applicable("No current leg is known to leave the EEA.")
    blank = [(n, leg) for n, leg in abroad if leg.mechanism is None]
    said = {n: case.stated(activity, f"transfers.{n}.mechanism") for n, _ in blank}
    without = [(n, leg) for n, leg in blank if not said[n]]
    stated = len(blank) - len(without)
    reasons = dict.fromkeys(shown(one.reason) for one in said.values() if one)
    # One sentence for all, so that no destination is hidden behind "and 3 more".
    places = listing(list(dict.fromkeys(_where(leg, case) for _, leg in without)))
    say = (
        f"The transfers to {places} have no mechanism."
        if len(without) > 1
        else f"The transfer to {places} has no mechanism."
    )
    gaps = [Gap(f"transfers.{n}.mechanism", say) for n, _ in without]
    for n, leg in abroad:
        field = f"transfers.{n}.mechanism"
        if leg.mechanism is None:
            continue
        if leg.mechanism == "48" or not leg.mechanism.startswith("4"):
            label = case.label("mechanisms", leg.mechanism)
            gaps.append(
                Gap(
                    field,
                    f"The transfer to {_where(leg, case)} names '{label}', which is no mechanism of Chapter V.",
                    leg.mechanism,
                    otherwise="",
                )
            )
    if stated == len(abroad):
        return not_applicable(f"Stated: {' '.join(reasons)}")
    return found(gaps, "Every transfer has a mechanism.")


@rule(
    "ROPA-T102",
    severity="risk",
    on="activity",
    facts=(*_PLACES, "adequacy"),
    law="GDPR Art. 45(3), 45(5), 45(9)",
    applies="a current leg that rests on an adequacy decision",
    good="United Kingdom, on the decision in force on the day",
    bad="United States in 2021, on 'Privacy Shield' (annulled on 16 July 2020)",
    fix="ropa activity set {ref} {field}=MECHANISM",
)
def adequacy(activity: Activity, case: Case) -> Answer:
    """Check that the adequacy decision is in force on the date.

    Decisions are limited in time, repealed and annulled; with the decision the transfer loses what it rests on.
    """
    resting = [(n, leg) for n, leg in case.legs(activity) if leg.mechanism == _ADEQUACY and case.abroad(leg)]
    if not resting:
        return not_applicable("No current transfer rests on an adequacy decision.")
    gaps = []
    for n, leg in resting:
        code = _code(leg)
        if code and decisions(EU_LAW, code, case.on):
            continue
        ended = _last_end(code, case.on)
        gaps.append(
            Gap(
                f"transfers.{n}.mechanism",
                f"For {_where(leg, case)} no adequacy decision is in force on {case.on}"
                + (f"; the last one ended on {ended}." if ended else "."),
                leg.mechanism or "",
                expired=ended,
            )
        )
    return found(gaps, "A decision is in force for each transfer that rests on one.")


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


def _where(leg: Transfer, case: Case) -> str:
    return shown(case.destination(leg))


@rule(
    "ROPA-T110",
    severity="missing",
    on="activity",
    facts=("vague_words",),
    law="GDPR Art. 30(1)(e); Art. 30(2)(c); Art. 49(1) second subparagraph; Art. 49(3); Art. 49(6); recital 113",
    applies="a leg, current or over, for compelling legitimate interests",
    good="One-off, 12 people, encrypted; assessed, with the safeguards, authority and people told on a day",
    bad="Compelling interests, and no paper",
    fix="ropa activity set {ref} {field}='…'",
)
def compelling_interests(activity: Activity, case: Case) -> Answer:
    """Document a transfer for compelling legitimate interests in the record itself.

    This last resort wants the assessment and the suitable safeguards in this very record (Art. 49(6)); the authority and the
    people concerned are told as well. It is closed to public authorities in the exercise of their public powers (Art. 49(3)):
    where the transfer is not such an exercise, say so with a statement on ROPA-T110.
    """
    legs = [(n, leg) for n, leg in enumerate(activity.transfers, 1) if leg.mechanism == _COMPELLING]
    if not legs:
        return not_applicable("No transfer rests on compelling legitimate interests.")
    gaps = []
    for n, leg in legs:
        for field, words in (("art49_assessment", "assessment"), ("art49_safeguards", "suitable safeguards")):
            text = getattr(leg, field)
            if blank(text) or vague_phrase(text, "transfer"):
                gaps.append(
                    Gap(
                        f"transfers.{n}.{field}",
                        f"For the transfer to {_where(leg, case)} no {words} can be read in the record."
                        " The authority and the people are to be told, too.",
                        shown(text),
                    )
                )
    entity = case.organisation(activity.entity)
    if entity is not None and entity.public_body and not case.explained(activity, "ROPA-T110"):
        gaps.append(
            Gap(
                f"transfers.{legs[0][0]}.mechanism",
                "The entity is a public body, and it is not recorded why Art."
                " 49(3) does not stand in the way.",
                _COMPELLING,
                fix='ropa activity state {ref} ROPA-T110 --reason "…"',
            )
        )
    return found(gaps, "Assessment and safeguards are in the record.")


@rule(
    "ROPA-T111",
    severity="quality",
    on="activity",
    facts=_PLACES,
    law="GDPR Art. 44; EDPB Guidelines 05/2021",
    applies="an activity with transfers",
    good="Remote access by a separate vendor in the US",
    bad="A 'transfer' to Norway",
    fix="ropa activity set {ref} transfers-=N",
)
def no_transfer(activity: Activity, case: Case) -> Answer:
    """Take out what is not a transfer.

    A transfer has an exporter, another organisation that imports, and a third country. Norway is in the EEA; own staff abroad
    are no importer (security still counts).
    """
    if not activity.transfers:
        return not_applicable("No transfer is recorded.")
    gaps = []
    for n, leg in reversed(
        list(case.legs(activity))
    ):  # the last first: taking one out renumbers those behind it
        remove = f"ropa activity set {{ref}} transfers-={n}"
        if leg.destination and not case.abroad(leg):
            gaps.append(
                Gap(
                    f"transfers.{n}.destination",
                    f"{_where(leg, case)} is in the EEA on {case.on}.",
                    leg.destination,
                    fix=remove,
                )
            )
        elif leg.recipient is not None and leg.recipient == activity.entity:
            gaps.append(
                Gap(
                    f"transfers.{n}.recipient",
                    f"The leg to {_where(leg, case) or 'a place not recorded'} has our own"
                    " entity as its importer.",
                    leg.recipient,
                    fix=remove,
                )
            )
    return found(gaps, "Every current leg leaves the EEA, to another organisation.")
