"""What was taken from each sentence of a notice: a sentence that gave no fact is listed, wherever it stands."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import fields

from ropa.notices.labels import ENTRY_KINDS
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

_NOT_AN_END = frozenset({"no", "nr", "art", "dr", "st", "e.g", "i.e", "z.b", "cf", "vs", "approx"})
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


def untold(reading: NoticeReading, units: list[Unit]) -> tuple[Told, ...]:
    """The sentences of running text that no fact was taken from, though their line gave one.

    A fact answers for the sentences over which its words stretch where they first stand on its line.
    """
    by_line: dict[int, list[str]] = {}
    for text, (first, _) in _facts(reading):
        by_line.setdefault(first, []).append(" ".join(text.split()))
    left: list[Told] = []
    for unit in units:
        if any(hit.kind in ENTRY_KINDS for hit in unit.hits):
            continue
        spans = list(sentences(unit.text))
        if len(spans) > 1:
            answered = _answered(unit, [start for start, _ in spans], by_line)
            left += [unit.told(*span) for n, span in enumerate(spans) if n not in answered]
    return tuple(left)


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
        yield from ((value.name, lines) for lines in value.lines)
    elif isinstance(value, Told | Place | Dated | Counted | StatedPurpose | Announced | Understood):
        yield value.text, value.lines
