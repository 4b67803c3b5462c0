"""How the layout article30 words countries."""

from datetime import date

import pytest

from ropa.model.plainregister import register_from_plain
from ropa.sheets.layouts import lay_out
from ropa.sheets.saying import without_country
from tests.sheets.reading import records, sheets

ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("code", "says"),
    [("US", "third country under the GDPR,"), ("CH", "third country under the GDPR,"), ("GB", "third country under the GDPR,"),
     ("NO", "EFTA state in the European Economic Area,"), ("FR", "member state of the European Union,")],
)  # fmt: skip
def test_each_group_of_countries_is_said_in_words(code: str, says: str) -> None:
    """No reader has to know what "CH" or "third" means in our tables."""
    register = register_from_plain(
        {"activities": [{"ref": "PA-0001", "name": "A", "transfers": [{"destination": code}]}]}, at="test"
    )
    facts = records(sheets(lay_out(register, "article30", on=ON))["Facts"])
    assert facts[0]["What the fact says"].startswith(says)


@pytest.mark.parametrize(
    ("address", "bare"),
    [("1 Rue de France", "1 Rue de France"), ("1 rue Haute, Paris, France", "1 rue Haute, Paris"),
     ("1 rue Haute\nParis\nFRANCE.", "1 rue Haute\nParis"), ("France", "France")],
)  # fmt: skip
def test_the_country_at_the_end_of_an_address_is_said_once(address: str, bare: str) -> None:
    """It stands beside the address; a street that is named after a country keeps its name."""
    assert without_country(address, "France") == bare
