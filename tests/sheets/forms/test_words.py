"""The tables of words: every language whole, nothing misspelt that a form or a record asks for."""

import csv
import re

import pytest

from ropa.model.codes import vocabulary
from ropa.reference.countries import countries
from ropa.sheets.forms.tongue import FOLDER, Tongue

LANGUAGES = ("en", "fr", "nl", "de", "es", "it")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_there_in_every_language_with_the_same_places(language: str) -> None:
    """A place that is lost in one language would drop what is to stand in it."""
    for row in rows("phrases.csv"):
        assert row[language].strip(), row["key"]
        places = [sorted(re.findall(r"\{\w+\}", row[one])) for one in ("en", language)]
        assert places[0] == places[1], row["key"]
        assert row[language].count("|") == row["en"].count("|")


def test_names_of_sheets_are_names_that_a_sheet_can_have() -> None:
    """At most 31 letters, none of those that Excel keeps for itself, and different from each other."""
    keys = ("cover", "sheet beside", "sheet records", "sheet roleless")
    for language in LANGUAGES:
        names = [Tongue(language).say(key) for key in keys]
        assert len({name.casefold() for name in names}) == len(keys)
        assert not [name for name in names if len(name) > 31 or set(name) & set("[]:*?/\\'")]


def test_every_code_that_has_a_word_is_a_code() -> None:
    """A code that was renamed would fall back to English without a sound; and no two rows are of one code."""
    found = [(row["list"], row["code"]) for row in rows("codes.csv")]
    assert len(set(found)) == len(found)
    for name, code in found:
        assert code in vocabulary(name).codes, (name, code)


@pytest.mark.parametrize(
    "name",
    ["legal_bases", "special_conditions", "special_sorts", "mechanisms", "recipient role", "role", "status"],
)
def test_the_lists_that_forms_show_are_whole_in_every_language(name: str) -> None:
    """Each code of the lists that stand in the forms has its word."""
    for language in LANGUAGES[1:]:
        missing = [code for code in vocabulary(name).codes if not Tongue(language).code(name, code)]
        assert not missing


def test_every_country_has_its_name_in_every_language() -> None:
    """But for groups of countries, which have no code of their own in the source of the names."""
    for language in LANGUAGES[1:]:
        missing = {code for code in countries() if not Tongue(language).country(code)}
        assert missing <= {"EEA", "EFTA", "EPO", "EUI"}
