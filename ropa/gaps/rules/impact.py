"""Theme D, first part: whether an impact assessment is needed (Art. 35(1), (3)), judged by what the record itself says."""

from collections.abc import Iterator

from ropa.gaps.case import CRIMINAL, Case
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.codes import vocabulary
from ropa.model.parts import Criterion, Dpia
from ropa.words import listing

_FEW = 3
"""As many open criteria are told with a command for each; more are answered at one go, in the editor."""
_LARGE = "large-scale"
_GUIDELINES = "Article 29 Working Party, WP 248 rev.01 (4 October 2017)"


def recorded(dpia: Dpia | None) -> bool:
    """Whether an assessment is recorded: where it is kept, its day and its outcome."""
    return (
        dpia is not None and not blank(dpia.reference) and dpia.date is not None and dpia.outcome is not None
    )


@rule(
    "ROPA-D101",
    severity="risk",
    on="controller",
    ask="Which of the nine signs of a high risk are there, and which are not?",
    law=f"GDPR Art. 35(1), 5(2), 24(1); {_GUIDELINES}, III.B",
    applies="a controller's activity that is not ended",
    good="Nine answers, two minutes; each 'met' with its reason",
    bad="All nine unknown",
    fix="ropa activity edit {ref}",
)
def criteria(activity: Activity, case: Case) -> Answer:
    """Answer the nine criteria for an impact assessment.

    The controller has to judge whether a high risk is likely. The nine criteria are guidance, the duty is law; no letter of
    Article 30 asks for them. An assessment that is recorded answers more than the screening.
    """
    if recorded(activity.dpia):
        return met("An impact assessment is recorded.")
    answered = frozenset(one.criterion for one in activity.criteria if one.answer == "not met" or _told(one))
    if len(answered) == len(vocabulary("criterion").codes):
        return met("All nine criteria are answered.")
    if not activity.criteria:
        return case.once(_none)[0]
    return missing(*_open(activity, answered))


def _told(one: Criterion) -> bool:
    return one.answer == "met" and not blank(one.reason)


def _none(case: Case) -> Iterator[Answer]:  # noqa: ARG001  worked out once for all
    yield missing(Gap("criteria", "None of the nine criteria for an impact assessment is answered."))


def _open(activity: Activity, answered: frozenset[str | None]) -> Iterator[Gap]:
    listed = {one.criterion: n for n, one in enumerate(activity.criteria, 1)}
    lacking = [code for code in vocabulary("criterion").codes if code not in answered]
    few = len(lacking) <= _FEW
    for code in lacking if few else ():
        n = listed.get(code)
        if n is None:
            fix = f"ropa activity set {{ref}} criteria+='{{criterion: {code}, answer: ANSWER}}'"
            yield Gap("criteria", f"The criterion '{code}' is not answered.", fix=fix)
        elif activity.criteria[n - 1].answer is None:
            fix = f"ropa activity set {{ref}} criteria.{n}.answer='ANSWER'"
            yield Gap(f"criteria.{n}.answer", f"The criterion '{code}' is not answered.", fix=fix)
        else:
            say = f"Why the criterion '{code}' is met is not recorded."
            fix = "ropa activity set {ref} {field}='…'"
            yield Gap(f"criteria.{n}.reason", say, shown(activity.criteria[n - 1].reason), fix=fix)
    if not few:
        yield Gap("criteria", f"Of the nine criteria {len(lacking)} are not answered: {listing(lacking)}.")


@rule(
    "ROPA-D102",
    severity="risk",
    on="controller",
    about="two criteria",
    ask="Is there an impact assessment? If not, why is the risk not high?",
    explainable=True,
    silenced_by=("ROPA-D103",),
    law=f"GDPR Art. 35(1), 35(10); {_GUIDELINES}, III.B",
    applies="a controller's activity with two criteria met or more",
    good="DPIA-3 of 2 March 2026: the residual risk is low",
    bad="Staff are watched, and nothing was assessed",
    fix="ropa activity set {ref} dpia.reference='…' dpia.date=DATE dpia.outcome=OUTCOME",
    otherwise='ropa activity state {ref} ROPA-D102 --reason "…"',
)
def two_criteria(activity: Activity, case: Case) -> Answer:
    """Assess the impact where two criteria are met, or say why not.

    Two are a rule of thumb of the Board: one may be enough, two may not. So a reason why the risk is not high is a full
    answer, and so is an earlier assessment of similar processing that it names.
    """
    return _assessed(activity, "Two criteria for a high risk are met or more", case)


@rule(
    "ROPA-D103",
    severity="risk",
    on="controller",
    about="a case of Art. 35(3)",
    ask="Where is the impact assessment of this activity?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 35(3)(a)-(c), 35(1), 35(10); recital 91",
    applies="special or criminal data on a large scale; a public area watched on a large scale; decisions by machine on profiles",
    good="Records of a hospital: assessment of a day, with its outcome",
    bad="Health data of a whole region, and no assessment",
    fix="ropa activity set {ref} dpia.reference='…' dpia.date=DATE dpia.outcome=OUTCOME",
    otherwise='ropa activity state {ref} ROPA-D103 --reason "…"',
)
def required(activity: Activity, case: Case) -> Answer:
    """Assess the impact where Art. 35(3) requires it.

    Points (b) and (c) are read from the words of the record. For point (a) the criteria stand in, since no field tells
    "systematic and extensive". A single physician or lawyer (recital 91), or a law that assessed already (Art. 35(10)), is
    stated. No letter of Article 30 asks for it, and the test is a proxy: so it is a risk.
    """
    why = _required(activity, case)
    return _assessed(activity, why, case) if why else not_applicable("No case of Art. 35(3) can be seen.")


def _required(activity: Activity, case: Case) -> str:
    """The case of Art. 35(3) that the record shows, in words; "" for none."""
    answers = {one.criterion for one in activity.criteria if one.answer == "met"}
    if _LARGE in answers:
        sorts = {sort for line in activity.data if (sort := case.special(line.category))}
        if sorts:
            kind = "Data on offences" if sorts == {CRIMINAL} else "Special data"
            return f"{kind} are processed on a large scale (Art. 35(3)(b))"
        if "monitoring" in answers and activity.dpia is not None and activity.dpia.public_area:
            return "A public area is watched on a large scale (Art. 35(3)(c))"
    if (
        activity.automated_decisions in ("profiling", "article 22")
        and {"evaluation", "automated-decision"} <= answers
    ):
        return "Machines decide on people by their profile (Art. 35(3)(a))"
    return ""


def _assessed(activity: Activity, why: str, case: Case) -> Answer:
    if stated := case.stated(activity, "dpia"):
        return not_applicable(f"Stated: {shown(stated.reason)}")
    dpia = activity.dpia or Dpia()
    lacking = {
        "reference='…'": blank(dpia.reference),
        "date=DATE": dpia.date is None,
        "outcome=OUTCOME": dpia.outcome is None,
    }
    if not any(lacking.values()):
        return met("An impact assessment is recorded.")
    fix = " ".join(["ropa activity set {ref}", *(f"dpia.{each}" for each, open_ in lacking.items() if open_)])
    what = "no impact assessment is recorded"
    if not all(lacking.values()):
        what = "of the assessment its reference, day or outcome is not recorded"
    return missing(Gap("dpia", f"{why}, and {what}.", fix=fix))


@rule(
    "ROPA-D107",
    severity="risk",
    on="controller",
    about="criteria",
    ask="Which is right, the answer to the criterion or the rest of the record?",
    explainable=True,
    law=f"GDPR Art. 5(2), 35(1); {_GUIDELINES}, criteria 1, 2, 4, 7",
    applies="an activity with a criterion answered 'not met'",
    good="Pupils, and 'vulnerable' is met",
    bad="Health data, and 'sensitive' is not met",
    fix="ropa activity set {ref} {field}=met",
    otherwise='ropa activity state {ref} ROPA-D107 --reason "…"',
)
def agreeing(activity: Activity, case: Case) -> Answer:
    """Make the answers agree with the record.

    Employees count as vulnerable in the guidelines, for they depend on the controller; who sees that otherwise explains it.
    """
    gaps = []
    for n, one in enumerate(activity.criteria, 1):
        if one.answer == "not met" and (what := _against(one.criterion, activity, case)):
            say = f"The criterion '{one.criterion}' is answered 'not met', and the record has {what}."
            fix = f"ropa activity set {{ref}} {{field}}=met criteria.{n}.reason='…'"
            gaps.append(Gap(f"criteria.{n}.answer", say, "not met", fix=fix))
    return found(gaps, "No answer contradicts the record.")


def _against(criterion: str | None, activity: Activity, case: Case) -> str:
    """What of the record speaks for a criterion; "" for nothing."""
    decisions = activity.automated_decisions
    if criterion == "sensitive":
        special = not case.sorts.keys().isdisjoint([line.category for line in activity.data])
        return "special or criminal data" if special else ""
    if criterion == "vulnerable":
        return _people(activity, case)
    if criterion == "automated-decision":
        return "decisions under Art. 22" if decisions == "article 22" else ""
    return "profiling" if criterion == "evaluation" and decisions == "profiling" else ""


def _people(activity: Activity, case: Case) -> str:
    if activity.children:
        return "children"
    for flag in ("vulnerable", "staff", "children"):
        for ref in case.whose(activity, flag):
            return shown(case.name("subject_category", ref))
    return ""
