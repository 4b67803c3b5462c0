"""Spreadsheets that others made: headings in six languages, rows in any shape, and an account of every cell."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.sheets.foreign.bring import Foreign, read_foreign
from ropa.sheets.foreign.headings import meant_by, targets
from ropa.sheets.foreign.splitting import NOTHING

HEADINGS = (
    "Processing activity", "Zweck der Verarbeitung", "Base légale", "Betrokkenen", "Categorías de datos", "Destinatari",
    "Retention period", "Drittland", "Security measures", "Owner", "Our own column", "Lfd. Nr.",
)  # fmt: skip
WORDS = st.sampled_from(
    ("", "", "Payroll", "Pay wages; tell the tax office", "consent", "Employees, applicants", "Name, address", "no", "US",
     "10 years", "as long as necessary", "03/04/2026", "=1+1", "Norway, India", "tbd", "Head of HR", "x" * 300, "a\nb\nc")
)  # fmt: skip


def read(rows: list[list[str]], mapping: dict[str, str] | None = None) -> Foreign:
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return read_foreign(text.getvalue().encode(), "theirs.csv", Register(), mapping or {})


def book(**sheets: list[list[object]]) -> bytes:
    made, file = Workbook(), BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(file)
    return file.getvalue()


def only(found: Foreign) -> Activity:
    (one,) = found.activities
    assert isinstance(one, Activity)
    return one


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Name of processing activity", "name"),
        ("Bezeichnung der Verarbeitung", "name"),
        ("Finalité du traitement", "purposes.text"),
        ("Purpose(s) of the processing", "purposes.text"),
        ("Rechtsgrundlage (Art. 6 DSGVO)", "purposes.legal_basis"),
        ("Categorieën betrokkenen", "data.subjects"),
        ("categories of personal data processed", "data.category"),
        ("Plazo de conservación", "data.retention"),
        ("Tempi di conservazione", "data.retention"),
        ("Recipents", "recipients.category"),
        ("Übermittlung in Drittländer", "transfers.destination"),
        ("TOM", "measures"),
        ("Why do you need the data? Processing purpose", "purposes.text"),
        ("How long do you retain the data?", "data.retention"),
        ("Categories (data/subjects)", ""),
        ("Favourite colour", ""),
        (
            "Please fill in one row for each processing activity that your department carries out in the year",
            "",
        ),
        ("", ""),
    ],
)
def test_a_heading_is_recognised(heading: str, field: str) -> None:
    """In six languages, with a letter wrong, within a few words; and what means nothing is left alone."""
    assert meant_by(heading) == field


@settings(max_examples=300, deadline=None)
@given(
    heads=st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=8, unique=True),
    rows=st.lists(st.lists(WORDS, min_size=1, max_size=9), max_size=12),
    above=st.lists(st.lists(WORDS, max_size=3), max_size=3),
)
def test_no_cell_is_lost(heads: list[str], rows: list[list[str]], above: list[list[str]]) -> None:
    """Whatever stands in the cells: each is a heading, a value, a note or outside, once; every note is there word by word."""
    table = [*above, heads, *rows]
    try:
        found = read(table)
    except Refused:
        event("no table of activities was found")
        return
    cells = [cell.strip() for row in table for cell in row if cell.strip()]
    assert found.account.cells == len(cells)
    assert found.account.adds_up, found.account
    held = "\n".join(str(one) for one in found.records)
    notes = sum(str(one.notes or "").count("\n") + bool(one.notes) for one in found.activities)
    assert notes >= found.account.notes + found.account.outside
    assert "x" * 300 not in "".join(cells) or "x" * 249 in held


def test_what_is_certain_is_read_and_nothing_else() -> None:
    """A basis of the only purpose, countries by name, periods; "no" is not Norway, a day that may be two is a note."""
    found = read(
        [
            ["Register of the department"],
            [],
            ["No.", "Processing activity", "Purpose", "Legal basis", "Data subjects", "Personal data", "Retention", "Third countries", "Start date"],
            ["1", "Payroll", "Pay wages", "Art. 6(1)(c) GDPR", "Employees", "Name; bank account", "10 years", "no", "03/04/2026"],
            ["2", "News", "Send; measure", "consent", "Customers, prospects", "Email, name", "until withdrawal", "Norway, India", "2026-05-01"],
        ]
    )  # fmt: skip
    pay, news = (one for one in found.activities if isinstance(one, Activity))
    assert [(p.text, p.legal_basis) for p in pay.purposes] == [("Pay wages", "6(1)(c)")]
    assert {line.subjects for line in pay.data} == {"employees"}
    assert len(pay.data) == 2
    assert pay.transfers == ()
    assert pay.started_on is None
    assert "Third countries: no" in (pay.notes or "")
    assert "Start date: 03/04/2026" in (pay.notes or "")
    assert "A1: Register of the department" in (pay.notes or "")
    assert [p.legal_basis for p in news.purposes] == [None, None]
    assert "Legal basis: consent" in (news.notes or "")
    assert [leg.destination for leg in news.transfers] == ["NO", "IN"]
    assert all(not (line.subjects and line.category) for line in news.data), (
        "which data are whose is not said"
    )
    assert {one.status for one in (pay, news)} == {"draft"}
    assert (pay.role, pay.entity) == (None, None)
    rules = {one.name: one for one in found.records if one.kind == "retention_rule"}
    assert rules["10 years"].period == "P10Y"  # type: ignore[attr-defined]
    assert rules["until withdrawal"].period is None  # type: ignore[attr-defined]


def test_several_rows_of_one_activity() -> None:
    """The name stands once over its rows, or again in each; a card has its labels in a column."""
    merged = read(
        [["Activity", "Personal data", "Retention"], ["Payroll", "Name", "10 years"], ["", "Bank account", "2 years"],
         ["payroll", "Address", "1 year"], ["News", "Email", "3 years"]]
    )  # fmt: skip
    assert [one.name for one in merged.activities] == ["Payroll", "News"]
    assert [line.retention for line in merged.activities[0].data] == ["10-years", "2-years", "1-year"]  # type: ignore[attr-defined]
    card = read(
        [["Fiche de registre"], ["Nom du traitement", "Paie"], ["Finalité principale", "Payer les salaires"],
         ["Personnes concernées", "Salariés"], ["Durées de conservation", "5 ans"], ["Remarque du service", "à revoir"]]
    )  # fmt: skip
    one = only(card)
    assert (one.name, [p.text for p in one.purposes]) == ("Paie", ["Payer les salaires"])
    assert "Remarque du service: à revoir" in (one.notes or "")


def test_groups_of_headings_and_further_sheets() -> None:
    """Two rows of headings belong together; a sheet of lists is kept with the first activity; a true date is a day."""
    import datetime

    content = book(
        Lists=[["Colours"], ["red"], ["green"]],
        Register=[
            ["Basics", None, "Content", None],
            ["Activity", "Start date", "Purpose", "Recipients"],
            ["Payroll", datetime.date(2025, 3, 1), "Pay wages", "Tax office\nBank"],
        ],
    )
    found = read_foreign(content, "theirs.xlsx", Register(), {})
    one = only(found)
    assert str(one.started_on) == "2025-03-01"
    assert [r.category for r in one.recipients] == ["Tax office", "Bank"]
    assert "Lists, A2: red" in (one.notes or "")
    assert found.account.adds_up
    assert ("Register", "Content / Purpose", "purposes.text") in found.mapping


def test_a_line_over_a_group_of_rows_is_no_activity() -> None:
    """It is kept outside the table; a column that asks two things at once is a note."""
    found = read(
        [
            ["Activity", "Purpose", "Categories (data/subjects)"],
            ["Personnel"],
            ["Payroll", "Pay wages", "Employees; wages"],
        ]
    )
    one = only(found)
    assert one.name == "Payroll"
    assert one.data == ()
    assert "A2: Personnel" in (one.notes or "")


def test_several_tables_on_one_sheet() -> None:
    """Each has its own headings and columns; what stands between them is kept outside."""
    found = read(
        [["Part one"], ["Activity", "Purpose", "Owner"], ["Payroll", "Pay wages", "Head of HR"], [], ["Part two"],
         ["Owner", "Purpose", "Activity", "Retention"], ["Head of Sales", "Send it", "News", "1 year"],
         ["Head of IT", "Keep copies", "Backup", "35 days"]]
    )  # fmt: skip
    said = {one.name: one.owner for one in found.activities if isinstance(one, Activity)}
    assert said == {"Payroll": "Head of HR", "News": "Head of Sales", "Backup": "Head of IT"}
    assert found.account.adds_up
    assert "theirs, A1: Part one" in str(found.activities[0].notes)
    assert "Part two" in "".join(str(one.notes) for one in found.activities)


def test_a_mapping_decides() -> None:
    """What a person said of a heading goes before what is proposed; an unknown field is named."""
    rows = [["Activity", "Purpose", "Zuständig"], ["Payroll", "Pay wages", "Head of HR"]]
    assert only(read(rows)).owner is None
    assert only(read(rows, {"Zuständig": "owner"})).owner == "Head of HR"
    assert only(read(rows, {"Purpose": "note"})).purposes == ()
    with pytest.raises(Refused, match="'colour' is no field"):
        read(rows, {"Zuständig": "colour"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a;b\n1;2\n", "no table of processing activities"),
        (b"", "no table"),
        (b"PK\x03\x04 cut off", "damaged, cut off or encrypted"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted, or damaged"),
        (b"Activity;Purpose\n\x00\x01;x\n", "is no text"),
    ],
)
def test_what_is_no_register_is_refused(content: bytes, said: str) -> None:
    """One line, whatever the file is."""
    with pytest.raises(Refused) as trouble:
        read_foreign(content, "theirs.csv", Register(), {})
    assert said in str(trouble.value)


def test_a_bomb_is_not_unpacked() -> None:
    """A part that would become three hundred times as large is not opened."""
    from zipfile import ZIP_DEFLATED, ZipFile

    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(Refused, match="far more than it holds"):
        read_foreign(file.getvalue(), "bomb.xlsx", Register(), {})


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (
            b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
            "a cell at XFD1048576",
        ),
        (b'<row r="1048576"><c r="B1048576"><v>1</v></c></row>', "a cell at B1048576"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]>', "declares entities"),
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_not_opened(inside: bytes, said: str) -> None:
    """One cell far away stands for a million empty rows; an entity for whatever it likes. Both also in ropa's own workbook."""
    from zipfile import ZIP_DEFLATED, ZipFile

    ours, file = (
        ZipFile(BytesIO(book(Register=[["Activity", "Purpose"], ["Payroll", "Pay wages"]]))),
        BytesIO(),
    )
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for one in ours.infolist():
            content = ours.read(one)
            if one.filename.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", inside + b"</sheetData>")
            packed.writestr(one, content)
    with pytest.raises(Refused) as trouble:
        read_foreign(file.getvalue(), "far.xlsx", Register(), {})
    assert said in str(trouble.value)


def test_the_table_of_headings_is_sound() -> None:
    """Every field of it is one that a cell can become; no word for "none" is a heading."""
    from ropa.sheets.foreign.drafts import _TAKING

    assert set(targets()) == set(_TAKING)
    assert not [word for word in NOTHING if meant_by(word)]
