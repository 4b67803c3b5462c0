"""Searching every field of every record, and which of those found is the likeliest meant."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ropa.model.common import Documented
from ropa.model.likely import likely
from ropa.model.register import Register
from ropa.model.speech import spoken
from ropa.model.walk import FieldSaid, fields
from ropa.words import fold, nearest

_TOKEN = re.compile(r"[^\W_]+")
_LONG = 400
"""Signs from which on a text is one to read, such as a notice: it says many words that it is not about."""
_OWN, _SAYS, _NAMES, _READS = 40, 20, 10, 0
"""What a place counts for: how a record is called; what it says; whom it names; a long text."""
_EQUAL, _WORD, _BEGINS, _INSIDE = 8, 4, 2, 1
"""How well a word fits there: it is all; it is a word of it; a word begins so; it stands within a word."""


Spoken = Callable[[FieldSaid, Any], tuple[str, str]]
"""A field and its value → the text as people read it, and that text folded."""


@dataclass(frozen=True)
class Place:
    """A value that a record says: the path of its field ("purposes.1.text"), the title, the text as people read it."""

    path: str
    title: str
    text: str


@dataclass(frozen=True)
class Found:
    """A record in which the words stand, and the place where they fit best."""

    record: Documented
    place: Place
    word: str

    def around(self, before: int = 30, after: int = 60) -> str:
        """The text near the word; accents do not hide it."""
        flat = " ".join(self.place.text.split())
        at = _where(flat, self.word)
        start = at - before if at > before else 0
        while 0 < start < at and flat[start - 1] != " ":  # begin at a word
            start += 1
        cut = flat[start : at + after]
        return ("…" if start else "") + cut + ("…" if start + len(cut) < len(flat) else "")


def search(register: Register, words: Sequence[str]) -> list[Found]:
    """The records in which all words stand, the likeliest first.

    A name counts before a text, a whole word before the beginning of one and that before a part of one; of equals activities
    come first, then the order of the refs.
    """
    needles = [folded for word in words if (folded := fold(word))]
    speak = _speaking(register)
    records = likely(register, needles) if needles else ()
    ranked = [one for record in records if (one := _ranked(record, needles, speak)) is not None]
    ranked.sort(key=lambda one: (-one[0], one[1].record.kind != "activity", one[1].record.ref))
    return [found for _, found in ranked]


def _ranked(record: Documented, needles: Sequence[str], speak: Spoken) -> tuple[int, Found] | None:
    """How well the words fit a record, and where they fit best; None where one of them stands nowhere in it."""
    best = dict.fromkeys(needles, 0)
    most, found = 0, None
    for prefix, f, value in said(record):
        text, folded = speak(f, value)
        here = {needle: _fits(needle, folded) for needle in needles if needle in folded}
        if not here:
            continue
        path = f"{prefix}{f.name}"
        weight = _weight(path, f, text)
        for needle, fit in here.items():
            best[needle] = max(best[needle], weight + fit)
        if (total := sum(here.values()) + weight * len(here)) > most:
            most, found = total, Found(record, Place(path, f.title, text), max(here, key=lambda n: here[n]))
    return (sum(best.values()), found) if found and all(best.values()) else None


def _fits(needle: str, folded: str) -> int:
    """How well a word fits a text in which it stands."""
    if needle == folded:
        return _EQUAL
    padded = f" {folded} "
    if f" {needle} " in padded:
        return _WORD
    return _BEGINS if f" {needle}" in padded else _INSIDE


def _speaking(register: Register) -> Spoken:
    """Speaks the values of a register, each that returns only once: names and codes return in every record."""
    known: dict[tuple[int, Any], tuple[str, str]] = {}

    def speak(f: FieldSaid, value: Any) -> tuple[str, str]:
        key = id(f), value
        if key not in known:
            text = spoken(value, f, register)
            known[key] = text, fold(text)
        return known[key]

    return speak


def said(record: BaseModel) -> list[tuple[str, FieldSaid, Any]]:
    """Every value that a record says: the path before its field, the field, the value."""
    found: list[tuple[str, FieldSaid, Any]] = []
    _collect(record, "", found)
    return found


def _collect(record: BaseModel, prefix: str, found: list[tuple[str, FieldSaid, Any]]) -> None:
    # A list that is handed on: generators within generators took half of the time of a search.
    values = record.__dict__
    for f in fields(type(record)):
        value = values[f.name]
        if value is None or value == ():
            continue
        if not f.part:
            found.append((prefix, f, value))
        elif f.many:
            for n, part in enumerate(value, 1):
                _collect(part, f"{prefix}{f.name}.{n}.", found)
        else:
            _collect(value, f"{prefix}{f.name}.", found)


def _weight(path: str, f: FieldSaid, text: str) -> int:
    if path in ("ref", "name", "aliases"):
        return _OWN
    if f.names:
        return _NAMES
    return _SAYS if len(text) < _LONG else _READS


def _where(text: str, needle: str) -> int:
    """Where a folded word stands in a text; 0 where it cannot be told."""
    begin = needle.split(" ", maxsplit=1)[0]
    return next((m.start() for m in _TOKEN.finditer(text) if begin in fold(m[0])), 0)


def unsaid(register: Register, words: Sequence[str], limit: int = 5) -> dict[str, list[str]]:
    """Each of the words that stand nowhere in the register → the words of the register that are spelt most like it."""
    speak = _speaking(register)
    texts = {speak(f, value)[1] for record in register for _, f, value in said(record)}
    nowhere = [word for word in words if (folded := fold(word)) and not any(folded in text for text in texts)]
    known = sorted({word for text in texts for word in text.split() if len(word) > 3}) if nowhere else []
    return {word: nearest(word, known, limit) for word in nowhere}
