"""Theme A, first part: whose record it is, in which role (Art. 30(1)(a), 30(2)(a))."""

from collections.abc import Iterator

from ropa.gaps.case import Case
from ropa.gaps.contacts import person_gaps, unreachable
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation


@rule(
    "ROPA-A100",
    severity="missing",
    on="activity",
    ask="Do we decide why and how the data are used, or do we act for somebody else?",
    law="GDPR Art. 30(1); Art. 30(2); Art. 4(7)-(8)",
    applies="an activity that is not ended",
    good="Role: processor",
    bad="Role: (empty)",
    fix="ropa activity set {ref} role=ROLE",
)
def role(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Say whether we are controller or processor.

    Article 30 has two lists of content: that of paragraph 1 for one who decides why and how, that of paragraph 2 for one
    who acts for another. Without the role nobody can tell which applies; meanwhile the record is asked as a controller's.
    """
    if activity.role:
        return met(f"It is a {activity.role}'s record.")
    return missing(Gap("role", "It is not recorded whether we are controller or processor."))


@rule(
    "ROPA-A101",
    severity="missing",
    on="activity",
    ask="Which of our companies is responsible, and how can it be reached?",
    law="GDPR Art. 30(1)(a); Art. 30(2)(a)",
    applies="an activity that is not ended",
    good="The registered name, street, town and country of our company, and its privacy mailbox",
    bad="Controller: 'the company'",
    fix="ropa activity set {ref} entity=ENTITY",
)
def responsible(activity: Activity, case: Case) -> Answer:
    """Say whose record this is, and how to reach them.

    Name and contact details come first in both lists of Article 30. The law does not say what they are: one way to
    reach the organisation answers the words; the forms of authorities ask for post, phone and mailbox.
    """
    return found(case.once(_faults, activity.entity), "The organisation is named and can be reached.")


def _faults(case: Case, ref: str | None) -> Iterator[Gap]:
    """What any activity lacks that names this organisation as its entity."""
    if ref is None:
        yield Gap("entity", "It is not recorded which organisation is responsible.")
        return
    entity = case.organisation(ref)
    if entity is None:
        yield Gap("entity", "The organisation that it names is not in the register.", ref)
        return
    change = f"ropa {'entity' if entity.ours else 'vendor'} set {ref}"
    if not entity.ours:
        say = f"{shown(entity.name)} is not recorded as one of our organisations."
        yield Gap("entity", say, ref, fix=f"{change} ours=yes")
    if blank(entity.name):
        say = "The organisation has no real name."
        yield Gap("entity", say, shown(entity.name), fix=f"{change} name='…'")
    yield from unreachable(entity, "entity")


@rule(
    "ROPA-A102",
    severity="missing",
    on="entity",
    ask="Who is the data protection officer, and how can the officer be reached? Or is there none, and why?",
    law="GDPR Art. 30(1)(a); Art. 30(2)(a); Art. 37(7)",
    applies="an organisation of ours that an activity names as its entity",
    good="Name of the officer or of the outside company, its mailbox and telephone",
    bad="Data protection officer: 'see intranet'",
    fix="ropa {noun} set {ref} dpo.name='…' dpo.email='…'",
    otherwise='ropa {noun} state {ref} dpo --reason "…"',
)
def officer(entity: Organisation, case: Case) -> Answer:
    """Name the data protection officer, or say why there is none.

    Article 30 wants the officer named "where applicable". A blank does not tell an organisation without an officer from one
    that forgot to write it down; a reasoned statement does.
    """
    dpo = entity.dpo
    if dpo is None or not (dpo.name or dpo.email or dpo.phone or dpo.address):
        if stated := case.stated(entity, "dpo"):
            return not_applicable(f"Stated: {shown(stated.reason)}")
        return missing(Gap("dpo", "Neither an officer, nor that there is none, is recorded."))
    return found(person_gaps(dpo, "dpo", "officer"), "The officer is named and can be reached.")


@rule(
    "ROPA-A103",
    severity="missing",
    on="controller",
    about="a joint controller",
    ask="Who decides together with us, and how can that organisation be reached?",
    law="GDPR Art. 30(1)(a); Art. 26(1)",
    applies="a controller's activity with a current recipient whose role is joint controller",
    good="Joint controller: the university that runs the study with us, its address and mailbox",
    bad="Joint controllers: 'partners'",
    fix="ropa activity set {ref} {field}=ORGANISATION",
)
def joint_controllers(activity: Activity, case: Case) -> Answer:
    """Name every joint controller, with contact details.

    The record names the joint controller beside the controller, so that people and the authority can reach either.
    """
    joint = [(n, one) for n, one in case.recipients(activity) if one.role == "joint controller"]
    gaps = []
    for n, one in joint:
        organisation = case.organisation(one.organisation)
        if organisation is None:
            gaps.append(
                Gap(
                    f"recipients.{n}.organisation",
                    f"Joint controller {n} is named in words only.",
                    shown(one.category),
                )
            )
        else:
            gaps += unreachable(organisation, f"recipients.{n}.organisation")
    return found(gaps, "Every joint controller is named and can be reached.")
