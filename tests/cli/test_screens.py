"""The screens of the morning are those that were looked at and kept: tests/cli/screens.py says how to keep new ones."""

import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.screens import FOLDER, every, freeze, shown


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory, made_example: Path) -> Path:
    """A folder with the example register as of one day."""
    folder = tmp_path_factory.mktemp("frozen")
    (folder / "data").mkdir()
    shutil.copy(made_example, folder / "data" / "register.db")
    freeze(folder / "data" / "register.db")
    return folder


@pytest.mark.parametrize(("file", "command", "width", "height"), list(every()), ids=str)
def test_a_screen_is_as_it_was_kept(frozen: Path, file: str, command: str, width: int, height: int) -> None:
    """In a terminal of that size the example shows just this; no line but a command to copy is wider than the window."""
    screen = shown(frozen, command, width, height)
    kept = (FOLDER / file).read_text(encoding="utf-8")
    assert screen == kept, "Is the new screen right? Then keep it: .venv/bin/python -m tests.cli.screens"
    wide = [line for line in screen.splitlines() if cell_len(line) > width and " ropa " not in line]
    assert wide == []


def test_the_morning_fits_one_screen(frozen: Path) -> None:
    """`status` takes at most the 24 lines of a small window, the prompt's own line counted."""
    assert len(shown(frozen, "status", 80, 24).splitlines()) < 24
