"""Citations of the law as people write them: "Art. 6 Abs. 1 lit. b DSGVO", "6.1.b", "(b) of Article 6(1)"."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ropa.reference.facts import table
from ropa.words import fold

_JOINED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_SENTENCE = re.compile(r"\b(?:s|satz) \d\b")
_TURNED = re.compile(r"([a-z]) (\d+) (\d+)$")
_ROMAN = re.compile(r"^(\d+) (i{1,3}) ([a-z])$")
_JOINING = frozenset({"and", "or", "und", "oder", "et", "ou", "en"})


def citation(text: str) -> str:
    """What a citation boils down to: numbers and letters from the article down, "6 1 b".

    The words that say nothing ("Art.", "lit.", "GDPR") are left out and the point is put last; a paragraph in
    Roman figures is put in Arabic ones. Other words stay where they are.
    """
    words = _JOINED.sub(" ", fold(text.replace(".", " ")))
    words = _SENTENCE.sub("", words) if " abs " in f" {words} " else words
    kept = " ".join(said for word in words.split() if (said := _noise().get(word, word)))
    if turned := _TURNED.match(kept):
        return f"{turned[2]} {turned[3]} {turned[1]}"
    return _ROMAN.sub(lambda found: f"{found[1]} {len(found[2])} {found[3]}", kept)


def named_in(cited: str, known: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """The codes named in a text that says more, and what it says besides.

    The longest citation counts at each place; a letter alone stands for another point of the paragraph before
    it.
    """
    found: dict[str, None] = {}
    rest: list[str] = []
    last = ""
    for key, word in _places(cited.split(), known):
        alike = f"{last[:-1]}{word}" if len(word) == 1 else ""
        if key or alike in known:
            last = key or alike
            found.update(dict.fromkeys(known[last]))
        elif word not in _JOINING:
            rest.append(word)
    return tuple(found), " ".join(rest)


def _places(words: list[str], known: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            key = " ".join(words[at : at + length])
            if key in known and len(words[at : at + length]) == length:
                yield key, ""
                at += length
                break
        else:
            yield "", words[at]
            at += 1


@cache
def _noise() -> Mapping[str, str]:
    return {fold(row["alias"]): row["code"] for row in table("aliases") if row["vocabulary"] == "citation"}
