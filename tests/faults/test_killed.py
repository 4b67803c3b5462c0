"""Killed (SIGKILL) at every system call that changes a file: all of a change is there, or nothing of it."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.running import Inside
from tests.faults.asking import NONE, Env, Workshop, copied
from tests.faults.made import with_editor, with_import
from tests.faults.state import Outcomes, files, register_in, same
from tests.faults.tally import tally

KILLED = -9
SET = ("activity", "set", "PA-0001", "owner=Head of People")
IMPORT = ("import", "more.json", "--yes")


def _killed(
    workshop: Workshop, start: Path, *words: str, most: int = 10_000, env: Env = NONE
) -> Outcomes:
    """Kill a command at its points, and look at what it leaves at all of them.

    After each the register proves itself, and the command can be given again. most: so many are killed for real in
    the daily tests; the others are stopped and looked at.
    """
    with copied(start) as copy:
        assert Inside(copy)(*words, **env).code == 0
        outcomes = Outcomes(register_in(start), register_in(copy), files(copy))

    def look(folder: Path, call: str) -> None:
        if outcomes.look(folder, call):
            again = Inside(folder)(*words, **env)
            assert again.code == 0, (call, again)
            assert same(register_in(folder), outcomes.after), call
            assert "data/register.db-journal" not in files(folder)

    workshop.stopping(start, *words, look=look, env=env)
    assert 0 < outcomes.done < outcomes.tried, "no point lies before the change, or none after it"
    for folder, ran, _ in workshop.each(start, *words, env=env, most=most):
        assert ran.code == KILLED, ran
        look(folder, ran.calls[-1])
    return outcomes


def test_a_commit(workshop: Workshop, example_folder: Path) -> None:
    """A change of one record."""
    found = _killed(workshop, example_folder, *SET)
    tally("killed", "commit of one record (activity set)", found.tried)


def test_an_import(workshop: Workshop, example_folder: Path, tmp_path: Path) -> None:
    """500 new records in one transaction."""
    start = with_import(example_folder, tmp_path / "start", 500)
    found = _killed(workshop, start, *IMPORT, most=6)
    tally("killed", "import of 500 records", found.tried)


@pytest.mark.parametrize("name", ["register.yaml", "register.xlsx"])
def test_an_export(workshop: Workshop, example_folder: Path, name: str) -> None:
    """The file is whole or not there; the register is as it was."""
    words = ("export", "--out", name, *(("--layout", "yaml") if name.endswith("yaml") else ()))
    before = register_in(example_folder)
    with copied(example_folder) as copy:
        assert Inside(copy)(*words).code == 0
        whole, found = _content(copy / name), Outcomes(before, before, files(copy))

    def look(folder: Path, call: str) -> None:
        found.look(folder, call)
        if (folder / name).exists():
            assert _content(folder / name) == whole, call

    workshop.stopping(example_folder, *words, look=look)
    for folder, ran, _ in workshop.each(example_folder, *words, most=10):
        assert ran.code == KILLED, ran
        look(folder, ran.calls[-1])
        assert (folder / name).exists() or Inside(folder)(*words).code == 0
    tally("killed", f"export ({name.partition('.')[2]})", found.tried)


def _content(file: Path) -> object:
    """The text, or the cells of every sheet."""
    if file.suffix == ".yaml":
        return file.read_bytes()
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in openpyxl.load_workbook(file)
    }


def test_an_edit(workshop: Workshop, example_folder: Path, tmp_path: Path) -> None:
    """What an editor saved is in the register, or kept whole in the user's own folder."""
    start, env = with_editor(example_folder, tmp_path / "start")
    found = _killed(workshop, start, "activity", "edit", "PA-0001", env=env, most=10)
    tally("killed", "edit: what was typed is kept, then written", found.tried)
