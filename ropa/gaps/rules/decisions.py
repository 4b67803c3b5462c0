"""Theme C, second part: decisions by machines, children in the balance, and the notice that tells people."""

from collections.abc import Iterator

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, shown, vague_phrase
from ropa.model.activity import Activity
from ropa.model.notice import Notice

_BY_CONSENT_OR_CONTRACT = ("6(1)(a)", "6(1)(b)")
_FOR_SPECIAL = ("9(2)(a)", "9(2)(g)")


@rule(
    "ROPA-C102",
    severity="risk",
    on="controller",
    about="legitimate interests",
    ask="Does the balancing test say why the interests of the children do not prevail?",
    law="GDPR Art. 6(1)(f); recitals 38, 75",
    applies="an activity with data of children and a purpose with basis 6(1)(f)",
    good="LIA-9, with a section on pupils",
    bad="A balancing test written for adults",
    fix="ropa activity set {ref} {field}=yes",
)
def children_weighed(activity: Activity, case: Case) -> Answer:
    """Weigh children's interests in the balancing test.

    Art. 6(1)(f) ends with them: "in particular where the data subject is a child". Without a test ROPA-L104 asks for one.
    """
    if not activity.children and not any(case.whose(activity, "children")):
        return not_applicable("No data of children are recorded.")
    gaps = [
        Gap(
            f"purposes.{n}.lia_children",
            f"That the balancing test of purpose {n} deals with children is not recorded.",
        )
        for n, one in enumerate(activity.purposes, 1)
        if one.legal_basis == "6(1)(f)" and not one.lia_children and not blank(one.lia_reference)
    ]
    return found(gaps, "The balancing test deals with children, or ROPA-L104 asks for one.")


@rule(
    "ROPA-C103",
    severity="risk",
    on="controller",
    about="an automated decision",
    ask="What goes into the decision, how does it weigh, and what follows for the person?",
    facts=("vague_words",),
    law="GDPR Art. 13(2)(f), 14(2)(g), 15(1)(h), 22(1); CJEU C-634/21 (7 December 2023), C-203/22 (27 February 2025)",
    applies="an activity with decisions under Art. 22",
    good="A score from payments and income; below the limit the order is refused",
    bad="Logic: 'algorithm'",
    fix="ropa activity set {ref} {field}='…'",
)
def logic(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Explain the logic of an automated decision.

    People are told the logic and what it means for them. The notice owes it, and no letter of Article 30: a risk.
    """
    text = activity.decision_logic
    few = len((text or "").split()) < 2
    if not blank(text) and not few and not vague_phrase(text, "processing"):
        return met("The logic is recorded.")
    say = "How the decision is made, and what follows for the person, is not recorded."
    return missing(Gap("decision_logic", say, shown(text)))


@rule(
    "ROPA-C104",
    severity="risk",
    on="controller",
    about="an automated decision",
    ask="Is the decision needed for a contract, allowed by a law, or made with explicit consent?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 22(2)(a)-(c), 22(4); recital 71",
    applies="an activity with decisions under Art. 22",
    good="Explicit consent, and a person who looks at it on request",
    bad="An order is refused by machine, on legitimate interests",
    fix="ropa activity set {ref} {field}=OTHER_GROUND",
    otherwise='ropa activity state {ref} ROPA-C104 --reason "…"',
)
def ground_of_decision(activity: Activity, case: Case) -> Answer:
    """Rest an automated decision on contract, law or explicit consent.

    Art. 22(2) does not speak of the bases of Art. 6: they, or a law that a purpose names, stand in for its three grounds. With
    special data only 9(2)(a) or (g) will do.
    """
    bases = [(n, one) for n, one in enumerate(activity.purposes, 1)]
    allowed = [one for _, one in bases if one.legal_basis in _BY_CONSENT_OR_CONTRACT or not blank(one.law)]
    special = any(case.special(line.category) for line in activity.data)
    if not bases:
        return not_applicable("No purpose is recorded yet.")
    if not allowed:
        say = "No purpose rests on contract or consent, or names a law that allows the decision."
        return missing(Gap("purposes.1.legal_basis", say, activity.purposes[0].legal_basis or ""))
    if special and not any(one.art9_condition in _FOR_SPECIAL for one in allowed):
        n = next(n for n, one in bases if one is allowed[0])
        say = "Machines decide on special data, and neither 9(2)(a) nor 9(2)(g) is recorded."
        fix = "ropa activity set {ref} {field}=FOR_SPECIAL"
        return missing(Gap(f"purposes.{n}.art9_condition", say, allowed[0].art9_condition or "", fix=fix))
    return met("The decision has a ground of Art. 22(2).")


@rule(
    "ROPA-C106",
    severity="risk",
    on="controller",
    ask="Which notice tells these people of it, and where do they find it?",
    law="GDPR Art. 12(1); Art. 13(1), 13(4), 14(1), 14(5); Art. 23(1)",
    applies="a controller's activity that is not ended",
    good="Notice for staff, on the intranet and in each contract",
    bad="A list of visitors at the door, and no notice",
    fix="ropa activity set {ref} notices+=NOTICE",
    otherwise='ropa activity state {ref} notices --reason "14(5)(c): ACT, section"',
)
def notice(activity: Activity, case: Case) -> Answer:
    """Tie each activity to the notice that tells people.

    People are told, unless they know already or an exception applies: state it. Articles 13 and 14 ask for the notice, and no
    letter of Article 30: so it is a risk here.
    """
    if not case.once(_telling)[0].isdisjoint(activity.notices):
        return met("A notice tells people of it.")
    known = [one for ref in activity.notices if (one := case.register.get(Notice, ref))]
    if not known:
        if stated := case.stated(activity, "notices"):
            return not_applicable(f"Stated: {shown(stated.reason)}")
        return missing(Gap("notices", "No notice that tells people of it is recorded."))
    fix = f"ropa notice set {known[0].ref} address='…'"
    say = f"Of the notice {shown(known[0].name)} neither address nor text is recorded."
    return missing(Gap("notices", say, fix=fix, otherwise=""))


def _telling(case: Case) -> Iterator[set[str]]:
    """Refs of the notices that have an address or a text."""
    each = case.register.all(Notice).items()
    yield {ref for ref, one in each if not blank(one.address) or not blank(one.text)}


@rule(
    "ROPA-C109",
    severity="risk",
    on="controller",
    about="an automated decision",
    ask="How does a person get a human to look at it, say their view and contest the decision?",
    law="GDPR Art. 22(2)(b), 22(3); recital 71",
    applies="an activity with decisions under Art. 22",
    good="The letter of refusal names the desk that looks at it anew",
    bad="'The decision is final'",
    fix="ropa activity set {ref} decision_safeguards='…'",
)
def safeguards(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Provide a human, a hearing and a way to contest an automated decision.

    Art. 22(3) asks for at least these three; where a law allows the decision, for what that law lays down. No letter of
    Article 30 asks for it: a risk, not missing.
    """
    text = activity.decision_safeguards
    say = "How people get a human, are heard and contest the decision is not recorded."
    return found([Gap("decision_safeguards", say, shown(text))] if blank(text) else [], "It is recorded.")
