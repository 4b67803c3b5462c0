"""Killed (SIGKILL) at every system call that changes a file: all of a change is there, or nothing of it.

The program is stopped before each such call, and the folder looked at as it is then: all that a kill would leave. At a few
points it is killed in earnest, and has to leave the same.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import openpyxl

from ropa.store.open import Store, version_of
from tests.cli.running import Inside
from tests.faults.asking import Workshop, spread
from tests.faults.later import known
from tests.faults.state import REGISTER, Left, Outcomes, copied, files, recorded, records_in
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


def _killed(
    workshop: Workshop,
    start: Path,
    *words: str,
    check: Check = _fine,
    what: Callable[[Path], object] = recorded,
    program: str = "",
) -> Outcomes:
    """Stop a command at its points, kill it at some, and look at what is left. check: what else has to hold at each.

    what: see `Outcomes`. program: another `main` than ropa's own.
    """
    called = (*([program] if program else []), *words)
    workshop.warm(start, *words)
    with copied(start) as copy:
        assert Inside(copy)(*words).code == 0
        after, expected = what(copy), files(start) | files(copy)

    def again(folder: Path) -> str:
        """After a fault the same command does what it should have done, or says that it was done."""
        ran = Inside(folder)(*words)
        if ran.code and "is there already" not in ran.err:
            return f"given again, it says: {ran.err}"
        if f"{REGISTER}-journal" in files(folder):
            return "given again, it leaves a journal"
        return check(folder) if what(folder) == after else "given again, it does something else"

    found = Outcomes(what(start), after, expected, again, what)
    lefts: list[Left | None] = []

    def look(folder: Path, call: str) -> None:
        lefts.append(found.look(folder, call))
        if wrong := check(folder):
            found.lost.append(f"before {call}: {wrong}")

    with copied(start) as copy:
        workshop.stopping(copy, *called, look=look)
    for at in spread(len(lefts), REALLY):
        with copied(start) as copy:
            ran = workshop.run(copy, *called, at=at)
            assert (ran.code, len(ran.calls)) == (KILLED, at), ran
            left = found.look(copy, ran.calls[-1])
        if left != lefts[at - 1]:
            found.lost.append(
                f"before {ran.calls[-1]}: a kill leaves {left}, where a stop shows {lefts[at - 1]}"
            )
    found.tried = len(lefts)
    return found


def test_a_commit(workshop: Workshop, example_folder: Path) -> None:
    """A change of one record."""
    found = _killed(workshop, example_folder, "activity", "set", "PA-0001", "owner=Head of People")
    assert 0 < found.done < found.tried, "no point lies before the change, or none after it"
    tally("kill-commit", tried=found.tried, lost=found.lost)


def test_an_import(workshop: Workshop, example_folder: Path) -> None:
    """500 new records in one transaction, after a copy that is made by itself."""
    with copied(example_folder) as start:
        measures = [{"ref": f"m-{n}", "name": f"Measure {n}"} for n in range(500)]
        (start / "more.json").write_text(json.dumps({"ropa": 1, "measures": measures}), encoding="utf-8")
        found = _killed(workshop, start, "import", "more.json", "--yes")
    assert 0 < found.done < found.tried
    tally("kill-import", tried=found.tried, lost=found.lost)


def test_a_migration(workshop: Workshop, example_folder: Path) -> None:
    """The tables of an earlier version are brought up, after a copy that is made by itself."""
    with known():
        found = _killed(workshop, example_folder, "status", what=_version, program="@tests.faults.later:main")
    assert 0 < found.done < found.tried
    tally("kill-migration", tried=found.tried, lost=found.lost)


def _version(folder: Path) -> object:
    return version_of(Store(str(folder / REGISTER)))


def test_a_restore(workshop: Workshop, example_folder: Path) -> None:
    """A backup takes the place of the register, which stays beside it; at no moment is there none."""
    with copied(example_folder) as start:
        ropa = Inside(start)
        assert ropa("backup", "b.db").code == 0
        assert ropa("activity", "set", "PA-0001", "owner=Head of People").code == 0
        found = _killed(workshop, start, "restore", "b.db", "--yes")
    assert 0 < found.done < found.tried
    tally("kill-restore", tried=found.tried, lost=found.lost)


def test_a_seal(workshop: Workshop, example_folder: Path) -> None:
    """The seal is whole, or not there."""
    with copied(example_folder) as copy:
        assert Inside(copy)("seal", "--out", "seal.txt").code == 0
        made = Made("seal.txt", _lines(copy / "seal.txt"), _lines)
    found = _killed(workshop, example_folder, "seal", "--out", "seal.txt", check=made.wrong)
    assert made.seen == {False, True}
    tally("kill-seal", tried=found.tried, lost=found.lost)


def _lines(file: Path) -> object:
    """Without those that hold the moment of sealing."""
    return [
        line
        for line in file.read_text(encoding="ascii").splitlines()
        if not line.lower().startswith("sealed")
    ]


def test_a_backup(workshop: Workshop, example_folder: Path) -> None:
    """The copy is whole and proves itself, or it is not there; the register is as it was."""
    made = Made("b.db", recorded(example_folder), records_in)
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
