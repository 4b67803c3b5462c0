"""What running text of the family says, as patterns per language, from phrases.csv."""

import csv
import re
from functools import cache
from importlib.resources import files

# A name: words with a capital or a digit; a full stop ends it except in a legal form ("B.V.", "Inc.").
_WORD = r"(?-i:[A-ZÀ-ÖØ-Þ0-9][\w&'’+-]*(?:\.[\w&'’+-]+)*)"
_FORM = r"(?-i:B\.V\.|N\.V\.|Inc\.|Ltd\.|S\.r\.l\.|S\.p\.A\.|S\.L\.|S\.A\.(?:S\.)?|Co\.|Corp\.|e\.V\.|Limited|LLC|GmbH)"
_NAMED_DURATION = re.compile(r"[\w.*$-]{1,80}\s?:\s?\S")
_NAME = rf"(?:{_WORD}(?: (?:& |of )?{_WORD}){{0,5}}(?:,? {_FORM})?|{_WORD} {_FORM})"


@cache
def patterns(language: str, fact: str) -> tuple[re.Pattern[str], ...]:
    """The compiled patterns of one fact in one language, in the order of the file."""
    return tuple(
        re.compile(text, re.IGNORECASE) for used, known, text in _rows() if (used, known) == (language, fact)
    )


@cache
def facts(language: str, opening: str) -> tuple[str, ...]:
    """The names of the facts of a language that begin with these words, each once, in the order of the file."""
    return tuple(
        dict.fromkeys(known for used, known, _ in _rows() if used == language and known.startswith(opening))
    )


NO_FACT = ("definition of ", "how to ")
"""Kinds of sentences that state no fact: a word is defined, or a general matter is explained."""


@cache
def languages() -> tuple[str, ...]:
    """The languages of the file."""
    return tuple(dict.fromkeys(used for used, _, _ in _rows()))


def says_none(value: str) -> bool:
    """True for a value that only says that there is none."""
    bare = value.strip(" .;,")
    return any(pattern.fullmatch(bare) for used in languages() for pattern in patterns(used, "none"))


def is_of_trackers(value: str) -> bool:
    """Whether a duration is that of trackers: it speaks of them, or gives a name with its own ("_ga: 2 years")."""
    tracked = any(pattern.search(value) for used in languages() for pattern in patterns(used, "tracker"))
    return tracked or _NAMED_DURATION.match(value) is not None


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    with files("ropa.notices").joinpath("phrases.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return tuple((row["language"], row["fact"], row["pattern"].replace("{NAME}", _NAME)) for row in rows)
