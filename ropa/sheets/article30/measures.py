"""The sheet of security measures: what each is, and what it protects."""

from collections.abc import Mapping, Sequence

from ropa.model.activity import Activity
from ropa.model.catalogue import Measure, System
from ropa.sheets.saying import Words
from ropa.sheets.table import NOT_RECORDED, Column, Table

COLUMNS = (
    Column("Measure", 30),
    Column("What it is — Art. 30(1)(g), 30(2)(d)", 60),
    Column("Point of Art. 32(1)", 16),
    Column("Nature", 16),
    Column("On systems", 40),
    Column("Of activities", 50),
)


def measures_used(words: Words, activities: Sequence[Activity]) -> Table:
    """A row a measure that protects one of these activities, its own or that of one of its systems."""
    own: dict[str, dict[str, None]] = {}
    systems: dict[str, dict[str, None]] = {}
    for activity in activities:
        for ref in activity.measures:
            own.setdefault(ref, {})[activity.name] = None
    for ref in dict.fromkeys(ref for activity in activities for ref in activity.systems):
        system = words.register.get(System, ref)
        for measure in system.measures if system else ():
            systems.setdefault(measure, {})[words.name("system", ref)] = None
    rows = [_row(words, ref, systems.get(ref, {}), own.get(ref, {})) for ref in sorted({*own, *systems})]
    return Table(
        "Measures", "Security measures, Art. 30(1)(g), 30(2)(d) and 32(1) GDPR", COLUMNS, rows, keys=1
    )


def _row(words: Words, ref: str, systems: Mapping[str, None], own: Mapping[str, None]) -> Sequence[str]:
    measure = words.register.get(Measure, ref)
    said = [words.say(measure, name) for name in ("description", "art32", "nature")]
    return (
        words.name("measure", ref),
        said[0] or NOT_RECORDED,
        *said[1:],
        "; ".join(systems),
        "; ".join(own),
    )
