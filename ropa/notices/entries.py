"""The entries of a notice: what stands under a purpose and a service, from the first label to the last."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from ropa.notices import labels
from ropa.notices.heads import NUMBERING
from ropa.notices.labels import ENTRY_KINDS
from ropa.notices.parts import Part
from ropa.notices.phrases import languages, patterns
from ropa.notices.reading import Block, Place, Told
from ropa.notices.units import Unit
from ropa.notices.values import Item, known_place, places, terms
from ropa.reference.catalogue import known_vendor

_MOST_SENTENCES = 12
_WORDS_OF_A_LINK = 3
_NAMED_DURATION = re.compile(r"[\w.*$-]{1,80}\s?:\s?\S")
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
    description: list[Told] = field(default_factory=list)


class Entries:
    """Reads parts in order; `blocks` is what came of them."""

    def __init__(self, describes: Callable[[str, str], bool]) -> None:
        self._describes = describes
        self._at = _Section()
        self._open: Block | None = None
        self._between: list[Told] = []
        self._data_first = False
        self._last: Unit | None = None
        self.blocks: list[Block] = []

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
                description=[],
            )
        elif self._may_be_service(part):
            self._at = replace(
                at,
                service=told,
                company=None,
                tentative=True,
                used=False,
                listed=part.unit.bullet,
                description=[],
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
        at = self._at
        if self._open and part.unit.hits and part.unit.lines()[0] <= self._open.lines[1]:
            self._open = replace(self._open, description=(*self._open.description, part.told()))
        elif self._open:
            self._between.append(part.told())
        elif (
            not self._open
            and (at.service or at.purpose or at.heading)
            and len(at.description) < _MOST_SENTENCES
        ):
            at.description.append(part.told())

    def _label(self, part: Part) -> None:
        hit = part.hit
        if hit is None or hit.kind not in ENTRY_KINDS or not part.text or len(part.text) > _LONGEST_VALUE:
            return
        if labels.is_entry_label(part.text):
            return  # the head of a table with a column per label, not a label with its value
        if self._open is None or (hit.kind == "data" and (self._open.data or self._is_next(part))):
            self._close()
            at, self._at.used = self._at, True
            lines = part.unit.lines(hit.start, part.end)
            self._open = Block(
                0,
                lines,
                (),
                (),
                at.service,
                at.company,
                at.purpose,
                description=tuple(at.description),
                heading=at.heading,
            )
            at.description = []
        # What stands between two labels of an entry is the entry's; after its last label it is nobody's.
        self._open = replace(self._open, description=(*self._open.description, *self._between))
        self._between = []
        self._open = _with(self._open, part, hit.kind, hit.languages)
        self._data_first |= hit.kind == "place" and bool(self._open.data)
        self._last = part.unit

    def _is_next(self, part: Part) -> bool:
        """Whether data begin the next entry although this one has none: this notice writes them above its places.

        Then places without data have lost theirs to a broken line, and to give them those that follow would move a
        transfer to other data.
        """
        return self._data_first and part.unit is not self._last

    def _close(self) -> None:
        """An entry that names neither data nor a place is none: its lines stay with what else they say."""
        if self._open and (self._open.data or self._open.places):
            self.blocks.append(replace(self._open, number=len(self.blocks) + 1))
        self._open = None
        self._between = []


def _ends_section(text: str) -> bool:
    return labels.is_a("section", text) or labels.is_a("definitions", text)


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
        kind = "trackers_duration" if _of_trackers(told.text) else "storage"
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


def _of_trackers(value: str) -> bool:
    """Whether a duration is that of trackers: it speaks of them, or gives a name with its own ("_ga: 2 years")."""
    tracked = any(pattern.search(value) for used in languages() for pattern in patterns(used, "tracker"))
    return tracked or _NAMED_DURATION.match(value) is not None


def _told(part: Part, items: Iterable[Item]) -> Iterator[Told]:
    offset = part.start + (len(raw := part.unit.text[part.start : part.end]) - len(raw.lstrip()))
    for item in items:
        yield Told(item.text, part.unit.lines(offset + item.start, offset + item.end))
