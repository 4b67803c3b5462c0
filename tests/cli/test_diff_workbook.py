"""`ropa diff --out FILE.xlsx`: before beside after, the revisions that did it, and nothing that runs."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ropa.compare import Change
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import open_store
from tests.cli.running import Inside
from tests.cli.test_diff_books import altered, by_hand
from tests.sheets.reading import records, sheets

GOLDEN = Path(__file__).parent.parent / "golden" / "sheets" / "changes.json"
HOSTILE = '=HYPERLINK("http://x.example","y")'


@pytest.fixture
def changed(example: Inside) -> Inside:
    """The example with the workbook of r1, in which a colleague wrote; then a rename, an owner, and an internal note."""
    assert example("export", "--out", "a30.xlsx").code == 0
    assert altered(example.folder / "a30.xlsx", by_hand) == "altered.xlsx"
    for words in (
        ("vendor", "rename", "mockmail", "mail-house", "--yes"),
        ("activity", "set", "PA-0007", "owner=[bold]Head of Risk", "--why", "=1+1"),
        ("activity", "set", "PA-0007", f"notes={HOSTILE}"),
    ):
        assert example(*words).code == 0
    return example


def written(ropa: Inside, *words: str) -> dict[str, list[list[str]]]:
    ran = ropa("diff", *words, "--out", "changes.xlsx", "--force")
    assert ran.code in (0, 1), ran
    return sheets((ropa.folder / "changes.xlsx").read_bytes())


def test_sheets_and_headings_are_the_agreed_ones(changed: Inside) -> None:
    """Sheets, columns and the labels of the cover; a change shows in the golden file."""
    book = written(changed, "altered.xlsx", "now")
    found = {
        name: rows[0] if name != "Cover" else [row[0] for row in rows if row[0]]
        for name, rows in book.items()
    }
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_before_stands_beside_after(changed: Inside) -> None:
    """A row a fact: record, kind, what, both values, the Article; of a new ref who names it; each revision with who and why."""
    book = written(changed, "r1")
    rows = records(book["Changes"])
    assert [(r["No."], r["Change"], r["What"], r["Before"], r["After"]) for r in rows] == [
        ("mail-house", "renamed", "ref", "mockmail", "mail-house"),
        ("newsletter-tool", "changed", "names by its new ref", "mockmail", "mail-house"),
        ("PA-0007", "changed", "owner", "Head of Facility Management", "[bold]Head of Risk"),
        ("PA-0007", "changed", "notes", "", HOSTILE),
        ("PA-0014", "changed", "names by its new ref", "mockmail", "mail-house"),
    ]
    assert [r["Where the GDPR asks it"] for r in rows[2:4]] == ["Art. 5(2)", "own file only"]
    assert {r["Kind"] for r in rows} == {"organisation", "system", "activity"}
    assert [(r["Revision"], r["Who"], r["Why"]) for r in records(book["Revisions"])] == [
        ("r2", "Head of Privacy", ""),
        ("r3", "Head of Privacy", "=1+1"),
        ("r4", "Head of Privacy", ""),
    ]
    cover = {row[0]: row[1] for row in book["Cover"]}
    assert "3 records changed, 1 renamed" in cover
    assert cover["Register of"] == "Musterfeld Messtechnik GmbH"


def test_nothing_in_it_runs(changed: Inside) -> None:
    """What looks like a formula is a text, marked so that it stays one when somebody edits the cell."""
    written(changed, "r1")
    cells = [
        cell
        for sheet in load_workbook(changed.folder / "changes.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    inert = [cell for cell in cells if str(cell.value)[0] in "=+-@"]
    assert {cell.value for cell in inert} == {HOSTILE, "=1+1"}
    assert all(cell.quotePrefix for cell in inert)


def test_what_no_cell_can_hold(changed: Inside) -> None:
    """A text of 70,000 signs goes on in further rows, a control character is shown; nothing is lost."""
    store = open_store(str(changed.register))
    record = load(store).activities["PA-0007"]
    after = record.model_copy(update={"description": "\x1b" + "long words " * 6_400 + "the end"})
    commit(store, [Change(record, after)], based_on=load(store).revision, actor="DPO", command="test")
    rows = records(written(changed)["Changes"])
    assert len(rows) > 2
    assert {row["No."] for row in rows} == {"PA-0007"}
    assert rows[0]["After"].startswith("␛long words")
    assert rows[-1]["After"].endswith("the end")


def test_what_was_altered_has_a_sheet(changed: Inside) -> None:
    """Of a workbook: each place, with what it says there."""
    rows = records(written(changed, "r1", "altered.xlsx")["Not read"])
    assert [row["What it says there"] for row in rows] == ["paused", "", ""]


def test_nothing_changed_is_a_row(changed: Inside) -> None:
    """Also no change is worth a workbook; between files that have no history there are no revisions."""
    book = written(changed, "now", "r4")
    assert book["Changes"][1][1].startswith("Nothing changed between now (r4, ")
    assert len(book["Revisions"]) == 1
    assert changed("export", "--layout", "json", "--out", "now.json").code == 0
    assert list(written(changed, "now.json")) == ["Cover", "Changes"]


def test_the_same_states_give_the_same_bytes(changed: Inside) -> None:
    """So that two who compare the same hold the same file."""
    written(changed, "r1", "r3")
    once = (changed.folder / "changes.xlsx").read_bytes()
    written(changed, "r1", "r3")
    assert (changed.folder / "changes.xlsx").read_bytes() == once


def test_the_file_is_said_and_never_replaced_unasked(changed: Inside) -> None:
    """One line with the file and the count; internal notes are pointed out; JSON stays alone; another ending is refused."""
    ran = changed("diff", "r1", "--out", "changes.xlsx")
    assert ran.code == 1
    assert ran.out.startswith("changes.xlsx: 3 records changed, 1 renamed, between r1 (20")
    assert "1 row is for your own file only" in ran.err
    assert "changes.xlsx: is there already" in changed.refused("diff", "r1", "--out", "changes.xlsx")
    assert "changes.csv: what changed is written as a workbook." in changed.refused(
        "diff", "--out", "changes.csv"
    )
    told = changed("diff", "r1", "--out", "changes.xlsx", "--force", "--json")
    assert len(told.json["changes"]) == 4
    assert "changes.xlsx: " in told.err
