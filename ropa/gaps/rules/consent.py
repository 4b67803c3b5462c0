"""Theme C, consent: what the law asks of processing that rests on it (Art. 7, 8)."""

from collections.abc import Iterator

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.consent import CONSENT, kind_of_consent
from ropa.model.parts import Purpose
from ropa.reference.wording import tells

_ASKED = (
    ("consent_record", "where the proof of it is kept (Art. 7(1))"),
    ("consent_withdrawal", "how it is withdrawn (Art. 7(3))"),
)
_YOUNGEST, _OLDEST = 13, 16
"""Between these ages the law of each Member State may set its own (Art. 8(1))."""


@rule(
    "ROPA-C108",
    severity="risk",
    on="controller",
    about="consent",
    ask="Where is it kept who consented to what and when, and how do people take it back?",
    law="GDPR Art. 7(1), 7(3); Art. 9(2)(a); Art. 13(2)(c); recital 42",
    applies="a purpose with basis 6(1)(a) or condition 9(2)(a)",
    good="Consent log of the newsletter tool, with wording and time; a link in every mail",
    bad="'With consent', and nothing that shows it or ends it",
    fix="ropa activity set {ref} {field}='…'",
)
def proof_of_consent(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Be able to show consent and its withdrawal.

    The controller must be able to show that each person consented, and taking it back must be as easy as giving it. Explicit
    consent to the use of special data is consent as well, whatever the legal basis beside it.
    """
    resting = [(n, one, kind) for n, one in enumerate(activity.purposes, 1) if (kind := kind_of_consent(one))]
    gaps = [
        Gap(f"purposes.{n}.{field}", f"Purpose {n} rests on {kind}; {words} is not recorded.", shown(value))
        for n, one, kind in resting
        for field, words in _ASKED
        if blank(value := getattr(one, field))
    ]
    return found(gaps, "Proof and withdrawal are recorded of each consent.")


@rule(
    "ROPA-C101",
    severity="risk",
    on="controller",
    about="consent",
    ask="From which age may children consent alone, and how does a parent do so for those who are younger?",
    sure="medium",
    facts=("telling_words",),
    explainable=True,
    law="GDPR Art. 8(1)-(2); recital 38; EDPB Guidelines 05/2020, section 7.1",
    applies="an activity with data of children, and a purpose with basis 6(1)(a)",
    good="Age 15 (France); below it a parent confirms by mail",
    bad="Children welcome, and one tick box for all",
    fix="ropa activity set {ref} {field}=AGE",
    otherwise='ropa activity state {ref} ROPA-C101 --reason "…"',
)
def consent_of_children(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Record the age and the parent's authorisation for children's consent.

    Where an online service is offered to children directly, those below 16, or the lower age of national law (13 at least),
    need a parent who consents or authorises it. The rule does not know each country's age. The consent record says how a
    parent does so (a word such as parent or guardian). Where no such service is offered to children directly, or it is one of
    prevention or counselling (recital 38), say so with a statement.
    """
    numbered = [(n, one) for n, one in enumerate(activity.purposes, 1) if one.legal_basis == CONSENT]
    if not activity.children or not numbered:
        return not_applicable("No consent of children is recorded.")
    gaps = (gap for n, one in numbered for gap in _of_children(n, one))
    return found(gaps, "The age is recorded, and how a parent consents for those who are younger.")


def _of_children(n: int, one: Purpose) -> Iterator[Gap]:
    age, field = one.age_of_consent, f"purposes.{n}.age_of_consent"
    if age is None:
        yield Gap(field, f"Children consent to purpose {n}; from which age alone is not recorded.")
    elif not _YOUNGEST <= age <= _OLDEST:
        say = f"Purpose {n} lets children consent alone from {age}; Art. 8(1) has an age from {_YOUNGEST} to {_OLDEST}."
        yield Gap(field, say, str(age))
    # Where there is no record at all, ROPA-C108 asks for it.
    if not blank(one.consent_record) and not tells(one.consent_record or "", "parent"):
        yield Gap(
            f"purposes.{n}.consent_record",
            f"The consent record of purpose {n} does not say how a parent consents for younger children.",
            shown(one.consent_record),
            fix="ropa activity set {ref} {field}='…, a parent confirms by …'",
        )
