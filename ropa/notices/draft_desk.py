"""The desk at which one notice is drafted: looks up what the register and the catalogue know, makes what they lack.

Shared records (organisations, categories, retention rules) are named, never merged: the notice's words count only where
they are the very name of a record, and a made record says nothing but that name and where it stands.
"""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from ropa.errors import Ambiguous, Refused
from ropa.model.catalogue import DataCategory, RetentionRule, SubjectCategory
from ropa.model.catalogued import from_catalogue
from ropa.model.common import Documented, Provenance
from ropa.model.explain import read_record
from ropa.model.find import slug
from ropa.model.organisation import Organisation
from ropa.model.periods import parse_period
from ropa.model.register import Register
from ropa.notices.reading import Lines, Told
from ropa.reference.catalogue import known_data, known_subject
from ropa.words import fold

D = TypeVar("D", bound=Documented)
Key = tuple[str, str]
Names = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a notice that no record holds as a value: its lines, its words, and why."""

    lines: Lines
    text: str
    reason: str

    @property
    def place(self) -> str:
        """As a message has it: "lines 5-6", "line 13"."""
        return place_of(self.lines)


def spoken_lines(lines: Lines) -> str:
    """Lines as a provenance has them: "5-6", or "13" for one line."""
    first, last = lines
    return str(first) if first == last else f"{first}-{last}"


def place_of(lines: Lines) -> str:
    """Lines as a message has them: "lines 5-6", "line 13"."""
    return f"{'line' if lines[0] == lines[1] else 'lines'} {spoken_lines(lines)}"


def words_of(told: Told | None) -> str:
    """The words without outer spaces; "" for what is not told."""
    return told.text.strip() if told else ""


def same(text: str) -> str:
    """The form in which two spellings of a name are equal; signs alone stand for themselves."""
    return fold(text) or text.strip()


@dataclass
class Desk:
    """Drafts of one notice. register: where names are looked up. made: what was drafted, by kind and ref."""

    register: Register
    source: str
    notice: str
    made: dict[Key, Documented] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    _remarked: set[tuple[Lines, str]] = field(default_factory=set)
    _lines: dict[Key, set[Lines]] = field(default_factory=dict)
    _names: dict[str, tuple[Names, Names]] = field(default_factory=dict)
    _numbers: dict[Key, int] = field(default_factory=dict)
    _known: dict[Key, str] = field(default_factory=dict)

    def provenance(self, lines: Lines | None, about: str = "") -> dict[str, str]:
        """Provenance as plain data; about: the field it speaks of."""
        said = {"source": self.source, "notice": self.notice, "field": about}
        return {**said, "lines": spoken_lines(lines)} if lines else said

    def make(self, cls: type[D], said: dict[str, Any], lines: Lines | None) -> D:
        """Drafts a record out of plain data. Raises Refused, with the place, for what no record can hold."""
        at = f"{self.source}: {place_of(lines)}" if lines else self.source
        record = read_record(cls, said, at=at)
        self.made[(cls.kind, record.ref)] = record
        refs = self._spelled(cls)[0].setdefault(same(record.name), [])
        if record.ref not in refs:
            refs.append(record.ref)
        return record

    def remark(self, lines: Lines, text: str, reason: str) -> None:
        """Reports words that no record holds as a value."""
        self.unread.append(Unread(lines, text, reason))

    def remark_once(self, lines: Lines, text: str, reason: str) -> None:
        """Reports words that several entries share: the first time only."""
        if (lines, reason) not in self._remarked:
            self._remarked.add((lines, reason))
            self.remark(lines, text, reason)

    def records(self) -> dict[Key, Documented]:
        """All drafts, each with its provenance."""
        done = dict(self.made)
        for key, lines in self._lines.items():
            where = ", ".join(map(spoken_lines, sorted(lines)))
            part = Provenance(source=self.source, notice=self.notice, lines=where)
            done[key] = done[key].model_copy(update={"provenance": (*done[key].provenance, part)})
        return done

    def data_category(self, term: Told) -> tuple[str, str | None]:
        """The category that a term names, and the term itself where the category's name differs from it.

        A term that the catalogue knows to say nothing ("various types of Data") is a category of its own, in its very
        words: to file it under anything else would hide how vague the notice is.
        """
        known = known_data(words_of(term))
        ref = self._category(DataCategory, term, known.slug if known and known.level != "unspecified" else "")
        record = self.made.get((DataCategory.kind, ref)) or self.register.get(DataCategory, ref)
        return ref, None if record and same(record.name) == same(term.text) else words_of(term)

    def subjects(self, term: Told) -> str:
        """The category of people that a word of the notice names."""
        known = known_subject(words_of(term))
        return self._category(SubjectCategory, term, known.slug if known else "")

    def retention(self, told: Told) -> str:
        """The rule for a retention text: a period where it is one, else the text as the criterion.

        A rule of the register that happens to have this name is not it: it may say when the period starts, and why.
        """
        words = words_of(told)
        try:
            said = {"period": parse_period(words)}
        except Refused:
            said = {"criterion": words}
        ref = self._own(RetentionRule, words) or self._free(RetentionRule, words)
        return self._draft(RetentionRule, {"ref": ref, "name": words, **said}, told.lines)

    def vendor(self, told: Told) -> str:
        """The organisation of that name. A drafted one is not ours, and nothing else is known of it."""
        said = {"ref": self.organisation_ref(told), "name": words_of(told), "ours": False}
        return self._draft(Organisation, said, told.lines)

    def organisation_ref(self, told: Told) -> str:
        """The ref of the organisation with that very name, or a free one. Raises Ambiguous where several have it."""
        words = words_of(told)
        named, also = self._spelled(Organisation)
        found = named.get(same(words)) or also.get(same(words)) or []
        if len(found) > 1:
            raise Ambiguous(
                f"'{words}' is the name of {len(found)} organisations: {', '.join(found)}.",
                at=f"{self.source}: {place_of(told.lines)}",
                do="Rename all but one of them, or remove the others.",
            )
        return found[0] if found else self._free(Organisation, words)

    def _draft(self, cls: type[Documented], said: dict[str, Any], lines: Lines) -> str:
        """Drafts the record unless it is drafted already, and notes the lines as one more place that names it."""
        key = (cls.kind, str(said["ref"]))
        if key not in self.made:
            self.make(cls, said, lines)
        self._lines.setdefault(key, set()).add(lines)
        return key[1]

    def _category(self, cls: type[DataCategory] | type[SubjectCategory], term: Told, known: str) -> str:
        """The register's record of that name, else the catalogue's, else the register's by another name, else a new one."""
        words = words_of(term)
        if given := self._known.get((cls.kind, same(words))):
            return given
        named, also = self._spelled(cls)
        found, other = named.get(same(words), []), also.get(same(words), [])
        ref = self._own(cls, words)
        if ref is None and (found or known or len(other) == 1):
            if not found and known:
                catalogued = from_catalogue(cls.kind, known, self.register)
                self.made.update({(cls.kind, record.ref): record for record in catalogued})
            given = found[0] if found else known or other[0]
            self._known[(cls.kind, same(words))] = given
            return given
        return self._draft(cls, {"ref": ref or self._free(cls, words), "name": words}, term.lines)

    def _own(self, cls: type[Documented], words: str) -> str | None:
        """The ref of the record that this notice made for these words, even where the user has renamed it since."""
        for ref in self._spelled(cls)[0].get(same(words), []):
            if (cls.kind, ref) in self.made or self._is_from_notice(self.register.get(cls, ref)):
                return ref
        held = self.register.get(cls, slug(words))
        renamed = held is not None and slug(held.name) != held.ref and self._is_from_notice(held)
        return held.ref if held and renamed else None

    def _is_from_notice(self, record: Documented | None) -> bool:
        return record is not None and any(part.notice == self.notice for part in record.provenance)

    def _free(self, cls: type[Documented], words: str) -> str:
        """A ref that neither the register nor the drafts have; numbers are counted on, so that many cost no more each."""
        base = slug(words) or cls.kind.replace("_", "-")
        number = self._numbers.get((cls.kind, base), 1)
        ref = base if number == 1 else f"{base}-{number}"
        while self.register.get(cls, ref) or (cls.kind, ref) in self.made:
            number += 1
            ref = f"{base}-{number}"
        self._numbers[(cls.kind, base)] = number
        return ref

    def _spelled(self, cls: type[Documented]) -> tuple[Names, Names]:
        """The records of a kind by name, and those of the register by the other names they have."""
        if cls.kind not in self._names:
            names: Names = {}
            also: Names = {}
            for record in self.register.all(cls).values():
                names.setdefault(same(record.name), []).append(record.ref)
                for alias in record.aliases:
                    also.setdefault(same(alias), []).append(record.ref)
            self._names[cls.kind] = names, also
        return self._names[cls.kind]
