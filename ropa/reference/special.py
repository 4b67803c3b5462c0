"""Words that are a strong sign of special or criminal data, in six languages."""

import re
from collections.abc import Mapping

from ropa.reference.facts import cells, table
from ropa.reference.shelf import kept
from ropa.words import fold

_LONGEST = 300
"""Characters of a name that are read."""


def special_sign(text: str) -> str:
    """The sort of special data that a name plainly speaks of, an id of special_categories.csv; "" for none."""
    found = _pattern().search(f" {fold(text[:_LONGEST])} ")
    return _words()[found[1]] if found else ""


@kept
def _words() -> Mapping[str, str]:
    """Each strong word, folded, with its sort; of a word that two sorts have, the first one's."""
    found: dict[str, str] = {}
    for row in table("special_categories"):
        for column, cell in row.items():
            if column.startswith("words_"):
                for word in cells(cell):
                    found.setdefault(fold(word), row["id"])
    return found


@kept
def _pattern() -> re.Pattern[str]:
    words = sorted(map(re.escape, _words()), key=len, reverse=True)
    return re.compile(f"(?<= )({'|'.join(words)})(?= )")
