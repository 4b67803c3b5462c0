"""Notices in free prose, numbered or not: what their sentences state outright is read, and the rest is listed as unread.

Read are the controller and its contact, the data protection officer, the date, legal bases by article, periods of keeping,
countries of transfers, companies and services by name, and the rights. A section that names its legal basis becomes an
entry. Nothing is concluded from the order of sentences, and a sentence that says "not" gives no service and no country.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ropa.notices import prose
from ropa.notices.account import sentences
from ropa.notices.language import language_of
from ropa.notices.legal_forms import FORM
from ropa.notices.reading import Block, NamedService, NoticeReading, Place, Told, Understood, read_lines
from ropa.notices.section_rows import paragraphs
from ropa.notices.section_values import based, grounds
from ropa.notices.source import Source, has_words
from ropa.notices.topic_facts import companies, countries_named, periods
from ropa.notices.topic_front import TopicFront, is_topic
from ropa.notices.topic_words import LANGUAGES, pattern, rights
from ropa.notices.units import Unit
from ropa.words import fold

NAME = "notice in prose"
LOOKED_FOR = (
    "prose in English, German, French or Dutch that names a controller, legal bases, periods or services"
)
_FEWEST_RIGHTS = 3
_HEADING = "heading or label of the family"
_LONGEST = 20_000


def read(source: Source) -> NoticeReading | None:
    """Reads a notice of prose, or gives None where the text is no notice, or states nothing that is read for certain."""
    rows = paragraphs(source.lines, source.kind)
    language, _ = language_of(source.text)
    if language not in LANGUAGES or not pattern(language, "notice").search(source.text):
        return None
    front = TopicFront(rows, language)
    if front.controller is None:
        front.controller = _said(rows, language)
    found = _Found(language, [told for told in (front.controller, front.dpo) if told])
    for row in rows:
        found.read(row)
    # A word about privacy and a brand make no notice: it has to say who answers for it, or on what ground it stands.
    stated = front.updated or found.periods or found.rights or found.places or found.services()
    titled = front.title and stated
    if not (front.controller or front.contact or found.bases or titled):
        return None
    reading = NoticeReading(
        text=source.text,
        kind=source.kind,
        language=language,
        family=NAME,
        title=front.title,
        last_updated=front.updated,
        controller=front.controller,
        controller_address=front.address,
        contact_email=front.contact,
        dpo=front.dpo,
        blocks=tuple(replace(block, number=n) for n, block in enumerate(found.blocks, start=1)),
        services=found.services(),
        places=tuple(found.places),
        grounds_given=tuple(found.grounds),
        rights_given=tuple(found.rights),
        legal_bases_given=tuple(found.bases),
        retention_given=tuple(found.periods),
        understood=tuple(found.led),
    )
    known = read_lines(reading) | front.taken
    unread = tuple(
        Told(row.strip(), (n, n))
        for n, row in enumerate(source.text.split("\n"), start=1)
        if has_words(row) and n not in known
    )
    left = tuple(found.left(reading))
    return replace(reading, unread=tuple(sorted((*unread, *left), key=lambda told: told.lines)))


def _said(rows: list[Unit], language: str) -> Told | None:
    """Who is said to be the controller in a sentence; only a name with its legal form is certainly whole."""
    for row in rows:
        one = _Sentence(row, 0, len(row.text))
        told = prose.controller([prose.Passage(one.text, row.told)], language)
        if told and FORM.search(told.text):
            return told
    return None


@dataclass
class _Sentence:
    unit: Unit
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.unit.text[self.start : self.end]

    def told(self) -> Told:
        return self.unit.told(self.start, self.end)


class _Found:
    """Goes through the paragraphs, and keeps what their sentences state."""

    def __init__(self, language: str, own: list[Told]) -> None:
        self._language = language
        self._own = {fold(told.text) for told in own}
        self._rows_of_own = {told.lines[0] for told in own}
        self._heading: Told | None = None
        self._about_rights = False
        self._about_us = False
        self._passages: list[prose.Passage] = []
        self._named: dict[str, list[Told]] = {}
        self._sentences: list[_Sentence] = []
        self.blocks: list[Block] = []
        self.bases: list[Told] = []
        self.periods: list[Told] = []
        self.places: list[Place] = []
        self.rights: list[Told] = []
        self.grounds: list[Told] = []
        self.led: list[Understood] = []

    def read(self, unit: Unit) -> None:
        """One paragraph or heading."""
        if is_topic(unit):
            self._heading = unit.told()
            self._about_us = bool(pattern(self._language, "ours").search(unit.text))
            self._about_rights = bool(pattern(self._language, "rights").search(unit.text))
        if len(unit.text) > _LONGEST:
            return
        in_text = {name for name, _ in rights(self._language, unit.text)}
        of_rights = self._about_rights or len(in_text) >= _FEWEST_RIGHTS
        if of_rights:
            self._rights(unit)
        for start, end in sentences(unit.text):
            one = _Sentence(unit, start, end)
            self._sentences.append(one)
            if not of_rights:
                self._bases(one)
            # Whoever is named where it is told who is responsible is no service.
            if not of_rights and not (self._about_us and FORM.search(one.text)):
                self._services(one)
            self.periods += [one.told()] if periods(one.text, self._language) else []
            self.places += countries_named(one.text, one.unit, one.start, self._language)

    def _rights(self, unit: Unit) -> None:
        known = {told.text.casefold() for told in self.rights}
        for _, span in rights(self._language, unit.text):
            told = unit.told(*span)
            if told.text.casefold() not in known:
                known.add(told.text.casefold())
                self.rights.append(told)

    def _bases(self, one: _Sentence) -> None:
        spans = [span for _, span in based(one.text)]
        if not spans or pattern(self._language, "not").search(one.text):
            return
        told = one.unit.told(one.start + spans[0][0], one.start + spans[-1][1])
        self.bases.append(told)
        heading = self._heading or told
        if self.blocks and self.blocks[-1].heading == heading and self.blocks[-1].legal_basis:
            last, before = self.blocks[-1], self.blocks[-1].legal_basis
            joined = Told(f"{before.text}; {told.text}", (before.lines[0], told.lines[1]))
            lines = (last.lines[0], max(last.lines[1], told.lines[1]))
            self.blocks[-1] = replace(last, legal_basis=joined, lines=lines)
            return
        self.blocks.append(Block(0, told.lines, legal_basis=told, heading=heading, in_prose=True))
        if heading is not told:
            self.led.append(Understood(_HEADING, heading.text, heading.lines))

    def _services(self, one: _Sentence) -> None:
        if pattern(self._language, "not").search(one.text):
            return
        self.grounds += [one.told()] if grounds(one.text) else []
        unit, offset = one.unit, one.start
        if pattern(self._language, "uses").search(one.text):
            self._passages.append(
                prose.Passage(one.text, lambda start, end: unit.told(offset + start, offset + end))
            )
        for start, end in companies(one.text):
            told = unit.told(offset + start, offset + end)
            if fold(told.text) not in self._own and told.lines[0] not in self._rows_of_own:
                self._named.setdefault(fold(told.text), []).append(told)

    def services(self) -> tuple[NamedService, ...]:
        """Companies by their legal form, and the services that the catalogue knows; a name inside another counts once."""
        found = {key: NamedService(told[0].text, _lines(told)) for key, told in self._named.items()}
        for service in prose.services(self._passages, self._language):
            key = fold(service.name)
            known = {*found, *self._own}
            if not any(f" {key} " in f" {other} " for other in known):
                found.setdefault(key, service)
        return tuple(found.values())

    def left(self, reading: NoticeReading) -> Iterator[Told]:
        """The sentences that gave no fact, though their line gave one."""
        stated: list[Told | Place] = [*self.bases, *self.periods, *self.places, *self.rights, *self.grounds]
        stated += [told for told in (reading.controller, reading.contact_email, reading.dpo) if told]
        stated += [Told(one.name, lines) for one in reading.services for lines in one.lines]
        by_line: dict[int, list[str]] = {}
        for fact in stated:
            by_line.setdefault(fact.lines[0], []).append(fact.text)
        several = {one.unit.numbers[0] for one in self._sentences if one.start}
        for one in self._sentences:
            told = one.told()
            facts = [words for n in range(told.lines[0], told.lines[1] + 1) for words in by_line.get(n, ())]
            if one.unit.numbers[0] in several and facts and not any(words in one.text for words in facts):
                yield told


def _lines(told: list[Told]) -> tuple[tuple[int, int], ...]:
    return tuple(dict.fromkeys(one.lines for one in told))


def read_share(reading: NoticeReading) -> int:
    """The share of a notice's text that was read, in whole percent; never rounded up to all of it."""
    whole = sum(len(row.strip()) for row in reading.text.split("\n"))
    left = sum(len(told.text) for told in reading.unread)
    return min(99 if left else 100, round(100 * (whole - left) / whole)) if whole else 0
