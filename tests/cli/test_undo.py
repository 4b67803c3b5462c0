"""`ropa undo`: a revision is taken back by a new one; what came later stays, or is named as what stands in the way."""

from pathlib import Path

import pytest
from hypothesis import given

from ropa.compare import compare, taken_back
from tests.cli.running import Inside
from tests.cli.terminal import Terminal
from tests.fuzz import often
from tests.strategies import registers

NOTICE = Path(__file__).parents[2] / "data" / "notices" / "postdicom-2026-04-15.txt"


@often(20)
@given(registers(), registers())
def test_taking_back_the_last_change_leads_to_what_was_before(before, after):
    """Whatever a revision did; and taking that back in turn leads forward again."""
    back, clashes = taken_back(before, after, after)
    assert clashes == []
    assert compare(back, before) == []
    again, clashes = taken_back(after, back, back)
    assert clashes == []
    assert compare(again, after) == []


def said(ropa: Inside, *words: str) -> object:
    return ropa(*words, "--json").json


def test_what_was_changed_since_stays(example: Inside) -> None:
    """Another field of the record, and other records, keep what they got after the revision that is taken back."""
    example("activity", "set", "PA-0001", "PA-0002", "owner=Wrong", "--yes")
    example("activity", "set", "PA-0001", "department=People")
    example("activity", "set", "PA-0003", "owner=Other")
    ran = example("undo", "r2", "--why", "not their work", "--yes")
    assert ran.code == 0, ran
    one, two, three = said(example, "activity", "show", "PA-0001", "PA-0002", "PA-0003")
    assert [a["owner"] for a in (one, two, three)] == ["Head of HR", "Head of HR", "Other"]
    assert one["department"] == "People"
    entry = said(example, "log")[0]
    assert (entry["revision"], entry["why"]) == (5, "takes back r2: not their work")
    assert example("verify").code == 0


def test_the_same_field_changed_again_stands_in_the_way(example: Inside) -> None:
    """Nothing is written, not even what could be; the record, the field and the later revision are named."""
    example("activity", "set", "PA-0001", "PA-0002", "owner=Wrong", "--yes")
    example("activity", "set", "PA-0001", "owner=Right")
    before = example.register.read_bytes()
    ran = example("undo", "2", "--why", "x", "--yes")
    assert ran.code == 2
    assert "PA-0001 Payroll: owner was changed since (r3 by Head of Privacy)." in ran.err
    assert "PA-0002" not in ran.err
    assert example.register.read_bytes() == before


def test_an_undo_is_undone(example: Inside) -> None:
    """Twice is as if it had not been."""
    example("activity", "set", "PA-0001", "owner=New")
    example("undo", "--why", "wrong")
    assert said(example, "activity", "show", "PA-0001")["owner"] == "Head of HR"
    example("undo", "--why", "right after all")
    assert said(example, "activity", "show", "PA-0001")["owner"] == "New"
    assert [e["revision"] for e in said(example, "log")] == [4, 3, 2, 1]


def test_a_removal_a_rename_and_an_import_are_taken_back(example: Inside) -> None:
    """The register says what it said, under the refs of old, whatever was named anew in between."""
    first = said(example, "activity", "list")
    example("activity", "remove", "PA-0002", "--why", "slip", "--yes")
    assert example("undo", "--why", "it takes place").code == 0
    assert said(example, "activity", "list") == first
    example("vendor", "rename", "mockmail", "mail", "--yes")
    example("activity", "set", "PA-0001", "recipients+=mail")
    ran = example("undo", "r4", "--why", "known by its old name", "--yes", "--json")
    assert ran.json["changes"][0]["op"] == "renamed"
    assert said(example, "activity", "show", "PA-0001")["recipients"][-1] == {"organisation": "mockmail"}
    assert example("import", NOTICE, "--yes").code == 0
    number = said(example, "log")[0]["revision"]
    assert len(said(example, "activity", "list")) > len(first)
    assert example("undo", f"r{number}", "--why", "the wrong notice", "--yes").code == 0
    assert len(said(example, "activity", "list")) == len(first)
    assert example("verify").code == 0


def test_no_record_is_left_hanging(example: Inside) -> None:
    """A vendor that was named since does not go; a record that names one that went since does not come back."""
    example("vendor", "add", "Fresh")
    example("activity", "set", "PA-0002", "recipients+=fresh")
    ran = example("undo", "r2", "--why", "x")
    assert ran.code == 2
    assert "ropa activity set PA-0002 recipients-=" in ran.err
    example("activity", "set", "PA-0002", "recipients-=fresh")
    example("vendor", "remove", "fresh", "--why", "not used")
    ran = example("undo", "r4", "--why", "x")
    assert ran.code == 2
    assert "'fresh', which is gone" in ran.err
    assert example("undo", "r5", "--why", "x").code == 0
    assert example("undo", "r4", "--why", "x").code == 0


@pytest.mark.parametrize("words", [("r99",), ("0",), ("yesterday",), ("-1",), ("r²",)])
def test_what_is_no_revision_is_refused(example: Inside, words: tuple[str, ...]) -> None:
    """In one line, and nothing is written."""
    before = example.register.read_bytes()
    example.refused("undo", *words, "--why", "x")
    assert example.register.read_bytes() == before


def test_nothing_to_take_back(example: Inside) -> None:
    """One that was taken back already; a preview that writes nothing and needs no reason."""
    example("activity", "set", "PA-0001", "owner=New")
    before = example.register.read_bytes()
    ran = example("undo", "--dry-run")
    assert "owner: New → Head of HR" in ran.out
    assert example.register.read_bytes() == before
    assert "--why" in example("undo").err
    example("activity", "set", "PA-0001", "owner=Head of HR")
    ran = example("undo", "r2", "--why", "x")
    assert (ran.code, "No change." in ran.err) == (0, True)


def test_at_a_terminal_it_shows_what_and_asks(example: Inside) -> None:
    """Which revision, by whom; why; the preview; and only a yes writes."""
    example("activity", "set", "PA-0001", "owner=New")
    terminal = Terminal(example.folder, "undo")
    terminal.wait_for("Why?")
    assert "r2, " in terminal.screen
    terminal.type("a slip\n")
    terminal.wait_for("[y/N]")
    assert "owner: New → Head of HR" in terminal.screen
    terminal.type("n\n")
    assert terminal.end() == 2
    assert said(example, "log")[0]["revision"] == 2


def test_a_register_without_a_revision_has_nothing_to_take_back(empty: Inside) -> None:
    """It says so."""
    assert "nothing was written yet" in empty.refused("undo", "--why", "x")
