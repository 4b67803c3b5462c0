"""Theme S: what the measures cover (Art. 32)."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, only_link, shown, vague_phrase
from ropa.model.activity import Activity
from ropa.model.catalogue import Measure, System
from ropa.words import listing

_ASKED = {
    "32(1)(b)": ("confidentiality and availability", "PROTECTING"),
    "32(1)(c)": ("recovery after an incident", "RESTORING"),
    "32(1)(d)": ("regular testing", "TESTING"),
}
_ENCRYPTION = "32(1)(a)"
_BIT = {kind: 1 << n for n, kind in enumerate((_ENCRYPTION, *_ASKED))}
_ALL_ASKED = sum(_BIT[kind] for kind in _ASKED)


@rule(
    "ROPA-S101",
    severity="quality",
    on="activity",
    ask="Who can see the data, how are they brought back after an incident, and who tests that?",
    sure="medium",
    explainable=True,
    law="GDPR Art. 32(1)(b)-(d)",
    applies="an activity with measures, its own or of its systems",
    good="Access by role; a restore tested each quarter; a penetration test each year",
    bad="'Antivirus', and nothing else",
    fix="ropa activity set {ref} measures+=MEASURE",
    otherwise='ropa activity state {ref} ROPA-S101 --reason "…"',
)
def spread(activity: Activity, case: Case) -> Answer:
    """Say something on confidentiality, recovery and testing.

    Art. 32 names these three beside encryption, "as appropriate"; the record needs a general description only, so a reason
    is as good as a measure. The kind of a measure tells for which of them it stands (ropa measure set MEASURE art32=…).
    """
    kinds = case.here(_kinds, activity)
    if kinds is None:
        return not_applicable("No measure is recorded: ROPA-A109 asks for them.")
    return case.once(_spread, kinds & _ALL_ASKED)[0]


def _spread(case: Case, kinds: int) -> Iterator[Answer]:  # noqa: ARG001
    lacking = [said for kind, said in _ASKED.items() if not kinds & _BIT[kind]]
    if not lacking:
        yield met("Measures for confidentiality, recovery and testing are recorded.")
        return
    say = f"No measure of the kind for {listing([words for words, _ in lacking])} is recorded."
    fix = " ".join(["ropa activity set {ref}", *(f"measures+={word}" for _, word in lacking)])
    yield missing(Gap("measures", say, fix=fix))


@rule(
    "ROPA-S103",
    severity="risk",
    on="activity",
    about="data that need more",
    ask="Are these data encrypted or pseudonymised? If not, why not?",
    sure="medium",
    explainable=True,
    silenced_by=("ROPA-A109",),
    law="GDPR Art. 32(1)(a), 32(2)",
    applies="an activity with special data, data on offences, or the criterion 'large scale' met",
    good="Health files encrypted where they lie and on the way",
    bad="Health files, and 'passwords'",
    fix="ropa activity set {ref} measures+=ENCRYPTING",
    otherwise='ropa activity state {ref} ROPA-S103 --reason "…"',
)
def encryption(activity: Activity, case: Case) -> Answer:
    """Protect special, criminal or large-scale data with encryption or pseudonymisation, or say why not.

    Art. 32 names the two first, and "as appropriate": where others do as well, a reason is a full answer.
    """
    if (case.here(_kinds, activity) or 0) & _BIT[_ENCRYPTION]:
        return met("Encryption or pseudonymisation is recorded.")
    say = "Neither encryption nor pseudonymisation, nor why there is none, is recorded for such data."
    return missing(Gap("measures", say))


def _kinds(case: Case, activity: Activity) -> int | None:
    """The points of Art. 32(1) for which its measures stand, a bit for each; None where it has no measure at all."""
    of_measures, of_systems = case.once(_by_ref)
    found, known = 0, bool(activity.measures)
    for ref in activity.measures:
        found |= of_measures.get(ref, 0)
    for ref in activity.systems:
        if (kinds := of_systems.get(ref)) is not None:
            known, found = True, found | kinds
    return found if known else None


def _by_ref(case: Case) -> Iterator[dict[str, int]]:
    """The points of each measure, and of each system that has measures."""
    of = {ref: _BIT.get(one.art32 or "", 0) for ref, one in case.register.all(Measure).items()}
    yield of
    yield {
        ref: reduce(or_, (of.get(each, 0) for each in one.measures))
        for ref, one in case.register.all(System).items()
        if one.measures
    }


@rule(
    "ROPA-S102",
    severity="quality",
    on="measure",
    ask="What could somebody go and look at?",
    facts=("vague_words",),
    explainable=True,
    law="GDPR Art. 30(1)(g), 30(2)(d); Art. 32(1); Data Protection Commission (Ireland), guidance on records (April 2023)",
    applies="a measure that an activity or its system uses",
    good="The disks of all laptops are encrypted",
    bad="Appropriate technical and organisational measures",
    fix="ropa measure set {ref} description='…'",
    otherwise='ropa measure state {ref} ROPA-S102 --reason "…"',
)
def generic(measure: Measure, case: Case) -> Answer:  # noqa: ARG001
    """Replace generic security words.

    "State of the art" can be said of anything. Name and description together name at least one thing that exists.
    """
    told = [text for text in (measure.description, measure.name) if not blank(text)]
    if any(not only_link(text) and not vague_phrase(text, "measure") for text in told):
        return met("It names something that one could look at.")
    what = shown(told[0] if told else measure.name)
    return missing(Gap("description", f"'{what}' names nothing that one could look at.", what))
