"""Theme G, second part: the data protection officer, and who owns a record."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation


@rule(
    "ROPA-G101",
    severity="quality",
    on="activity",
    ask="Who answers for this activity?",
    law="GDPR Art. 5(2), 24(1); Data Protection Commission (Ireland), guidance on records (April 2023)",
    applies="an activity that is not ended",
    good="Head of Payroll",
    bad="(empty)",
    fix="ropa activity set {ref} owner='…'",
)
def owner(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Give each activity an owner.

    Nobody keeps up a record that nobody owns. A function ages better than a person; who has left is not known here.
    """
    if blank(activity.owner):
        return missing(Gap("owner", "No owner is recorded.", shown(activity.owner)))
    return met("It has an owner.")


@rule(
    "ROPA-G103",
    severity="risk",
    on="entity",
    ask="Who is the data protection officer of this public body?",
    silenced_by=("ROPA-A102",),
    explainable=True,
    law="GDPR Art. 37(1)(a), 37(3), 37(7); Article 29 Working Party, WP 243 rev.01 (5 April 2017)",
    applies="an organisation of ours that is a public body and that an activity names as its entity",
    good="Town: officer named, and told to the authority",
    bad="Town: 'no officer, too small'",
    fix="ropa {noun} set {ref} dpo.name='…' dpo.email='…'",
    otherwise='ropa {noun} state {ref} ROPA-G103 --reason "…"',
)
def public_officer(entity: Organisation, case: Case) -> Answer:  # noqa: ARG001
    """Designate a data protection officer for a public authority or body.

    Several may share one. A court in its judicial capacity needs none; who is a public body is for national law: explain it.
    Where nothing is said of an officer at all ROPA-A102 asks, for the letter; this rule doubts a "none".
    """
    if not entity.public_body:
        return not_applicable("It is not recorded as a public body.")
    if entity.dpo is not None:
        return met("An officer is recorded.")
    return missing(Gap("dpo", "It is a public body, and no data protection officer is recorded."))


@rule(
    "ROPA-G108",
    severity="risk",
    on="entity",
    ask="Where are the officer's contact details published, and when were they told to the authority?",
    law="GDPR Art. 37(7); Art. 13(1)(b), 14(1)(b)",
    applies="an organisation of ours with a data protection officer, that an activity names as its entity",
    good="Mailbox in every notice; the authority's form sent on 1 February 2026",
    bad="Named in the intranet only",
    fix="ropa {noun} set {ref} {field}='…'",
)
def published(entity: Organisation, case: Case) -> Answer:  # noqa: ARG001
    """Publish the officer's contact details and tell them to the authority.

    Art. 37(7) asks for both, of who has to have an officer and, in the view of the Board, of who chose to have one. No
    letter of Article 30 asks for it: a risk, not missing.
    """
    dpo = entity.dpo
    if dpo is None:
        return not_applicable("No officer is recorded.")
    gaps = []
    if blank(dpo.published):
        say = "Where the officer's contact details are published is not recorded."
        gaps.append(Gap("dpo.published", say, shown(dpo.published)))
    if dpo.told_authority_on is None:
        say = "When they were told to the authority is not recorded."
        gaps.append(Gap("dpo.told_authority_on", say, fix="ropa {noun} set {ref} {field}=DATE"))
    return found(gaps, "They are published and were told to the authority.")
