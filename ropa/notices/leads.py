"""What leads in to an entry: words before its label, a sentence right above it, and how far a service line reaches.

A recipient that the notice does not name is worse than none, so where it is in doubt a service line reaches no entry.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from ropa.notices import labels, phrases
from ropa.notices.account import sentences
from ropa.notices.labels import Hit
from ropa.notices.legal_forms import COMPANY_WORD
from ropa.notices.parts import Part
from ropa.notices.prose import in_catalogue
from ropa.notices.reading import Told
from ropa.notices.values import known_place
from ropa.reference.catalogue import known_vendor
from ropa.words import fold

_EDGE = " :–—-|.,"
_DASH = re.compile(r"(\s*[-–—|])\s*")
_LEADS_IN = (":", "-", "–", "—", "|")


def split_lead(pieces: Sequence[Part], label: Hit, part: Part) -> tuple[list[Told], list[Part]]:
    """The words that lead in to the entry that a label opens, and the pieces that do not.

    part: the label's. All that stands before the first label of its own line does. Of what else stands above it only
    the last sentence may: where it ends with a colon or a dash, or not at all, or names a service.
    """
    unit = part.unit
    if not pieces:
        return [], []
    last = pieces[-1]
    until = label.start if last.unit is unit else len(last.unit.text)
    dash = _DASH.fullmatch(last.unit.text, last.end, until)
    stop = dash.end(1) if dash else last.end
    if last.unit is unit and unit.hits[0].start == label.start:
        own = [piece.told() for piece in pieces[:-1] if piece.unit is unit]
        return [*own, unit.told(last.start, stop)], [piece for piece in pieces if piece.unit is not unit]
    start = [start for start, _ in sentences(last.text)][-1]
    unended = last.unit is unit and not last.text.endswith((".", "!", "?"))
    if not (dash or unended or last.text.endswith(":") or names_service(last.text[start:])):
        return [], list(pieces)
    rest = [] if start == 0 else [_cut(last, start)]
    return [last.unit.told(last.start + start, stop)], [*pieces[:-1], *rest]


def _cut(part: Part, stop: int) -> Part:
    return Part(part.kind, part.text[:stop].rstrip(), part.start, part.start + stop, part.unit)


def known_service(leads: Sequence[Told]) -> Told | None:
    """The service that the words before a label are, where they are nothing but a known one: "Hotjar – "."""
    if len(leads) != 1 or known_vendor(name := leads[0].text.strip(_EDGE)) is None:
        return None
    return Told(name, leads[0].lines)


def names_service(text: str) -> bool:
    """True for a sentence that names a vendor of the catalogue, or says whose service is used."""
    return next(iter(in_catalogue(text)), None) is not None or bool(_used(text))


def reaches(service: Told, company: Told | None, said: Iterable[Told]) -> bool:
    """Whether a service line still introduces the entry below the sentences `said` that stand between the two.

    It does while they speak of it, none names another service, and none leads in to something else ("Newsletter:").
    """
    mine = _own_words(service.text, company.text if company else "")
    between = [told.text[start:end].strip() for told in said for start, end in sentences(told.text)]
    speaking = [not mine.isdisjoint(fold(sentence).split()) for sentence in between]
    if any(mine.isdisjoint(fold(name).split()) for sentence in between for name in _used(sentence)):
        return False
    others = (sentence for sentence, speaks in zip(between, speaking, strict=True) if not speaks)
    if any(sentence.endswith(_LEADS_IN) or names_service(sentence) for sentence in others):
        return False
    return any(speaking) or not between


def _used(text: str) -> list[str]:
    """What the text says that we use, work with, rely on, in any language."""
    return [
        found["name"]
        for language in phrases.languages()
        for pattern in phrases.patterns(language, "uses")
        for found in pattern.finditer(text)
        if not _is_familiar(found["name"])
    ]


def _is_familiar(name: str) -> bool:
    """True for words that the family itself writes with a capital ("Users", "Usage Data"), and for places."""
    words = fold(name).split()
    return known_place(name) is not None or all(word.removesuffix("s") in _familiar() for word in words)


def _own_words(*names: str) -> set[str]:
    """The words of these names that tell them from others; all words where none does."""
    words = {word for name in names for word in fold(COMPANY_WORD.sub(" ", name)).split()}
    telling = {
        word for word in words if len(word) > 2 and known_place(word) is None and not _is_familiar(word)
    }
    return telling or words


@cache
def _familiar() -> frozenset[str]:
    return frozenset(word.removesuffix("s") for label in labels.table() for word in label.split())
