"""Theme A, second part: what Article 30 asks a record to contain besides names."""

from functools import lru_cache

from ropa.gaps.case import Case
from ropa.gaps.outside import outside_places
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.catalogue import System


@rule(
    "ROPA-A104",
    severity="missing",
    on="controller",
    ask="What are the data used for, and for whom is that done?",
    law="GDPR Art. 30(1)(b); Art. 5(1)(b)",
    applies="a controller's activity that is not ended",
    good="Book appointments and remind patients of them",
    bad="Purposes: (empty)",
    fix="ropa activity set {ref} purposes+='…'",
)
def purposes(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """State at least one purpose.

    Everything else in the record is measured by what the data are for: which data are needed, how long, on what ground.
    """
    if any(not blank(purpose.text) for purpose in activity.purposes):
        return met("A purpose is stated.")
    if activity.purposes:
        return missing(
            Gap(
                "purposes.1.text",
                "The purpose has no text.",
                shown(activity.purposes[0].text),
                fix="ropa activity set {ref} purposes.1.text='…'",
            )
        )
    return missing(Gap("purposes", "No purpose is recorded."))


@rule(
    "ROPA-A105",
    severity="missing",
    on="controller",
    ask="Whose data are these, and which data of each?",
    law="GDPR Art. 30(1)(c)",
    applies="a controller's activity that is not ended",
    good="Employees × bank account number",
    bad="Data: 'HR data', and nobody whose data they are",
    fix="ropa activity set {ref} data+='{subjects: SUBJECTS, category: DATA, retention: RULE}'",
)
def data(activity: Activity, case: Case) -> Answer:
    """Say whose data these are, and which.

    Whose data and which data belong together: a list of people beside a list of data does not tell what is held of whom.
    """
    if not activity.data:
        return missing(Gap("data", "Neither people nor data are recorded."))
    gaps = []
    for n, line in enumerate(activity.data, 1):
        if line.subjects is None:
            which = shown(case.name("data_category", line.category))
            say = f"Line {n} ({which}) does not say whose data."
            gaps.append(Gap(f"data.{n}.subjects", say, fix="ropa activity set {ref} {field}=SUBJECTS"))
        if line.category is None:
            whose = shown(case.name("subject_category", line.subjects))
            say = f"Line {n} ({whose}) does not say which data."
            gaps.append(Gap(f"data.{n}.category", say, fix="ropa activity set {ref} {field}=DATA"))
    return found(gaps, "Every line names people and data.")


@rule(
    "ROPA-A106",
    severity="missing",
    on="controller",
    ask="Who receives or sees the data, inside and outside the house? Or nobody, and why?",
    law="GDPR Art. 30(1)(d); Art. 4(9)",
    applies="a controller's activity that is not ended",
    good="Printer of the letters (processor); customs office (authority)",
    bad="Data go to a host in the US, and no line tells who that is",
    fix="ropa activity set {ref} recipients+='{organisation: ORGANISATION, role: ROLE}'",
    otherwise='ropa activity state {ref} recipients --reason "…"',
)
def recipients(activity: Activity, case: Case) -> Answer:
    """Say who gets the data, here and abroad.

    The letter asks for categories; naming each is better and not required. Processors are recipients (Art. 4(9)), an
    authority in a particular inquiry is not. That only own staff see the data is an answer too, with its reason.
    """
    gaps = [*_nameless_recipients(activity), *_unlisted_importers(activity, case)]
    if not activity.recipients and not gaps:
        if stated := case.stated(activity, "recipients"):
            return not_applicable(f"Stated: {shown(stated.reason)}")
        return missing(Gap("recipients", "Neither a recipient, nor that there is none, is recorded."))
    return found(gaps, "Recipients are recorded.")


def _nameless_recipients(activity: Activity) -> list[Gap]:
    fix = "ropa activity set {ref} {field}='…'"
    return [
        Gap(f"recipients.{n}.category", f"Recipient {n} names nobody.", shown(one.category), fix, "")
        for n, one in enumerate(activity.recipients, 1)
        if one.organisation is None and blank(one.category)
    ]


def _unlisted_importers(activity: Activity, case: Case) -> list[Gap]:
    legs = case.legs(activity)
    if not legs or not all(map(blank, [one.category for one in activity.recipients])):
        return []
    listed = {one.organisation for one in activity.recipients} | {activity.entity, None}
    gaps = []
    for n, leg in legs:
        if (ref := leg.recipient) not in listed and ref:
            listed.add(ref)
            gaps.append(_unlisted(n, ref, case.name("organisation", ref)))
    return gaps


@lru_cache(maxsize=4096)
def _unlisted(n: int, ref: str, name: str) -> Gap:
    say = f"{shown(name)} receives data by a transfer and is not among the recipients."
    fix = f"ropa activity set {{ref}} recipients+='{{organisation: {ref}, role: ROLE}}'"
    return Gap(f"transfers.{n}.recipient", say, ref, fix, otherwise="")


@rule(
    "ROPA-A107",
    severity="missing",
    on="activity",
    ask="Do the data leave the EEA, or are they read from outside it: where, by whom? Or not, and how was that checked?",
    facts=("countries", "region_membership"),
    law="GDPR Art. 30(1)(e); Art. 30(2)(c)",
    applies="an activity that is not ended",
    good="None: hosting and all recipients are in the EEA, checked on 2 November 2026",
    bad="Transfers: (empty)",
    fix="ropa activity set {ref} transfers+='{destination: COUNTRY, recipient: ORGANISATION, mechanism: MECHANISM}'",
    otherwise='ropa activity state {ref} transfers --reason "…"',
)
def transfers(activity: Activity, case: Case) -> Answer:
    """Answer the transfer question and identify each destination.

    The letter applies where there are transfers. A blank does not show that there are none; a reasoned statement does. What
    the register knows of recipients, systems and sub-processors outside the EEA is told here while the question is open.
    """
    if legs := case.legs(activity):
        gaps = [
            Gap(
                f"transfers.{n}.destination",
                f"Leg {n} has no destination.",
                otherwise="",
                fix="ropa activity set {ref} {field}=COUNTRY",
            )
            for n, leg in legs
            if leg.destination is None and blank(leg.international_organisation)
        ]
        return found(
            gaps, "Every current leg names its destination; ROPA-X102 asks if each recipient abroad has one."
        )
    if stated := case.stated(activity, "transfers"):
        return not_applicable(f"Stated: {shown(stated.reason)}")
    known = "; ".join(place.say for place in outside_places(activity, case)[:3])
    return missing(
        Gap(
            "transfers",
            "Neither a transfer, nor that there is none, is recorded."
            + (f" Outside the EEA the register knows: {known}." if known else ""),
        )
    )


@rule(
    "ROPA-A108",
    severity="missing",
    on="controller",
    ask="How long is each kind of data kept? Or why can no limit be given?",
    law="GDPR Art. 30(1)(f); Art. 13(2)(a)",
    applies="a controller's activity with lines of data",
    good="Time sheets: 2 years from the end of the month",
    bad="Nothing, or '10 years' for all of it",
    fix="ropa activity set {ref} {field}=RULE",
    otherwise='ropa activity state {ref} {field} --reason "…"',
)
def time_limits(activity: Activity, case: Case) -> Answer:
    """Give each category of data its envisaged time limit.

    The letter wants limits for the different categories "where possible": a line names a retention rule, or a statement
    says why none can be given (for the line, or with data.retention for all of them).
    """
    if not activity.data:
        return not_applicable("No line of data is recorded yet.")
    open_lines = [(n, line) for n, line in enumerate(activity.data, 1) if line.retention is None]
    if not open_lines:
        return met("Every line names a retention rule.")
    unsaid = [
        (n, line)
        for n, line in open_lines
        if case.stated(activity, f"data.{n}.retention", "data.retention") is None
    ]
    # One statement for all the lines, where all of them are open.
    state = (
        'ropa activity state {ref} data.retention --reason "…"'
        if len(unsaid) == len(activity.data) > 1
        else None
    )
    gaps = [
        Gap(
            f"data.{n}.retention",
            f"Line {n} ({shown(case.name('data_category', line.category))}) has no time limit.",
            otherwise=state,
        )
        for n, line in unsaid
    ]
    if not gaps and len(open_lines) == len(activity.data):
        return not_applicable("Stated: no time limit can be given.")
    return found(gaps, "Every line names a retention rule, or a reason why none can be given.")


@rule(
    "ROPA-A109",
    severity="missing",
    on="activity",
    ask="How are the data protected?",
    law="GDPR Art. 30(1)(g); Art. 30(2)(d); Art. 32(1)",
    applies="an activity that is not ended",
    good="Access by role; disks encrypted; restore tested each quarter",
    bad="Measures: (empty)",
    fix="ropa activity set {ref} measures+=MEASURE",
    otherwise='ropa activity state {ref} measures --reason "…"',
)
def measures(activity: Activity, case: Case) -> Answer:
    """Describe the technical and organisational security measures.

    A general description is enough, "where possible". Measures of the systems that the activity runs on count as its own.
    """
    if activity.measures:
        return met("Measures are recorded.")
    if any(system.measures for ref in activity.systems if (system := case.register.get(System, ref))):
        return met("The measures of its systems are recorded.")
    if stated := case.stated(activity, "measures"):
        return not_applicable(f"Stated: {shown(stated.reason)}")
    return missing(Gap("measures", "No measure is recorded, neither its own nor of its systems."))
