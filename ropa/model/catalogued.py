"""Records taken from the shipped catalogue of categories and measures, with the source of each.

Only what a category is comes along: its name, its parent, whether it is special. Nothing about the organisation.
"""

from collections.abc import Iterator

from ropa.model.catalogue import DataCategory, Measure, SubjectCategory
from ropa.model.common import Documented, Provenance
from ropa.model.register import Register
from ropa.reference.facts import cells, table

CATALOGUES = {
    "data_category": "data_categories",
    "subject_category": "subject_categories",
    "measure": "measures",
}
"""Kind → the table of the dated facts that is its shipped catalogue."""
_SOURCE = "shipped catalogue"


def from_catalogue(kind: str, words: str, register: Register) -> tuple[Documented, ...]:
    """The catalogue's record that the words name, after those of its parents that the register lacks.

    Empty where the catalogue has no such term, or the register holds it already.
    """
    found: list[Documented] = []
    for record in _with_parents(kind, words):
        if record.ref in register.records.get(kind, {}):
            break
        found.insert(0, record)
    return tuple(found)


def catalogue(kind: str) -> tuple[Documented, ...]:
    """Every term of the shipped catalogue of a kind with its other names; none where there is no such catalogue."""
    rows = table(CATALOGUES[kind]) if kind in CATALOGUES else ()
    return tuple(
        record.model_copy(update={"aliases": cells(row["aliases"])})
        for row in rows
        if (record := _one(kind, row["slug"])) is not None
    )


def is_catalogued(record: Documented) -> bool:
    """Whether a record came out of the shipped catalogue."""
    return bool(record.provenance) and (record.provenance[0].source or "").startswith(_SOURCE)


def _with_parents(kind: str, words: str) -> Iterator[Documented]:
    seen: set[str] = set()
    while words and words not in seen:
        seen.add(words)
        record = _one(kind, words)
        if record is None:
            return
        yield record
        words = getattr(record, "parent", None) or ""


def _one(kind: str, words: str) -> Documented | None:
    from ropa.reference.catalogue import known_data, known_measure, known_subject

    if kind == "data_category" and (data := known_data(words)):
        return DataCategory(
            ref=data.slug,
            name=data.name,
            parent=data.parent or None,
            special=data.special or None,
            dpv_iri=data.dpv_iri or None,
            provenance=_from("data_categories", data.checked_on),
        )
    if kind == "subject_category" and (subject := known_subject(words)):
        return SubjectCategory(
            ref=subject.slug,
            name=subject.name,
            parent=subject.parent or None,
            vulnerable=subject.vulnerable,
            children=subject.children,
            dpv_iri=subject.dpv_iri or None,
            provenance=_from("subject_categories", subject.checked_on),
        )
    if kind == "measure" and (measure := known_measure(words)):
        return Measure(
            ref=measure.slug,
            name=measure.name,
            art32=measure.kind,
            nature=measure.nature,
            dpv_iri=measure.dpv_iri or None,
            provenance=_from("measures", measure.checked_on),
        )
    return None


def _from(table: str, checked_on: str) -> tuple[Provenance, ...]:
    when = f"checked {checked_on}" if checked_on else "unchecked"
    return (Provenance(source=f"{_SOURCE}, table {table}, {when}"),)
