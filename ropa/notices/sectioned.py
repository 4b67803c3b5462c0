"""The family of sections: each says "Verarbeitete Datenarten: …; Betroffene Personen: …; Zwecke …; Rechtsgrundlagen: …".

It is what the wide-spread generator for German notices writes, and its translations. Below the labels of a section stand
its procedures and services, each with who renders it, on what legal basis, and on what transfers rest. All of that is
stated outright, so all of it is read; the paragraphs around it are not.
"""

import re
from collections import Counter
from dataclasses import replace

from ropa.notices.account import sentences
from ropa.notices.front import Front
from ropa.notices.reading import Block, Dated, NoticeReading, Procedure, Told, Understood, read_lines
from ropa.notices.section_labels import MAIN, Label, section_labels, value_of
from ropa.notices.section_rows import is_title, paragraphs
from ropa.notices.section_values import listed, provider
from ropa.notices.source import Source, has_words
from ropa.notices.topic_facts import periods
from ropa.notices.topic_words import pattern, rights
from ropa.notices.units import Unit, units
from ropa.notices.values import MAILBOX

NAME = "notice by sections"
LOOKED_FOR = (
    'sections of a notice ("Verarbeitete Datenarten: …", "Betroffene Personen: …", "Zwecke der Verarbeitung: …") in German'
    " or English"
)
_NAMED = re.compile(r"(?P<name>[^:;|]{1,120}?)\s*:(?!//)\s+")
_LINES_OF_CONTACT = 12
_NO_ADDRESS = re.compile(
    r"(?:e-?mail|tel|phone|fax|mobil|impressum|imprint|vertret|gesch[äa]ftsf|represented|web|https?:|inhaltlich)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"datenschutz|privacy|data protection", re.IGNORECASE)
_HEADING = "heading or label of the family"


def read(source: Source) -> NoticeReading | None:
    """Reads a notice of this family, or gives None where no section states data with purposes, people or a legal basis."""
    rows = paragraphs(source.lines, source.kind)
    language = _voted(rows)
    if not language:
        return None
    sections = _Sections(commas=by_commas(rows))
    beside = beside_sections(rows, language)
    for row in rows:
        sections.read(row)
    blocks = sections.all()
    if not any(block.data and (block.purposes or block.subjects or block.legal_basis) for block in blocks):
        return None
    front = _SectionFront(units(source.lines), language)
    return _reading(
        source, front, replace(beside, blocks=blocks, text=source.text, kind=source.kind), sections.led
    )


def _voted(rows: list[Unit]) -> str:
    votes = Counter(
        language
        for row in rows
        for label in section_labels(row.text)
        if label.kind in ("data", "subjects", "purposes", "provider")
        for language in sorted(label.languages)
    )
    return votes.most_common(1)[0][0] if votes else ""


class _SectionFront(Front):
    """The front of a notice of this family: its contact stands below the controller, with no label of its own."""

    by_heading = True

    def owner_rows(self, below: list[Unit], *, needed: bool) -> list[Unit]:  # noqa: ARG002 (its rows are told by what ends them)
        rows: list[Unit] = []
        for unit in below:
            if unit.level or unit.hits or "@" in unit.text or _NO_ADDRESS.match(unit.text):
                break
            rows.append(unit)
        return rows

    def contact(self) -> Told | None:
        index = self.heading_at("controller")
        if index is None:
            return None
        for unit in self.units[index + 1 : index + 1 + _LINES_OF_CONTACT]:
            if unit.level:
                break
            if found := MAILBOX.search(unit.text):
                told = unit.told(*found.span())
                self.take(told.lines)
                return told
        return None


def beside_sections(rows: list[Unit], language: str) -> NoticeReading:
    """What the paragraphs beside the labels state for certain: periods of keeping, and the rights."""
    kept: list[Told] = []
    named: dict[str, Told] = {}
    about_rights = False
    for row in rows:
        if is_title(row) and not row.text.endswith(":"):
            about_rights = bool(pattern(language, "rights").search(row.text))
        labels = section_labels(row.text)
        stop = labels[0].start if labels else len(row.text)
        kept += [
            row.told(start, end)
            for start, end in sentences(row.text[:stop])
            if periods(row.text[start:end], language)
        ]
        if about_rights and not labels:
            for kind, span in rights(language, row.text):
                named.setdefault(kind, row.told(*span))
    return NoticeReading(
        "", "", language, NAME, rights_given=tuple(named.values()), retention_given=tuple(kept)
    )


def _reading(source: Source, front: Front, found: NoticeReading, led: list[Understood]) -> NoticeReading:
    owner = front.owner()
    title = front.title if front.title and _TITLE.search(front.title.text) else None
    updated: Dated | None = front.updated()
    reading = replace(
        found,
        title=title,
        last_updated=updated,
        controller=owner.name,
        controller_address=owner.address,
        owner_left=owner.left,
        contact_email=front.contact(),
        dpo=front.fact("dpo"),
        understood=tuple(led),
    )
    known = read_lines(reading)
    unread = tuple(
        Told(row.strip(), (n, n))
        for n, row in enumerate(source.text.split("\n"), start=1)
        if has_words(row) and n not in known
    )
    return replace(reading, unread=unread)


class _Sections:
    """Reads paragraphs in order; all() is what came of them. led: headings that became part of an entry."""

    def __init__(self, *, commas: bool) -> None:
        self._commas = commas
        self._heading: Told | None = None
        self._open: Block | None = None
        self._said: set[str] = set()
        self._named: Unit | None = (
            None  # a row that names a procedure, whose labels stand on rows of their own
        )
        self._done: list[Block] = []
        self.led: list[Understood] = []

    def all(self) -> tuple[Block, ...]:
        """The entries, numbered in reading order."""
        self._close()
        return tuple(replace(block, number=n) for n, block in enumerate(self._done, start=1))

    def read(self, unit: Unit) -> None:
        """One paragraph."""
        labels = section_labels(unit.text)
        if not labels:
            # "Eingesetzte Dienste und Diensteanbieter:" leads in to the services of the section that it stands in.
            if unit.bullet and _NAMED.match(unit.text):
                self._named = unit
            elif is_title(unit) and not unit.text.endswith(":"):
                self._close()
                self._heading = unit.told()
            return
        alone = not has_words(unit.text[: labels[0].start])
        if alone and labels[0].kind in MAIN and not self._is_of_procedure(labels[0].kind):
            self._main(unit, labels)
        elif any(label.kind not in MAIN or self._open for label in labels):
            self._procedure(unit, labels)

    def _is_of_procedure(self, kind: str) -> bool:
        """Whether a basis or a period on a row of its own is that of a procedure: the section has said its own before."""
        beside = self._named is not None or (self._open is not None and bool(self._open.procedures))
        return kind in ("bases", "retention") and kind in self._said and self._open is not None and beside

    def _begin(self, unit: Unit) -> Block:
        self._close()
        self._said, self._named = set(), None
        if self._heading:
            self.led.append(Understood(_HEADING, self._heading.text, self._heading.lines))
        return Block(0, unit.lines(), purpose=None, heading=self._heading)

    def _close(self) -> None:
        if self._open and (self._open.data or self._open.purposes or self._open.procedures):
            self._done.append(self._open)
        self._open = None

    def _main(self, unit: Unit, labels: tuple[Label, ...]) -> None:
        for index, label in enumerate(labels):
            start, stop = value_of(unit.text, labels, index)
            if not has_words(unit.text[start:stop]):
                continue
            if label.kind not in MAIN:
                self._attach(unit, labels, index)
                continue
            if self._open is None or label.kind in self._said:
                self._open = self._begin(unit)
            self._said.add(label.kind)
            lines = (self._open.lines[0], max(self._open.lines[1], unit.lines(start, stop)[1]))
            lines = lines if not self._open.procedures else self._open.lines
            self._open = _with(
                replace(self._open, lines=lines), label.kind, unit, (start, stop), commas=self._commas
            )

    def _procedure(self, unit: Unit, labels: tuple[Label, ...]) -> None:
        """A procedure with its name before its first colon; labels alone belong to the procedure above them."""
        named = _NAMED.match(unit.text)
        if named is None or named.end() > labels[0].start or section_labels(unit.text[: named.end()]):
            for index in range(len(labels)):
                self._attach(unit, labels, index)
            return
        if self._open is None:
            self._open = self._begin(unit)
        self._named = None
        told = unit.told(named.end(), labels[0].start)
        words = (replace(told, text=told.text.rstrip(" ;")),) if has_words(told.text) else ()
        one = Procedure(unit.told(*named.span("name")), unit.lines(), description=words)
        for index in range(len(labels)):
            one = _said_of(one, unit, labels, index)
        self._open = replace(self._open, procedures=(*self._open.procedures, one))

    def _attach(self, unit: Unit, labels: tuple[Label, ...], index: int) -> None:
        """A label on a line of its own: of the last procedure, or of the section's heading where it has none yet."""
        start, stop = value_of(unit.text, labels, index)
        if not has_words(unit.text[start:stop]) or self._open is None:
            return
        if self._named:
            self._open = replace(self._open, procedures=(*self._open.procedures, _opened(self._named)))
            self._named = None
        name = self._heading or self._open.heading
        known = self._open.procedures
        if not known and (name is None or labels[index].kind == "link"):
            return
        last = known[-1] if known else Procedure(name or unit.told(), unit.lines())
        if labels[index].kind == "provider" and last.provider:
            return
        grown = _said_of(last, unit, labels, index)
        lines = (min(grown.lines[0], unit.lines()[0]), max(grown.lines[1], unit.lines()[1]))
        self._open = replace(self._open, procedures=(*known[:-1], replace(grown, lines=lines)))


def _opened(unit: Unit) -> Procedure:
    """A procedure out of the row that names it."""
    named = _NAMED.match(unit.text)
    start, stop, rest = (*named.span("name"), named.end()) if named else (0, len(unit.text), len(unit.text))
    said = unit.told(rest)
    words = (replace(said, text=said.text.rstrip(" ;")),) if has_words(said.text) else ()
    return Procedure(unit.told(start, stop), unit.lines(), description=words)


def by_commas(rows: list[Unit]) -> bool:
    """Whether a notice parts the items of its lists by commas, as the generator did until 2021: no list has a semicolon."""
    values = [
        row.text[slice(*value_of(row.text, labels, n))]
        for row in rows
        if (labels := section_labels(row.text))
        for n, label in enumerate(labels)
        if label.kind in ("data", "subjects", "purposes")
    ]
    return not any(len(list(listed(value))) > 1 for value in values) and any("), " in one for one in values)


def _with(block: Block, kind: str, unit: Unit, span: tuple[int, int], *, commas: bool) -> Block:
    start, stop = span
    value = unit.text[start:stop]
    items = tuple(unit.told(start + one.start, start + one.end) for one in listed(value, commas=commas))
    match kind:
        case "data":
            return replace(block, data=items)
        case "subjects":
            return replace(block, subjects=items)
        case "purposes":
            return replace(block, purposes=items)
        case "bases":
            return replace(block, legal_basis=unit.told(start, stop))
        case _:
            return replace(block, retention=unit.told(start, stop))


def _said_of(one: Procedure, unit: Unit, labels: tuple[Label, ...], index: int) -> Procedure:
    start, stop = value_of(unit.text, labels, index)
    if not has_words(unit.text[start:stop]):
        return one
    told = unit.told(start, stop)
    match labels[index].kind:
        case "provider":
            return _provided(one, unit, start, stop)
        case "parent":
            company = provider(unit.text[start:stop])
            return replace(one, parent_country=company.country if company else None, links=(*one.links, told))
        case "bases":
            return replace(one, legal_basis=told)
        case "retention":
            return replace(one, retention=told)
        case "clauses":
            return replace(one, mechanism=unit.told(labels[index].start, stop))
        case "mechanism":
            return replace(one, mechanism=told)
        case _:
            return replace(one, links=(*one.links, unit.told(labels[index].start, stop)))


def _provided(one: Procedure, unit: Unit, start: int, stop: int) -> Procedure:
    found = provider(unit.text[start:stop])
    if found is None:
        return replace(one, description=(*one.description, unit.told(start, stop)))
    address = unit.told(start + found.address.start, start + found.address.end) if found.address else None
    return replace(
        one,
        provider=unit.told(start + found.name.start, start + found.name.end),
        address=address,
        country=found.country,
    )
