"""The family of generated notices: entries of "Personal Data: …" and "Place of processing: …" under their purposes.

Their labels, the titles of their purposes and sections are data (labels.csv); what their running text says is read
by the patterns of phrases.csv. Both are kept per language: English, German, French, Dutch, Italian, Spanish.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ropa.notices import labels, phrases, prose
from ropa.notices.account import untold
from ropa.notices.entries import Entries
from ropa.notices.front import Front
from ropa.notices.labels import ENTRY_KINDS
from ropa.notices.parts import Part, all_parts, is_heading
from ropa.notices.reading import Block, NoticeReading, Told, Understood, read_lines
from ropa.notices.source import Source, has_words
from ropa.notices.units import Unit, units

NAME = "generated notice"
LOOKED_FOR = (
    'entries of a generated notice ("Personal Data: …", "Place of processing: …", "Legal basis: …", "Retention: …")'
    " in English, German, French, Dutch, Italian or Spanish"
)

_HEADING = "heading or label of the family"


def read(source: Source) -> NoticeReading | None:
    """Reads a notice of this family, or gives None where the text has no entry of it in any of its languages."""
    all_units = units(source.lines)
    language = _voted(all_units)
    return _Reader(source, all_units, language).reading() if language else None


def _voted(all_units: list[Unit]) -> str:
    votes = Counter(
        language
        for unit in all_units
        for index, hit in enumerate(unit.hits)
        if hit.kind in ENTRY_KINDS and unit.text[slice(*unit.value(index))].strip()
        for language in sorted(hit.languages)
    )
    return votes.most_common(1)[0][0] if votes else ""


class _Reader(Front):
    """One pass over the units of a notice; keeps account of the lines that were understood."""

    def __init__(self, source: Source, all_units: list[Unit], language: str) -> None:
        self._source = source
        own, self._defining = _before_definitions(all_units)
        super().__init__(own, language)

    def reading(self) -> NoticeReading | None:
        owner = self.owner()
        dpo = self.fact("dpo") or self.under("dpo")
        pieces = list(all_parts(self._rest()))
        entries = Entries(lambda name, text: prose.describes(name, text, phrases.languages()))
        blocks = entries.read(pieces)
        if not blocks:
            return None
        texts, free = self._passages(pieces, blocks, entries.leads)
        missing, given, leads = prose.lists(self.units, self.language)
        understood = (*self._sections(), *self._definitions(), *prose.understood(texts, self.language))
        reading = NoticeReading(
            text=self._source.text,
            kind=self._source.kind,
            language=self.language,
            family=NAME,
            title=self.title,
            site=self.site(),
            last_updated=self.updated(),
            controller=owner.name or prose.controller(texts, self.language),
            controller_address=owner.address,
            owner_left=owner.left,
            contact_email=self.contact(),
            dpo=dpo,
            minimum_age=prose.number(texts, self.language, "age"),
            response_days=prose.number(texts, self.language, "response"),
            blocks=blocks,
            services=prose.services(free, self.language),
            stated_purposes=prose.purposes(free, self.language),
            subjects=prose.subjects(texts, self.language),
            announced=missing,
            rights_given=given.get("data-subject rights", ()),
            legal_bases_given=given.get("legal bases", ()),
            retention_given=given.get("retention periods", ()),
            understood=(
                *understood,
                *(Understood("announces a list", lead.text, lead.lines) for lead in leads),
            ),
        )
        return self._with_rest(reading, pieces, entries.left)

    def _rest(self) -> list[Unit]:
        """The units that are not yet part of a fact about the notice as a whole."""
        return [
            unit
            for unit in self.units
            if not self.taken.issuperset(unit.numbers) or any(hit.kind in ENTRY_KINDS for hit in unit.hits)
        ]

    def _loose(self) -> list[Unit]:
        """The units whose sentences are looked at one by one: the owner's rows are kept whole."""
        return [unit for unit in self.units if not self.whole.issuperset(unit.numbers)]

    def _sections(self) -> Iterator[Understood]:
        for unit in self.units:
            if labels.is_a("section", unit.text) or labels.is_a("purpose", unit.text):
                yield Understood(_HEADING, unit.text, unit.lines())

    def _definitions(self) -> Iterator[Understood]:
        """In the section of definitions, each heading with the text below it."""
        term = ""
        for unit in self._defining:
            told = unit.told()
            if labels.is_a("definitions", unit.text):
                yield Understood(_HEADING, told.text, told.lines)
            elif is_heading(unit):
                term = told.text
                yield Understood(f"definition of {term}", told.text, told.lines)
            elif term:
                yield Understood(f"definition of {term}", told.text, told.lines)

    def _passages(
        self, pieces: list[Part], blocks: tuple[Block, ...], leads: set[Told]
    ) -> tuple[tuple[prose.Passage, ...], tuple[prose.Passage, ...]]:
        """All running text, and that which belongs to no entry."""
        own = {told for block in blocks for told in block.description} - leads
        loose = [piece for piece in pieces if piece.kind == "prose" and piece.told() not in own]
        return prose.passages(pieces), prose.passages(loose)

    def _with_rest(self, reading: NoticeReading, pieces: list[Part], left: list[Told]) -> NoticeReading:
        """Adds the headings and labels that led to a fact, and every line and sentence that nothing understood."""
        read = read_lines(reading)
        leading, known = self.taken - read, self.taken | read
        rows = [
            (n, row.strip()) for n, row in enumerate(self._source.text.split("\n"), start=1) if has_words(row)
        ]
        led = tuple(
            Understood(_HEADING, line.text, (line.number, line.number))
            for line in self._source.lines
            if line.number in leading and has_words(line.text)
        )
        whole = tuple(Told(row, (n, n)) for n, row in rows if n not in known)
        lines = {told.lines for told in whole}
        within = (
            told for told in (*left, *untold(reading, self._loose(), pieces)) if told.lines not in lines
        )
        unread = tuple(sorted((*whole, *dict.fromkeys(within)), key=lambda told: told.lines))
        return replace(reading, understood=(*reading.understood, *led), unread=unread)


def _before_definitions(all_units: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The units before the section of definitions, and that section: it is the last of the family's notices."""
    at = next(
        (n for n, unit in enumerate(all_units) if labels.is_a("definitions", unit.text)), len(all_units)
    )
    entries_after = any(hit.kind == "place" for unit in all_units[at:] for hit in unit.hits)
    return (all_units, []) if entries_after else (all_units[:at], all_units[at:])
