"""What was taken from each sentence of a notice: a sentence that gave no fact is listed, wherever it stands."""

import re
from collections.abc import Iterator
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
_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=(?P<next>\S))")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text starts and ends.

    Rather one too many than one too few: a part that gave no fact must not hide behind one that did.
    """
    start = 0
    for stop in _STOP.finditer(text):
        words = text[start : stop.start()].split()
        last = words[-1].strip("(\"'“‘").casefold() if words else ""
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
        if not re.search(r"(?<!\d)\d{1,2}$", text[: stop.start()]):
            return stop.end()
    return len(text)


def untold(reading: NoticeReading, units: list[Unit]) -> tuple[Told, ...]:
    """The sentences of running text that no fact was taken from, though their line gave one.

    A fact answers for the first sentence that holds its words, and for each sentence that stands within them.
    """
    facts = [(" ".join(text.split()), lines) for text, lines in _facts(reading)]
    left: list[Told] = []
    for unit in units:
        if any(hit.kind in ENTRY_KINDS for hit in unit.hits):
            continue
        spans = list(sentences(unit.text))
        if len(spans) < 2:
            continue
        told = [unit.told(*span) for span in spans]
        answered = _answered(told, [f for f in facts if _meet(f[1], unit.lines())])
        left += [one for n, one in enumerate(told) if n not in answered]
    return tuple(left)


def _answered(told: list[Told], facts: list[tuple[str, Lines]]) -> set[int]:
    found: set[int] = set()
    for words, lines in facts:
        here = [n for n, one in enumerate(told) if _meet(one.lines, lines)]
        holding = next((n for n in here if words.rstrip(".") in told[n].text), None)
        found.update([holding] if holding is not None else [n for n in here if told[n].text in words])
    return found


def _meet(one: Lines, other: Lines) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


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
