"""The labels of the family per language, from labels.csv, and where they stand in a text."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, cast

from ropa.words import fold

Kind = Literal[
    "data", "place", "legal_basis", "retention", "storage", "trackers_duration", "updated", "contact", "controller", "dpo",
    "self", "and", "term", "section", "definitions", "purpose",
]  # fmt: skip
ENTRY_KINDS = frozenset({"data", "place", "legal_basis", "retention", "storage", "trackers_duration"})
_FACT_KINDS = ENTRY_KINDS | {"updated", "contact", "controller", "dpo"}
_SEPARATOR = re.compile(r"\s*[:：|]")
_CLOSING = tuple(")]\"'”“»*_")
_OPENING = "([{\"'„“«‹*_ "
_BEFORE = '.!?;:)]}”"»›–—-|,'
_LONGEST = 8  # words in a label, and a little over
WINDOW = 96  # characters that hold the longest label


@dataclass(frozen=True, slots=True)
class Hit:
    """A label in a text: text[start:end] is the label with its separator; value_start is where its value begins."""

    kind: Kind
    languages: frozenset[str]
    start: int
    end: int


@cache
def table() -> dict[str, dict[Kind, frozenset[str]]]:
    """Folded label → kind → the languages that use it so."""
    found: dict[str, dict[Kind, set[str]]] = {}
    with files("ropa.notices").joinpath("labels.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kinds = found.setdefault(key(row["label"]), {})
            kinds.setdefault(cast(Kind, row["kind"]), set()).add(row["language"])
    return {label: {kind: frozenset(used) for kind, used in kinds.items()} for label, kinds in found.items()}


def key(text: str) -> str:
    """The form in which two spellings of a label are equal."""
    return fold(text.replace("’", "'"))


def is_a(kind: Kind, text: str) -> bool:
    """True when the whole text is a known title or term of this kind (numbering and a final colon aside)."""
    bare = re.sub(r"^\s*(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])\s+", "", text).strip().rstrip(":").strip()
    return len(bare) <= WINDOW * 2 and kind in table().get(key(bare), {})


def is_entry_label(text: str) -> bool:
    """True when the whole text is a label of an entry."""
    return len(text) <= WINDOW and not ENTRY_KINDS.isdisjoint(table().get(key(text), {}))


@cache
def words_of(kind: Kind, languages: frozenset[str]) -> frozenset[str]:
    """The folded labels of one kind in these languages."""
    return frozenset(label for label, kinds in table().items() if kinds.get(kind, frozenset()) & languages)


def find(text: str) -> tuple[Hit, ...]:
    """The labels in a text with their values' places, in order.

    A label counts at the start of the text, after the end of a sentence or a dash, or anywhere once another label
    has opened: running text that happens to say "the place of processing: …" is no label.
    """
    hits: list[Hit] = []
    for separator in _SEPARATOR.finditer(text):
        before = text[max(0, separator.start() - 1) : separator.start()]
        if not (before.isalnum() or before in _CLOSING):
            continue
        hit = _label_before(text, separator.start(), separator.end(), hits[-1].end if hits else 0)
        if hit and (hits or hit.kind == "updated" or _opens(text, hit.start)):
            hits.append(hit)
    heads_columns = any(not text[one.end : two.start].strip(" |") for one, two in pairwise(hits))
    return tuple(
        hit for hit in hits if not (heads_columns and text[hit.start : hit.end].rstrip().endswith("|"))
    )


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - WINDOW) : start].rstrip(_OPENING)
    return not before or before[-1] in _BEFORE or not any(character.isalnum() for character in text[:start])


def _label_before(text: str, stop: int, end: int, floor: int) -> Hit | None:
    window_start = max(floor, stop - WINDOW)
    words = list(re.finditer(r"\S+", text[window_start:stop]))[-_LONGEST:]
    for word in words:  # the longest label first
        if not any(character.isalnum() for character in word[0]):
            continue
        start = window_start + word.start()
        start += len(word[0]) - len(word[0].lstrip(_OPENING))
        if re.search(r"[.;:,!?]\s", text[start:stop]):
            continue  # "Usage Data. Retention: …" is not the label "Data retention"
        kinds = table().get(key(text[start:stop].rstrip(_OPENING)), {})
        for kind, languages in kinds.items():
            if kind in _FACT_KINDS:
                return Hit(kind, languages, start, end)
    return None
