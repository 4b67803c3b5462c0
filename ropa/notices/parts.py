"""Units taken apart: headings, services with their company, running text, and labels with their values."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from ropa.notices import labels
from ropa.notices.heads import Head, leading_purpose, leading_service
from ropa.notices.labels import ENTRY_KINDS, Hit
from ropa.notices.reading import Lines, Told
from ropa.notices.source import has_words
from ropa.notices.units import NEVER_LAST, Unit
from ropa.notices.values import sentence_end

PartKind = Literal["heading", "service", "prose", "label"]

_SENTENCE = re.compile(r"[.!?][)”»\"]?\s+(?=[^\W_])")
_LONGEST_REMARK = 60
_WINDOW = 700


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a unit. start, end are its offsets there; company is set for a service that names one."""

    kind: PartKind
    text: str
    start: int
    end: int
    unit: Unit
    company: str | None = None
    hit: Hit | None = None

    def told(self) -> Told:
        """The words with their lines."""
        return Told(self.text, self.lines)

    @property
    def lines(self) -> Lines:
        """First and last line."""
        return self.unit.lines(self.start, self.end)


def all_parts(units: list[Unit]) -> Iterator[Part]:
    """The pieces of all units in order."""
    for unit, following in zip_longest(units, units[1:]):
        yield from parts(unit, leads=following is not None and _begins_entry(following))


def parts(unit: Unit, *, leads: bool = False) -> Iterator[Part]:
    """The pieces of a unit in order. Words after a value's first sentence are running text again.

    leads: an entry follows at once, so that a short line is its heading even with a bullet.
    """
    first = unit.hits[0].start if unit.hits else len(unit.text)
    yield from _words(unit, 0, first, whole=not unit.hits, leads=leads)
    for index, hit in enumerate(unit.hits):
        start, stop = unit.value(index)
        value = unit.text[start:stop]
        if hit.kind == "data":
            cut = start + sentence_end(value)
        elif hit.kind == "place":
            cut = start + _place_end(value)
        else:
            cut = stop
        yield Part("label", unit.text[start:cut].strip(), start, cut, unit, hit=hit)
        yield from _words(unit, cut, stop, whole=False)


def _place_end(value: str) -> int:
    """The end of a place's value: short sentences after it are remarks on it, up to a heading."""
    stop = sentence_end(value)
    while 0 < len(value) - stop <= _LONGEST_REMARK and not (
        leading_service(value[stop:]) or leading_purpose(value[stop:])
    ):
        stop += sentence_end(value[stop:])
    return stop


def _words(unit: Unit, start: int, stop: int, *, whole: bool, leads: bool = False) -> Iterator[Part]:
    """Headings and running text between two offsets. whole: the unit has nothing else."""
    text = unit.text[start:stop]
    if whole and not leading_service(text) and not _two_heads(text) and is_heading(unit, bulleted=leads):
        yield Part("heading", text.strip(), start, stop, unit)
        return
    at = 0
    for head, offset in _heads(text):
        yield from _prose(unit, start + at, start + offset + head.start)
        kind: PartKind = "service" if head.kind == "service" else "heading"
        yield Part(
            kind, head.name, start + offset + head.start, start + offset + head.end, unit, head.company
        )
        at = offset + head.rest
    yield from _prose(unit, start + at, stop)


def _two_heads(text: str) -> bool:
    """Whether the title of a purpose and a service with its company are run together."""
    head = leading_purpose(text)
    return head is not None and leading_service(text[head.rest :]) is not None


def _heads(text: str) -> Iterator[tuple[Head, int]]:
    """The headings in a text, each with the offset it counts from: at the start, after a sentence, after another."""
    offsets = deque(
        [len(text) - len(text.lstrip(" |")), *(found.end() for found in _SENTENCE.finditer(text))]
    )
    after = 0
    while offsets:
        offset = offsets.popleft()
        if offset < after:
            continue
        head = leading_service(text[offset : offset + _WINDOW]) or leading_purpose(
            text[offset : offset + _WINDOW]
        )
        if head:
            yield head, offset
            after = offset + head.rest
            offsets.appendleft(after)


def _prose(unit: Unit, start: int, stop: int) -> Iterator[Part]:
    raw = unit.text[start:stop]
    text = raw.strip(" |–—-")
    if any(character.isalnum() for character in text):
        lead = len(raw) - len(raw.lstrip(" |–—-"))
        yield Part("prose", text, start + lead, start + lead + len(text), unit)


def _begins_entry(unit: Unit) -> bool:
    first = unit.hits[0] if unit.hits else None
    return first is not None and first.kind in ENTRY_KINDS and not has_words(unit.text[: first.start])


def is_heading(unit: Unit, *, bulleted: bool = False) -> bool:
    """True for a title: marked as one, or short, with a capital and without the marks of a sentence."""
    text = unit.text
    if unit.level:
        return True
    if labels.is_a("purpose", text) or labels.is_a("section", text) or labels.is_a("definitions", text):
        return True
    short = len(text) <= 90 and len(text.split()) <= 10
    allowed = (bulleted or not unit.bullet) and text.split()[-1].casefold() not in NEVER_LAST
    return short and allowed and text[0].isupper() and text[-1] not in ".;,!?:" and "@" not in text
