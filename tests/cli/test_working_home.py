"""The working workbook through the real command: out, edited as people do, and home."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.running import Inside, Ran, Ropa
from tests.cli.terminal import Terminal

OFFICE = shutil.which("soffice")


class Sheet:
    """A sheet as a person edits it: columns by their hidden key, rows counted as the program shows them."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    def place(self, key: str) -> int:
        """The column of a key, wherever it stands now."""
        return next(cell.column for cell in self.sheet[1] if cell.value == key)

    def row(self, key: str, text: str) -> int:
        """The first row that says this in a column."""
        column = self.place(key)
        return next(row[0].row for row in self.sheet.iter_rows(min_row=3) if row[column - 1].value == text)

    def put(self, row: int, **said: Any) -> int:
        """Type into cells of a row; `record` and `number` stand for @record and @number."""
        for key, value in said.items():
            self.sheet.cell(
                row, self.place({"record": "@record", "number": "@number"}.get(key, key))
            ).value = value
        return row

    def add(self, **said: Any) -> int:
        """A new row below the last one."""
        return self.put(self.sheet.max_row + 1, **said)


@contextmanager
def edited(file: Path) -> Iterator[Callable[[str], Sheet]]:
    """The sheets of a workbook by name; saved at the end."""
    book = openpyxl.load_workbook(file)
    yield lambda name: Sheet(book[name])
    book.save(file)


@pytest.fixture
def ropa(tmp_path: Path, made_example: Path) -> Inside:
    """The example's register."""
    quick = Inside(tmp_path)
    quick.register.parent.mkdir()
    shutil.copy(made_example, quick.register)
    return quick


@pytest.fixture
def out(ropa: Inside) -> Path:
    """Its working workbook."""
    ran = Ropa(ropa.folder)("export", "--layout", "register", "--out", "out.xlsx")
    assert ran.code == 0, ran
    return ropa.folder / "out.xlsx"


def home(ropa: Ropa, *more: str, file: str = "out.xlsx", code: int = 0) -> Ran:
    """Bring it home without a terminal."""
    ran = ropa("import", file, "--yes", *more)
    assert ran.code == code, ran
    return ran


def test_unchanged_is_no_change(ropa: Inside, out: Path) -> None:
    """The workbook as it was written makes no revision, and nothing is told but that."""
    ran = Ropa(ropa.folder)("import", out.name)
    assert (ran.code, ran.out, ran.err) == (0, "", "No change.\n")
    assert ropa("log", "--json").json[0]["revision"] == 1


def test_what_people_do_in_it_comes_home(ropa: Inside, out: Path) -> None:
    """Cells of every shape, new records and parts that name each other, a new ref: each as it was meant, in one revision."""
    with edited(out) as sheet:
        activities, purposes = sheet("Activities"), sheet("Purposes")
        first = activities.row("ref", "PA-0001")
        activities.put(
            first, owner="Payroll desk", review_every="6 months", started_on="3 May 2024", children="yes"
        )
        activities.put(
            activities.row("ref", "PA-0002"), department=None, systems="Payroll system of the bureau"
        )
        activities.add(name="Gate cameras", role="controller")
        purposes.add(record="Gate cameras", text="Find who damaged the gate", legal_basis="6(1)(f)")
        sheet("Recipients").add(record="Gate cameras", organisation="Gate Watch Ltd", role="processor")
        organisations = sheet("Organisations")
        organisations.add(name="Gate Watch Ltd", country="United Kingdom")
        organisations.put(organisations.row("ref", "mockmail"), ref="mockmail-sas")
    ran = home(ropa)
    assert "mockmail → mockmail-sas" in ran.out
    one = ropa("activity", "show", "PA-0001", "--json").json
    assert (one["owner"], one["review_every"], one["started_on"], one["children"]) == (
        "Payroll desk",
        "P6M",
        "2024-05-03",
        True,
    )
    two = ropa("activity", "show", "PA-0002", "--json").json
    assert "department" not in two
    assert two["systems"] == ["payroll-system"]
    new = ropa("activity", "show", "Gate cameras", "--json").json
    assert (new["ref"], new["status"]) == ("PA-0030", "draft")
    assert new["purposes"] == [{"text": "Find who damaged the gate", "legal_basis": "6(1)(f)"}]
    assert new["recipients"] == [{"organisation": "gate-watch-ltd", "role": "processor"}]
    assert "ours" not in ropa("vendor", "show", "gate-watch-ltd", "--json").json
    newsletter = ropa("activity", "show", "PA-0014", "--json").json
    assert "mockmail-sas" in [one.get("organisation") for one in newsletter["recipients"]]
    assert [one["revision"] for one in ropa("log", "--json").json] == [2, 1]
    assert ropa("verify").code == 0


def test_a_copied_row_is_a_new_record(ropa: Inside, out: Path) -> None:
    """A copy has a number of its own, the cells of its row, and the parts that its row shows; the original stays as it was."""
    with edited(out) as sheet:
        activities = sheet("Activities")
        source = activities.row("ref", "PA-0006")
        copy = activities.sheet.max_row + 1
        for column in range(1, activities.sheet.max_column + 1):
            activities.sheet.cell(copy, column).value = activities.sheet.cell(source, column).value
        activities.put(copy, name="Working time of guests")
    before = ropa("activity", "show", "PA-0006", "--json").json
    ran = home(ropa)
    assert "PA-0030 Working time of guests: a copy of PA-0006" in ran.err
    new = ropa("activity", "show", "PA-0030", "--json").json
    assert new["purposes"] == before["purposes"]
    assert len(new["data"]) == len(before["data"])
    assert new["provenance"][0]["source"].startswith("copy of PA-0006")
    assert "statements" not in new
    assert ropa("activity", "show", "PA-0006", "--json").json == before


def test_a_cell_that_cannot_be_read_is_told_and_changes_nothing(ropa: Inside, out: Path) -> None:
    """Each with its place and its reason; what can be read beside it comes home."""
    with edited(out) as sheet:
        activities = sheet("Activities")
        row = activities.row("ref", "PA-0003")
        activities.put(
            row,
            status="finished",
            started_on="03/04/2026",
            owner="Head of Sales",
            purposes="1. Something else",
        )
        sheet("Recipients").add(record="PA-0003", organisation="Nobody Knows Inc.", service="Post")
        sheet("Transfers").add(record="PA-9999", destination="India")
        sheet("Measures").add(art32="a")
    ran = home(ropa)
    for place in (f"Activities!H{row}", f"Activities!I{row}", f"Activities!O{row}"):
        assert f"out.xlsx, {place}" in ran.err, ran.err
    assert "2026-04-03 or 2026-03-04" in ran.err
    assert "a summary: change it on the sheet Purposes" in ran.err
    assert "Nobody Knows Inc." in ran.err
    assert "PA-9999" in ran.err
    assert "a new row needs a name" in ran.err
    now = ropa("activity", "show", "PA-0003", "--json").json
    assert now["owner"] == "Head of Sales"
    assert now["recipients"][-1] == {"service": "Post"}


def test_both_sides_changed(ropa: Inside, out: Path) -> None:
    """Different fields come together; the same field is a conflict, exit 1, and the register's stays unless it is said otherwise."""
    with edited(out) as sheet:
        sheet("Activities").put(
            sheet("Activities").row("ref", "PA-0004"), owner="Workbook", department="Workbook"
        )
    assert ropa("activity", "set", "PA-0004", "owner=Register", "description=Register").code == 0
    ran = home(ropa, code=1)
    assert "Conflict: PA-0004" in ran.err
    assert "Workbook" in ran.err
    one = ropa("activity", "show", "PA-0004", "--json").json
    assert (one["owner"], one["department"], one["description"]) == ("Register", "Workbook", "Register")
    assert ropa.refused("import", out.name, "--ours", "--theirs", "--yes")
    home(ropa, "--ours")
    assert ropa("activity", "show", "PA-0004", "--json").json == one
    home(ropa, "--theirs")
    assert ropa("activity", "show", "PA-0004", "--json").json["owner"] == "Workbook"


def test_a_missing_row_is_asked_about(ropa: Inside, out: Path) -> None:
    """Without a terminal what is missing stays, and is named; --remove-missing takes it out, but nothing that is still named."""
    with edited(out) as sheet:
        recipients, organisations = sheet("Recipients"), sheet("Organisations")
        recipients.sheet.delete_rows(recipients.row("@record", "PA-0001"))
        organisations.sheet.delete_rows(organisations.row("ref", "mockmail"))
        sheet("Activities").sheet.delete_rows(sheet("Activities").row("ref", "PA-0029"))
    ran = ropa("import", out.name)
    assert ran.code == 0
    assert "3 rows are no longer in the workbook, and they stay" in ran.err
    ran = home(ropa, "--remove-missing")
    assert "mockmail stays" in ran.err
    assert ropa("vendor", "show", "mockmail").code == 0
    assert ropa("activity", "show", "PA-0029").code == 2
    assert len(ropa("activity", "show", "PA-0001", "--json").json["recipients"]) == 3


def test_a_person_is_asked(ropa: Inside, out: Path) -> None:
    """At a terminal: what is missing, and which value stands, one by one; then the preview and the last question."""
    with edited(out) as sheet:
        sheet("Activities").put(sheet("Activities").row("ref", "PA-0004"), owner="Workbook")
        sheet("Recipients").sheet.delete_rows(3)
        sheet("Recipients").sheet.delete_rows(3)
    assert ropa("activity", "set", "PA-0004", "owner=Register").code == 0
    terminal = Terminal(ropa.folder, "import", out.name)
    terminal.wait_for("[e]ach one asked")
    terminal.type("e\n")
    terminal.wait_for("recipients 1")
    terminal.type("y\n")
    terminal.wait_for("recipients 2")
    terminal.type("n\n")
    terminal.wait_for("[w]orkbook's")
    assert "Register" in terminal.screen
    terminal.type("w\n")
    terminal.wait_for("[y/N]")
    terminal.type("y\n")
    assert terminal.end() == 0
    assert ropa("activity", "show", "PA-0004", "--json").json["owner"] == "Workbook"
    assert len(ropa("activity", "show", "PA-0001", "--json").json["recipients"]) == 3


def test_a_slice_holds_and_touches_its_own_alone(ropa: Inside) -> None:
    """The workbook of a department has its activities and what they name; what is not in it is not missing."""
    assert (
        ropa("export", "--layout", "register", "--department", "Human Resources", "--out", "hr.xlsx").code
        == 0
    )
    with edited(ropa.folder / "hr.xlsx") as sheet:
        activities = sheet("Activities")
        refs = [row[1].value for row in activities.sheet.iter_rows(min_row=3)]
        for row in range(3, activities.sheet.max_row + 1):
            activities.put(row, owner="People desk")
        sheet("Purposes").add(record="PA-0014", text="Not theirs")
    hr = [one["ref"] for one in ropa("activity", "list", "--department", "Human Resources", "--json").json]
    assert refs == hr
    ran = home(ropa, "--remove-missing", file="hr.xlsx")
    assert "PA-0014" in ran.err
    assert [one["ref"] for one in ropa("activity", "list", "--owner", "People desk", "--json").json] == hr
    assert len(ropa("activity", "list", "--json").json) == 29
    assert "has no slices" in ropa.refused("export", "--department", "Sales")
    assert "no activity fits" in ropa.refused("export", "--layout", "register", "--department", "Moon")


def test_slices_come_home_in_any_order(ropa: Inside) -> None:
    """Three workbooks that went out on one day, each edited: whatever the order, the register is the same afterwards."""
    departments = ("Human Resources", "Marketing", "IT")
    for n, department in enumerate(departments):
        ran = ropa("export", "--layout", "register", "--department", department, "--out", f"{n}.xlsx")
        assert ran.code == 0, ran
        with edited(ropa.folder / f"{n}.xlsx") as sheet:
            sheet("Activities").put(3, owner=f"Desk {n}")
            sheet("Organisations").put(3 + n, notes=f"Seen by {n}")
            sheet("Purposes").sheet.insert_cols(3)
    start, ends = ropa.register.read_bytes(), []
    for order in permutations("012"):
        ropa.register.write_bytes(start)
        for n in order:
            home(ropa, file=f"{n}.xlsx")
        ends.append(ropa("export", "--layout", "json", "--out", "end.json", "--force").code)
        ends[-1] = (ropa.folder / "end.json").read_bytes()
    assert len(set(ends)) == 1
    assert ends[0].count(b"Seen by") == 3


def test_another_register_refuses_it(ropa: Inside, out: Path) -> None:
    """A workbook of another register, or of one that was put back, comes home to no other."""
    ropa.register.unlink()
    assert ropa("init", "--example", "--actor", "Someone else").code == 0
    assert "another register" in ropa.refused("import", out.name, "--yes")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_saved_by_libreoffice(ropa: Inside, out: Path, kind: str) -> None:
    """Saved by LibreOffice as .xlsx or .ods, the same changes come home, and an unchanged workbook is no change."""
    (ropa.folder / "saved").mkdir()

    def save() -> str:
        words = [
            OFFICE,
            f"-env:UserInstallation=file://{ropa.folder}/office",
            "--headless",
            "--convert-to",
            kind,
        ]
        subprocess.run(
            [*words, "--outdir", "saved", out.name], cwd=ropa.folder, check=True, capture_output=True
        )
        return f"saved/out.{kind}"

    assert home(ropa, file=save()).err == "No change.\n"
    with edited(out) as sheet:
        sheet("Activities").put(
            sheet("Activities").row("ref", "PA-0004"), owner="Desk", reviewed_on="2026-11-02"
        )
    direct = ropa("import", out.name, "--dry-run", "--json").json
    assert direct["changes"]
    assert ropa("import", save(), "--dry-run", "--json").json == direct
