from datetime import date

import pytest

from ropa.errors import Refused
from ropa.reference.adequacy import decisions, history
from ropa.reference.countries import countries


def on(regime: str, destination: str, day: str) -> list[str]:
    return [one.id for one in decisions(regime, destination, date.fromisoformat(day))]


@pytest.mark.parametrize(
    ("regime", "destination", "day", "expected"),
    [
        ("EU GDPR", "US", "2015-01-01", ["eu-us-safe-harbor"]),
        ("EU GDPR", "US", "2015-10-05", ["eu-us-safe-harbor"]),
        ("EU GDPR", "US", "2015-10-06", []),
        ("EU GDPR", "US", "2019-01-01", ["eu-us-privacy-shield"]),
        ("EU GDPR", "US", "2020-07-16", []),
        ("EU GDPR", "US", "2021-01-01", []),
        ("EU GDPR", "US", "2023-07-10", ["eu-us-dpf"]),
        ("EU GDPR", "US", "2024-01-01", ["eu-us-dpf"]),
        ("EU GDPR", "GB", "2020-12-31", []),
        ("EU GDPR", "GB", "2021-03-01", ["eu-gb-bridge"]),
        ("EU GDPR", "GB", "2021-06-28", ["eu-gb-2021"]),
        ("EU GDPR", "GB", "2025-06-27", ["eu-gb-2021"]),
        ("EU GDPR", "GB", "2025-12-27", ["eu-gb-2025-extension", "eu-gb-2025-renewal"]),
        ("EU GDPR", "GB", "2026-11-24", ["eu-gb-2025-renewal"]),
        ("EU GDPR", "GB", "2031-12-28", []),
        ("EU GDPR", "DE", "2026-11-24", []),
        ("Regulation (EU) 2018/1725", "JP", "2026-11-24", ["eu-jp"]),
        ("UK GDPR", "DE", "2026-11-24", ["uk-eea"]),
        ("UK GDPR", "EEA", "2026-11-24", ["uk-eea"]),
        ("UK GDPR", "EUI", "2026-11-24", ["uk-eui"]),
        ("UK GDPR", "EFTA", "2026-11-24", []),
        ("Swiss FADP", "NO", "2026-11-24", ["ch-eea"]),
        ("Swiss FADP", "US", "2024-09-14", []),
        ("Swiss FADP", "US", "2024-09-15", ["ch-us"]),
        ("EU GDPR", "CN", "2026-11-24", []),
    ],
)
def test_adequacy_is_that_of_the_day(regime: str, destination: str, day: str, expected: list[str]) -> None:
    """First days count, last days count, and the day of an annulment does not."""
    assert on(regime, destination, day) == expected


def test_a_decision_on_some_recipients_says_what_to_check() -> None:
    """The Data Privacy Framework covers only organisations on its list."""
    (dpf,) = decisions("EU GDPR", "US", date(2026, 11, 24))
    assert dpf.scope_kind == "organisations"
    assert dpf.condition_to_check


def test_destinations_are_places_that_are_known() -> None:
    """Only rules, which name no place, have none."""
    for one in history():
        assert one.destination in countries() or (one.scope_kind, one.destination) == ("rule", "")
        assert one.ended_on is None or one.in_force_since is None or one.in_force_since < one.ended_on


@pytest.mark.parametrize(("regime", "destination"), [("GDPR of Mars", "US"), ("EU GDPR", "Atlantis")])
def test_an_unknown_law_or_place_is_refused(regime: str, destination: str) -> None:
    """Never an empty answer that would read as "not adequate"."""
    with pytest.raises(Refused):
        on(regime, destination, "2026-11-24")
