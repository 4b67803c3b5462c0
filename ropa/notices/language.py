"""In which language a text is written, told by its small words or its script: only to say what cannot be read in it."""

import csv
import re
from collections import Counter
from functools import cache
from importlib.resources import files

_SCRIPTS = (
    ("Arabic", "\u0600", "\u06ff"),
    ("Hebrew", "\u0590", "\u05ff"),
    ("Greek", "\u0370", "\u03ff"),
    ("a language in Cyrillic letters", "\u0400", "\u04ff"),
    ("Chinese or Japanese", "\u3040", "\u9fff"),
    ("Korean", "\uac00", "\ud7af"),
    ("Thai", "\u0e00", "\u0e7f"),
    ("Hindi", "\u0900", "\u097f"),
)
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 40_000
_FEWEST = 3


def language_of(text: str) -> tuple[str, str]:
    """Code and name of the language: ("de", "German"); ("", "Arabic") by script; ("", "") where it cannot be told."""
    sample = text[:_SAMPLE]
    letters = [character for character in sample if character.isalpha()]
    for name, first, last in _SCRIPTS:
        if letters and sum(first <= one <= last for one in letters) * 3 > len(letters):
            return "", name
    words = Counter(_WORD.findall(sample.casefold()))
    scores = sorted(
        ((sum(words[word] for word in small), code, name) for code, name, small in _table()), reverse=True
    )
    best, second = scores[0], scores[1]
    if best[0] < _FEWEST or best[0] == second[0]:
        return "", ""
    return best[1], best[2]


@cache
def _table() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    with files("ropa.notices").joinpath("languages.csv").open(encoding="utf-8") as file:
        return tuple((row["code"], row["name"], tuple(row["words"].split())) for row in csv.DictReader(file))
