"""A disk that is full, or that fails: all of a change is there or nothing of it, and the program says which.

The real program is stopped at its system calls; one of them, or all from one on, is answered with the error in the place of being done.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.running import Inside
from tests.faults.asking import Traced, Workshop, spread
from tests.faults.state import REGISTER, Outcomes, copied, files, recorded, records_in
from tests.faults.tally import FOLDER, tally

POINTS = 10_000 if FOLDER in os.environ else 8
"""Points at which a command is disturbed, at most: all of them, or some in a few seconds."""
FULL, FAILS, FAILS_READING = "full", "fails", "fails-reading"
HOW = {
    FULL: {"how": "ENOSPC", "lasting": True},
    FAILS: {"how": "EIO"},
    FAILS_READING: {"how": "EIO", "reads": True, "within": REGISTER},
}
"""What goes wrong, and how: no room from one call on; an error at one call that writes, or that reads the register."""


@dataclass(frozen=True)
class Command:
    """A command, and the file that it makes besides; "" for none. holds: what is in that file, for comparing."""

    words: tuple[str, ...]
    makes: str = ""
    holds: Callable[[Path], object] = Path.read_bytes


COMMANDS = {
    "commit": Command(("activity", "set", "PA-0001", "owner=Head of People")),
    "import": Command(("import", "more.json", "--yes")),
    "restore": Command(("restore", "b.db", "--yes")),
    "backup": Command(("backup", "new.db"), "new.db", records_in),
    "export": Command(("export", "--out", "x.yaml", "--layout", "yaml"), "x.yaml"),
}


@pytest.fixture(scope="session")
def start(example_folder: Path) -> Iterator[Path]:
    """The example organisation, a backup that lacks a change, and 100 records to import: before that, a copy is made."""
    with copied(example_folder) as folder:
        ropa = Inside(folder)
        assert ropa("backup", "b.db").code == 0
        assert ropa("activity", "set", "PA-0001", "owner=Head of IT").code == 0
        measures = [{"ref": f"m-{n}", "name": f"Measure {n}"} for n in range(100)]
        (folder / "more.json").write_text(json.dumps({"ropa": 1, "measures": measures}), encoding="utf-8")
        yield folder


def _points(workshop: Workshop, start: Path, command: Command, fault: str) -> Sequence[int]:
    """The calls at which to disturb it, counted from 1."""
    workshop.warm(start, *command.words)
    with copied(start) as copy:
        undisturbed = workshop.run(copy, *command.words, **(HOW[fault] | {"lasting": False}))
    assert undisturbed.code == 0, undisturbed
    return spread(len(undisturbed.calls), min(POINTS, len(undisturbed.calls)))


def _told(ran: Traced) -> str:
    """What is wrong with how it ended; "" for an answer, or one line about the disk."""
    if ran.code == 0:
        return ""
    if ran.code != 2 or "should not have happened" in ran.err:
        return f"ends with {ran.code}: {ran.err}"
    return "" if ran.err.strip() else "says nothing"


def _disturbed(workshop: Workshop, start: Path, command: Command, fault: str) -> Outcomes:
    with copied(start) as copy:
        assert Inside(copy)(*command.words).code == 0
        after, expected = recorded(copy), files(start) | files(copy)
        whole = command.holds(copy / command.makes) if command.makes else None

    def again(folder: Path) -> str:
        ran = Inside(folder)(*command.words)
        said = "" if not ran.code or "is there already" in ran.err else f"given again, it says: {ran.err}"
        return said or ("" if recorded(folder) == after else "given again, it does something else")

    found = Outcomes(recorded(start), after, expected, again, recorded)
    for at in _points(workshop, start, command, fault):
        with copied(start) as copy:
            ran = workshop.run(copy, *command.words, at=at, **HOW[fault])
            left = found.look(copy, ran.calls[at - 1])
            made = copy / command.makes if command.makes else None
            wrong = _told(ran)
            if made and made.exists() and command.holds(made) != whole:
                wrong = f"{command.makes} is there and not whole"
            if made and ran.code == 0 and not made.exists():
                wrong = "says that it was done, and there is no file"
            if not made and left and left.done != (ran.code == 0) and "may be in the register" not in ran.err:
                wrong = f"the change is {'' if left.done else 'not '}there, and it ends with {ran.code}: {ran.err}"
            if wrong:
                found.lost.append(f"{ran.calls[at - 1]} ({at}): {wrong}")
    return found


@pytest.mark.parametrize("fault", HOW)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command(workshop: Workshop, start: Path, name: str, fault: str) -> None:
    """All or nothing; what it says is so; a new file is whole or absent; given again, it does what it should have done."""
    found = _disturbed(workshop, start, COMMANDS[name], fault)
    tally(f"{fault}-{name}", tried=found.tried, lost=found.lost)


def test_what_is_read_from_a_failing_disk(workshop: Workshop, start: Path) -> None:
    """A list that meets an error says so, in one line, and prints nothing; or it is the list."""
    lists = Command(("activity", "list", "--json"))
    whole, lost = Inside(start)(*lists.words).out, []
    points = _points(workshop, start, lists, FAILS_READING)
    for at in points:
        ran = workshop.run(start, *lists.words, at=at, **HOW[FAILS_READING])
        wrong = _told(ran) or ("" if ran.out == ("" if ran.code else whole) else "prints something else")
        if wrong:
            lost.append(f"{ran.calls[at - 1]} ({at}): {wrong}")
    tally("fails-reading-list", tried=len(points), lost=lost)
