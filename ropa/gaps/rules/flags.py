"""Theme Q, third part: whether what is said of special data agrees, from category to activity."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory
from ropa.reference.special import special_sign


@rule(
    "ROPA-Q108",
    severity="quality",
    on="category controller",
    about="a condition",
    ask="Are these special or criminal data, or not?",
    facts=("special_categories",),
    explainable=True,
    law="GDPR Art. 9(1), 10; CJEU C-184/20 (1 August 2022), C-21/23 (4 October 2024)",
    applies="a data category that says what sort it is, and a controller's activity with a condition of Art. 9(2)",
    good="Sick notes: health data",
    bad="Sick notes: none",
    fix="ropa {noun} set {ref} {field}=",
    otherwise='ropa {noun} state {ref} ROPA-Q108 --reason "…"',
)
def flags(record: Activity | DataCategory, case: Case) -> Answer:
    """Make the flags of special data agree.

    Data that reveal a special category indirectly count as special. A category under a special one is special; one whose name
    speaks of health, religion or convictions is, or somebody says why not; and a condition of Art. 9(2) on a purpose that uses
    no special data stands there for nothing.
    """
    return _of_category(record, case) if isinstance(record, DataCategory) else _of_activity(record, case)


def _of_category(category: DataCategory, case: Case) -> Answer:
    if category.special != "none":
        return not_applicable("It does not say that it is none of the special sorts.")
    above = case.special(category.parent)
    sort = above or special_sign(category.name)
    if not sort:
        return met("Neither its name nor the category above it is special.")
    named = case.label("special_sorts", sort)
    say = (
        f"It says none, and the category above it is {named}."
        if above
        else f"It says none, and its name speaks of {named}."
    )
    return missing(Gap("special", say, "none", fix=f"ropa data set {{ref}} special={sort}"))


def _of_activity(activity: Activity, case: Case) -> Answer:
    gaps = []
    for n, purpose in enumerate(activity.purposes, 1):
        if not purpose.art9_condition:
            continue
        used = [line.category for line in activity.data if not line.purposes or n in line.purposes]
        if used and case.sorts.keys().isdisjoint(used):
            say = f"Purpose {n} has a condition of Art. 9(2), and uses no special data."
            gaps.append(Gap(f"purposes.{n}.art9_condition", say, shown(purpose.art9_condition)))
    return found(gaps, "Each condition of Art. 9(2) stands beside special data.")
