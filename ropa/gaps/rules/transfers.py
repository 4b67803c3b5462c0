"""Theme T: transfers to third countries and international organisations (Chapter V)."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ropa.gaps.case import Case
from ropa.gaps.outside import has_clients_abroad, unrecorded_clients
from ropa.gaps.rule import Answer, Gap, found, met, not_applicable, rule
from ropa.gaps.texts import blank, shown, vague_phrase
from ropa.model.activity import Activity
from ropa.model.common import Statement
from ropa.model.parts import Transfer
from ropa.reference.wording import tells
from ropa.words import listing

_PLACES = ("countries", "region_membership")
_EACH_RESTS = "Every transfer has a mechanism."
_COMPELLING = "49-1-sub2"


@rule(
    "ROPA-T101",
    severity="missing",
    on="activity",
    about="a transfer abroad",
    ask="On what does each transfer rest: a decision, clauses, binding rules, an exception?",
    facts=(*_PLACES, "mechanisms", "telling_words"),
    law="GDPR Art. 44; Art. 45(1); Art. 46(1); Art. 48; Art. 49(1); Art. 96; Art. 13(1)(f), 14(1)(f)",
    applies="a current leg to a country outside the EEA, or to an international organisation",
    good="Brazil, translation agency: standard clauses, module 2",
    bad="Brazil: (empty)",
    fix="ropa activity set {ref} {field}=MECHANISM",
    otherwise='ropa activity state {ref} {field} --reason "TREATY of YEAR, Art. 96"',
)
def mechanism(activity: Activity, case: Case) -> Answer:
    """Give each transfer a mechanism.

    Data leave the Union only on adequacy, appropriate safeguards or a derogation. A foreign order (Art. 48) is none of these,
    nor is a tool of UK or Swiss law. An agreement of a Member State of before 24 May 2016 stays good (Art. 96): state it,
    for the leg or with transfers.mechanism for all of them. The reason must name it: a word such as treaty or agreement, and
    the year of it, 2016 at the latest.
    """
    abroad = case.legs_abroad(activity)
    if all(leg.mechanism and _of_chapter_v(leg.mechanism) for _, leg in abroad):
        return met(_EACH_RESTS)
    unsaid = [n for n, leg in abroad if leg.mechanism is None]
    said = {n: case.stated(activity, f"transfers.{n}.mechanism", "transfers.mechanism") for n in unsaid}
    old = {n: one for n, one in said.items() if one is not None and _old_agreement(one)}
    without = [(n, leg) for n, leg in abroad if n in said and n not in old]
    if len(old) == len(abroad):
        return not_applicable(f"Stated: {' '.join(dict.fromkeys(shown(one.reason) for one in old.values()))}")
    unnamed = any(said[n] for n, _ in without)
    gaps = [*_without(without, case, unnamed=unnamed), *_no_mechanism(abroad, case)]
    return found(gaps, _EACH_RESTS)


def _old_agreement(statement: Statement) -> bool:
    """Whether a reason names an international agreement of 2016 or before (Art. 96)."""
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", (statement.reason or "")[:1000])]
    return bool(years) and min(years) <= 2016 and tells(statement.reason or "", "treaty")


def _without(legs: list[tuple[int, Transfer]], case: Case, *, unnamed: bool) -> Iterator[Gap]:
    """One sentence for all legs without a mechanism, so that no destination is hidden, and one statement for them."""
    if not legs:
        return
    places = listing(list(dict.fromkeys(case.where(leg) for _, leg in legs)))
    say = f"The transfers to {places} have" if len(legs) > 1 else f"The transfer to {places} has"
    say += " no mechanism" + (", and the statement names no agreement of 2016 or before." if unnamed else ".")
    state = 'ropa activity state {ref} transfers.mechanism --reason "TREATY of YEAR, Art. 96"'
    for place, (n, _) in enumerate(legs):
        otherwise = None if len(legs) == 1 else state if place == 0 else ""
        yield Gap(f"transfers.{n}.mechanism", say, otherwise=otherwise)


@cache
def _of_chapter_v(mechanism: str) -> bool:
    return mechanism.startswith("4") and mechanism != "48"


def _no_mechanism(legs: Sequence[tuple[int, Transfer]], case: Case) -> Iterator[Gap]:
    for n, leg in legs:
        if leg.mechanism and not _of_chapter_v(leg.mechanism):
            label = case.label("mechanisms", leg.mechanism)
            say = f"The transfer to {case.where(leg)} names '{label}', which is no mechanism of Chapter V."
            yield Gap(f"transfers.{n}.mechanism", say, leg.mechanism, otherwise="")


@rule(
    "ROPA-T110",
    severity="missing",
    on="activity",
    about="a transfer",
    ask="Where are the assessment and the safeguards of this transfer, and who was told?",
    facts=("vague_words",),
    law="GDPR Art. 30(1)(e); Art. 30(2)(c); Art. 49(1) second subparagraph; Art. 49(3); Art. 49(6); recital 113",
    applies="a leg, current or over, for compelling legitimate interests",
    good="One-off, 12 people, encrypted; assessed, with the safeguards, authority and people told on a day",
    bad="Compelling interests, and no paper",
    fix="ropa activity set {ref} {field}='…'",
)
def compelling_interests(activity: Activity, case: Case) -> Answer:
    """Keep what proves a transfer for compelling interests in the record.

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
                        f"For the transfer to {case.where(leg)} no {words} can be read in the record."
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
    about="a transfer",
    ask="Is this a transfer at all: does another organisation outside the EEA receive the data?",
    facts=_PLACES,
    law="GDPR Art. 44; EDPB Guidelines 05/2021",
    applies="an activity with transfers",
    good="Engineers of another firm in the US look into the database",
    bad="A 'transfer' to Norway",
    fix="ropa activity set {ref} transfers-=N",
)
def no_transfer(activity: Activity, case: Case) -> Answer:
    """Take out what is not a transfer.

    A transfer has an exporter, another organisation that imports, and a third country. Norway is in the EEA; own staff abroad
    are no importer (security still counts).
    """
    gaps = []
    for n, leg in reversed(case.legs(activity)):  # the last first: taking one out renumbers those behind it
        remove = f"ropa activity set {{ref}} transfers-={n}"
        if leg.destination and not case.abroad(leg):
            gaps.append(
                Gap(
                    f"transfers.{n}.destination",
                    f"{case.where(leg)} is in the EEA on {case.on}.",
                    leg.destination,
                    fix=remove,
                )
            )
        elif leg.recipient is not None and leg.recipient == activity.entity:
            gaps.append(
                Gap(
                    f"transfers.{n}.recipient",
                    f"The leg to {case.where(leg) or 'a place not recorded'} has our own"
                    " entity as its importer.",
                    leg.recipient,
                    fix=remove,
                )
            )
    return found(gaps, "Every current leg leaves the EEA, to another organisation.")


@rule(
    "ROPA-T112",
    severity="risk",
    on="processor",
    ask="Do data go back to this client abroad, or can it reach them from there? On what does that rest?",
    facts=_PLACES,
    explainable=True,
    silenced_by=("ROPA-A107",),
    law="GDPR Art. 30(2)(c); Art. 44; Decision (EU) 2021/914 module 4; EDPB Guidelines 05/2021",
    applies="a processor's activity with a current client outside the EEA, unless the entity is outside it, too",
    good="A client in the US that reads its data here: clauses of module 4",
    bad="Transfers do not apply, and a client is in the US",
    fix="ropa activity set {ref} transfers+='{destination: COUNTRY, recipient: CLIENT, mechanism: MECHANISM}'",
    otherwise='ropa activity state {ref} ROPA-T112 --reason "…"',
)
def back_to_client(activity: Activity, case: Case) -> Answer:
    """Record what goes back to a client outside the EEA.

    A processor in the Union that hands data to its controller in a third country exports them, in the Board's view; not all
    lawyers share it where the data came from there. So this is a risk to look at, also where the client is in an adequate
    country. Where nothing is sent and the client cannot reach the data from there, a reason that names it says so.
    """
    if not has_clients_abroad(activity, case):
        return not_applicable("No current client is known to be outside the EEA.")
    gaps = []
    for n, ref, place in unrecorded_clients(activity, case):
        first = "ropa activity unstate {ref} transfers && " if case.stated(activity, "transfers") else ""
        gaps.append(
            Gap(
                f"clients.{n}.organisation",
                f"No transfer back to {place.say} is recorded, nor why there is none.",
                place.country,
                fix=f"{first}ropa activity set {{ref}} "
                f"transfers+='{{destination: {place.country}, recipient: {ref}, mechanism: MECHANISM}}'",
            )
        )
    return found(
        gaps, "Every client outside the EEA has a transfer of its own, or a reason why there is none."
    )
