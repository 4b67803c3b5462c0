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
DAMAGED, SAVED = "A damaged file: an answer that is wrong, and nobody is told", "`ropa rescue` of a damaged file: a record that is not as it was, unnamed"
ROWS: Mapping[str, tuple[str, str]] = {
    "kill-commit": (KILLED, "a change of one record (`ropa activity set`)"),
    "kill-backup": (KILLED, "a backup (`ropa backup`)"),
    "kill-export-xlsx": (KILLED, "an export, workbook (`ropa export`)"),
    "kill-export-yaml": (KILLED, "an export, text (`ropa export --layout yaml`)"),
    "damage-bits": (DAMAGED, "a single bit turned over, anywhere"),
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
