"""Searching every field of every record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from ropa.model.common import Documented
from ropa.model.likely import likely
from ropa.model.register import Register
from ropa.model.speech import spoken
from ropa.model.walk import fields
from ropa.words import fold, nearest


@dataclass(frozen=True)
class Found:
    """Where a word stands: the record, the path of the field ("purposes.1.text"), its title, the text as people read it."""

    record: Documented
    path: str
    title: str
    text: str
    word: str

    def around(self, before: int = 30, after: int = 60) -> str:
        """The text near the word."""
        flat = " ".join(self.text.split())
        at = max(flat.casefold().find(self.word.casefold()), 0)
        start = max(at - before, 0)
        cut = flat[start : at + after]
        return ("…" if start else "") + cut + ("…" if start + len(cut) < len(flat) else "")


def search(register: Register, words: Sequence[str]) -> list[Found]:
    """The records in which all words stand, each with the place where it fits best; those that fit by name come first."""
    needles = [fold(w) for w in words if fold(w)]
    found = []
    for record in likely(register, needles):
        places = [(path, title, text, fold(text)) for path, title, text in said(record, register)]
        whole = " ".join(folded for *_, folded in places)
        if needles and all(needle in whole for needle in needles):
            path, title, text, _ = max(places, key=lambda place: sum(n in place[3] for n in needles))
            found.append(Found(record, path, title, text, words[0]))
    return sorted(
        found,
        key=lambda f: (f.path not in ("ref", "name", "aliases"), f.record.kind != "activity", f.record.ref),
    )


def said(record: BaseModel, register: Register, path: str = "") -> Iterator[tuple[str, str, str]]:
    """Path, title and text, as people read it, of every value that a record says."""
    for f in fields(type(record)):
        value = getattr(record, f.name)
        if value is None or value == ():
            continue
        here = f"{path}{f.name}"
        if not f.part:
            yield here, f.title, spoken(value, f, register)
        elif f.many:
            for n, part in enumerate(value, 1):
                yield from said(part, register, f"{here}.{n}.")
        else:
            yield from said(value, register, f"{here}.")


def near_words(register: Register, words: Sequence[str], limit: int = 5) -> list[str]:
    """Words of the register that are spelt nearly like these."""
    known = {word for record in register for word in fold(record.name).split() if len(word) > 3}
    near = [w for word in words for w in nearest(word, sorted(known), limit)]
    return list(dict.fromkeys(near))[:limit]
