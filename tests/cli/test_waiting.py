"""How far long work has come: told at a terminal, gone afterwards, silent in a pipe; Ctrl-C leaves nothing."""

import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.running import Inside, clean

_AT_ONCE = "import ropa.cli.waiting as w; w._PATIENCE = w._BRIEF = -1\n"
"""The bar without the second for which it waits: the work of a test is done before that."""
_STOPPED = """
import os, signal
told = w._Bar.__call__
def call(self, items, what, total):
    for item in told(self, items, what, total):
        yield item
        if self._shown and what.startswith('Rows of'):
            os.kill(os.getpid(), signal.SIGINT)
w._Bar.__call__ = call
"""
_RUN = "import sys; from ropa.cli.app import main; main(sys.argv[1:])"


def at_a_terminal(folder: Path, script: str, *words: str) -> tuple[int, str]:
    """Exit code and screen of the program, run by this script in a terminal that can move its cursor."""
    child = pexpect.spawn(
        sys.executable,
        ["-c", script, *words],
        cwd=str(folder),
        env=clean(folder, TERM="xterm"),
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    screen = str(child.read())
    child.close()
    return int(child.exitstatus or 0), screen


@pytest.mark.parametrize(
    ("words", "work"),
    [
        (("export", "--out", "a.xlsx"), "Rows of Controller records"),
        (("export", "--layout", "register", "--out", "a.xlsx"), "Rows of Purposes"),
        (("export", "--layout", "csv", "--out", "a.zip"), "Writing records"),
        (("export", "--layout", "docx", "--out", "a.docx"), "Writing activities"),
        (("gaps",), "Asking the rules"),
        (("verify",), "Proving revisions"),
    ],
)
def test_long_work_says_how_far_it_has_come(example: Inside, words: tuple[str, ...], work: str) -> None:
    """A bar that is taken away again: the cursor is back, and what is left on the screen is the result."""
    _, screen = at_a_terminal(example.folder, _AT_ONCE + _RUN, *words)
    assert work in screen
    shown, _, after = screen.rpartition("\x1b[?25h")
    assert "\x1b[?25l" in shown
    assert "\x1b[?25l" not in after
    assert after.replace("\x1b[1A\x1b[2K", "").strip(), screen


def test_ctrl_c_leaves_nothing(example: Inside) -> None:
    """In the middle of a workbook: one line, exit 2, the cursor back, no file and no part of one."""
    before = sorted(example.folder.rglob("*"))
    code, screen = at_a_terminal(
        example.folder, _AT_ONCE + _STOPPED + _RUN, "export", "--layout", "register", "--out", "a.xlsx"
    )
    assert code == 2
    assert "Stopped; nothing was written." in screen
    assert "\x1b[?25l" not in screen.rpartition("\x1b[?25h")[2]
    assert sorted(example.folder.rglob("*")) == before


def test_a_pipe_is_told_nothing(example: Inside) -> None:
    """What a program reads is the result alone, however long the work takes."""
    ran = example("export", "--out", "a.xlsx")
    assert "Rows of" not in ran.out + ran.err
