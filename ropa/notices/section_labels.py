"""The labels of the family of sections, from section_labels.csv, and where they stand in a text."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ropa.notices.labels import key

MAIN = frozenset({"data", "subjects", "purposes", "bases", "retention"})
"""Kinds of labels that speak of a section as a whole where they begin a line."""
_CLOSING = tuple(")]\"'”“»*_")
_LONGEST = 130
_COLON = re.compile(r"\s*:(?!//)\s*")
_BOUNDARY = re.compile(r"(?:^|[.,;)|]+|[a-z0-9/](?=[A-ZÄÖÜ]))[\s\u201c\u201d\"*.;–—-]*")
"""What stands before a label: nothing, the end of what was before, or an address that runs into it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text: it starts at start, its value at end."""

    kind: str
    languages: frozenset[str]
    start: int
    end: int


@cache
def _table() -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    with files("ropa.notices").joinpath("section_labels.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kinds = found.setdefault(key(row["label"]), {})
            kinds.setdefault(row["kind"], set()).add(row["language"])
    return {label: {kind: frozenset(used) for kind, used in kinds.items()} for label, kinds in found.items()}


def section_labels(text: str) -> tuple[Label, ...]:
    """The labels in a text, in order. A word inside a sentence is no label, though a colon may follow it."""
    found: list[Label] = []
    floor = 0
    for colon in _COLON.finditer(text):
        before = text[colon.start() - 1 : colon.start()]
        if not (before.isalnum() or before in _CLOSING):
            continue
        window = max(floor, colon.start() - _LONGEST)
        for boundary in _BOUNDARY.finditer(text, window, colon.start()):
            if boundary.start() == window > 0 and not boundary[0]:
                continue  # the window begins inside a word
            known = _table().get(key(text[boundary.end() : colon.start()]))
            if known:
                kind, languages = next(iter(known.items()))
                found.append(Label(kind, languages, boundary.end(), colon.end()))
                floor = colon.end()
                break
    return tuple(found)


def value_of(text: str, labels: tuple[Label, ...], index: int) -> tuple[int, int]:
    """Where the value of label number `index` starts and ends, without the sign that parts it from the next label."""
    stop = labels[index + 1].start if index + 1 < len(labels) else len(text)
    raw = text[labels[index].end : stop]
    bare = raw.rstrip(" ;,|–-\u00a0")
    # The stop of "Inc." and of "GmbH & Co." is part of a name; any other ends the value.
    if bare.endswith(".") and not re.search(r"\b(?:Inc|Ltd|Co|Corp|S\.A|B\.V|S\.L|etc|e\.V)\.$", bare):
        bare = bare[:-1].rstrip()
    return labels[index].end, labels[index].end + len(bare)
