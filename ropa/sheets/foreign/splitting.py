"""Lists within a cell: by line, semicolon or bullet; by comma only where names are listed."""

import re

from ropa.words import fold

_LINES = re.compile(r"\s*(?:;|\n|•|‣|▪|\u2028)\s*")
_COMMA = re.compile(r",(?![^()]*\))\s+|,(?=\D)(?![^()]*\))")
_DASH = re.compile(r"^[-–*·]\s*")
_LONGEST = 80
"""Characters: a piece between commas that is longer is a clause of a sentence, and no name in a list."""


NOTHING = frozenset(
    "no|none|nobody|nowhere|n a|not applicable|nein|keine|keiner|niemand|entfallt|non|aucun|aucune|neant|nee|geen"
    "|niet van toepassing|ninguno|ninguna|nessuno|nessuna|nvt".split("|")
)
"""Words, folded, for "there is none": an answer that wants its reason, and no name. "No" is not Norway either."""


def says_nothing(text: str) -> bool:
    """Whether a text only says that there is none."""
    return fold(text) in NOTHING


def pieces(text: str, *, commas: bool) -> list[str]:
    """The members of a list that a cell holds, each once; the whole text where it is none. commas: whether these part them, too."""
    found = [_DASH.sub("", one).strip() for one in _LINES.split(text)]
    found = [one for one in found if one]
    if commas and len(found) == 1:
        parts = [one.strip() for one in _COMMA.split(found[0]) if one.strip()]
        if all(len(one) <= _LONGEST for one in parts):
            found = parts
    return list(dict.fromkeys(found))
