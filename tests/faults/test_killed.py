"""Killed (SIGKILL) at every system call that changes a file: all of a change is there, or nothing of it.

The program is stopped before each such call, and the folder looked at as it is then: all that a kill would leave. At a few
points it is killed in earnest, and has to leave the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import openpyxl

from ropa.store.load import load
from ropa.store.open import open_store
from ropa.store.verify import verify
from tests.cli.running import Inside
from tests.faults.asking import Workshop, spread
from tests.faults.state import Left, Outcomes, copied, files, register_in, same
from tests.faults.tally import tally

KILLED = -9
REALLY = 6
"""Points at which the program is killed in earnest."""
Check = Callable[[Path], str]
"""Says what is wrong with a folder; "" for nothing."""


@dataclass
class Made:
    """A new file, which has to be whole or absent. holds: what is in it, for comparing."""

    name: str
    whole: object
    holds: Callable[[Path], object]
    seen: set[bool] = field(default_factory=set)
    _right: set[bytes] = field(default_factory=set)

    def wrong(self, folder: Path) -> str:
        """What is wrong with the file in this folder."""
        file = folder / self.name
        self.seen.add(file.exists())
        if not file.exists():
            return ""
        digest = sha256(file.read_bytes()).digest()
        if digest not in self._right and self.holds(file) != self.whole:
            return f"{self.name} is there and not whole"
        self._right.add(digest)
        return ""


def _fine(_: Path) -> str:
    return ""


def _killed(workshop: Workshop, start: Path, *words: str, check: Check = _fine) -> Outcomes:
    """Stop a command at all its points, kill it at some, and look at what is left. check: what else has to hold at each."""
    workshop.warm(start, *words)
    with copied(start) as copy:
        assert Inside(copy)(*words).code == 0
        after, expected = register_in(copy), files(start) | files(copy)

    def again(folder: Path) -> str:
        """After a fault the same command does what it should have done, or says that it was done."""
        ran = Inside(folder)(*words)
        if ran.code and "is there already" not in ran.err:
            return f"given again, it says: {ran.err}"
        if "data/register.db-journal" in files(folder):
            return "given again, it leaves a journal"
        return check(folder) if same(register_in(folder), after) else "given again, it does something else"

    found = Outcomes(register_in(start), after, expected, again)
    lefts: list[Left | None] = []

    def look(folder: Path, call: str) -> None:
        lefts.append(found.look(folder, call))
        if wrong := check(folder):
            found.lost.append(f"before {call}: {wrong}")

    with copied(start) as copy:
        calls = workshop.stopping(copy, *words, look=look)
    for at in spread(len(calls), REALLY):
        with copied(start) as copy:
            ran = workshop.run(copy, *words, at=at)
            assert (ran.code, len(ran.calls)) == (KILLED, at), ran
            left = found.look(copy, ran.calls[-1])
        if left != lefts[at - 1]:
            found.lost.append(
                f"before {ran.calls[-1]}: a kill leaves {left}, where a stop shows {lefts[at - 1]}"
            )
    found.tried = len(calls)
    return found


def test_a_commit(workshop: Workshop, example_folder: Path) -> None:
    """A change of one record."""
    found = _killed(workshop, example_folder, "activity", "set", "PA-0001", "owner=Head of People")
    assert 0 < found.done < found.tried, "no point lies before the change, or none after it"
    tally("kill-commit", tried=found.tried, lost=found.lost)


def test_a_backup(workshop: Workshop, example_folder: Path) -> None:
    """The copy is whole and proves itself, or it is not there; the register is as it was."""
    register = register_in(example_folder)

    def holds(file: Path) -> object:
        store = open_store(str(file))
        return verify(store).ok and same(load(store), register)

    made = Made("b.db", True, holds)
    found = _killed(workshop, example_folder, "backup", "b.db", check=made.wrong)
    assert made.seen == {False, True}
    tally("kill-backup", tried=found.tried, lost=found.lost)


def test_an_export_as_a_workbook(workshop: Workshop, example_folder: Path) -> None:
    """The workbook has every cell of every sheet, or is not there."""
    found = _exported(workshop, example_folder, "x.xlsx", holds=_cells)
    tally("kill-export-xlsx", tried=found.tried, lost=found.lost)


def test_an_export_as_text(workshop: Workshop, example_folder: Path) -> None:
    """The text is whole, or not there."""
    found = _exported(workshop, example_folder, "x.yaml", "--layout", "yaml", holds=Path.read_bytes)
    tally("kill-export-yaml", tried=found.tried, lost=found.lost)


def _exported(
    workshop: Workshop, start: Path, name: str, *more: str, holds: Callable[[Path], object]
) -> Outcomes:
    words = ("export", "--out", name, *more)
    with copied(start) as copy:
        assert Inside(copy)(*words).code == 0
        made = Made(name, holds(copy / name), holds)
    found = _killed(workshop, start, *words, check=made.wrong)
    assert made.seen == {False, True}
    return found


def _cells(file: Path) -> object:
    book = openpyxl.load_workbook(file)
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
