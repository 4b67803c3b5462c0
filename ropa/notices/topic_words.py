"""The words by which free prose is read, per language, from topic_words.csv."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de", "fr", "nl")
_RIGHT = "right "


@cache
def pattern(language: str, kind: str) -> re.Pattern[str]:
    """The pattern of a kind in a language; of a kind that the language lacks, one that nothing matches."""
    return re.compile(_table().get((language, kind), r"(?!)"), re.IGNORECASE)


@cache
def _table() -> dict[tuple[str, str], str]:
    with files("ropa.notices").joinpath("topic_words.csv").open(encoding="utf-8") as file:
        return {(row["language"], row["kind"]): row["pattern"] for row in csv.DictReader(file)}


def rights(language: str, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The rights that a text names, each with the span of its first word for it."""
    for used, kind in _table():
        if used == language and kind.startswith(_RIGHT) and (found := pattern(used, kind).search(text)):
            yield kind.removeprefix(_RIGHT), found.span()
