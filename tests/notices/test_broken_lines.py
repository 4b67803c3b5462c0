"""A page breaks its lines anywhere: what belongs together is read together, and no value is moved to another entry."""

import pytest

from ropa.notices.read import read_notice
from ropa.notices.reading import Block


def blocks(text: str) -> tuple[Block, ...]:
    return read_notice(text.encode(), "n.txt").blocks


def shape(block: Block) -> tuple[list[str], list[str | None]]:
    return [term.text for term in block.data], [place.code for place in block.places]


NEXT = "Personal Data: email address\nPlace of processing: Ireland\n"


def test_places_whose_data_a_broken_line_cut_off_are_not_given_to_the_next_data() -> None:
    """Rather an entry without data than a transfer of other data: the notice writes its places below its data."""
    read = blocks(f"{NEXT}Personal Data: Trackers; Zeta\nOmega\nPlace of processing: United States\n{NEXT}")
    assert [shape(block) for block in read] == [
        (["email address"], ["IE"]),
        (["Trackers", "Zeta"], []),
        ([], ["US"]),
        (["email address"], ["IE"]),
    ]


@pytest.mark.parametrize(
    ("rows", "data", "places"),
    [
        ("Personal Data: Trackers; Usage\nData\nPlace of processing: United States", ["Trackers", "Usage Data"], ["US"]),
        ("Personal Data: email\naddress; first name\nPlace of processing: USA", ["email address", "first name"], ["US"]),
        ("Persoonsgegevens: Cookies en\nGebruiksgegevens\nVerwerkingslocatie: VS", ["Cookies", "Gebruiksgegevens"], ["US"]),
        ("Personal Data: Trackers. Place\nof\nprocessing: United States", ["Trackers"], ["US"]),
        ("Dati Personali trattati:\nCookie; email. Luogo\ndel trattamento: Stati Uniti", ["Cookie", "email"], ["US"]),
        ("Datos Personales: Cookies\nLugar de tratamiento: Estados\nUnidos – Política de privacidad", ["Cookies"], ["US"]),
    ],
)  # fmt: skip
def test_a_term_a_place_and_a_label_go_on_in_the_next_line(
    rows: str, data: list[str], places: list[str]
) -> None:
    """Half a term is another term, and half a label none."""
    (block,) = blocks(f"{rows}\n")
    assert shape(block) == (data, places)


def test_two_terms_on_two_lines_are_not_made_one() -> None:
    """Both stand for themselves: a second one without its mark is no part of the first."""
    first = blocks("Personal Data: Email\nAddress\nPlace of processing: Ireland\n")[0]
    assert [term.text for term in first.data] == ["Email"]


def test_a_small_word_below_a_place_is_no_country() -> None:
    """India's code is IN; "In" opens a sentence."""
    text = (
        "Personal Data: Trackers\nPlace of processing: United States\nIn\naddition to any opt-out, read on.\n"
    )
    (block,) = blocks(text)
    assert shape(block) == (["Trackers"], ["US"])


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("the United Kingdom", "GB"),
        ("the Netherlands", "NL"),
        ("gli Stati Uniti", "US"),
        ("In", None),
        ("it", None),
    ],
)
def test_a_country_is_known_with_its_article_and_no_word_by_its_code(place: str, code: str | None) -> None:
    """A leg that a "the" hides is a transfer that nobody looks at."""
    (block,) = blocks(f"Personal Data: Trackers\nPlace of processing: {place}\n")
    assert [one.code for one in block.places] == [code]


@pytest.mark.parametrize(
    ("rows", "purpose", "service", "company"),
    [
        ("Handling\npayments\nTill (Till Inc.)", "Handling payments", "Till", "Till Inc."),
        ("Analytics\nGoogle\nAnalytics (Google LLC)", "Analytics", "Google Analytics", "Google LLC"),
        ("Analytics\nTill\n(Till Inc.)", "Analytics", "Till", "Till Inc."),
        ("Analytics\nTill (The Till Group,\nLLC.)", "Analytics", "Till", "The Till Group, LLC."),
        ("Analytics\nTill (Till Inc.)\nTill is a counter\nof visits run by Till Inc.", "Analytics", "Till", "Till Inc."),
        ("Analytics\nTill (Till Inc.)\nBy filling in the form, the\nUser agrees to it.", "Analytics", "Till", "Till Inc."),
        ("Analytics\nWeb Till (WT) (Web Till, Inc.)", "Analytics", "Web Till (WT)", "Web Till, Inc."),
    ],
)  # fmt: skip
def test_a_heading_in_two_lines_names_purpose_and_service(
    rows: str, purpose: str, service: str, company: str
) -> None:
    """Half of it is no purpose, and a sentence cut short is no heading."""
    (block,) = blocks(f"Privacy Policy\n{rows}\nPersonal Data: Trackers\n")
    named = [told.text if told else None for told in (block.purpose, block.service, block.company)]
    assert named == [purpose, service, company]


@pytest.mark.parametrize(
    ("rows", "purpose", "service"),
    [
        ("Analytics Google Analytics (Google LLC)\nPersonal Data: Trackers", "Analytics", "Google Analytics"),
        ("Contacting the User Mailing List (This Application) Personal Data: email", "Contacting the User", "Mailing List"),
        ("Analytics Suite (Till Inc.)\nPersonal Data: Trackers", None, "Analytics Suite"),
    ],
)  # fmt: skip
def test_a_purpose_that_is_run_together_with_a_service_is_no_part_of_its_name(
    rows: str, purpose: str | None, service: str
) -> None:
    """A recipient's service has the name that it has, and the purpose is not lost in it."""
    (block,) = blocks(f"Privacy Policy\n{rows}\n")
    assert [told.text if told else None for told in (block.purpose, block.service)] == [purpose, service]
