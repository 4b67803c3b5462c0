"""Theme V, joint controllers: the arrangement between them, and what people are told of it (Art. 26)."""

from collections.abc import Iterator, Sequence

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, names_law, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Agreement, Organisation

_RULE = "ROPA-V104"


@rule(
    _RULE,
    severity="risk",
    on="controller",
    about="a joint controller",
    ask="Who of us informs people, and who answers them? Where is that agreed?",
    facts=("telling_words",),
    law="GDPR Art. 26(1)-(2); CJEU C-210/16 (5 June 2018), C-40/17 (29 July 2019)",
    applies="a controller's activity with a current recipient whose role is joint controller",
    good="Arrangement of 3 May 2024 with the co-organiser, contract file 12",
    bad="A 'partner', and nothing agreed",
    fix="ropa vendor set ORGANISATION agreements+='{kind: art26, signed_on: DATE, document: \"…\"}'",
    otherwise='ropa activity state {ref} ROPA-V104 --reason "ACT, section, fixes the duties (Art. 26(1))"',
)
def arrangement(activity: Activity, case: Case) -> Answer:
    """Have an arrangement with each joint controller.

    Art. 26(1) asks for it "by means of an arrangement", unless a law fixes the duties: a statement on this rule names it (a
    word such as Act, Code or Art., or the sign §). It names no written form, unlike Art. 28(9), and no letter of Article 30
    asks it: so it is a risk here, and a day of signature is enough.
    """
    if _by_law(activity, case):
        return not_applicable("Stated: a law fixes the duties.")
    gaps = []
    for n, one in _joint(activity, case):
        over = max((a.valid_until for a in one.agreements if _is_one(a) and a.valid_until), default=None)
        if not any(_in_force(a, case) for a in one.agreements):
            say = f"No arrangement under Art. 26 with {shown(one.name)} is in force on {case.on}."
            noun = "entity" if one.ours else "vendor"
            new = f"ropa {noun} set {one.ref} agreements+='{{kind: art26, signed_on: DATE, document: \"…\"}}'"
            gaps.append(
                Gap(
                    f"recipients.{n}.organisation",
                    say,
                    fix=new,
                    expired=over if over and over < case.on else None,
                )
            )
    return found(gaps, "An arrangement is in force with each joint controller that is named.")


@rule(
    "ROPA-V107",
    severity="risk",
    on="controller",
    about="a joint controller",
    ask="Where can people read who of the joint controllers does what?",
    silenced_by=(_RULE,),
    law="GDPR Art. 26(2), second sentence",
    applies="a controller's activity with a joint controller, and an arrangement in force with it",
    good="Privacy notice of the user day, section 'Who is responsible'",
    bad="The arrangement is signed and filed, and nobody was told",
    fix="ropa vendor set ORGANISATION agreements.1.essence='…'",
)
def essence(activity: Activity, case: Case) -> Answer:
    """Make the essence of a joint arrangement available to people.

    Art. 26(2) wants it where people can find it; no form is named. No letter of Article 30 asks for it: a risk, not missing.
    """
    if _by_law(activity, case):
        return not_applicable("Stated: a law fixes the duties.")
    gaps = []
    for n, one in _joint(activity, case):
        known = [(k, a) for k, a in enumerate(one.agreements, 1) if _in_force(a, case)]
        if known and all(blank(a.essence) for _, a in known):
            say = f"Where people find the essence of the arrangement with {shown(one.name)} is not recorded."
            noun, number = "entity" if one.ours else "vendor", known[-1][0]
            fix = f"ropa {noun} set {one.ref} agreements.{number}.essence='…'"
            gaps.append(Gap(f"recipients.{n}.organisation", say, shown(known[-1][1].essence), fix=fix))
    return found(gaps, "Where people find the essence is recorded.")


def _by_law(activity: Activity, case: Case) -> bool:
    stated = case.explained(activity, _RULE)
    return stated is not None and names_law(stated.reason)


def _joint(activity: Activity, case: Case) -> Sequence[tuple[int, Organisation]]:
    """The joint controllers that are in the register, each once; that one has no record is asked by ROPA-A103."""
    return list(_named(activity, case))


def _named(activity: Activity, case: Case) -> Iterator[tuple[int, Organisation]]:
    seen = set()
    for n, one in case.recipients(activity):
        known = case.organisation(one.organisation) if one.role == "joint controller" else None
        if known is not None and known.ref not in seen:
            seen.add(known.ref)
            yield n, known


def _is_one(agreement: Agreement) -> bool:
    return agreement.kind == "art26"


def _in_force(agreement: Agreement, case: Case) -> bool:
    return (
        _is_one(agreement)
        and agreement.signed_on is not None
        and agreement.signed_on <= case.on
        and (agreement.valid_until is None or agreement.valid_until >= case.on)
    )
