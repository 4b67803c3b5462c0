"""Theme C, second part: where data come from, and whether they must be given."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.words import fold

_PERSON = "the person"


@rule(
    "ROPA-C105",
    severity="quality",
    on="controller",
    ask="Where do these data come from, and must people give them?",
    explainable=True,
    law="GDPR Art. 13(2)(e), 14(2)(f), 15(1)(g)",
    applies="a controller's activity with lines of data",
    good="Bank details: from the person, needed for the contract",
    bad="Scores, and nothing on where they come from",
    fix="ropa activity set {ref} {field}=…",
    otherwise='ropa activity state {ref} ROPA-C105 --reason "…"',
)
def origin(activity: Activity, case: Case) -> Answer:  # noqa: ARG001  every rule has one shape
    """Say where the data come from and whether they must be given.

    The articles bind the notice and the answer to a person who asks; the record is where both are looked up. Hence quality:
    no letter of Article 30 asks for it.
    """
    if not activity.data:
        return not_applicable("No data are recorded yet.")
    gaps = []
    sources = dict.fromkeys([line.source for line in activity.data])  # few, of many lines
    unsaid = {source for source in sources if blank(source)}
    own = {source for source in sources if source and fold(source) == _PERSON}
    for n, line in enumerate(activity.data, 1) if unsaid or own else ():
        if line.source in unsaid:
            say = "Where data come from is not recorded."
            fix = "ropa activity set {ref} {field}='SOURCE'"
            gaps.append(Gap(f"data.{n}.source", say, shown(line.source), fix))
        elif line.mandatory is None and line.source in own:
            say = "Whether people must give data is not recorded."
            gaps.append(Gap(f"data.{n}.mandatory", say, fix="ropa activity set {ref} {field}=YES-OR-NO"))
    return found(gaps, "Each line says where its data come from.")
