"""Theme L, legitimate interests: which, whose, and how they were balanced (Art. 6(1)(f))."""

from collections.abc import Iterator

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown, vague_phrase
from ropa.model.activity import Activity
from ropa.model.parts import Purpose

_INTERESTS = "6(1)(f)"
_OF_INTERESTS = {
    "legitimate_interest": "an interest",
    "lia_reference": "a balancing test",
    "lia_date": "the day of a balancing test",
}


@rule(
    "ROPA-L103",
    severity="risk",
    on="controller",
    about="legitimate interests",
    ask="Which interest exactly, and is it yours or somebody else's?",
    facts=("vague_words",),
    law="GDPR Art. 13(1)(d), 14(2)(b); Art. 6(1)(f); CJEU C-621/22 (4 October 2024)",
    applies="a purpose with basis 6(1)(f)",
    good="Our own interest in finding payment fraud before the goods leave",
    bad="Interest: 'legitimate interests'",
    fix="ropa activity set {ref} {field}='…'",
)
def interest(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Say which legitimate interest is pursued, and whose.

    People must be told the interest, and nobody can weigh one that is not named. The notice has to tell it and no letter of
    Article 30: a risk, not missing.
    """
    return found(_unnamed(activity), "Every legitimate interest is named.")


def _unnamed(activity: Activity) -> Iterator[Gap]:
    for n, one in _resting(activity):
        text = one.legitimate_interest
        if blank(text):
            say = f"Purpose {n} rests on legitimate interests, and which is not recorded."
        elif phrase := vague_phrase(text, "legal_basis") or vague_phrase(text, "purpose"):
            say = f"'{phrase}' does not name the interest of purpose {n}."
        else:
            continue
        yield Gap(f"purposes.{n}.legitimate_interest", say, shown(text))


@rule(
    "ROPA-L104",
    severity="risk",
    on="controller",
    about="legitimate interests",
    ask="Who weighed your interest against those of the people, when, and where is it kept?",
    law="GDPR Art. 6(1)(f), 5(2); recital 47; EDPB Guidelines 1/2024 (8 October 2024, version for consultation)",
    applies="a purpose with basis 6(1)(f)",
    good="LIA-7 of 1 March 2026",
    bad="'Balanced internally'",
    fix="ropa activity set {ref} {field}='…'",
)
def balancing(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Keep a balancing test for every legitimate interest.

    The basis holds only where the interests of the people do not prevail. No text orders a written test; without one it
    cannot be shown (Art. 5(2)).
    """
    gaps = []
    for n, one in _resting(activity):
        if blank(one.lia_reference):
            say = f"Where the balancing test of purpose {n} is kept is not recorded."
            gaps.append(Gap(f"purposes.{n}.lia_reference", say, shown(one.lia_reference)))
        if one.lia_date is None:
            say = f"The day of the balancing test of purpose {n} is not recorded."
            gaps.append(Gap(f"purposes.{n}.lia_date", say, fix="ropa activity set {ref} {field}=DATE"))
    return found(gaps, "Every legitimate interest has a balancing test with its day.")


@rule(
    "ROPA-L105",
    severity="risk",
    on="controller",
    about="legitimate interests",
    ask="Is this outside the tasks of the authority, and why?",
    explainable=True,
    law="GDPR Art. 6(1) second subparagraph; recital 47",
    applies="a purpose with basis 6(1)(f), where the entity is a public body",
    good="Car park for staff, outside the tasks",
    bad="A town registers its residents on legitimate interests",
    fix="ropa activity set {ref} {field}=BASIS",
    otherwise='ropa activity state {ref} ROPA-L105 --reason "…"',
)
def public_tasks(activity: Activity, case: Case) -> Answer:
    """Do not rest a public authority's tasks on legitimate interests.

    The basis is closed to public authorities in the performance of their tasks. What lies outside these is argued: explain it.
    """
    entity = case.organisation(activity.entity)
    if entity is None or not entity.public_body:
        return not_applicable("The entity is not recorded as a public body.")
    gaps = [
        Gap(
            f"purposes.{n}.legal_basis",
            f"Purpose {n} of a public body rests on legitimate interests.",
            one.legal_basis or "",
        )
        for n, one in _resting(activity)
    ]
    return found(gaps, "No purpose rests on legitimate interests.")


def _resting(activity: Activity) -> Iterator[tuple[int, Purpose]]:
    return ((n, one) for n, one in enumerate(activity.purposes, 1) if one.legal_basis == _INTERESTS)


@rule(
    "ROPA-L113",
    severity="quality",
    on="controller",
    ask="On which basis does the purpose rest: on the one that is named, or on the interest that stands beside it?",
    explainable=True,
    law="GDPR Art. 6(1)(f); Art. 13(1)(c)-(d), 14(1)(c), 14(2)(b); EDPB Guidelines 05/2020 (4 May 2020)",
    applies="a purpose with a basis other than 6(1)(f)",
    good="Newsletter on consent, and nothing is said of an interest",
    bad="Newsletter on consent, with the balancing test of the basis that it had before",
    fix="ropa activity set {ref} {field}=",
    otherwise='ropa activity state {ref} ROPA-L113 --reason "…"',
)
def interest_beside(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Take out the interest where the purpose rests on another basis.

    People are told one basis for a purpose. An interest or a balancing test beside another basis is left over from an
    earlier one, or the basis that is named is not the one that is meant.
    """
    others = [
        (n, one) for n, one in enumerate(activity.purposes, 1) if one.legal_basis not in (None, _INTERESTS)
    ]
    if not others:
        return not_applicable("No purpose rests on another basis than legitimate interests.")
    gaps = [
        Gap(
            f"purposes.{n}.{name}",
            f"Purpose {n} rests on {one.legal_basis}, and {word} stands beside it that belongs to 6(1)(f).",
            fix="ropa activity set {ref} {field}=",
        )
        for n, one in others
        for name, word in _OF_INTERESTS.items()
        if getattr(one, name) is not None
    ]
    return found(gaps, "Only purposes on legitimate interests name an interest.")
