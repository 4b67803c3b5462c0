"""What a heading asks for: its field, by the words of six languages, by a near spelling, or by the words within it."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from ropa.words import fold

NAME = "name"
_CLOSE = 90
"""Of 100: a letter or two."""
_LONG = 8
"""Letters of a single word that may stand within a heading; "processing" stands in many, and names none."""
_WORDS = 14
"""A heading of more words is a sentence, and no heading."""


@cache
def _known() -> Mapping[str, str]:
    """Folded heading → the field; of two fields the one that comes first in the table."""
    text = (files("ropa.sheets.foreign") / "headings.csv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        for heading in row["heading"].split("|"):
            found.setdefault(fold(heading), row["target"])
    return found


def targets() -> Sequence[str]:
    """The fields that a heading can mean, in the order of the table."""
    return list(dict.fromkeys(_known().values()))


def is_known(heading: str) -> bool:
    """Whether a text is a heading as it stands: quick enough to be asked of every cell."""
    return fold(heading) in _known()


@lru_cache(maxsize=4096)
def meant_by(heading: str) -> str:
    """The field that a heading asks for; "" where none is recognised for certain."""
    folded = fold(heading)
    if not folded or len(folded.split()) > _WORDS:
        return ""
    if folded in _known():
        return _known()[folded]
    if "/" in heading:  # two questions in one column: what a cell answers cannot be told
        return ""
    return _near(folded) or _within(folded)


def _near(folded: str) -> str:
    from rapidfuzz import fuzz, process

    if len(folded) < 6:
        return ""
    found = process.extractOne(folded, list(_known()), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return _known()[found[0]] if found else ""


def _within(folded: str) -> str:
    """The field whose heading, of two words or a long one, stands in the text as a whole; the longest one counts."""
    padded = f" {folded} "
    fits = [
        one
        for one, target in _known().items()
        if (" " in one or (len(one) > _LONG and target != NAME)) and f" {one} " in padded
    ]
    best = max(fits, key=len, default="")
    return _known().get(best, "")
