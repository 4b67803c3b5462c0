"""Texts as rules see them: blank, placeholder, vague; and how a value is quoted in a message."""

import unicodedata
from functools import lru_cache

from ropa.reference.catalogue import placeholder, vague

_LONGEST = 1000
"""Characters. A longer text is neither a placeholder nor merely a vague phrase; nothing of it is looked up or kept."""
_SHOWN = 80
PLACEHOLDER_LENGTH = 32
"""Characters. No placeholder of the word lists is longer (a test holds them to it), but for a row of x and "lorem ipsum":
a longer text need not be looked up, which saves half of a large check.
"""


@lru_cache(maxsize=131_072)
def is_placeholder(text: str) -> bool:
    """Whether a text stands where an answer should: "tbd", "n/a", "…"."""
    if len(text) > PLACEHOLDER_LENGTH and text[0].isalpha() and text[0] not in "xXyYzZlL":
        text = text[:_LONGEST].rstrip(" .,;:-_?!…")
        if len(text) > PLACEHOLDER_LENGTH:
            return False
    return len(text) <= _LONGEST and placeholder(text)


def blank(text: str | None) -> bool:
    """Whether a text says nothing: it is not there, or is a placeholder (Q101)."""
    return not text or text.isspace() or (len(text) <= _LONGEST and is_placeholder(text))


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
