"""Comparing and joining words, in any script. Nothing here knows what a register is."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_ABBREVIATION = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?![^\W_]))")
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}
_SHORT = 200
_CLOSE = 70.0


def fold(text: str) -> str:
    """The text as it is compared: without case, accents and punctuation, with single spaces.

    Dots inside an abbreviation vanish ("U.S.A." is "usa"); every other sign that is no letter, digit or mark
    of a script counts as a space. Marks that carry meaning outside the Latin, Greek and Cyrillic scripts
    stay. Folding twice changes nothing.
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        plain = _ABBREVIATION.sub(r"\1", text) if "." in text else text
        return " ".join(plain.lower().translate(_ASCII).split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)).translate(_LETTERS)
    plain = _ABBREVIATION.sub(r"\1", plain)
    return unicodedata.normalize("NFC", " ".join("".join(map(_kept, plain)).split()))


_fold_short = lru_cache(maxsize=65536)(_fold)


def _kept(sign: str) -> str:
    """A letter, digit or mark as it is; nothing for an invisible sign such as a soft hyphen; else a space."""
    if sign.isalnum():
        return sign
    category = unicodedata.category(sign)
    if category[0] == "M":
        return sign
    return "" if category == "Cf" else " "


def nearest(word: str, candidates: Sequence[str], limit: int = 5) -> list[str]:
    """The candidates that look most like the word, best first; none where nothing comes close."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        fold(word), candidates, scorer=fuzz.ratio, processor=fold, limit=limit, score_cutoff=_CLOSE
    )
    return [candidate for candidate, _, _ in found]


def meant(word: str, candidates: Sequence[str], limit: int = 5) -> list[str]:
    """The candidates that a word may be short for, or else those that look most like it: "proc" is for processor."""
    begun = fold(word)
    short = [one for one in candidates if len(begun) > 2 and f" {fold(one)}".find(f" {begun}") >= 0]
    return sorted(short, key=lambda one: not fold(one).startswith(begun))[:limit] or nearest(
        word, candidates, limit
    )


def listing(items: Iterable[str], last: str = "and") -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"; `last` is the word before the last one."""
    each = list(items)
    if len(each) < 2:
        return "".join(each)
    return f"{', '.join(each[:-1])} {last} {each[-1]}"
