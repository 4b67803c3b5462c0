"""A register that may only be read, is a link, or is replaced while a command runs: never half a change, and never a lost word about it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Inside
from tests.faults.asking import Workshop, spread
from tests.faults.rights import without_rights
from tests.faults.state import REGISTER, copied, recorded, records_in
from tests.faults.tally import FOLDER, tally

POINTS = 10_000 if FOLDER in os.environ else 20
READING = (
    ("status",), ("activity", "list", "--json"), ("activity", "show", "PA-0001"), ("log",), ("gaps", "--json"),
    ("verify",), ("activity", "list", "--as-of", "r1"), ("sql", "select * from activity"),
)  # fmt: skip
WRITING = (
    ("activity", "set", "PA-0001", "owner=x"), ("measure", "add", "x"), ("undo", "r2", "--yes", "--why", "x"),
    ("activity", "remove", "PA-0001", "--yes", "--why", "x"), ("redact", "PA-0001", "owner", "--yes", "--why", "x"),
    ("restore", "PA-0001", "--as-of", "r1", "--yes", "--why", "x"), ("import", "more.json", "--yes"),
)  # fmt: skip
CHANGE = ("activity", "set", "PA-0001", "owner=Head of People")


@pytest.fixture
def folder(example_folder: Path) -> Iterator[Path]:
    """The example organisation with a second revision, and a file to import; everybody may look into the folder."""
    with copied(example_folder) as copy:
        assert Inside(copy)("activity", "set", "PA-0001", "owner=Head of IT").code == 0
        (copy / "more.json").write_text('{"ropa": 1, "measures": [{"ref": "new", "name": "New"}]}')
        copy.parent.chmod(0o755)
        copy.chmod(0o777)
        yield copy


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("folder_too", [False, True])
def test_it_may_only_be_read(folder: Path, folder_too: bool) -> None:
    """What reads says what it always says; what writes says in one line that it may not, and not a byte changes."""
    ropa, register, lost = Inside(folder), folder / REGISTER, []
    said = [ropa(*words) for words in READING]
    for words in WRITING:  # loads every module that root alone may read
        ropa(*words, "--dry-run")
    before, beside = register.read_bytes(), _names(register.parent)
    register.chmod(0o444)
    register.parent.chmod(0o555 if folder_too else 0o777)
    with without_rights():
        for words, answer in zip(READING, said, strict=True):
            if (ran := ropa(*words)).out != answer.out or ran.code != answer.code:
                lost.append(f"{words}: {ran}")
        for words in WRITING:
            ran = ropa(*words)
            if ran.code != 2 or "may not be written" not in ran.err or register.read_bytes() != before:
                lost.append(f"{words}: {ran}")
            if _names(register.parent) != beside:
                lost.append(f"{words}: leaves {_names(register.parent)}")
    register.parent.chmod(0o755)
    name = "read-only-folder" if folder_too else "read-only-file"
    tally(name, tried=len(READING) + len(WRITING), lost=lost)


def test_a_link(folder: Path) -> None:
    """Every write through a link reaches the file that it leads to, and the link is still one."""
    ropa, link, lost = Inside(folder), folder / REGISTER, []
    real = folder / "elsewhere.db"
    link.rename(real)
    link.symlink_to("../elsewhere.db")
    backup = ropa("backup", "b.db")
    assert backup.code == 0, backup
    writing = [*WRITING[:2], WRITING[-1], ("restore", "b.db", "--yes")]
    for words in writing:
        before = real.read_bytes()
        ran = ropa(*words)
        records_in(real)
        if ran.code or not link.is_symlink() or real.read_bytes() == before:
            lost.append(f"{words}: {ran}")
    tally("link", tried=len(writing), lost=lost)


def test_a_link_that_leads_nowhere(folder: Path) -> None:
    """One line that names it; nothing is made where it points, and the link is as it was."""
    ropa, link, lost = Inside(folder), folder / REGISTER, []
    link.unlink()
    for target in ("../gone.db", link.name):
        link.symlink_to(target)
        for words in (*READING, *WRITING):
            ran = ropa(*words)
            if ran.code != 2 or "register.db" not in ran.err or "should not have" in ran.err:
                lost.append(f"{words}: {ran}")
            if str(link.readlink()) != target or (folder / "gone.db").exists():
                lost.append(f"{words}: the link is another")
        link.unlink()
    tally("link-to-nothing", tried=2 * len((*READING, *WRITING)), lost=lost)


def test_it_is_replaced(workshop: Workshop, folder: Path) -> None:
    """Another register is put in its place at a call of a change: that one stays to the byte, and "done" is said of no lost change."""
    with copied(folder) as copy:
        assert Inside(copy)("measure", "add", "From another computer").code == 0
        other = (copy / REGISTER).read_bytes()
    workshop.warm(folder, *CHANGE)
    with copied(folder) as copy:
        points = len(workshop.run(copy, *CHANGE).calls)
        changed = recorded(copy)
    tried, lost = spread(points, min(points, POINTS)), []
    for at in tried:
        with copied(folder) as copy:
            if wrong := _replaced(workshop, copy, at, other, changed):
                lost.append(f"{at}: {wrong}")
    tally("replaced", tried=len(tried), lost=lost)


def _replaced(workshop: Workshop, folder: Path, at: int, other: bytes, changed: object) -> str:
    """Change it, and put the other one in its place before the call with this number. What is wrong then."""
    register, aside, calls = folder / REGISTER, folder / "aside.db", []

    def look(call: str) -> None:
        calls.append(call)
        if len(calls) == at:
            register.rename(aside)
            register.write_bytes(other)

    ran = workshop.run(folder, *CHANGE, stopped=look, how="look")
    where = f"before {calls[at - 1]}, code {ran.code}, {ran.err}"
    if register.read_bytes() != other:
        return f"{where}: the other register was written"
    if ran.code == 0 and records_in(aside) != changed:
        return f"{where}: said to be done, and is nowhere"
    try:
        verified = Inside(folder)("verify")
    except AssertionError as trouble:
        return f"{where}: {trouble}"
    return "" if verified.code == 0 else f"{where}: {verified}"
