"""The catalogue's rows by any of their names.

Only an exact name counts (case, accents and signs aside): a near one is another thing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from ropa.reference.facts import Source, cells, source_of, table
from ropa.reference.shelf import Row
from ropa.reference.wording import VagueHit, placeholder, vague
from ropa.words import fold

__all__ = [
    "DataFact",
    "MeasureFact",
    "SubjectFact",
    "VagueHit",
    "VendorFact",
    "known_data",
    "known_measure",
    "known_subject",
    "known_vendor",
    "placeholder",
    "vague",
]
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Fact:
    """What every row of the catalogue has: ref, name, other names, source."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    source: Source

    @property
    def checked_on(self) -> str:
        """The day it was checked, ISO 8601; "" for a fact from memory."""
        return str(self.source.checked_on or "")


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class DataFact(Fact):
    """A category of personal data.

    special: an id of special_categories.csv, "none", or "" where it depends. level: group, category or
    unspecified. dpv_match: close, related, broader, narrower.
    """

    parent: str
    special: str
    level: str
    dpv_iri: str
    dpv_label: str
    dpv_match: str
    note: str


@dataclass(frozen=True, slots=True)
class SubjectFact(Fact):
    """A category of data subjects. vulnerable, children: None where it depends."""

    parent: str
    vulnerable: bool | None
    children: bool | None
    dpv_iri: str
    note: str


@dataclass(frozen=True, slots=True)
class MeasureFact(Fact):
    """A security measure. kind: its point of Art. 32. nature: technical, organisational or physical."""

    kind: str
    nature: str
    dpv_iri: str
    note: str


@dataclass(frozen=True, slots=True)
class VendorFact(Fact):
    """A vendor as it usually contracts: a suggestion, and never a record until a person accepts it."""

    legal_entity: str
    entity_country: str
    parent: str
    parent_country: str
    category: str
    service: str
    typical_role: str
    role_note: str
    dpf: str


def known_data(text: str) -> DataFact | None:
    """The category of personal data of that ref, name or other name."""
    return _data().get(text) or _data().get(fold(text))


def known_subject(text: str) -> SubjectFact | None:
    """The category of data subjects of that ref, name or other name."""
    return _subjects().get(text) or _subjects().get(fold(text))


def known_measure(text: str) -> MeasureFact | None:
    """The measure of that ref, name or other name."""
    return _measures().get(text) or _measures().get(fold(text))


def known_vendor(text: str) -> VendorFact | None:
    """The vendor of that ref, name or other name, or of a legal entity that only one vendor has."""
    return _vendors().get(text) or _vendors().get(fold(text))


@cache
def _data() -> Mapping[str, DataFact]:
    own = ("parent", "special", "level", "dpv_iri", "dpv_label", "dpv_match", "note")
    return _by_name(
        DataFact(*_common("data_categories", row), *(row[c] for c in own)) for row in table("data_categories")
    )


@cache
def _subjects() -> Mapping[str, SubjectFact]:
    return _by_name(
        SubjectFact(
            *_common("subject_categories", row),
            row["parent"],
            _YES_NO.get(row["vulnerable"]),
            _YES_NO.get(row["children"]),
            row["dpv_iri"],
            row["note"],
        )
        for row in table("subject_categories")
    )


@cache
def _measures() -> Mapping[str, MeasureFact]:
    own = ("kind", "nature", "dpv_iri", "note")
    return _by_name(
        MeasureFact(*_common("measures", row), *(row[c] for c in own)) for row in table("measures")
    )


@cache
def _vendors() -> Mapping[str, VendorFact]:
    own = (
        "legal_entity",
        "entity_country",
        "parent",
        "parent_country",
        "category",
        "service",
        "typical_role",
        "role_note",
        "dpf",
    )
    facts = [VendorFact(*_common("vendors", row), *(row[c] for c in own)) for row in table("vendors")]
    entities = Counter(fold(fact.legal_entity) for fact in facts)
    return {fold(f.legal_entity): f for f in facts if entities[fold(f.legal_entity)] == 1} | _by_name(facts)


def _common(name: str, row: Row) -> tuple[str, str, tuple[str, ...], Source]:
    return row["slug"], row["name"], cells(row["aliases"]), source_of(name, row)


def _by_name(facts: Iterable[F]) -> dict[str, F]:
    """Every fact under its ref as it is written and under each of its folded names."""
    found: dict[str, F] = {}
    for fact in facts:
        found[fact.slug] = fact
        found.update((fold(name), fact) for name in (fact.slug, fact.name, *fact.aliases))
    return found
