"""Theme L: what the processing rests on (Art. 6, 9 and 10). Not items of Article 30: each rule names its own law."""

from functools import lru_cache

from ropa.gaps.case import CRIMINAL, Case
from ropa.gaps.rule import Answer, Gap, found, met, not_applicable, rule
from ropa.gaps.texts import blank, shown, vague_phrase
from ropa.model.activity import Activity
from ropa.model.parts import DataLine, Purpose
from ropa.reference.wording import tells

_BY_LAW = {"6(1)(c)": "basis 6(1)(c)", "6(1)(e)": "basis 6(1)(e)"}
_CONDITION_BY_LAW = {f"9(2)({letter})": f"condition 9(2)({letter})" for letter in "bgij"}
_SORTED = "Every category of data says whether it is special."
_ASKED = {
    "art9_condition": ("condition of Art. 9(2)", '"9(2)(…)"'),
    "art10_authority": ("authority or law (Art. 10)", '"…"'),
}
"""What a purpose with special or criminal data says → what it is, and a sample."""
_HEALTH_CARE = "9(2)(h)"


@rule(
    "ROPA-L101",
    severity="missing",
    on="controller",
    ask="Which of the six bases of Art. 6(1) does each purpose rest on?",
    law="GDPR Art. 6(1); Art. 5(1)(a), 5(2); Art. 13(1)(c), 14(1)(c)",
    applies="a controller's activity with purposes",
    good="Tax returns: 6(1)(c), the tax code",
    bad="Basis: 'GDPR'",
    fix="ropa activity set {ref} {field}=BASIS",
)
def basis(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Give each purpose a legal basis.

    Processing needs one of the six bases for each purpose, and people must be told which. Article 30 itself does not list
    it; that the register holds it is how the basis is shown (Art. 5(2)). Art. 6(4) alone is a test, and no basis.
    """
    if not activity.purposes:
        return not_applicable("No purpose is recorded yet.")
    gaps = [
        Gap(
            f"purposes.{n}.legal_basis",
            f"No legal basis is recorded for purpose {n}.",
            shown(purpose.legal_basis),
        )
        for n, purpose in enumerate(activity.purposes, 1)
        if not (purpose.legal_basis or "").startswith("6(1)")
    ]
    return found(gaps, "Every purpose has a legal basis.")


@rule(
    "ROPA-L102",
    severity="missing",
    on="controller",
    about="a basis of law",
    ask="Which act, and which provision of it, asks for this or allows it?",
    facts=("vague_words", "telling_words"),
    law="GDPR Art. 6(3); Art. 9(2)(b), (g), (h), (i), (j); Art. 9(3); recitals 41, 45",
    applies="a purpose with basis 6(1)(c) or 6(1)(e), or condition 9(2)(b), (g), (h), (i) or (j)",
    good="6(1)(c): Working Time Act, the section on recording hours",
    bad="6(1)(c): 'by law'",
    fix="ropa activity set {ref} {field}='Act, section'",
    otherwise='ropa activity state {ref} {field} --reason "contract with a health professional, …"',
)
def law(activity: Activity, case: Case) -> Answer:
    """Name the act on which the basis or condition rests.

    These bases and conditions are empty shells without the act of the Union or a Member State that fills them; a collective
    agreement that rests on such an act is enough for 9(2)(b). 9(2)(h) may rest on a contract with a health professional instead:
    the reason of that statement must name it (a word such as contract or agreement).
    """
    needs = [(n, one, words) for n, one in enumerate(activity.purposes, 1) if (words := _depends_on_law(one))]
    gaps: list[Gap] = []
    stated: list[str] = []
    for n, purpose, words in needs:
        field = f"purposes.{n}.law"
        only_health = words == f"condition {_HEALTH_CARE}"
        if not blank(purpose.law) and not vague_phrase(purpose.law, "legal_basis"):
            continue
        statement = case.stated(activity, field) if only_health and purpose.law is None else None
        if statement and tells(statement.reason or "", "contract"):
            stated.append(shown(statement.reason))
            continue
        lack = "no law is recorded" if blank(purpose.law) else "its law names no act"
        lack += ", and the statement names no contract" if statement else ""
        gaps.append(
            Gap(
                field,
                f"Purpose {n} has {words}, and {lack}.",
                shown(purpose.law),
                otherwise=None if only_health else "",
            )
        )
    if len(stated) == len(needs):
        return not_applicable(f"Stated: {' '.join(stated)}")
    return found(gaps, "The law is named wherever the basis or condition depends on it.")


def _depends_on_law(purpose: Purpose) -> str:
    """What makes the law necessary, in words; "" where nothing does. Of several the one that no contract can replace."""
    if words := _BY_LAW.get(purpose.legal_basis or "") or _CONDITION_BY_LAW.get(purpose.art9_condition or ""):
        return words
    return f"condition {_HEALTH_CARE}" if purpose.art9_condition == _HEALTH_CARE else ""


def _special_lines(case: Case, activity: Activity) -> list[tuple[DataLine, str]]:
    """The lines of special or criminal data, each with its sort."""
    sorts = case.sorts
    return [(line, sorts[line.category]) for line in activity.data if line.category in sorts]


def _lines_by_purpose(activity: Activity, case: Case, *, criminal: bool) -> dict[int, str]:
    """Number of each purpose that uses special data → the name of the first such category; 0 where no purpose is there."""
    using: dict[int, str] = {}
    last = len(activity.purposes)
    for line, sort in case.here(_special_lines, activity):
        if (sort == CRIMINAL) is not criminal or len(using) == (last or 1):
            continue
        numbers = [n for n in line.purposes if n <= last] if line.purposes else ()
        for n in numbers or range(1, last + 1) or (0,):
            if n not in using:
                using[n] = case.name("data_category", line.category)
    return using


@rule(
    "ROPA-L106",
    severity="missing",
    on="controller",
    about="special data",
    ask="Which condition of Art. 9(2) allows the use of these special data?",
    law="GDPR Art. 9(1)-(2)",
    applies="a controller's activity with a data category that is special under Art. 9(1), itself or by its parent",
    good="Maternity leave: 6(1)(c) with 9(2)(b), and the act that protects mothers",
    bad="Health data on 'consent', and no condition of 9(2)",
    fix="ropa activity set {ref} {field}=CONDITION",
)
def special_condition(activity: Activity, case: Case) -> Answer:
    """Give a condition for each special category.

    These data may not be processed unless one of the ten conditions applies, beside the legal basis. All purposes use a line
    unless it names some (data.1.purposes=1).
    """
    using = _lines_by_purpose(activity, case, criminal=False)
    return found(
        _lacking(activity, using, "art9_condition"),
        "Every purpose that uses special categories has a condition.",
    )


@rule(
    "ROPA-L112",
    severity="risk",
    on="controller",
    ask="Are these special data (health, religion, union and the like), data on offences, or neither?",
    law="GDPR Art. 9(1); Art. 10; Art. 5(2)",
    applies="a controller's activity with data of a category that does not say whether it is special",
    good="Medical records: health data; delivery address: none",
    bad="Medical records: (empty)",
    fix="ropa data set CATEGORY special=SORT",
)
def sort_said(activity: Activity, case: Case) -> Answer:
    """Say whether the data are special.

    Whether Art. 9 or 10 applies hangs on it. A category that says nothing is not ordinary data: nobody gains by knowing less.
    """
    categories = [line.category for line in activity.data]
    if not any(categories):
        return not_applicable("No category of data is recorded.")
    if case.sort_said.issuperset(categories):
        return met(_SORTED)
    numbered = {ref: n for n, ref in reversed(list(enumerate(categories, 1)))}  # the first line of each
    gaps = [
        Gap(
            f"data.{numbered[ref]}.category",
            f"Whether '{case.name('data_category', ref)}' is special data is not recorded.",
            fix=f"ropa data set {ref} special=SORT",
        )
        for ref in dict.fromkeys(categories)
        if ref not in case.sort_said
    ]
    return found(gaps, _SORTED)


@rule(
    "ROPA-L109",
    severity="risk",
    on="controller",
    about="consent",
    ask="Can people refuse consent, or take it back, at no cost to them?",
    explainable=True,
    law="GDPR Art. 4(11), 7(4); recitals 42, 43; EDPB Guidelines 05/2020, paras 16-23",
    applies="a purpose with basis 6(1)(a), for staff or vulnerable people, or of a public body",
    good="A birthday list: who does not want to be on it loses nothing, and can leave it",
    bad="The cars of staff are located 'with consent'",
    fix="ropa activity set {ref} {field}=BASIS",
    otherwise='ropa activity state {ref} ROPA-L109 --reason "…"',
)
def unequal_consent(activity: Activity, case: Case) -> Answer:
    """Doubt a consent that was hard to refuse.

    Who depends on the controller can seldom refuse freely; recital 43 names public authorities, the Board names employees.
    It may be free all the same: the statement says why a refusal costs nothing.
    """
    numbers = [n for n, one in enumerate(activity.purposes, 1) if one.legal_basis == "6(1)(a)"]
    if not numbers:
        return not_applicable("No purpose rests on consent.")
    entity = case.organisation(activity.entity)
    public = entity is not None and bool(entity.public_body)
    gaps = []
    for n in numbers:
        people = [*case.whose(activity, "staff", n), *case.whose(activity, "vulnerable", n)]
        names = dict.fromkeys(shown(case.name("subject_category", ref)) for ref in people)
        if names or public:
            say = f"Purpose {n} rests on consent, and {', '.join(names) or 'the people concerned'} depend on "
            say += "a public body." if public else "the controller or need protection."
            gaps.append(Gap(f"purposes.{n}.legal_basis", say, "6(1)(a)"))
    return found(gaps, "Nobody who gives consent is recorded as dependent.")


@rule(
    "ROPA-L108",
    severity="missing",
    on="controller",
    about="criminal data",
    ask="Which authority or law allows the use of data on convictions and offences?",
    law="GDPR Art. 10",
    applies="a controller's activity with data on criminal convictions and offences",
    good="Police certificate for staff who care for children, with the act that asks for it",
    bad="'Background checks', on consent",
    fix="ropa activity set {ref} {field}='Act, section'",
)
def criminal_authority(activity: Activity, case: Case) -> Answer:
    """State the authority for data on convictions and offences.

    Such data are processed under the control of official authority, or where a law of the Union or a Member State
    authorises it with safeguards. Consent is neither.
    """
    using = _lines_by_purpose(activity, case, criminal=True)
    return found(
        _lacking(activity, using, "art10_authority"),
        "Every purpose that uses such data names its authority or law.",
    )


def _lacking(activity: Activity, using: dict[int, str], field: str) -> list[Gap]:
    return [
        _lack(n, category, field, shown(value))
        for n, category in sorted(using.items())
        if blank(value := getattr(activity.purposes[n - 1], field) if n else None)
    ]


@lru_cache(maxsize=1024)
def _lack(n: int, category: str, field: str, seen: str) -> Gap:
    words, sample = _ASKED[field]
    if n == 0:
        say = f"{shown(category)} is recorded, and no purpose with its {words}."
        fix = f"ropa activity set {{ref}} purposes+='{{text: \"…\", {field}: {sample}}}'"
        return Gap("purposes", say, fix=fix)
    return Gap(
        f"purposes.{n}.{field}", f"Purpose {n} uses {shown(category)}, and no {words} is recorded.", seen
    )
