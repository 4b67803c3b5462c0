"""The entries of a notice: what stands under a purpose and a service, from the first label to the last."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ropa.notices import labels
from ropa.notices.heads import NUMBERING
from ropa.notices.labels import ENTRY_KINDS, Hit
from ropa.notices.leads import known_service, names_service, reaches, split_lead
from ropa.notices.parts import Part
from ropa.notices.phrases import is_of_trackers, says_none
from ropa.notices.reading import Block, Place, Told
from ropa.notices.units import Unit
from ropa.notices.values import Item, known_place, places, terms
from ropa.reference.catalogue import known_vendor

_MOST_SENTENCES = 12
_WORDS_OF_A_LINK = 3
_LONGEST_VALUE = 20_000


@dataclass
class _Section:
    """Where the reader stands: purpose and service of the next entry, or a heading that may be neither."""

    purpose: Told | None = None
    heading: Told | None = None
    from_family: bool = False
    purpose_level: int = 0
    service: Told | None = None
    company: Told | None = None
    tentative: bool = False
    listed: bool = False
    used: bool = False
    own: bool = False


class Entries:
    """Reads parts in order; `blocks` is what came of them.

    leads: the words that lead in to an entry, which are part of its description. left: values that no entry has.
    """

    def __init__(self, describes: Callable[[str, str], bool]) -> None:
        self._describes = describes
        self._at = _Section()
        self._open: Block | None = None
        self._has_data = False
        self._above: list[Part] = []
        self._between: list[Part] = []
        self._data_first = False
        self._last: Unit | None = None
        self.blocks: list[Block] = []
        self.leads: set[Told] = set()
        self.left: list[Told] = []

    def read(self, parts: Iterable[Part]) -> tuple[Block, ...]:
        """All entries, numbered in reading order."""
        sequence = list(parts)
        for index, part in enumerate(sequence):
            following = sequence[index + 1] if index + 1 < len(sequence) else None
            if part.kind == "label":
                self._label(part)
            elif part.kind == "prose":
                self._prose(part)
            else:
                self._close()
                self._above = []
                self._heading(part, following)
        self._close()
        return tuple(self.blocks)

    def _heading(self, part: Part, following: Part | None) -> None:
        """A heading is a purpose where the family knows it as one, or where a service and its company stand below it."""
        at, told = self._at, part.told()
        told = replace(told, text=NUMBERING.sub("", told.text, count=1))
        if part.kind == "heading" and labels.is_a("purpose", part.text):
            self._at = _Section(told, from_family=True, purpose_level=part.unit.level)
        elif part.kind == "heading" and (_ends_section(part.text)):
            self._at = _Section()
        elif part.kind == "service" or self._names_service(told.text, following):
            company = Told(part.company, part.lines) if part.company else None
            above = at.service if at.tentative and not at.used else at.heading
            is_purpose = part.kind == "service" and above is at.heading and not at.purpose
            self._at = replace(
                at,
                purpose=above if is_purpose else at.purpose,
                heading=None if is_purpose else above,
                service=told,
                company=company,
                tentative=False,
                listed=part.unit.bullet,
                used=False,
                own=part.kind == "service" and not part.company,
            )
        elif self._may_be_service(part):
            self._at = replace(
                at,
                service=told,
                company=None,
                tentative=True,
                used=False,
                own=False,
                listed=part.unit.bullet,
            )
        else:
            self._at = _Section(heading=told)

    def _may_be_service(self, part: Part) -> bool:
        """A heading that nothing says more about is a service where it stands below a purpose of the family.

        Where the source marks no levels, that is sure only while the purpose has no entry yet, or in one list.
        """
        at = self._at
        if not at.from_family or not at.purpose:
            return False
        if part.unit.level:
            return part.unit.level > at.purpose_level
        return (at.service is None and not at.used) or (at.listed and part.unit.bullet)

    def _names_service(self, text: str, following: Part | None) -> bool:
        if known_vendor(text) is not None:
            return True
        return following is not None and following.kind == "prose" and self._describes(text, following.text)

    def _prose(self, part: Part) -> None:
        (self._between if self._open else self._above).append(part)

    def _label(self, part: Part) -> None:
        hit = part.hit
        if hit is None or hit.kind not in ENTRY_KINDS or not part.text or labels.is_entry_label(part.text):
            return  # the head of a table with a column per label is no label with its value
        if len(part.text) > _LONGEST_VALUE:
            self.left.append(part.told())
            return
        open_one = self._open
        if open_one is None or self._begins_another(open_one, part, hit):
            open_one = self._begin(part, hit)
        block = _with_words(open_one, (one.told() for one in self._between))
        self._between = []
        self._has_data = self._has_data or hit.kind == "data"
        if says_none(part.text):
            self.left.append(part.unit.told(hit.start, part.end))
            self._open = block
        else:
            self._open = _with(block, part, hit.kind, hit.languages)
            self._data_first |= hit.kind == "place" and bool(self._open.data)
        self._last = part.unit

    def _begins_another(self, block: Block, part: Part, hit: Hit) -> bool:
        """Data after data; any label that words about another service lead in to; data or a place that others do."""
        if hit.kind == "data" and (self._has_data or self._is_next(part)):
            return True
        leads, _ = split_lead(self._between, hit, part)
        beside = (*block.links, block.retention, block.legal_basis)  # a remark may run on from their values
        leads += [told for told in beside if told and names_service(told.text)]
        if hit.kind not in ("data", "place"):
            leads = [told for told in leads if names_service(told.text)]
        if not leads:
            return False
        if block.service:
            return not reaches(block.service, block.company, leads)
        return any(names_service(told.text) for told in leads)

    def _is_next(self, part: Part) -> bool:
        """Whether data begin the next entry although this one has none: this notice writes them above its places.

        Then places without data have lost theirs to a broken line, and to give them those that follow would move a
        transfer to other data.
        """
        return self._data_first and part.unit is not self._last

    def _begin(self, part: Part, hit: Hit) -> Block:
        """Opens an entry. A service line serves the one entry that it introduces; a purpose lasts for its section."""
        at = self._at
        leads, others = split_lead(self._between if self._open else self._above, hit, part)
        if self._open:
            self._between = others
            self._close()
            words = leads
        elif at.service or at.purpose or at.heading:
            words = [*(one.told() for one in others[:_MOST_SENTENCES]), *leads]
        else:
            words = leads
        service, company = at.service, at.company
        # A service of the notice's owner names no recipient: what stands below it is of it in any case.
        if service and not at.own and not reaches(service, company, words):
            service = company = None
        if not service and (named := known_service(leads)):
            service, words = named, [told for told in words if told not in leads]
        if not service:
            self.leads.update(leads)
        lines = part.unit.lines(hit.start, part.end)
        self._at = replace(at, service=None, company=None, tentative=False, used=True, own=False)
        self._above, self._has_data = [], False
        return Block(
            0, lines, (), (), service, company, at.purpose, description=tuple(words), heading=at.heading
        )

    def _close(self) -> None:
        """An entry that names neither data nor a place is none: its lines stay with what else they say."""
        block = self._open
        if block:
            # After the last label of an entry, only the rest of its own lines is the entry's.
            own = [
                one.told() for one in self._between if one.unit.hits and one.unit.lines()[0] <= block.lines[1]
            ]
            block = _with_words(block, own)
            if block.data or block.places:
                self.blocks.append(replace(block, number=len(self.blocks) + 1))
            else:
                said = (block.legal_basis, block.retention, block.trackers_duration, block.storage)
                self.left += [told for told in said if told]
        self._open = None
        self._between = []


def _ends_section(text: str) -> bool:
    return labels.is_a("section", text) or labels.is_a("definitions", text)


def _with_words(block: Block, told: Iterable[Told]) -> Block:
    return replace(block, description=(*block.description, *told))


def _with(block: Block, part: Part, kind: str, languages: frozenset[str]) -> Block:
    start = part.unit.hits[0].start if part.hit is None else part.hit.start
    block = replace(block, lines=(block.lines[0], max(block.lines[1], part.unit.lines(start, part.end)[1])))
    if kind == "data":
        return replace(block, data=(*block.data, *_told(part, terms(part.text, languages))))
    if kind == "place":
        found, remarks = places(part.text, languages)
        new = tuple(Place(told.text, told.lines, known_place(told.text)) for told in _told(part, found))
        after = tuple(_told(part, remarks))
        links = tuple(told for told in after if len(told.text.split()) <= _WORDS_OF_A_LINK)
        said = tuple(told for told in after if told not in links)
        return replace(
            block,
            places=(*block.places, *new),
            links=(*block.links, *links),
            description=(*block.description, *said),
        )
    told = Told(part.text.removesuffix("."), part.lines)
    if kind == "storage":
        kind = "trackers_duration" if is_of_trackers(told.text) else "storage"
    before: Told | None = getattr(block, kind)
    if before:
        told = Told(f"{before.text}; {told.text}", (before.lines[0], told.lines[1]))
    match kind:
        case "legal_basis":
            return replace(block, legal_basis=told)
        case "retention":
            return replace(block, retention=told)
        case "storage":
            return replace(block, storage=told)
        case _:
            return replace(block, trackers_duration=told)


def _told(part: Part, items: Iterable[Item]) -> Iterator[Told]:
    offset = part.start + (len(raw := part.unit.text[part.start : part.end]) - len(raw.lstrip()))
    for item in items:
        yield Told(item.text, part.unit.lines(offset + item.start, offset + item.end))
