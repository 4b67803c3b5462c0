"""Texts as rules see them: blank, placeholder, vague, what they name; and how a value is quoted in a message."""

import re
import unicodedata
from functools import lru_cache

from ropa.errors import Refused
from ropa.model.dates import parse_day
from ropa.reference.catalogue import placeholder, vague
from ropa.reference.wording import tells
from ropa.words import fold

_LONGEST = 1000
"""Characters. A longer text is neither a placeholder nor merely a vague phrase; nothing of it is looked up or kept."""
_SHOWN = 80
PLACEHOLDER_LENGTH = 32
"""Characters. No placeholder of the word lists is longer (a test holds them to it), but for a row of x and "lorem ipsum":
a longer text need not be looked up, which saves half of a large check.
"""
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+", re.UNICODE
)
"""A word, or a sign of the scripts that are written without spaces between words."""
_NUMERIC_DAY = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}(?:\.\s?|[-/])\d{1,2}(?:\.\s?|[-/])\d{4})(?!\d)"
)
_LINK = re.compile(
    r"(?:\w+://|www\.|\\\\|[A-Za-z]:\\|/)\S+$|\S+\.(?:pdf|docx?|xlsx?|pptx?|md|html?|txt|od[st])$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")


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
    return not text or (_is_blank(text) if len(text) <= _LONGEST else text.isspace())


@lru_cache(maxsize=16_384)
def _is_blank(text: str) -> bool:
    return text.isspace() or is_placeholder(text)


@lru_cache(maxsize=16_384)
def _gives_reason(text: str) -> bool:
    chunks = (chunk for chunk in re.split(r"[\s,;]+", text) if chunk and not is_placeholder(chunk))
    return sum(len(_WORD.findall(chunk)) for chunk in chunks) > 1 and not is_placeholder(text)


def no_reason(text: str | None) -> bool:
    """Whether a text is no reason: a blank, a placeholder, or less than two words ("ok", "n/a", "tbd tbd")."""
    return not text or not _gives_reason(text[:_LONGEST])


def only_link(text: str | None) -> bool:
    """Whether a text is an address or the name of a file, and nothing besides."""
    return bool(text) and len(text or "") <= _LONGEST and bool(_LINK.match((text or "").strip()))


def names_law(text: str | None) -> bool:
    """Whether a text names a legal act or a provision of one: a word such as Act, Code, Art., or the sign §."""
    return bool(text) and ("§" in (text or "") or tells(text or "", "law"))


def names_day(text: str | None) -> bool:
    """Whether a text holds a full date: 2026-11-01, 1.11.2026, 1 November 2026, in six languages.

    A date that could be two days (03/04/2026) is none.
    """
    text = (text or "")[:_LONGEST]
    words = fold(text).split()
    spoken = (
        " ".join(words[n - back : n + 1])
        for n, word in enumerate(words)
        if _YEAR.match(word)
        for back in (2, 3, 4)
        if n >= back
    )
    return any(map(_is_day, (*_NUMERIC_DAY.findall(text), *spoken)))


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except Refused:
        return False
    return True


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
    return _quoted(text[: 4 * _SHOWN + 1]) if text else ""


@lru_cache(maxsize=16_384)
def _quoted(text: str) -> str:
    cut = " ".join(text[: 4 * _SHOWN].split())
    if not cut.isprintable():
        cut = "".join("�" if unicodedata.category(c) in ("Cc", "Cf") else c for c in cut)
    return cut if len(cut) <= _SHOWN and len(text) <= 4 * _SHOWN else cut[:_SHOWN] + "…"
