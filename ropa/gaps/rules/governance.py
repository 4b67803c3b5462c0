"""Theme G: who answers for the record, and whether it is kept up."""

from collections.abc import Iterator
from datetime import date

from ropa.days import day_after
from ropa.gaps.case import EU_LAW, Case
from ropa.gaps.rule import Answer, Gap, met, missing, not_applicable, rule
from ropa.gaps.rules.processor import representative_named
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation

REVIEW_EVERY = "P1Y"
"""Our setting where the record gives no interval of its own: the law names none."""


@rule(
    "ROPA-G100",
    severity="info",
    on="entity",
    ask="Which data protection law binds this company first?",
    law="GDPR Art. 3",
    applies="an organisation of ours that an activity names as its entity",
    good="Jurisdiction: EU GDPR",
    bad="Findings of the EU GDPR shown for a company in London as if its own law spoke",
    fix="ropa {noun} set {ref} jurisdiction='EU GDPR'",
)
def other_law(entity: Organisation, case: Case) -> Answer:
    """Know that these rules are those of the EU GDPR only.

    UK, Swiss and Union-institution law have articles and transfer rules of their own. Activities of such an entity are not
    judged at all rather than by the wrong law. Where the EU GDPR binds it as well (Art. 3(2)), record that one.
    """
    law = case.other_law(entity)
    if not law:
        return met("The EU GDPR binds it, or nothing else is said.")
    return missing(
        Gap(
            "jurisdiction",
            f"{shown(entity.name)} is under {law}: its activities are not checked, for the rules"
            f" are those of the {EU_LAW} only.",
            law,
        )
    )


@rule(
    "ROPA-G102",
    severity="quality",
    on="activity",
    ask="Is the record still right?",
    law="GDPR Art. 24(1), 5(2); Art. 30(2) for a processor",
    applies="an activity that is not ended",
    good="Looked at in spring, each year anew",
    bad="Never reviewed since it was imported",
    fix="ropa activity review {ref}",
)
def review(activity: Activity, case: Case) -> Answer:
    """Review each activity in time.

    A controller reviews and updates its measures where necessary, and shows it; a processor's record has to be right as well.
    No text fixes how often. A year is our setting; review_every of the record sets another.
    """
    (answer,) = case.once(_in_time, activity.reviewed_on, activity.review_every)
    return answer


def _in_time(case: Case, last: date | None, every: str | None) -> Iterator[Answer]:
    """The answer about all that was reviewed on the same day: many at a time, as a rule."""
    if last is None or last > case.on:
        yield missing(Gap("reviewed_on", "No review is recorded.", str(last or "")))
        return
    due = day_after(last, every or REVIEW_EVERY)
    if due >= case.on:
        yield met(f"Reviewed on {last}, due again on {due}.")
        return
    say = f"The last review was on {last}; the next was due on {due}"
    say += "." if every else " (our setting: yearly)."
    yield missing(Gap("reviewed_on", say, str(last), expired=due))


@rule(
    "ROPA-G104",
    severity="missing",
    on="entity",
    ask="Is there a representative in the Union, who is it? Or why is none needed?",
    facts=("countries", "region_membership"),
    law="GDPR Art. 27(1)-(3); Art. 3(1)-(2); Art. 30(1)(a), 30(2)(a)",
    applies="an organisation of ours outside the EEA, or in a country not recorded, that an activity names as its entity",
    good="A shop in Switzerland, its representative in Austria",
    bad="An app from the US for people in the Union, and no representative",
    fix="ropa {noun} set {ref} representative.name='…' representative.country=COUNTRY representative.email='…'",
    otherwise='ropa {noun} state {ref} representative --reason "…"',
)
def representative(entity: Organisation, case: Case) -> Answer:
    """Settle whether a representative in the Union is needed, and name it.

    Whom Art. 3(2) binds names somebody in a Member State whose people are concerned; Article 30 asks for it "where
    applicable". None is needed by a public body, or where the processing is occasional, without special or criminal data on a
    large scale and unlikely to be a risk (Art. 27(2)), or where an establishment in the Union brings Art. 3(1): state it.
    """
    if entity.public_body:
        return not_applicable("It is a public body (Art. 27(2)(b)).")
    stated = case.stated(entity, "representative")
    if entity.representative is None and stated is not None:
        return not_applicable(f"Stated: {shown(stated.reason)}")
    if entity.country is None and entity.representative is None:
        return missing(
            Gap(
                "country",
                "No country is recorded, so the record does not show whether a representative in the"
                " Union is needed.",
                fix="ropa {noun} set {ref} country=COUNTRY",
                otherwise="",
            )
        )
    if entity.country is not None and not case.outside(entity.country):
        return not_applicable("It is established in the EEA.")
    answer = representative_named(entity)
    who = entity.representative
    if who is not None and (who.country is None or case.outside(who.country)):
        place = Gap(
            "representative.country",
            "It is not recorded that the representative is established in the EEA.",
            who.country or "",
            fix="ropa {noun} set {ref} representative.country=COUNTRY",
            otherwise="",
        )
        return missing(*answer.gaps, place)
    return answer
