"""What was taken from each sentence of a notice: a sentence that gave no fact is listed, wherever it stands."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from ropa.notices.heads import NUMBERING
from ropa.notices.labels import ENTRY_KINDS
from ropa.notices.parts import Part
from ropa.notices.reading import (
    Announced,
    Block,
    Counted,
    Dated,
    Lines,
    NamedService,
    NoticeReading,
    Place,
    StatedPurpose,
    Told,
    Understood,
)
from ropa.notices.source import has_words
from ropa.notices.units import Unit

_NOT_AN_END = frozenset(
    "no nr art dr st co e.g i.e z.b cf vs approx abs lit max min ca ggf inkl bzw sog para buchst d.h u.a tel s".split()
)
_LONG_WORD = 20
_NUMBER_OF_A_DAY = re.compile(r"(?<!\d)\d{1,2}$")
_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=(?P<next>\S))")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text starts and ends.

    Rather one too many than one too few: a part that gave no fact must not hide behind one that did.
    """
    start = 0
    for stop in _STOP.finditer(text):
        before = text[max(start, stop.start() - _LONG_WORD) : stop.start()].split()
        last = before[-1].strip("(\"'“‘").casefold() if before else ""
        goes_on = stop["next"].islower() and (len(last) < 4 or "." in last)
        if last in _NOT_AN_END or goes_on:
            continue
        yield start, stop.end()
        start = stop.end()
    if has_words(text[start:]):
        yield start, len(text)


def dated_end(text: str, start: int) -> int:
    """The end of the sentence in which a date begins at `start`: the stop of "3. March" is none."""
    for stop in _STOP.finditer(text, start):
        if not _NUMBER_OF_A_DAY.search(text[max(start, stop.start() - 3) : stop.start()]):
            return stop.end()
    return len(text)


def untold(reading: NoticeReading, units: list[Unit], pieces: Iterable[Part]) -> tuple[Told, ...]:
    """The sentences of running text that no fact was taken from, though their line gave one.

    A fact answers for the sentences over which its words stretch where they first stand on its line. That a sentence
    names somebody's service is no answer for what else it says. pieces: the parts of the units.
    """
    by_line: dict[int, list[str]] = {}
    for text, (first, _) in _facts(reading):
        by_line.setdefault(first, []).append(" ".join(text.split()))
    naming = {
        line for one in reading.services for lines in one.lines for line in range(lines[0], lines[1] + 1)
    }
    pieces = list(pieces)
    in_parts = {id(part.unit) for part in pieces if _is_in_parts(part)}
    left: list[Told] = []
    for unit in units:
        if id(unit) in in_parts:
            continue
        spans = list(sentences(unit.text))
        if len(spans) > 1 or not naming.isdisjoint(unit.numbers):
            answered = _answered(unit, [start for start, _ in spans], by_line)
            left += [unit.told(*span) for n, span in enumerate(spans) if n not in answered]
    for part in pieces:
        if id(part.unit) in in_parts and part.kind != "label":
            left += _untold_in(part, by_line)
    return tuple(left)


def _is_in_parts(part: Part) -> bool:
    """True for a part of a line that has labels of an entry, or a heading with other words."""
    labelled = any(hit.kind in ENTRY_KINDS for hit in part.unit.hits)
    whole = part.text == part.unit.text.strip()
    return labelled or (part.kind in ("service", "heading") and not whole)


def _untold_in(part: Part, by_line: Mapping[int, list[str]]) -> Iterator[Told]:
    """The part, or the sentences of it, that stand in no fact."""
    unit = part.unit
    first, last = part.lines
    facts = [words for line in range(first, last + 1) for words in by_line.get(line, ())]
    if part.kind == "prose":
        spans = [(part.start + start, part.start + end) for start, end in sentences(part.text)]
    else:
        spans = [(part.start, part.end)]
    for span in spans:
        told = unit.told(*span)
        bare = told.text if part.kind == "prose" else NUMBERING.sub("", part.text, count=1)
        if not any(" ".join(bare.split()) in words for words in facts):
            yield told


def _answered(unit: Unit, starts: list[int], by_line: Mapping[int, list[str]]) -> set[int]:
    """The numbers of the unit's sentences, which begin at `starts`, that a fact answers for."""
    found: set[int] = set()
    for offset, line in zip(unit.starts, unit.numbers, strict=True):
        for words in dict.fromkeys(by_line.get(line, ())):
            at = unit.text.find(words, offset) if words else -1
            if at >= 0:
                last = bisect_right(starts, at + len(words) - 1)
                found.update(range(bisect_right(starts, at) - 1, last))
    return found


def _facts(value: object) -> Iterator[tuple[str, Lines]]:
    """The words of every fact, with their lines."""
    if isinstance(value, tuple):
        for one in value:
            yield from _facts(one)
    elif isinstance(value, NoticeReading | Block):
        for part in fields(value):
            if part.name not in ("unread", "lines"):
                yield from _facts(getattr(value, part.name))
    elif isinstance(value, NamedService):
        yield from _facts(value.said)
    elif isinstance(value, Told | Place | Dated | Counted | StatedPurpose | Announced | Understood):
        yield value.text, value.lines
