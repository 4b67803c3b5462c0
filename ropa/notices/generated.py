"""The family of generated notices: entries of "Personal Data: …" and "Place of processing: …" under their purposes.

Their labels, the titles of their purposes and sections are data (labels.csv); what their running text says is read
by the patterns of phrases.csv. Both are kept per language: English, German, French, Dutch, Italian, Spanish.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ropa.notices import labels, phrases, prose
from ropa.notices.account import dated_end, untold
from ropa.notices.dates import leading_date
from ropa.notices.entries import Entries
from ropa.notices.labels import ENTRY_KINDS, Kind
from ropa.notices.owner import Owner, read_owner, rows_of_owner
from ropa.notices.parts import Part, all_parts, is_heading, parts
from ropa.notices.reading import Block, Dated, Lines, NoticeReading, Told, Understood, read_lines
from ropa.notices.source import Source, has_words
from ropa.notices.units import Unit, units

NAME = "generated notice"
LOOKED_FOR = (
    'entries of a generated notice ("Personal Data: …", "Place of processing: …", "Legal basis: …", "Retention: …")'
    " in English, German, French, Dutch, Italian or Spanish; free text is not read"
)

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_SITE = re.compile(r"(?<![@\w.-])(?:https?://)?((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,12})(?![\w@-]|\.\w)")
_HEADING = "heading or label of the family"
_TITLE_EDGE = " –—-|·(:,"
_ADDRESS_LINES = 8
_HEAD_UNITS = 12
_LONGEST_ROW = 200


def read(source: Source) -> NoticeReading | None:
    """Reads a notice of this family, or gives None where the text has no entry of it in any of its languages."""
    all_units = units(source.lines)
    language = _language(all_units)
    return _Reader(source, all_units, language).reading() if language else None


def _language(all_units: list[Unit]) -> str:
    votes = Counter(
        language
        for unit in all_units
        for index, hit in enumerate(unit.hits)
        if hit.kind in ENTRY_KINDS and unit.text[slice(*unit.value(index))].strip()
        for language in sorted(hit.languages)
    )
    return votes.most_common(1)[0][0] if votes else ""


class _Reader:
    """One pass over the units of a notice; keeps account of the lines that were understood."""

    def __init__(self, source: Source, all_units: list[Unit], language: str) -> None:
        self._source = source
        self._language = language
        self._units, self._defining = _before_definitions(all_units)
        self._taken: set[int] = set()
        self._whole: set[int] = set()
        self._title = self._read_title()

    def reading(self) -> NoticeReading | None:
        owner = self._owner()
        dpo = self._fact("dpo") or self._under("dpo")
        pieces = list(all_parts(self._rest()))
        blocks = Entries(lambda name, text: prose.describes(name, text, phrases.languages())).read(pieces)
        if not blocks:
            return None
        texts, free = self._passages(pieces, blocks)
        missing, given, leads = prose.lists(self._units, self._language)
        understood = (*self._sections(), *self._definitions(), *prose.understood(texts, self._language))
        reading = NoticeReading(
            text=self._source.text,
            kind=self._source.kind,
            language=self._language,
            family=NAME,
            title=self._title,
            site=self._site(),
            last_updated=self._updated(),
            controller=owner.name or prose.controller(texts, self._language),
            controller_address=owner.address,
            owner_left=owner.left,
            contact_email=self._contact(),
            dpo=dpo,
            minimum_age=prose.number(texts, self._language, "age"),
            response_days=prose.number(texts, self._language, "response"),
            blocks=blocks,
            services=prose.services(free, self._language),
            stated_purposes=prose.purposes(free, self._language),
            subjects=prose.subjects(texts, self._language),
            announced=missing,
            rights_given=given.get("data-subject rights", ()),
            legal_bases_given=given.get("legal bases", ()),
            retention_given=given.get("retention periods", ()),
            understood=(
                *understood,
                *(Understood("announces a list", lead.text, lead.lines) for lead in leads),
            ),
        )
        return self._with_rest(reading)

    def _take(self, *spans: Lines) -> None:
        for first, last in spans:
            self._taken.update(range(first, last + 1))

    def _rest(self) -> list[Unit]:
        """The units that are not yet part of a fact about the notice as a whole."""
        return [unit for unit in self._units if not self._taken.issuperset(unit.numbers)]

    def _loose(self) -> list[Unit]:
        """The units whose sentences are looked at one by one: the owner's rows are kept whole."""
        return [unit for unit in self._units if not self._whole.issuperset(unit.numbers)]

    def _read_title(self) -> Told | None:
        if not self._units:
            return None
        unit = self._units[0]
        if any(hit.kind in ENTRY_KINDS for hit in unit.hits) or not (unit.hits or is_heading(unit)):
            return None
        if next(parts(unit)).kind == "service":
            return None
        stop = unit.hits[0].start if unit.hits else len(unit.text)
        words = unit.text[:stop].rstrip(_TITLE_EDGE)
        if not words or labels.is_a("purpose", words) or labels.is_a("section", words):
            return None
        told = unit.told(0, len(words))
        self._take(told.lines)
        return told

    def _owner(self) -> Owner:
        """The controller and its address: after the label, or under the heading, down to the contact address."""
        found = self._labelled("controller")
        index = self._units.index(found[0]) if found else self._heading_at("controller")
        if index is None:
            return Owner()
        below = self._units[index + 1 : index + 1 + _ADDRESS_LINES]
        if not found and (not below or below[0].hits or len(below[0].text) > _LONGEST_ROW):
            return Owner()
        below = rows_of_owner(below, needed=not found)
        owner = read_owner([*([found[1]] if found else []), *(unit.told() for unit in below)])
        # A sentence that is no name may still say who the controller is: it goes on to be read as running text.
        own = [unit for unit in below if owner.name or is_heading(unit)]
        self._take(self._units[index].lines(), *(unit.lines() for unit in own))
        self._whole.update(number for unit in below for number in unit.numbers)
        return owner

    def _labelled(self, kind: Kind) -> tuple[Unit, Told] | None:
        """The first unit with a label of this kind that has a value; and that value."""
        for unit in self._units:
            for index, hit in enumerate(unit.hits):
                if hit.kind == kind and has_words(unit.text[slice(*unit.value(index))]):
                    told = unit.told(*unit.value(index))
                    self._take(unit.lines(hit.start, unit.value(index)[1]))
                    return unit, Told(told.text.removesuffix("."), told.lines)
        return None

    def _heading_at(self, kind: Kind) -> int | None:
        return next((n for n, unit in enumerate(self._units) if labels.is_a(kind, unit.text)), None)

    def _under(self, kind: Kind) -> Told | None:
        """What stands below a heading of this kind."""
        index = self._heading_at(kind)
        if index is None or index + 1 >= len(self._units) or self._units[index + 1].hits:
            return None
        self._take(self._units[index].lines(), self._units[index + 1].lines())
        return self._units[index + 1].told()

    def _fact(self, kind: Kind) -> Told | None:
        """The value of the first label of this kind that has one."""
        found = self._labelled(kind)
        return found[1] if found else None

    def _contact(self) -> Told | None:
        told = self._fact("contact") or self._under("contact")
        found = _EMAIL.search(told.text) if told else None
        return Told(found[0].rstrip("."), told.lines) if told and found else None

    def _updated(self) -> Dated | None:
        for unit in self._units:
            for start in self._updated_starts(unit):
                if day := leading_date(unit.text[start : start + 80], self._language):
                    end = dated_end(unit.text, start)
                    return Dated(day, unit.text[:end].strip(), unit.lines(0, start + 1))
        return None

    def _updated_starts(self, unit: Unit) -> Iterator[int]:
        """Where a date may stand: after the label, with a colon or without."""
        yield from (hit.end for hit in unit.hits if hit.kind == "updated")
        words = list(re.finditer(r"\S+", unit.text[:100]))[:4]
        yield from (word.end() for word in words if labels.is_a("updated", unit.text[: word.end()]))

    def _site(self) -> Told | None:
        """The domain in the title, or the first address of a website before the first entry."""
        for number, unit in enumerate(self._units[:_HEAD_UNITS]):
            if any(hit.kind in ENTRY_KINDS for hit in unit.hits):
                break
            for found in _SITE.finditer(unit.text[:500]):
                if number == 0 or found[0].lower().startswith(("www.", "http")):
                    return unit.told(*found.span(1))
        return None

    def _sections(self) -> Iterator[Understood]:
        for unit in self._units:
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
        self, pieces: list[Part], blocks: tuple[Block, ...]
    ) -> tuple[tuple[prose.Passage, ...], tuple[prose.Passage, ...]]:
        """All running text, and that which belongs to no entry."""
        own = {told for block in blocks for told in block.description}
        loose = [piece for piece in pieces if piece.kind == "prose" and piece.told() not in own]
        return prose.passages(pieces), prose.passages(loose)

    def _with_rest(self, reading: NoticeReading) -> NoticeReading:
        """Adds the headings and labels that led to a fact, and every line and sentence that nothing understood."""
        read = read_lines(reading)
        leading, known = self._taken - read, self._taken | read
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
        within = tuple(told for told in untold(reading, self._loose()) if told.lines not in lines)
        unread = tuple(sorted((*whole, *within), key=lambda told: told.lines))
        return replace(reading, understood=(*reading.understood, *led), unread=unread)


def _before_definitions(all_units: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The units before the section of definitions, and that section: it is the last of the family's notices."""
    at = next(
        (n for n, unit in enumerate(all_units) if labels.is_a("definitions", unit.text)), len(all_units)
    )
    entries_after = any(hit.kind == "place" for unit in all_units[at:] for hit in unit.hits)
    return (all_units, []) if entries_after else (all_units[:at], all_units[at:])
