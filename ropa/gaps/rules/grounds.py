"""Theme L, third part: grounds that seldom carry what is put on them."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.reference.wording import tells

_BY_LAW = "9(2)(b) 9(2)(g) 9(2)(h) 9(2)(i) 9(2)(j)".split()
_UNLIKELY = (
    {("6(1)(a)", condition): "the law decides there, so that consent misleads" for condition in _BY_LAW}
    | {
        ("6(1)(d)", condition): "vital interests are for emergencies"
        for condition in "9(2)(a) 9(2)(b) 9(2)(d) 9(2)(e) 9(2)(f) 9(2)(j)".split()
    }
    | dict.fromkeys(
        (("6(1)(a)", "9(2)(c)"), ("6(1)(b)", "9(2)(c)")), "9(2)(c) is for people who cannot consent or deal"
    )
)
"""Pairs of basis and condition that seldom fit, and why: our reading, no text forbids a pair."""


@rule(
    "ROPA-L107",
    severity="quality",
    on="controller",
    about="a condition",
    ask="Which of the two is true, the legal basis or the condition?",
    sure="medium",
    explainable=True,
    silenced_by=("ROPA-L106",),
    law="GDPR Art. 6(1); Art. 9(2); recital 46",
    applies="a purpose with a legal basis and a condition of Art. 9(2)",
    good="A fitness coach: 6(1)(b) with 9(2)(a)",
    bad="Labour law: 6(1)(a) consent with 9(2)(b)",
    fix="ropa activity set {ref} {field}=CONDITION",
    otherwise='ropa activity state {ref} ROPA-L107 --reason "…"',
)
def pair(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Check that the condition of Art. 9 fits the basis of Art. 6.

    Both must be true of the same processing. No pair is forbidden in terms, and contract with explicit consent is common;
    these pairs are seldom meant: explain one that is.
    """
    pairs = [(n, one) for n, one in enumerate(activity.purposes, 1) if one.legal_basis and one.art9_condition]
    if not pairs:
        return not_applicable("No purpose has both a basis and a condition.")
    gaps = [
        Gap(
            f"purposes.{n}.art9_condition",
            f"Purpose {n} joins {one.legal_basis} with {one.art9_condition}: {why}.",
            one.art9_condition or "",
            fix="ropa activity set {ref} " + f"purposes.{n}.legal_basis=BASIS {{field}}=CONDITION",
        )
        for n, one in pairs
        if (why := _UNLIKELY.get((one.legal_basis or "", one.art9_condition or "")))
    ]
    return found(gaps, "Each condition fits its basis.")


@rule(
    "ROPA-L110",
    severity="risk",
    on="controller",
    about="a contract",
    ask="Can the contract be performed without this? If it can, on which other basis does it rest?",
    facts=("telling_words",),
    explainable=True,
    law="GDPR Art. 6(1)(b); EDPB Guidelines 2/2019 (8 October 2019), section 3; CJEU C-252/21 (4 July 2023)",
    applies="a purpose with basis 6(1)(b) whose text speaks of analysis, profiles, advertising, fraud or improvement",
    good="Delivery: 6(1)(b); recommendations: 6(1)(f) with its test",
    bad="6(1)(b): measure how visitors use the site",
    fix="ropa activity set {ref} {field}=OTHER_BASIS",
    otherwise='ropa activity state {ref} ROPA-L110 --reason "…"',
)
def stretched_contract(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Do not stretch the basis of contract.

    It carries what the contract with the person cannot be performed without. For advertising, analysis and improvement that
    is seldom so, in the view of Board and Court; fraud prevention is argued. Words alone prove nothing: explain why it is.
    """
    gaps = [
        Gap(
            f"purposes.{n}.legal_basis",
            f"'{shown(one.text)}' rests on the contract, and the words speak of something beside it.",
            "6(1)(b)",
        )
        for n, one in enumerate(activity.purposes, 1)
        if one.legal_basis == "6(1)(b)" and tells(one.text or "", "beside a contract")
    ]
    return found(gaps, "No purpose on contract speaks of something beside it.")


@rule(
    "ROPA-L111",
    severity="risk",
    on="controller",
    about="health care",
    ask="Who handles these data, and which rule of secrecy binds that person?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 9(2)(h), 9(3)",
    applies="a purpose with condition 9(2)(h)",
    good="The company physician, bound to professional secrecy; HR sees fit or unfit only",
    bad="A fitness app on 9(2)(h), run by the marketing team",
    fix="ropa activity set {ref} {field}='…'",
    otherwise='ropa activity state {ref} ROPA-L111 --reason "…"',
)
def secrecy(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Say who is bound to secrecy where care or occupational medicine is the ground.

    Under 9(2)(h) the data are handled by or under a professional bound to secrecy, or another person so bound. What a record
    must say of it is laid down nowhere: so this is a risk.
    """
    gaps = [
        Gap(
            f"purposes.{n}.secrecy",
            f"Purpose {n} rests on 9(2)(h), and who is bound to secrecy is not recorded.",
            shown(one.secrecy),
        )
        for n, one in enumerate(activity.purposes, 1)
        if one.art9_condition == "9(2)(h)" and blank(one.secrecy)
    ]
    return found(gaps, "Who is bound to secrecy is recorded.")
