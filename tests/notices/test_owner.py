"""Where a notice says that its controller is."""

import pytest

from ropa.model.register import Register
from ropa.notices.drafts import drafts
from ropa.notices.read import read_notice

ENTRY = "Analytics\nPersonal Data: email address\nPlace of processing: Ireland\n"


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("12 Main Street, San Francisco, CA", None),
        ("1209 Orange Street, Wilmington, DE", None),
        ("5 Peach Road, Atlanta, Georgia", None),
        ("1 Rue de France, Nice", None),
        ("1 High Street, London, UK", "GB"),
        ("1 Market Street, Dayton, OH, USA", "US"),
        ("Hauptstraße 1, 20095 Hamburg, Deutschland", "DE"),
        ("1 rue Haute, 75001 Paris, France.", "FR"),
    ],
)
def test_a_controller_has_the_country_that_its_address_names_in_full(
    address: str, country: str | None
) -> None:
    """CA is California at the end of an address, and Canada in a list of codes: a country is never made of it."""
    text = f"Owner and Data Controller\nExample Works Ltd, {address}\n\n{ENTRY}"
    register = drafts(read_notice(text.encode(), "n.txt"), Register(), source="n.txt")
    (own,) = (one for one in register.organisations.values() if one.ours)
    assert own.name == "Example Works Ltd"
    assert own.country == country
