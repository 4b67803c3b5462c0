"""Headings and labels above and inside entries: what they are taken for, and what they are not."""

import html

import pytest

from ropa.model.register import Register
from ropa.notices.draft_import import import_notice
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading

NOTICE = """# Privacy Policy of www.lamp.example

Last updated: March 3, 2026

## Owner and Data Controller

{owner}
Owner contact email: privacy@lamp.example

Lamp collects some Personal Data from its Users. You must be at least 16 years of age. We also sell your health data to brokers in China.

## Analytics

### Counter (Counter Inc)

Personal Data processed: Trackers; Usage Data.
Place of processing: Ireland – Privacy Policy – Opt Out.
Retention: 14 months. Storage duration: _ga: 2 years

### Service

Personal Data: email address
Place of processing: United States
Storage duration: 3 months

## Who

Personal Data: phone number
"""
ADDRESSED = "Lamp GmbH, Ring 1, 50667 Köln, Germany"


def as_page(text: str) -> str:
    rows = [row for row in text.splitlines() if row]
    marks = [len(row) - len(row.lstrip("#")) for row in rows]
    return "\n".join(
        f"<h{n}>{html.escape(row[n:].strip())}</h{n}>" if n else f"<p>{html.escape(row)}</p>"
        for row, n in zip(rows, marks, strict=True)
    )


def as_text(text: str) -> str:
    return "\n".join(row.lstrip("# ") for row in text.splitlines())


def read(text: str, name: str) -> NoticeReading:
    return read_notice(text.encode(), name)


KINDS = {"n.md": str, "n.html": as_page, "n.txt": as_text}


@pytest.mark.parametrize("name", KINDS)
def test_the_same_text_gives_the_same_facts_in_every_form(name: str) -> None:
    """Controller, address, subjects, age and each entry's data, places and periods do not depend on the markup."""
    found = read(KINDS[name](NOTICE.format(owner=ADDRESSED)), name)
    assert found.controller
    assert found.controller_address
    assert (found.controller.text, found.controller_address.text) == (
        "Lamp GmbH",
        "Ring 1, 50667 Köln, Germany",
    )
    assert [told.text for told in found.subjects] == ["Users"]
    assert found.minimum_age
    assert found.minimum_age.value == 16
    assert [[term.text for term in block.data] for block in found.blocks] == [
        ["Trackers", "Usage Data"], ["email address"], ["phone number"]
    ]  # fmt: skip
    assert [[place.code for place in block.places] for block in found.blocks] == [["IE"], ["US"], []]
    assert [told.text for told in found.unread] == ["We also sell your health data to brokers in China."]


@pytest.mark.parametrize("name", KINDS)
def test_a_heading_that_says_no_purpose_becomes_none(name: str) -> None:
    """The headings "Who" and "Service" are kept in the description and listed; only the family's own "Analytics" is a purpose."""
    found = read(KINDS[name](NOTICE.format(owner=ADDRESSED)), name)
    drafted = import_notice(found, Register.of([]), source=name)
    first, second, third = drafted.register.activities.values()
    assert [p.text for p in first.purposes] == ["Analytics"]
    assert not {p.text for p in (*second.purposes, *third.purposes)} & {"Who", "Service"}
    assert third.purposes == ()
    assert "Under the heading: Who" in (third.description or "")
    assert any(one.text == "Who" and "not known as a purpose" in one.reason for one in drafted.unread)


@pytest.mark.parametrize("name", KINDS)
def test_how_long_trackers_live_is_no_retention(name: str) -> None:
    """A period beside a cookie's name is the cookie's; a storage duration alone is kept as written, and listed."""
    found = read(KINDS[name](NOTICE.format(owner=ADDRESSED)), name)
    drafted = import_notice(found, Register.of([]), source=name)
    first, second, _ = drafted.register.activities.values()
    rules = {rule.name for rule in drafted.register.records["retention_rule"].values()}
    assert rules == {"14 months"}
    assert "How long trackers stay on the device: _ga: 2 years" in (first.description or "")
    assert {line.retention for line in second.data} == {None}
    assert "Storage duration as written: 3 months" in (second.description or "")
    assert any(one.text == "3 months" for one in drafted.unread)


def test_what_stands_above_an_entry_is_shown_with_its_own_lines() -> None:
    """Purpose and service of an entry point at the heading and the line that give them."""
    drafted = import_notice(read(NOTICE.format(owner=ADDRESSED), "n.md"), Register.of([]), source="n.md")
    rows = NOTICE.format(owner=ADDRESSED).splitlines()
    evidence = {part.field: part.lines for part in drafted.register.activities["PA-0001"].provenance}
    assert rows[int(evidence["purposes"] or 0) - 1] == "## Analytics"
    assert rows[int(evidence["recipients"] or 0) - 1] == "### Counter (Counter Inc)"


@pytest.mark.parametrize(
    ("owner", "name", "address", "country"),
    [
        (ADDRESSED, "Lamp GmbH", "Ring 1, 50667 Köln, Germany", "DE"),
        ("Lamp, Inc., 1 Main St, Springfield", "Lamp, Inc.", "1 Main St, Springfield", None),
        ("Lamp GmbH operates this site. It is proud of its work.", "Lamp GmbH", None, None),
        ("Lamp GmbH\nRing 1\n50667 Köln", "Lamp GmbH", "Ring 1, 50667 Köln", None),
    ],
)
def test_the_controller_is_a_name_and_not_a_paragraph(
    owner: str, name: str, address: str | None, country: str | None
) -> None:
    """The name ends where the address or the sentence begins; a country is recorded where the address names one."""
    found = read(NOTICE.format(owner=owner), "n.md")
    register = import_notice(found, Register.of([]), source="n.md").register
    (ours,) = (one for one in register.organisations.values() if one.ours)
    assert (ours.name, ours.address, ours.country) == (name, address, country)
