"""The editor at a terminal: choices where two changed the same, going on with what was kept, Ctrl-C, a closed window."""

import os
import signal
from pathlib import Path

import pytest

from tests.cli.editing.scripted import Scripted, kept_in, replaced
from tests.cli.running import Inside
from tests.cli.terminal import Terminal

OTHER = {
    "meanwhile": [["activity", "set", "PA-0004", "owner=Finance", "department=People"]],
    "as": {"ROPA_ACTOR": "Head of Sales"},
}


@pytest.fixture
def folder(example: Inside) -> Path:
    """A folder with the example register."""
    return example.folder


def owner(folder: Path) -> str:
    said = Inside(folder)("activity", "show", "PA-0004", "--json").json
    return f"{said['owner']}, {said['department']}"


@pytest.mark.parametrize(("key", "stands"), [("t", "Finance, People"), ("y", "HR desk, People")])
def test_the_user_chooses(folder: Path, key: str, stands: str) -> None:
    """Both values in words, with who wrote the other one; what does not clash is merged either way."""
    editor = Scripted(folder, replaced(("owner: Head of HR", "owner: HR desk"), **OTHER))
    terminal = Terminal(folder, "activity", "edit", "PA-0004", EDITOR=editor.command)
    terminal.wait_for("[e]dit again")
    for words in (
        "Meanwhile Head of Sales (r2",
        "theirs  Finance",
        "yours   HR desk",
        "department: Human Resources → People",
    ):
        assert words in " ".join(terminal.screen.split("\r\n"))
    terminal.type("x\n")
    terminal.type(f"{key}\n")
    assert terminal.end() == 0, terminal.screen
    assert owner(folder) == stands
    assert kept_in(folder) == []


def test_the_user_edits_again(folder: Path) -> None:
    """The text holds both sides' changes, and says at the line what the other one wrote; saved, it is recorded."""
    editor = Scripted(
        folder,
        replaced(("owner: Head of HR", "owner: HR desk"), **OTHER),
        replaced(("owner: HR desk", "owner: HR desk and Finance")),
    )
    terminal = Terminal(folder, "activity", "edit", "PA-0004", EDITOR=editor.command)
    terminal.wait_for("[e]dit again")
    terminal.type("e\n")
    assert terminal.end() == 0, terminal.screen
    again = editor.seen(1)
    assert "#! owner; theirs: Finance\nowner: HR desk\n" in again
    assert "\ndepartment: People\n" in again
    assert owner(folder) == "HR desk and Finance, People"
    assert kept_in(folder) == []


def test_nobody_is_overwritten_by_ctrl_c_at_the_question(folder: Path) -> None:
    """Theirs stands, and ours is kept."""
    editor = Scripted(folder, replaced(("owner: Head of HR", "owner: HR desk"), **OTHER))
    terminal = Terminal(folder, "activity", "edit", "PA-0004", EDITOR=editor.command)
    terminal.wait_for("[e]dit again")
    terminal.interrupt()
    assert terminal.end() == 2
    assert owner(folder) == "Finance, People"
    (kept,) = kept_in(folder)
    assert kept.name in "".join(terminal.screen.split())
    assert "owner: HR desk" in kept.read_text()


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 0)])
def test_a_kept_text_is_offered(folder: Path, answer: str, code: int) -> None:
    """With yes the editor shows what was typed, against the record as it was then; with no it shows the record, and the text stays."""
    broken = Scripted(folder, replaced(("owner: Head of HR", "owner: HR desk"), code=1))
    Inside(folder)("activity", "edit", "PA-0004", EDITOR=broken.command)
    assert Inside(folder)("activity", "set", "PA-0004", "department=People").code == 0
    (kept,) = kept_in(folder)
    editor = Scripted(folder, {})
    terminal = Terminal(folder, "activity", "edit", "PA-0004", EDITOR=editor.command)
    terminal.wait_for("Go on with it? [y/N]")
    terminal.type(f"{answer}\n")
    assert terminal.end() == code, terminal.screen
    assert ("owner: HR desk" in editor.seen(0)) == (answer == "y")
    assert owner(folder) == ("HR desk, People" if answer == "y" else "Head of HR, People")
    assert kept_in(folder) == ([] if answer == "y" else [kept])


def test_ctrl_c_is_a_key_of_the_editor(folder: Path) -> None:
    """An editor that takes it as a key goes on, and what it saves is recorded."""
    program = folder / "edit.sh"
    program.write_text(
        "#!/bin/sh\ntrap 'true' INT\necho is-open\nread line\nsed -i 's/^owner: .*/owner: HR desk/' \"$1\"\n"
    )
    program.chmod(0o755)
    terminal = Terminal(folder, "activity", "edit", "PA-0004", EDITOR=str(program))
    terminal.wait_for("is-open")
    terminal.type("\x03")
    terminal.type("\n")
    assert terminal.end() == 0, terminal.screen
    assert owner(folder).startswith("HR desk")


def test_a_closed_window_loses_nothing(folder: Path) -> None:
    """The terminal goes away while the editor is open: what it has saved is kept."""
    editor = Scripted(folder, replaced(("owner: Head of HR", "owner: HR desk"), wait=True))
    terminal = Terminal(folder, "activity", "edit", "PA-0004", EDITOR=editor.command)
    terminal.wait_for("what an editor paints")
    os.killpg(terminal.process, signal.SIGHUP)
    assert terminal.end() != 0
    (kept,) = kept_in(folder)
    assert "owner: HR desk" in kept.read_text()
    assert owner(folder).startswith("Head of HR")


def test_an_editor_that_does_not_wait(folder: Path) -> None:
    """A window of its own that opens and lets go at once: no change, and a word about why."""
    terminal = Terminal(folder, "activity", "edit", "PA-0004", EDITOR="true")
    assert terminal.end() == 0
    assert "No change." in terminal.screen
    assert "code --wait" in terminal.screen
