"""Who a notice says that its controller is, and where."""

import pytest

from ropa.model.notice import Notice
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.notices.draft_import import NoticeImport, import_notice
from ropa.notices.read import read_notice

ENTRY = "Analytics\nPersonal Data: email address\nPlace of processing: Ireland\n"
CONTACT = "Owner contact email: privacy@example.org"


def imported(text: str, name: str = "n.txt") -> NoticeImport:
    return import_notice(read_notice(text.encode(), name), Register.of([]), source=name)


def below_heading(rows: str) -> NoticeImport:
    return imported(f"Privacy Policy of example.org\nOwner and Data Controller\n{rows}\n{CONTACT}\n{ENTRY}")


def ours(done: NoticeImport) -> list[Organisation]:
    return [one for one in done.register.organisations.values() if one.ours]


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("12 Main Street, San Francisco, CA", None),
        ("1209 Orange Street, Wilmington, DE", None),
        ("5 Peach Road, Atlanta, Georgia", None),
        ("1 Rue de France, Nice", None),
        ("1 High Street, Belfast Northern Ireland", None),
        ("1 Plaza Mayor, Santa Fe, New Mexico", None),
        ("Via Roma 1, 16014 Campomorone (Genova)", None),
        ("1 High Street, London, UK", "GB"),
        ("1 Market Street, Dayton, OH, USA", "US"),
        ("Hauptstraße 1, 20095 Hamburg, Deutschland", "DE"),
        ("1 rue Haute, 75001 Paris, France.", "FR"),
        ("Via Roma 1, 20100 Milano (Italy)", "IT"),
        ("Via Roma 1, 20100 Milano - Italy", "IT"),
        ("Via Roma 1 – 37053 Cerea (VR) ITALY", "IT"),
        ("Via Roma 1, 20100 Milano, Italy – P.IVA 01234567890", "IT"),
    ],
)
def test_a_controller_has_the_country_that_its_address_names_in_full(
    address: str, country: str | None
) -> None:
    """CA is California at the end of an address, and Canada in a list of codes: a country is never made of it."""
    (own,) = ours(below_heading(f"Example Works Ltd, {address}"))
    assert own.name == "Example Works Ltd"
    assert own.country == country


@pytest.mark.parametrize(
    ("rows", "name", "address", "country"),
    [
        ("Example Widgets S.r.l. - Via Roma 1, 20100 Milano (Italy)", "Example Widgets S.r.l.", "Via Roma 1, 20100 Milano (Italy)", "IT"),
        ("Example Widgets GmbH – Hauptstraße 1 – 10115 Berlin, Germany", "Example Widgets GmbH", "Hauptstraße 1 – 10115 Berlin, Germany", "DE"),
        ("Example Ltd | 1 High Street | London | UK", "Example Ltd", "1 High Street | London | UK", "GB"),
        ("Example B.V. — Dam 1 — Amsterdam", "Example B.V.", "Dam 1 — Amsterdam", None),
        ("Example, Inc., 1 Main Street, Dover", "Example, Inc.", "1 Main Street, Dover", None),
        ("Example GmbH & Co. KG, Hauptstr. 1, Berlin", "Example GmbH & Co. KG", "Hauptstr. 1, Berlin", None),
        ("Example e.V. - Hauptstr. 1 - Berlin - Deutschland", "Example e.V.", "Hauptstr. 1 - Berlin - Deutschland", "DE"),
        ("Example UG (haftungsbeschränkt), Hauptstr. 1", "Example UG (haftungsbeschränkt)", "Hauptstr. 1", None),
        ("eSport Example AG, Bahnhofstrasse 1, 5000 Aarau AG", "eSport Example AG", "Bahnhofstrasse 1, 5000 Aarau AG", None),
        ("Example S.p.A. Via Roma 1, 84100 Salerno (SA)", "Example S.p.A.", "Via Roma 1, 84100 Salerno (SA)", None),
        ("Example SRL\nVIA MAGGIO 8\n37053 CEREA (VR) ITALY", "Example SRL", "VIA MAGGIO 8, 37053 CEREA (VR) ITALY", "IT"),
        ("Example GmbH, c/o Hub GmbH, Hauptstr. 1, Berlin", "Example GmbH", "c/o Hub GmbH, Hauptstr. 1, Berlin", None),
        ("Example GmbH (Germany)", "Example GmbH", "Germany", "DE"),
        ("Head of Example, Aldebaranstraße 18, 12529 Schönefeld, Germany", "Head of Example", "Aldebaranstraße 18, 12529 Schönefeld, Germany", "DE"),
        ("Fondazione Example, Via Simone Martini, nr. 23, 20143 Milano", "Fondazione Example", "Via Simone Martini, nr. 23, 20143 Milano", None),
        ("Example Foundation\n1 High Street\nParis\nFrance", "Example Foundation", "1 High Street, Paris, France", "FR"),
    ],
)  # fmt: skip
def test_the_name_ends_where_the_address_begins(
    rows: str, name: str, address: str, country: str | None
) -> None:
    """After the legal form, whatever mark stands between: a street is no part of a controller's name."""
    done = below_heading(rows)
    (own,) = ours(done)
    assert (own.name, own.address, own.country) == (name, address, country)
    assert own.email == "privacy@example.org"
    assert not done.unread


@pytest.mark.parametrize(
    "rows",
    [
        "Example – Via Roma 2 – 20051 Cassina – Milan – Italy",
        "Example | Via Roma 1 | Italy",
        "Smith, Jones and Partners, 1 High Street, London",
        "Example Hauptstraße 1 10115 Berlin",
        "Example GmbH Berlin",
        "Alpha GmbH, Beta GmbH, Hauptstr. 1, Berlin",
        "Alpha Ltd / Beta Ltd",
        "Head of Works\nExample GmbH\nHauptstr. 1",
        "Company: Example Ltd\nAddress: 1 High Street, London",
    ],
)
def test_a_name_that_cannot_be_told_from_its_address_is_kept_as_written(rows: str) -> None:
    """No controller is better than a wrong one: all of it is listed, and stands in the notice's own words."""
    done = below_heading(rows)
    assert ours(done) == []
    assert [one.text for one in done.unread] == rows.split("\n")
    assert all("as written" in one.reason for one in done.unread)
    told = done.register.get(Notice, done.notice)
    assert told is not None
    assert [one.text for one in told.told if one.topic == "owner, as written"] == rows.split("\n")
    assert all(activity.role is None for activity in done.register.activities.values())
    assert all("heading" not in (a.description or "") for a in done.register.activities.values())


def test_what_stands_with_the_address_and_is_none_is_listed() -> None:
    """A tax number, and a sentence before the contact address, are not made part of where the controller is."""
    done = below_heading(
        "Example S.R.L.\nP.Iva: 01234567890\nVia N. Rossi 37, Sarzana (SP)\nAsk us about anything at all, at any hour of the day or of the night."
    )
    (own,) = ours(done)
    assert (own.name, own.address) == ("Example S.R.L.", "Via N. Rossi 37, Sarzana (SP)")
    assert [one.lines for one in done.unread] == [(4, 4), (6, 6)]


def test_a_heading_ends_the_address() -> None:
    """Where the contact address stands far below, a section's title is no line of the address."""
    done = below_heading("Example Ltd\nTypes of Data collected")
    (own,) = ours(done)
    assert (own.name, own.address) == ("Example Ltd", None)


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Example GmbH, Hauptstr. 1, Berlin", "Example GmbH", "Hauptstr. 1, Berlin"),
        ("Example Ltd. We answer within 30 days.", None, None),
        ("the person who determines the purposes of the processing.", None, None),
    ],
)
def test_what_follows_the_label_of_the_controller_is_read_like_what_stands_below_its_heading(
    value: str, name: str | None, address: str | None
) -> None:
    """A label in the line gives name and address, and a sentence after it gives neither."""
    done = imported(f"Privacy Policy\nData Controller: {value}\n{ENTRY}")
    own = ours(done)
    assert [(one.name, one.address) for one in own] == ([(name, address)] if name else [])
    assert bool(done.unread) is (name is None)


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Owner and Data Controller</h2><p><b>Example</b> Widgets S.r.l. &ndash; Via Roma 1<br>20100 Milano (Italy)</p>",
        "<h2>Owner and<br>Data Controller</h2><div>Example Widgets S.r.l.<br/>Via Roma 1,<br/>20100 Milano (Italy)</div>",
    ],
)
def test_the_lines_of_a_page_make_one_address(page: str) -> None:
    """Tags that break lines part an address as marks do."""
    done = imported(
        f"<html><body>{page}<p>{CONTACT}</p><h2>Analytics</h2><p>Personal Data: email address</p></body></html>",
        "n.html",
    )
    (own,) = ours(done)
    assert (own.name, own.country) == ("Example Widgets S.r.l.", "IT")
    assert own.address == "Via Roma 1, 20100 Milano (Italy)"
