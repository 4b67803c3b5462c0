"""The languages of the forms: the program's own words in each, out of tables; what has no word there stays English."""

import re
from collections.abc import Mapping
from csv import DictReader
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
ENGLISH = "en"


@dataclass(frozen=True)
class Tongue:
    """The words of one language (ISO 639-1)."""

    language: str

    def say(self, key: str, **named: str | int) -> str:
        """The phrase of that key, with what is named in it filled in. The filling is text, whatever stands in it."""
        phrase = _phrases(self.language)[key]
        return re.sub(r"\{(\w+)\}", lambda found: str(named[found[1]]), phrase)

    def code(self, vocabulary: str, code: str) -> str:
        """The label of a code of that closed list; "" where this language has none of its own."""
        return _codes(self.language).get((vocabulary, code), "")

    def country(self, code: str) -> str:
        """The name of a country; "" where this language has none of its own."""
        return _countries(self.language).get(code, "")

    def period(self, period: str) -> str:
        """An ISO 8601 duration in words: "10 ans", "1 Jahr 6 Monate"."""
        parts = []
        for number, unit in re.findall(r"(\d+)([YMWD])", period):
            one, _, many = self.say(f"unit {unit}").partition("|")
            parts.append(f"{int(number)} {one if int(number) == 1 else many}")
        return " ".join(parts)


@cache
def _phrases(language: str) -> Mapping[str, str]:
    return {row["key"]: row[language] for row in _rows("phrases.csv")}


@cache
def _codes(language: str) -> Mapping[tuple[str, str], str]:
    if language == ENGLISH:
        return {}
    return {(row["list"], row["code"]): row[language] for row in _rows("codes.csv")}


@cache
def _countries(language: str) -> Mapping[str, str]:
    if language == ENGLISH:
        return {}
    return {row["code"]: row[language] for row in _rows("countries.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))
