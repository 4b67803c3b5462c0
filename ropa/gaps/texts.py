"""Texts as rules see them: blank, placeholder, vague; and how a value is quoted in a message."""

import unicodedata
from functools import lru_cache

from ropa.reference.catalogue import placeholder, vague

_LONGEST = 1000
"""Characters. A longer text is neither a placeholder nor merely a vague phrase; nothing of it is looked up or kept."""
_SHOWN = 80
MOST_WORDS = 6
"""No placeholder of the word lists has more words (a test holds them to it), but for a row of x or "lorem ipsum"."""


def is_placeholder(text: str | None) -> bool:
    """Whether a text stands where an answer should: "tbd", "n/a", "…"."""
    if text is None or len(text) > _LONGEST:
        return False
    # A sentence is looked at no further, unless it may be a row of x or of signs. It saves half of a large check.
    if text.count(" ") >= MOST_WORDS and text[0].isalpha() and text[0] not in "xXyYzZlL":
        return False
    return placeholder(text)


def blank(text: str | None) -> bool:
    """Whether a text says nothing: it is not there, or is a placeholder (Q101)."""
    return not text or text.isspace() or is_placeholder(text)


@lru_cache(maxsize=16_384)
def _phrase(text: str, field: str) -> str:
    return next(
        (hit.phrase for hit in vague(text, field) if hit.strength == "strong" or hit.match == "whole"), ""
    )


def vague_phrase(text: str | None, field: str) -> str:
    """The phrase that makes a text worthless for that sort of field; "" where it is blank or says enough.

    A hint within a sentence ("may", "such as") fires nothing alone.
    """
    return _phrase(text, field) if text and len(text) <= _LONGEST else ""


def shown(text: str | None) -> str:
    """A text as a message quotes it: on one line, short, its control and direction characters made visible."""
    if not text:
        return ""
    cut = " ".join(text[: 4 * _SHOWN].split())
    if not cut.isprintable():
        cut = "".join("�" if unicodedata.category(c) in ("Cc", "Cf") else c for c in cut)
    return cut if len(cut) <= _SHOWN and len(text) <= 4 * _SHOWN else cut[:_SHOWN] + "…"
