"""The rows of docs/reliability.md, which the tests of faults fill: `make reliability`.

A test says at its end `tally("kill-commit", tried=129, lost=[])`: a loss is told in words, and fails the test.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = "ROPA_TALLY"
"""The variable that names the folder for what was tried; without it a test only fails or passes."""
KILLED = "Killed (SIGKILL) at each system call that changes a file"
AT_ONCE = "At the same time"
CLOCK = "The clock (points: states asked for with `--as-of`, and the order of the log)"
FULL = "No room on the disk from a system call on, each that changes a file (ENOSPC)"
FAILS = "An error of the disk at a system call that changes a file (EIO)"
FAILS_READING = "An error of the disk at a system call that reads the register (EIO)"
ALTERED = "Altered on purpose with another program (lost: not found as [verify.md](verify.md) says)"
PLACE = "Where the register lies"
DAMAGED = (
    "A damaged file (lost: it answers otherwise than before, and no opening, `verify` or `doctor` tells)"
)
SAVED = "`ropa rescue` of such a file (lost: a record is not as it was, and it is not named)"
ROWS: Mapping[str, tuple[str, str]] = {
    "kill-commit": (KILLED, "a change of one record (`ropa activity set`)"),
    "kill-import": (KILLED, "an import of 500 records (`ropa import`)"),
    "kill-migration": (KILLED, "a migration to the tables of a later version"),
    "kill-restore": (KILLED, "a restore (`ropa restore`)"),
    "kill-seal": (KILLED, "a seal (`ropa seal`)"),
    "kill-backup": (KILLED, "a backup (`ropa backup`)"),
    "kill-export-xlsx": (KILLED, "an export, workbook (`ropa export`)"),
    "kill-export-yaml": (KILLED, "an export, text (`ropa export --layout yaml`)"),
    "at-once": (AT_ONCE, "8 processes, 100 commits each; at every fifth all want the same record"),
    "at-once-commands": (AT_ONCE, "4 real commands at a time, four times (`ropa activity set`)"),
    "reader": (AT_ONCE, "a reader at each system call of an import of 500 records"),
    "clock-back": (CLOCK, "set back an hour, twice, between changes"),
    "clock-leap": (CLOCK, "the end of 29 February"),
    "clock-zone": (CLOCK, "changes from computers in other time zones"),
    "full-commit": (FULL, "a change of one record"),
    "full-import": (FULL, "an import of 100 records"),
    "full-restore": (FULL, "a restore"),
    "full-backup": (FULL, "a backup"),
    "full-export": (FULL, "an export"),
    "fails-commit": (FAILS, "a change of one record"),
    "fails-import": (FAILS, "an import of 100 records"),
    "fails-restore": (FAILS, "a restore"),
    "fails-backup": (FAILS, "a backup"),
    "fails-export": (FAILS, "an export"),
    "fails-reading-commit": (FAILS_READING, "a change of one record"),
    "fails-reading-import": (FAILS_READING, "an import of 100 records"),
    "fails-reading-restore": (FAILS_READING, "a restore"),
    "fails-reading-backup": (FAILS_READING, "a backup"),
    "fails-reading-export": (FAILS_READING, "an export"),
    "fails-reading-list": (FAILS_READING, "a list (`ropa activity list`)"),
    "read-only-file": (PLACE, "a file that may only be read: commands that read, and that write"),
    "read-only-folder": (PLACE, "the same, and its folder, too"),
    "link": (PLACE, "a symbolic link to it: the file that it leads to is written, the link stays"),
    "link-to-nothing": (PLACE, "a symbolic link that leads nowhere, or to itself"),
    "replaced": (PLACE, "another file put in its place at each system call of a change, as sync programs do"),
    "tampering": (ALTERED, "each line of the table in verify.md"),
    "damage-bits": (DAMAGED, "a single bit turned over, anywhere"),
    "damage-commands": (DAMAGED, "the same, and the real commands that list and show"),
    "damage-cuts": (DAMAGED, "cut short, at places all over it"),
    "rescue-bits": (SAVED, "a single bit turned over"),
    "rescue-cuts": (SAVED, "cut short"),
}
"""Each row of the page, in its order, by the name that its test gives: the group, and what was done."""


@dataclass(frozen=True)
class Row:
    """What a test found: at how many points something went wrong, and at how many of them something was lost."""

    tried: int
    lost: int


def tally(name: str, *, tried: int, lost: Sequence[str]) -> None:
    """Keep what a test found, and fail it where anything was lost. lost: a line for each point."""
    assert name in ROWS, f"{name} has no row in tests/faults/tally.py"
    assert tried, "nothing was tried"
    if folder := os.environ.get(FOLDER):
        Path(folder, f"{name}.json").write_text(json.dumps([tried, len(lost)]), encoding="utf-8")
    assert not lost, "\n".join([f"{len(lost)} of {tried}", *lost[:10]])


def tallied(folder: Path) -> dict[str, Row]:
    """What the tests kept in a folder, by the name of the row."""
    return {path.stem: Row(*json.loads(path.read_text(encoding="utf-8"))) for path in folder.glob("*.json")}
