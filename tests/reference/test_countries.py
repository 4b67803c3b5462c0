from datetime import date

import pytest

from ropa.errors import Ambiguous, Refused
from ropa.reference.countries import countries, country, group_on, in_eea
from ropa.reference.facts import cells, table
from ropa.words import fold

UNCLEAR = {
    fold(row["word"]): cells(row["choices"]) for row in table("unclear") if row["vocabulary"] == "countries"
}


@pytest.mark.parametrize("code", countries())
def test_each_name_of_a_country_means_it_and_no_other(code: str) -> None:
    """Codes, names and aliases lead to their own row; a word that is shared is Ambiguous and offers the row."""
    one = countries()[code]
    for name in filter(None, (one.code, one.alpha3, one.name, one.name.upper(), *one.aliases)):
        if fold(name) in UNCLEAR:
            assert code in UNCLEAR[fold(name)]
            with pytest.raises(Ambiguous):
                country(name)
        else:
            assert country(name) is one, name


def test_no_name_is_borne_by_two() -> None:
    """A folded name that two rows bear is listed as unclear."""
    bearers: dict[str, set[str]] = {}
    for one in countries().values():
        for name in (one.name, *one.aliases):
            bearers.setdefault(fold(name), set()).add(one.code)
    assert {name for name, codes in bearers.items() if len(codes) > 1} <= set(UNCLEAR)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("USA", "US"), ("u.s.", "US"), ("Deutschland", "DE"), ("deu", "DE"), ("the Netherlands", "NL"), ("Suisse", "CH"),
        ("Regno Unito", "GB"), ("Georgia", "GE"), ("Guinea", "GN"), ("KR (South Korea)", "KR"), ("Germany (DE)", "DE"),
        ("Congo (Republic)", "CG"), ("NO", "NO"), ("NA", "NA"), ("European Union", "EU"), ("EWR", "EEA"),
    ],
)  # fmt: skip
def test_usual_spellings_are_understood(text: str, code: str) -> None:
    """Six languages, codes in any case, and a code beside a name."""
    assert country(text).code == code


@pytest.mark.parametrize(
    "text", ["Korea", "Corée", "Congo", "Kongo", "Saint Martin", "Virgin Islands", "Europe", "DACH"]
)
def test_a_word_for_several_places_is_not_guessed(text: str) -> None:
    """Ambiguous, and each choice is one that can be typed back."""
    with pytest.raises(Ambiguous, match="Say which") as refusal:
        country(text)
    for choice in UNCLEAR[fold(text)]:
        assert f"{choice} ({country(choice).name})" in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["Atlantis", "no", "No", "n/a", "N.A.", "", "   ", "-", "worldwide", "Germany (FR)", "🇩🇪", "=DE"]
)
def test_what_names_no_place_is_refused(text: str) -> None:
    """Small "no" is no Norway, "N.A." no Namibia, and two names that disagree are none."""
    with pytest.raises(Refused, match="not a country that ropa knows") as refusal:
        country(text)
    assert refusal.value.do


def test_a_near_miss_offers_what_may_be_meant() -> None:
    """A typing error gets the country that is nearest."""
    with pytest.raises(Refused, match=r"Did you mean DE \(Germany\)"):
        country("Germny")


@pytest.mark.parametrize(
    ("code", "day", "inside"),
    [
        ("HR", "2013-06-30", False), ("HR", "2013-07-01", True),
        ("GB", "2019-06-01", True), ("GB", "2020-12-31", True), ("GB", "2021-01-01", False), ("GB", "2022-01-01", False),
        ("NO", "2020-01-01", True), ("CH", "2020-01-01", False), ("FI", "1994-06-01", True), ("FI", "1993-01-01", False),
        ("GF", "2020-01-01", True), ("BL", "2011-12-31", True), ("BL", "2012-01-01", False), ("GL", "1985-02-01", False),
        ("EU", "2020-01-01", True), ("EEA", "2020-01-01", True), ("EUI", "2020-01-01", True), ("EFTA", "2020-01-01", False),
        ("US", "2020-01-01", False), ("SJ", "2020-01-01", False), ("EPO", "2026-01-01", False),
    ],
)  # fmt: skip
def test_being_inside_the_eea_depends_on_the_day(code: str, day: str, inside: bool) -> None:
    """Accessions, departures and the transition of the United Kingdom count; EFTA is no legal area."""
    assert in_eea(code, date.fromisoformat(day)) is inside


@pytest.mark.parametrize("code", countries())
def test_the_group_of_today_agrees_with_the_memberships(code: str) -> None:
    """The two tables say the same of the day on which they were gathered."""
    assert group_on(code, date(2026, 11, 23)) == group_on(code) == countries()[code].group


def test_the_united_kingdom_has_a_group_of_its_own() -> None:
    """EU until the end of the transition, UK after it."""
    assert [group_on("GB", date(year, 6, 1)) for year in (1972, 2019, 2020, 2021)] == [
        "third",
        "EU",
        "EU",
        "UK",
    ]
