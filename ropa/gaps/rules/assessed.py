"""Theme D, second part: what is asked of an impact assessment that is there (Art. 35(2), (11), 36)."""

from datetime import date

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.rules.whereabouts import APPLIED
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.words import listing


@rule(
    "ROPA-D104",
    severity="risk",
    on="controller",
    about="an assessment",
    ask="Was the impact assessed before the processing began?",
    explainable=True,
    law="GDPR Art. 35(1), 99(2); Article 29 Working Party, WP 248 rev.01 (4 October 2017), III.B",
    applies="an impact assessment with its day, of an activity whose first day is recorded",
    good="Assessed two months before the start",
    bad="Assessed a year after the start",
    fix="ropa activity set {ref} dpia.date=EARLIER",
    otherwise='ropa activity state {ref} ROPA-D104 --reason "first version of DATE, replaced since"',
)
def before_start(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Date the assessment before the start.

    It is made "prior to the processing". A later version of an older assessment is no fault: explain it. What began before
    25 May 2018 is not asked.
    """
    day, start = activity.dpia.date if activity.dpia else None, activity.started_on
    if day is None or start is None:
        return not_applicable("The day of the assessment and the first day cannot be compared.")
    if start < APPLIED or day <= start:
        return met("It was assessed before the start, or began before the Regulation applied.")
    return missing(Gap("dpia.date", f"It began on {start} and was assessed on {day}.", str(day)))


@rule(
    "ROPA-D105",
    severity="risk",
    on="controller",
    about="an assessment",
    ask="Does the assessment still hold with what came later?",
    explainable=True,
    law="GDPR Art. 35(11)",
    applies="an impact assessment with its day",
    good="Looked at anew when the new host came",
    bad="A new host in the US since, and nobody looked",
    fix="ropa activity set {ref} dpia.date=DATE",
    otherwise='ropa activity state {ref} ROPA-D105 --reason "the change of DATE leaves the risk as it was"',
)
def reviewed(activity: Activity, case: Case) -> Answer:
    """Review the assessment after a change.

    It is reviewed where necessary, at least when the risk changes. What the record dates is seen: recipients and transfers
    that began later. Not each of them changes the risk: explain it.
    """
    day = activity.dpia.date if activity.dpia else None
    if day is None:
        return not_applicable("The day of the assessment is not recorded.")
    known = max(day, activity.started_on or day)  # what began with the activity was there to be assessed
    later = [
        _who(one.organisation, one.category, case)
        for _, one in case.recipients(activity)
        if _after(one.since, known)
    ]
    later += [
        f"the transfer to {case.where(leg)}"
        for _, leg in case.legs_abroad(activity)
        if _after(leg.since, known)
    ]
    if not later:
        return met("Nothing that the record dates came after the assessment.")
    say = f"It was assessed on {day}; {listing(later)} came later."
    return missing(Gap("dpia.date", say, str(day)))


def _after(since: date | None, day: date) -> bool:
    return since is not None and since > day


def _who(ref: str | None, words: str | None, case: Case) -> str:
    return shown(case.name("organisation", ref) if ref else words or "a recipient")


@rule(
    "ROPA-D106",
    severity="risk",
    on="controller",
    about="an assessment",
    ask="When was the authority consulted on the risk that remains?",
    law="GDPR Art. 36(1); recitals 84, 94",
    applies="an impact assessment whose outcome is a residual high risk",
    good="Authority consulted on a day, its advice followed",
    bad="A high risk remains, and the processing began",
    fix="ropa activity set {ref} dpia.consulted_on=DATE",
)
def consulted(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Consult the authority where a high risk remains.

    Art. 36(1), read with recital 94, asks for it before the processing; a later assessment with a lower risk is an answer as
    well. No letter of Article 30 asks for its day: a risk, not missing.
    """
    dpia = activity.dpia
    if dpia is None or dpia.outcome != "residual high risk":
        return not_applicable("No high risk remains on record.")
    if dpia.consulted_on is not None:
        return met(f"The authority was consulted on {dpia.consulted_on}.")
    return missing(
        Gap("dpia.consulted_on", "A high risk remains, and no consultation of the authority is recorded.")
    )


@rule(
    "ROPA-D108",
    severity="risk",
    on="controller",
    about="an assessment",
    ask="What did the data protection officer advise on this assessment, and where is it kept?",
    law="GDPR Art. 35(2), 39(1)(c)",
    applies="an impact assessment, where the entity has a data protection officer",
    good="Advice of 2 March 2026, DPIA-3, section 6: followed but for one point",
    bad="Signed by the project, and the officer was not asked",
    fix="ropa activity set {ref} dpia.dpo_advice='…'",
)
def advice(activity: Activity, case: Case) -> Answer:
    """Ask the officer's advice on the assessment.

    The controller seeks it "where designated". Art. 35 asks for it, and no letter of Article 30: a risk, not missing.
    """
    entity = case.organisation(activity.entity)
    if entity is None or entity.dpo is None:
        return not_applicable("No data protection officer is recorded.")
    text = activity.dpia.dpo_advice if activity.dpia else None
    say = "The advice of the data protection officer on the assessment is not recorded."
    return found([Gap("dpia.dpo_advice", say, shown(text))] if blank(text) else [], "The advice is recorded.")
