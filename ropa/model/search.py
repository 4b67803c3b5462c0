"""Searching every field of every record, and which of those found is the likeliest meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from ropa.model.common import Documented
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


@dataclass(frozen=True)
class Place:
    """A value that a record says: the path of its field ("purposes.1.text"), the title, the text as people read it."""

    path: str
    title: str
    text: str
    weight: int

    def fits(self, needle: str) -> int:
        """How well a folded word fits here; 0: it does not stand here."""
        folded = fold(self.text)
        if needle not in folded:
            return 0
        padded = f" {folded} "
        if needle == folded:
            return self.weight + _EQUAL
        if f" {needle} " in padded:
            return self.weight + _WORD
        return self.weight + (_BEGINS if f" {needle}" in padded else _INSIDE)


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
    ranked = []
    for record in register if needles else ():
        places = list(said(record, register))
        if all(any(needle in fold(place.text) for place in places) for needle in needles):
            best = max(places, key=lambda place: sum(map(place.fits, needles)))
            total = sum(max(place.fits(needle) for place in places) for needle in needles)
            here = max(needles, key=best.fits)
            ranked.append((total, Found(record, best, here)))
    ranked.sort(key=lambda one: (-one[0], one[1].record.kind != "activity", one[1].record.ref))
    return [found for _, found in ranked]


def said(record: BaseModel, register: Register, path: str = "") -> Iterator[Place]:
    """Every value that a record says."""
    for f in fields(type(record)):
        value = getattr(record, f.name)
        if value is None or value == ():
            continue
        here = f"{path}{f.name}"
        if not f.part:
            text = spoken(value, f, register)
            yield Place(here, f.title, text, _weight(here, f, text))
        elif f.many:
            for n, part in enumerate(value, 1):
                yield from said(part, register, f"{here}.{n}.")
        else:
            yield from said(value, register, f"{here}.")


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
    texts = [fold(place.text) for record in register for place in said(record, register)]
    nowhere = [word for word in words if (folded := fold(word)) and not any(folded in text for text in texts)]
    known = sorted({word for text in texts for word in text.split() if len(word) > 3}) if nowhere else []
    return {word: nearest(word, known, limit) for word in nowhere}
