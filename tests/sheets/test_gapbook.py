"""The workbook of the gap analysis, opened again: its sheets, its numbers, the charts drawn of them, and hostile texts."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from ropa.gaps import check
from ropa.gaps.memo import memo
from ropa.gaps.overview import overview
from ropa.gaps.trend import point
from ropa.sheets.gapfiles.names import SheetNames
from ropa.sheets.gapfiles.workbook import write_workbook
from ropa.sheets.proof.origin import digest_of
from ropa.sheets.proof.read import workbook_in
from tests.gaps.helpers import register
from tests.sheets.gapreport import DAY, HOSTILE, told_of
from tests.sheets.reading import records, sheets, xml


def book(text: str, months: int = 2) -> bytes:
    file = BytesIO()
    write_workbook(told_of(text, months), file)
    return file.getvalue()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_text_is_only_a_text(text: str) -> None:
    """The workbook opens, has its sheets in their order, and no formula, link or macro, whatever stands in a field."""
    content = book(text)
    assert len(sheets(content)) == len(sheets(book("Payroll")))
    assert "<f>" not in xml(content)
    assert "<hyperlink" not in xml(content)
    if len(text) > 100_000:
        return  # its rows go on in further rows
    themes = [rows for name, rows in sheets(content).items() if rows[0][0] == "Record"]
    assert [len(rows) - 1 for rows in themes] == [1, 1, 1, 3]


def test_the_sheets() -> None:
    """A summary, a sheet a theme with open gaps, one for who must answer, and the numbers, which are numbers."""
    content = book("Payroll")
    read = sheets(content)
    assert list(read) == [
        "Summary", "Content of the record", "Lawfulness", "Governance", "Payroll", "State", "Trend"
    ]  # fmt: skip
    assert read["Trend"] == [
        ["End of", "missing", "at risk", "quality", "answered", "of asked"],
        ["2026-09", "3", "1", "1", "1", "5"],
        ["2026-10", "2", "1", "1", "1", "4"],
        ["2026-11-24", "1", "1", "1", "1", "3"],
    ]
    assert {
        type(cell.value) for row in load_workbook(BytesIO(content))["Trend"]["B2:F4"] for cell in row
    } == {int}
    (asked, *_) = records(read["Payroll"])
    assert (asked["Record"], asked["Weight"], asked["Answer"]) == ("PA-0001", "missing", "")
    front = "\n".join(" ".join(row) for row in read["Summary"])
    assert "3 gaps are open: 1 that the law asks for" in front
    assert "That is 1 fewer than at the end of 2026-10." in front


def test_the_charts_are_drawn_of_the_numbers() -> None:
    """Two charts on the summary, each with a series a severity, of the cells of the sheet that bears them; in words, too."""
    content = book("Payroll")
    state, trend = load_workbook(BytesIO(content))["Summary"]._charts
    assert [one.val.numRef.f for one in trend.series] == [
        "Trend!$B$2:$B$4",
        "Trend!$C$2:$C$4",
        "Trend!$D$2:$D$4",
    ]
    assert [one.cat.strRef.f if one.cat.strRef else one.cat.numRef.f for one in state.series] == [
        "State!$A$2:$A$4"
    ] * 3
    assert (trend.grouping, state.grouping, state.barDir) == ("stacked", "stacked", "bar")
    assert "2026-09: 5; 2026-10: 4; 2026-11-24: 3" in xml(content)
    assert not load_workbook(BytesIO(book("Payroll", months=0)))["Summary"]._charts[1:]


def test_the_digest_is_that_of_its_cells() -> None:
    """The digest on the summary is that of all cells, numbers too; another number gives another."""
    content = book("Payroll")
    shown = next(row[1] for row in sheets(content)["Summary"] if row[0] == "Digest of the cells")
    assert digest_of(workbook_in(BytesIO(content))) == shown
    changed = load_workbook(BytesIO(content))
    changed["Trend"]["B2"] = 0
    changed.save(again := BytesIO())
    assert digest_of(workbook_in(again)) != shown


def test_very_many_people_share_a_sheet() -> None:
    """Forty have a sheet each; whoever comes after them stands in one sheet with the others, and nobody is lost."""
    many = [
        {"ref": f"PA-{n:04}", "name": f"Activity {n}", "role": "controller", "entity": "acme", "owner": f"Desk {n}",
         "status": "active"}
        for n in range(2, 62)
    ]  # fmt: skip
    kept = register(changes={"activities": many})
    report = check(kept, DAY)
    file = BytesIO()
    write_workbook(overview(report, memo(report, kept), kept, [point(report)]), file)
    read = sheets(file.getvalue())
    asked = {name for name in read if name.startswith("Desk ")} | {
        row["Who"] for row in records(read["Others"])
    }
    assert asked == {f"Desk {n}" for n in range(2, 62)}
    assert len([name for name in read if name.startswith("Desk ")]) == 40


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Head of HR", "Head of HR"),
        ("A/B [C]: D?", "A B C D"),
        ("'quoted'", "quoted"),
        ("History", "History (2)"),
        ("", "Sheet"),
        ("x" * 40, "x" * 31),
        ("😀" * 20, "😀" * 15),
    ],
)
def test_any_text_names_a_sheet(text: str, name: str) -> None:
    """Excel takes it; the same text again gets a number, in whatever case."""
    names = SheetNames()
    assert names.free(text) == name
    again = names.free(text.upper())
    assert again.lower() != name.lower()
    assert len(again.encode("utf-16-le")) <= 62
