"""The records that names in a spreadsheet mean: those of the register, terms of the catalogue, or new ones that say nothing but the name."""

from typing import Any

from ropa.errors import Refused
from ropa.model.catalogue import DataCategory, Measure, RetentionRule, SubjectCategory, System
from ropa.model.catalogued import from_catalogue
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.find import free_ref
from ropa.model.organisation import Organisation
from ropa.model.periods import parse_period
from ropa.model.register import KINDS, Register
from ropa.reference.catalogue import known_data, known_measure, known_subject
from ropa.words import fold

LONGEST = 120
"""Characters of a name; what is longer is a description."""


class Shelf:
    """Looks names up, and makes what is not there. made: the new records in their order."""

    def __init__(self, register: Register, source: str) -> None:
        self._records: dict[str, dict[str, Documented]] = {
            kind: dict(register.records.get(kind, {})) for kind in KINDS
        }
        self._register = Register(self._records)
        self._source = source
        self._names: dict[str, dict[str, str]] = {}
        self.made: list[Documented] = []

    def organisation(self, name: str, *, ours: bool) -> str:
        """The ref of the organisation of that very name; "" where there is none."""
        ref = self._named(Organisation.kind).get(fold(name), "")
        found = self._records[Organisation.kind].get(ref)
        return ref if found is not None and bool(getattr(found, "ours", None)) is ours else ""

    def category(self, name: str) -> str:
        """A category of personal data."""
        known = known_data(name)
        return self._one(DataCategory, name, known.slug if known and known.level != "unspecified" else "")

    def subjects(self, name: str) -> str:
        """A category of data subjects."""
        known = known_subject(name)
        return self._one(SubjectCategory, name, known.slug if known else "")

    def measure(self, name: str) -> str:
        """A security measure."""
        known = known_measure(name)
        return self._one(Measure, name, known.slug if known else "")

    def system(self, name: str) -> str:
        """A system."""
        return self._one(System, name, "")

    def retention(self, text: str) -> str:
        """A retention rule of that name; a text that is a period and nothing else gives the period, any other stands in its name."""
        try:
            more = {"period": parse_period(text)}
        except Refused:
            more = {"criterion": text}
        return self._one(RetentionRule, text, "", more)

    def activity(self, said: dict[str, Any]) -> Documented:
        """A new activity. Raises Refused where it cannot be one."""
        cls = KINDS["activity"]
        return self._put(read_record(cls, {**said, "ref": free_ref(self._register, cls, said["name"])}))

    def _one(self, cls: type[Documented], name: str, slug: str, more: dict[str, Any] | None = None) -> str:
        if ref := self._named(cls.kind).get(fold(name)):
            return ref
        for record in from_catalogue(cls.kind, slug, self._register) if slug else ():
            self._put(record)
        if slug and slug in self._records[cls.kind]:
            self._named(cls.kind)[fold(name)] = slug
            return slug
        provenance = [{"source": self._source}]
        said = {"ref": free_ref(self._register, cls, name), "name": name, "provenance": provenance}
        return self._put(read_record(cls, {**said, **(more or {})})).ref

    def _put(self, record: Documented) -> Documented:
        self._records[record.kind][record.ref] = record
        self._named(record.kind).setdefault(fold(record.name), record.ref)
        self.made.append(record)
        return record

    def _named(self, kind: str) -> dict[str, str]:
        """Folded name, or other name → ref, of the first that bears it."""
        if kind not in self._names:
            names = self._names[kind] = {}
            for ref, record in self._records[kind].items():
                for name in (record.name, *record.aliases):
                    names.setdefault(fold(name), ref)
        return self._names[kind]
