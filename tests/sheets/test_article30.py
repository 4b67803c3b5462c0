"""What the Article 30 workbook holds, and what it must not."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pydantic import BaseModel

from ropa.gaps import check
from ropa.model.activity import Activity
from ropa.model.plainregister import register_from_plain
from ropa.model.register import Register
from ropa.model.walk import fields
from ropa.sheets.layouts import lay_out
from tests.sheets.reading import records, sheets, xml

ON = date(2026, 11, 24)
GOLDEN = Path(__file__).parent.parent / "golden" / "sheets" / "article30.json"
SMALL = {
    "organisations": [
        {"ref": "ours", "name": "Ours GmbH", "ours": True, "address": "Kai 1, Hamburg", "country": "DE",
         "email": "privacy@ours.example", "dpo": {"name": "Office of the DPO", "email": "dpo@ours.example"}},
        {"ref": "sister", "name": "Sister Inc", "ours": True, "country": "US",
         "statements": [{"about": "dpo", "says": "does not apply", "reason": "no duty under Art. 37(1)"}]},
        {"ref": "bureau", "name": "Bureau KG", "ours": False, "email": "info@bureau.example",
         "agreements": [{"kind": "art28", "signed_on": "2024-03-01"}]},
        {"ref": "town", "name": "Town of Harbour", "ours": False, "address": "Town hall", "country": "DE"},
    ],
    "data_categories": [{"ref": "iban", "name": "Bank account number"}, {"ref": "sick", "name": "Sick notes", "special": "health"}],
    "subject_categories": [{"ref": "staff", "name": "Employees"}],
    "retention_rules": [{"ref": "tax", "name": "Tax", "period": "P10Y", "starts": "end of the financial year",
                         "ground": "Section 147 AO", "fate": "erase"}],
    "measures": [{"ref": "roles", "name": "Access by role", "description": "Reviewed each quarter"}],
    "systems": [{"ref": "hr", "name": "HR system", "measures": ["roles"]}],
    "activities": [
        {"ref": "PA-0001", "name": "Payroll", "role": "controller", "entity": "ours", "status": "active",
         "purposes": [{"text": "Pay salaries", "legal_basis": "6(1)(b)"}, {"text": "Declare wage tax"}],
         "data": [{"subjects": "staff", "category": "iban", "retention": "tax"}, {"subjects": "staff", "category": "sick"}],
         "recipients": [{"organisation": "bureau", "role": "processor"}, {"organisation": "sister", "role": "joint controller"}],
         "systems": ["hr"],
         "statements": [{"about": "transfers", "says": "does not apply", "reason": "all in the EEA"}]},
        {"ref": "PA-0002", "name": "Hosting", "role": "processor", "entity": "ours",
         "clients": [{"organisation": "town", "categories": "Hosting, backup"}, {"described_as": "List C-1"}]},
        {"ref": "PA-0003", "name": "Of the notice", "transfers": [{"destination": "JP"}]},
        {"ref": "PA-0004", "name": "Sales", "role": "controller", "entity": "sister"},
    ],
}  # fmt: skip


def small() -> Register:
    """A register with a bit of everything."""
    return register_from_plain(SMALL, at="test")


@pytest.fixture(scope="module")
def book() -> dict[str, list[list[str]]]:
    """The small register's workbook, read back."""
    register = small()
    return sheets(lay_out(register, "article30", on=ON, findings=check(register, ON).findings))


def test_sheets_and_headings_are_the_agreed_ones(book: dict[str, list[list[str]]]) -> None:
    """Authorities and scripts find the same sheets, columns and order in each version; a change shows in the golden file."""
    found = {name: rows[0] for name, rows in book.items() if name != "Cover"}
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_each_letter_of_30_1_says_what_is_recorded_in_names(book: dict[str, list[list[str]]]) -> None:
    """A controller's row answers (a) to (g) without a ref in it, and shows what is missing."""
    row = next(r for r in records(book["Controller records 30(1)"]) if r["No."] == "PA-0001")
    by_letter = {heading[:3]: text for heading, text in row.items()}
    assert "Ours GmbH\nKai 1, Hamburg\nGermany\nprivacy@ours.example" in by_letter["(a)"]
    assert "Joint controller: Sister Inc, United States" in by_letter["(a)"]
    assert "Data protection officer: Office of the DPO, dpo@ours.example" in by_letter["(a)"]
    assert by_letter["(b)"] == "1. Pay salaries\n2. Declare wage tax"
    assert by_letter["Leg"] == "1. 6(1)(b) contract\n2. not recorded"
    assert by_letter["(c)"].startswith("Employees: Bank account number; Sick notes [9(1)")
    assert by_letter["(d)"] == "Bureau KG (processor)\nSister Inc (joint controller)"
    assert by_letter["(e)"] == "Does not apply: all in the EEA"
    assert by_letter["(f)"] == (
        "Bank account number — 10 years, counted from end of the financial year\nSick notes — not recorded"
    )
    assert by_letter["(g)"] == "HR system: Access by role"


def test_a_measure_is_described_once(book: dict[str, list[list[str]]]) -> None:
    """What a measure is stands beside its name, with the systems that bring it."""
    assert book["Measures"][1][:2] == ["Access by role", "Reviewed each quarter"]
    assert book["Measures"][1][4] == "HR system"


def test_a_processor_has_a_row_for_each_controller_it_serves(book: dict[str, list[list[str]]]) -> None:
    """30(2) asks for the categories of processing done for each controller."""
    rows = [list(r.values()) for r in records(book["Processor records 30(2)"])]
    assert [(r[0], r[4], r[5]) for r in rows] == [
        ("PA-0002", "Town of Harbour\nTown hall\nGermany", "Hosting, backup"),
        ("PA-0002", "List C-1", "not recorded"),
    ]


def test_an_activity_without_role_has_a_sheet_and_is_not_lost(book: dict[str, list[list[str]]]) -> None:
    """Neither record may claim it, and nobody may overlook it."""
    assert [r["No."] for r in records(book["Role not recorded"])] == ["PA-0003"]
    assert ["Role not recorded", "1 activity (1 draft)"] in [row[:2] for row in book["Cover"]]


def test_a_representative_is_asked_of_one_outside_the_union_only(book: dict[str, list[list[str]]]) -> None:
    """Art. 27(1): Sister Inc needs one; that Ours GmbH has none is no gap. A stated answer stands in place of the DPO."""
    by_number = {r["No."]: r for r in records(book["Controller records 30(1)"])}
    officers = [
        next(text for head, text in by_number[no].items() if head.startswith("(a)"))
        for no in ("PA-0001", "PA-0004")
    ]
    assert "Representative" not in officers[0]
    assert officers[1].endswith("Representative (Art. 27): not recorded")
    assert "Data protection officer: Does not apply: no duty under Art. 37(1)" in officers[1]


def test_the_facts_of_the_destinations_stand_with_source_and_day(book: dict[str, list[list[str]]]) -> None:
    """Japan is named, so the decision on Japan is there, with where it was read; no fact that nobody uses is."""
    facts = records(book["Facts"])
    japan = next(r for r in facts if r["Term"] == "Japan (EU GDPR)")
    assert "2019/419" in japan["What the fact says"]
    assert all(japan[column] for column in ("Source", "Checked on", "How sure"))
    assert not any("India" in r["Term"] for r in facts)


def test_a_fact_past_its_shelf_life_says_so() -> None:
    """The list of adequacy decisions holds for a month; two years later the sheet says to check again."""
    later = sheets(lay_out(small(), "article30", on=date(2028, 11, 24)))
    japan = next(r for r in records(later["Facts"]) if r["Term"] == "Japan (EU GDPR)")
    assert "past its shelf life" in japan["Checked on"]


def test_open_points_are_left_out_when_they_are_not_wanted() -> None:
    """`--no-gaps`: neither the sheet nor its count on the cover."""
    without = sheets(lay_out(small(), "article30", on=ON))
    assert "Open points" not in without
    assert "Open points" not in [row[0] for row in without["Cover"]]
    none = sheets(lay_out(small(), "article30", on=ON, findings=()))
    assert none["Open points"][1][1] == "No open points were found on 2026-11-24."


def test_one_entity_alone_shows_nothing_of_the_others() -> None:
    """A group hands each authority the record of the company asked: no activity, gap or contact of a sister is in it."""
    register = small()
    content = lay_out(register, "article30", on=ON, findings=check(register, ON).findings, entity="sister")
    found = sheets(content)
    assert [r["No."] for r in records(found["Controller records 30(1)"])] == ["PA-0004"]
    assert "Payroll" not in xml(content)
    assert "Kai 1" not in xml(content)


def test_the_file_says_which_revision_it_was_made_from() -> None:
    """Cover, foot of each page and properties carry revision and hash; the dates are those of the revision."""
    register = Register(small().records, revision=12, hash="ab" * 32, at="2026-11-20T10:11:12+00:00")
    content = lay_out(register, "article30", on=ON)
    assert ["Hash of the revision", "ab" * 32] in [row[:2] for row in sheets(content)["Cover"]]
    assert f"revision 12, hash {'ab' * 32}" in xml(content)
    assert "2026-11-20T10:11:12Z" in xml(content)


def test_pages_are_made_to_be_printed() -> None:
    """A4, or A3 where A4 would print it too small, landscape, one page wide, the header on each page, in sight when scrolling, with filters."""
    found = load_workbook(BytesIO(lay_out(small(), "article30", on=ON)))
    for sheet in found.worksheets[1:]:
        wide = sum(round(d.width - 0.7) * (d.max - d.min + 1) for d in sheet.column_dimensions.values()) > 200
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8 if wide else 9, "landscape")
        # A width of one page is what the format takes where none is said.
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes == ("B2" if sheet.title == "Measures" else "C2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert "&P of &N" in sheet.oddFooter.right.text.replace("&[Page]", "&P")


def test_a_field_becomes_internal_by_saying_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may leave is asked of the schema: a field that turns internal leaves no sheet with its text."""
    from ropa.sheets import saying as words

    hidden = {"description", "email", "text", "what_for", "address"}
    monkeypatch.setattr(words, "field", lambda cls, name: _hidden(cls, hidden).get(name))
    monkeypatch.setattr(words, "fields", lambda cls: tuple(_hidden(cls, hidden).values()))
    words.open_fields.cache_clear()
    try:
        content = xml(lay_out(small(), "article30", on=ON))
    finally:
        words.open_fields.cache_clear()
    for gone in ("privacy@ours.example", "Pay salaries", "Kai 1", "Reviewed each quarter"):
        assert gone not in content


def _hidden(cls: type[BaseModel], names: set[str]) -> dict[str, object]:
    from dataclasses import replace

    return {
        known.name: replace(known, internal=known.internal or known.name in names) for known in fields(cls)
    }


def test_an_accepted_gap_stands_apart_and_says_no_more() -> None:
    """It is listed after the open points and counted beside them; who accepted it and why stays in the house."""
    plain = SMALL | {"waivers": [
        {"ref": "W-0001", "name": "Legal basis", "rule": "ROPA-L101", "record_kind": "activity", "record": "PA-0001",
         "reason": "FORBIDDEN", "by": "FORBIDDEN", "until": "2027-01-01"}]}  # fmt: skip
    register = register_from_plain(plain, at="test")
    content = lay_out(register, "article30", on=ON, findings=check(register, ON).findings)
    found = sheets(content)
    rows = records(found["Open points"])
    assert [(r["No."], r["Rule"]) for r in rows if r["Standing"] == "accepted"] == [("PA-0001", "ROPA-L101")]
    assert [r["Standing"] for r in rows] == sorted((r["Standing"] for r in rows), reverse=True)
    missing = sum(r["Weight"] == "missing" for r in rows[:-1])
    (counted,) = (row[1] for row in found["Cover"] if row[0] == "Open points" and "missing" in row[1])
    assert counted.startswith(f"{missing} missing")
    assert counted.endswith("; 1 accepted")
    assert "FORBIDDEN" not in xml(content)


def test_a_leg_to_one_client_is_not_on_the_row_of_another() -> None:
    """30(2)(c) is asked for each controller: what goes back to one of them does not concern the others."""
    plain = {
        "organisations": [{"ref": "us", "name": "Client One"}, {"ref": "de", "name": "Client Two"}],
        "activities": [{"ref": "PA-0001", "name": "Hosting", "role": "processor",
                        "clients": [{"organisation": "us"}, {"organisation": "de"}],
                        "transfers": [{"destination": "US", "recipient": "us"}]}],
    }  # fmt: skip
    rows = records(
        sheets(lay_out(register_from_plain(plain, at="test"), "article30", on=ON))["Processor records 30(2)"]
    )
    legs = {
        r["(a) Controller we act for — Art. 30(2)(a)"]: r["(c) Transfers to third countries — Art. 30(2)(c)"]
        for r in rows
    }
    assert legs["Client Two"] == "None recorded for this controller"
    assert legs["Client One"].startswith("United States: to Client One")


def test_what_is_not_recorded_of_the_organisation_is_not_passed_over() -> None:
    """Without a country nobody can say that it needs no representative; with one, the address does not repeat it."""
    plain = {
        "organisations": [
            {"ref": "a", "name": "A", "ours": True, "address": "Kai 1, Hamburg"},
            {"ref": "b", "name": "B", "ours": True, "address": "Kai 2, Hamburg, Germany", "country": "DE"},
        ],
        "activities": [{"ref": "PA-0001", "name": "One", "role": "controller", "entity": ref} for ref in "a"]
        + [{"ref": "PA-0002", "name": "Two", "role": "controller", "entity": "b"}],
    }
    found = sheets(lay_out(register_from_plain(plain, at="test"), "article30", on=ON))
    first, second = (
        r["(a) Controller, representative, DPO — Art. 30(1)(a)"]
        for r in records(found["Controller records 30(1)"])
    )
    assert "Representative (Art. 27): not recorded" in first
    assert "Representative" not in second
    assert second.count("Germany") == 1


def test_a_blank_on_the_cover_is_marked_whatever_else_is_known() -> None:
    """Each "not recorded" is on yellow, also the address of an organisation whose country is recorded."""
    ours = {"ref": "a", "name": "A", "ours": True, "country": "DE"}
    register = register_from_plain({"organisations": [ours]}, at="test")
    cover = load_workbook(BytesIO(lay_out(register, "article30", on=ON)))["Cover"]
    blank = [row for row in cover.iter_rows(max_col=2) if row[1].value == "not recorded"]
    assert "Address" in [label.value for label, _ in blank]
    assert {told.fill.fgColor.rgb for _, told in blank} == {"FFFFF2CC"}


def test_what_the_article_does_not_ask_can_stay_at_home() -> None:
    """Without "Further information" no sheet and no cell holds what is recorded beside Article 30."""
    activity = Activity(ref="PA-0001", name="A", owner="Head of Archives")
    with_it, without = (
        sheets(lay_out(Register.of([activity]), "article30", on=ON, further=further))
        for further in (True, False)
    )
    assert set(with_it) - set(without) == {"Further information"}
    assert "Head of Archives" in str(with_it)
    assert "Further information" not in str(without)
    assert "Head of Archives" not in str(without)
