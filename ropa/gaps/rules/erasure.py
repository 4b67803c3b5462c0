"""Theme R, second part: what a retention rule says of its reasons and its end, and whether the end came."""

from datetime import date

from ropa.days import day_after
from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import RetentionRule
from ropa.reference.wording import tells

GRACE = "P1Y"
"""Our setting, and not law: a period often starts after the end only, such as at the close of the financial year. A shorter period
starts sooner, so no more than its own length is added to it."""
_TELLS_METHOD = ("erase", "anonymise")


@rule(
    "ROPA-R103",
    severity="quality",
    on="retention",
    ask="From which event does the period run, and which law or reason sets its length?",
    explainable=True,
    law="GDPR Art. 5(1)(e), 5(2); recital 39; CNIL, guide on retention periods (2020)",
    applies="a retention rule with a period that a controller's activity uses",
    good="5 years from payment of the salary, Labour Code and its section",
    bad="5 years",
    fix="ropa retention set {ref} {field}='…'",
    otherwise='ropa retention state {ref} ROPA-R103 --reason "…"',
)
def start_and_ground(retention: RetentionRule, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Say from when a period runs, and what sets it.

    A period without its start gives no day of erasure, and one without a ground cannot be defended or shortened. The letter
    asks for the limit alone, so this is a matter of quality.
    """
    if not retention.period:
        return not_applicable("It has no period.")
    asked = (("starts", "From when the period runs"), ("ground", "Which law or reason sets the period"))
    return found(
        (
            Gap(field, f"{words} is not recorded.", shown(value))
            for field, words in asked
            if blank(value := getattr(retention, field))
        ),
        "Its start and its ground are recorded.",
    )


@rule(
    "ROPA-R104",
    severity="quality",
    on="retention",
    ask="What happens to the data at the end, and how is it done, in the copies too?",
    facts=("telling_words",),
    explainable=True,
    silenced_by=("ROPA-R101",),
    law="GDPR Art. 5(1)(e), 17(1)(a); Art. 4(5); recital 26; Article 29 Working Party, Opinion 05/2014 (10 April 2014)",
    applies="a retention rule that a controller's activity uses",
    good="Erased by a nightly job; copies overwritten after 35 days",
    bad="Anonymised: the e-mail address is hashed",
    fix="ropa retention set {ref} {field}='…'",
    otherwise='ropa retention state {ref} ROPA-R104 --reason "…"',
)
def end_of_period(retention: RetentionRule, case: Case) -> Answer:  # noqa: ARG001
    """Say what happens at the end, and make sure that it is real.

    Data that somebody can still tie to a person with a key, a hash or a token are pseudonymised (Art. 4(5)), not anonymous;
    an account that is switched off is not erased. Whether a hash can be undone is argued case by case: explain it.
    """
    if retention.fate is None:
        fix = "ropa retention set {ref} fate=FATE"
        return missing(Gap("fate", "What happens to the data when the period ends is not recorded.", fix=fix))
    if retention.fate not in _TELLS_METHOD:
        return met("What happens at the end is recorded.")
    if blank(retention.method):
        say = f"How it is done to {retention.fate} the data is not recorded."
        return missing(Gap("method", say, shown(retention.method)))
    method = retention.method or ""
    if retention.fate == "anonymise" and tells(method, "pseudonymised"):
        say = f"'{shown(method)}' leaves data that somebody may still tie to a person."
        return missing(Gap("method", say, shown(method)))
    if retention.fate == "erase" and tells(method, "switched off") and not tells(method, "erases"):
        return missing(Gap("method", f"'{shown(method)}' erases nothing.", shown(method)))
    return met("What happens at the end, and how, is recorded.")


@rule(
    "ROPA-R105",
    severity="risk",
    on="ended",
    ask="Were the data of this activity erased, and when? Or where are they, and why?",
    sure="medium",
    law="GDPR Art. 5(1)(e), 5(2); Art. 17(1)(a)",
    applies="a controller's activity that ended, when its longest period and as long again, a year at most (our setting), have passed",
    good="Erased on a day, with the number of the log",
    bad="Ended in 2019, kept for 5 years, and no word since",
    fix="ropa activity set {ref} erased_on=DATE",
    otherwise='ropa activity state {ref} erased_on --reason "…"',
)
def erased(activity: Activity, case: Case) -> Answer:
    """Confirm erasure after an activity has ended and its periods have run out.

    Data are kept no longer than is necessary (Art. 5(1)(e)), and this allows nothing more: it is only when the question is
    asked. A period may start after the end only, so its own length is added, a year at most: our setting, not law. Data whose
    period cannot be worked out are asked about a year after the end. That they moved to another activity, or to an archive, is an answer: state it.
    """
    if activity.ended_on is None or not activity.data:
        return not_applicable("It has no day of its end, or no data: nothing can be worked out.")
    if activity.erased_on is not None:
        return met(f"Erased on {activity.erased_on}.")
    if stated := case.stated(activity, "erased_on"):
        return not_applicable(f"Stated: {shown(stated.reason)}")
    periods = [_period(line.retention, case) for line in activity.data]
    over = max(_over(activity.ended_on, period) for period in periods)
    if over >= case.on:
        return met(f"It is asked after {over}: the longest period, and time for a late start (our setting).")
    say = f"It ended on {activity.ended_on}, its periods are over"
    if not all(periods):
        say = f"It ended on {activity.ended_on}, until when all its data are kept cannot be worked out"
    return missing(Gap("erased_on", f"{say}, and no erasure is recorded."))


def _period(ref: str | None, case: Case) -> str:
    known = case.register.get(RetentionRule, ref)
    return (known.period or "") if known else ""


def _over(end: date, period: str) -> date:
    a_year = day_after(end, GRACE)
    if not period:
        return a_year
    once = day_after(end, period)
    return min(day_after(once, GRACE), day_after(once, period))
