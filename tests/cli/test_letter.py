"""`ropa gaps letter`: the questions for one colleague, and a workbook that comes home."""

import pytest
from openpyxl import load_workbook

from tests.cli.running import Inside


def test_who_can_be_asked(example: Inside) -> None:
    """Without a name: whom to ask, those of most gaps first."""
    each = example("gaps", "letter", "--json").json
    assert [one["gaps"] for one in each] == sorted((one["gaps"] for one in each), reverse=True)
    assert {"owner": "Head of HR", "gaps": 4} in each
    assert "Head of HR" in example("gaps", "letter").out


def test_a_letter_says_what_is_asked_and_no_jargon(example: Inside) -> None:
    """Numbered questions with record and law, the officer's name below; no command and no rule stands in it."""
    said = example("gaps", "letter", "--owner", "head of hr")
    assert said.code == 0
    assert said.out.startswith("To: Head of HR\nSubject: ")
    assert "4. Which data, people or recipients are meant" in said.out
    assert "- Training (PA-0023): Neither a transfer, nor that there is none, is recorded." in said.out
    assert "dpo@musterfeld.example" in said.out
    assert "ROPA-" not in said.out
    assert "ropa " not in said.out
    assert example("gaps", "letter", "--owner", "HR").out == said.out


def test_the_workbook_goes_out_and_comes_home(example: Inside) -> None:
    """It holds the owner's activities alone; a cell that is filled in arrives in the register, and nothing else changes."""
    ran = example("gaps", "letter", "--owner", "Head of HR", "--out", "hr.xlsx")
    assert "fill in or" in ran.out
    path = example.folder / "hr.xlsx"
    book = load_workbook(path)
    sheet = book["Activities"]
    keys, _, *rows = sheet.iter_rows(values_only=True)
    assert [row[1] for row in rows if row[1]] == ["PA-0023"]
    sheet.cell(3, keys.index("notes") + 1).value = "Asked on the phone"
    book.save(path)
    assert example("import", "hr.xlsx", "--yes").code == 0
    assert example("activity", "show", "PA-0023", "--json").json["notes"] == "Asked on the phone"
    assert len({one["revision"] for one in example("log", "--json").json}) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--owner", "Head of Logistics"), "Did you mean"),
        (("--owner", "Head of"), "may be"),
        (("--owner", "Head of HR", "--out", "x.pdf"), "is an .xlsx"),
        (("--out", "x.xlsx"), "whom is it for?"),
    ],
)
def test_what_cannot_be_written(example: Inside, words: tuple[str, ...], said: str) -> None:
    """One line that says what would be right, and no file."""
    before = sorted(example.folder.rglob("*"))
    assert said in example.refused("gaps", "letter", *words)
    assert sorted(example.folder.rglob("*")) == before


def test_an_owner_of_whom_nothing_is_open(example: Inside) -> None:
    """It says so, and that is no failure."""
    ran = example("gaps", "letter", "--owner", "Head of Facility Management")
    assert (ran.code, ran.out.strip()) == (0, "Nothing is open for Head of Facility Management.")
