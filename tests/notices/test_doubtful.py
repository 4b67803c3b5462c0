"""What a notice says for certain is read; what has two readings, or none, is left to a person."""

from datetime import date

import pytest

from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading


def read(text: str) -> NoticeReading:
    return read_notice(text.encode(), "notice.txt")


def test_a_place_that_nobody_knows_stays_as_written() -> None:
    """It has no code, and no country is guessed for it."""
    reading = read(
        "Personal Data: email address\nPlace of processing: Atlantis; the cloud – Privacy Policy; Ireland"
    )
    assert [(place.text, place.code) for place in reading.blocks[0].places] == [
        ("Atlantis", None), ("the cloud", None), ("Ireland", "IE"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-04-15", date(2026, 4, 15)),
        ("April 15th, 2026", date(2026, 4, 15)),
        ("on 15 April 2026", date(2026, 4, 15)),
        ("15/04/2026", date(2026, 4, 15)),
        ("04/15/2026", date(2026, 4, 15)),
        ("03/03/2026", date(2026, 3, 3)),
        ("03/04/2026", None),
        ("03.04.2026", None),
        ("31 February 2026", None),
        ("15 Avril", None),
        ("last spring", None),
    ],
)
def test_a_date_with_two_readings_is_no_date(written: str, day: date | None) -> None:
    """Then its line is unread, so that a person looks at it."""
    reading = read(f"About privacy\nLast updated: {written}\nPersonal Data: email address")
    assert (reading.last_updated.day if reading.last_updated else None) == day
    assert (2 in {told.lines[0] for told in reading.unread}) is (day is None)


def test_two_ages_that_differ_are_none() -> None:
    """Which of them is the minimum age is not for the reader to choose."""
    reading = read(
        "Personal Data: email address\nYou must be at least 18.\nNobody under the age of 13 may write."
    )
    assert reading.minimum_age is None
    assert [told.lines[0] for told in reading.unread] == [2, 3]


def test_rights_bases_and_periods_that_are_listed_are_given() -> None:
    """A list below its announcement is given; an announcement alone is announced."""
    reading = read(
        "Personal Data: email address\nThe law gives you these rights:\n- see your data\n- have it corrected\n"
        "The lawful bases are:\nConsent\nA contract\nWe keep data as follows:\nThank you for your interest.\n"
    )
    assert [told.text for told in reading.rights_given] == ["see your data", "have it corrected"]
    assert [told.text for told in reading.legal_bases_given] == ["Consent", "A contract"]
    assert [(one.topic, one.lines) for one in reading.announced] == [("retention periods", (8, 8))]


def test_a_word_in_running_text_is_no_label() -> None:
    """Only a label at the start of a line, a sentence or after another label opens an entry."""
    reading = read("Personal Data: email address\nAsk us about the place of processing: we answer.")
    assert [block.lines for block in reading.blocks] == [(1, 1)]
    assert [told.lines for told in reading.unread] == [(2, 2)]


def test_definitions_are_understood_and_make_no_entries() -> None:
    """A section of definitions explains words: each line of it says which."""
    reading = read(
        "Personal Data: email address\n\nDefinitions and legal references\n\nPersonal Data (or Data)\n"
        "Whatever tells who somebody is.\n\nUsage Data\nWhat the site notes by itself.\n"
    )
    assert len(reading.blocks) == 1
    assert reading.unread == ()
    assert "definition of Usage Data" in {known.what for known in reading.understood}


def test_a_short_item_right_above_an_entry_names_its_service() -> None:
    """As in the summary at the top of many notices: a list of purposes with their services and data."""
    reading = read("Analytics\n- Rillcount\nPersonal Data: Trackers\n- Pondview\nPersonal Data: Usage Data\n")
    assert [told.service and told.service.text for told in reading.blocks] == ["Rillcount", "Pondview"]
    assert [told.purpose and told.purpose.text for told in reading.blocks] == ["Analytics", "Analytics"]


def test_a_table_with_a_column_per_label_is_not_misread() -> None:
    """Its head is no entry with "Place of processing" for data: the table is unread."""
    reading = read("Personal Data: Usage Data\n\n| Personal Data | Place of processing |\n| Name | Italy |\n")
    assert [told.text for block in reading.blocks for told in block.data] == ["Usage Data"]
    assert [told.lines[0] for told in reading.unread] == [3, 4]


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ("Privacy Policy of millpond.example", "millpond.example"),
        ("Privacy Policy\nThis is about www.millpond.example and Node.js.", "www.millpond.example"),
        ("Privacy Policy\nBuilt with Node.js, ask dpo@millpond.example.", None),
    ],
)
def test_the_site_is_the_one_that_the_head_of_the_notice_names(head: str, site: str | None) -> None:
    """A domain in the title, else a website's address; neither an e-mail address nor a product's name."""
    reading = read(
        f"{head}\nPersonal Data: Trackers\nPlace of processing: Ireland (https://rillcount.example)"
    )
    assert (reading.site.text if reading.site else None) == site
