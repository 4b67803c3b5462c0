"""A file appears whole or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from ropa.errors import Refused
from ropa.sheets.whole import write_whole


def _nothing(file: BinaryIO) -> None:
    pass


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    """The content is there, with the rights that any file of this user gets."""
    path = tmp_path / "a.xlsx"
    write_whole(path, lambda file: file.write(b"new") and None)
    (tmp_path / "plain").write_bytes(b"")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "plain"]


def test_a_file_that_is_there_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    """Refused names the file; with force it is replaced."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(Refused, match="already"):
        write_whole(path, lambda file: file.write(b"new") and None)
    assert path.read_bytes() == b"old"
    write_whole(path, lambda file: file.write(b"new") and None, force=True)
    assert path.read_bytes() == b"new"


def test_a_file_made_by_somebody_else_meanwhile_is_kept(tmp_path: Path) -> None:
    """Two exports at once: the second one finds the first one's file and refuses."""
    path = tmp_path / "a.xlsx"

    def write(file: BinaryIO) -> None:
        file.write(b"mine")
        path.write_bytes(b"theirs")

    with pytest.raises(Refused, match="already"):
        write_whole(path, write)
    assert path.read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "trouble", [RuntimeError("bug"), KeyboardInterrupt(), OSError(28, "No space left on device")]
)
def test_a_failure_leaves_the_old_file_and_no_draft(tmp_path: Path, trouble: BaseException) -> None:
    """Half a workbook is never there, under any name."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise trouble

    with pytest.raises((RuntimeError, KeyboardInterrupt, Refused)):
        write_whole(path, write, force=True)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_killed_while_writing_the_old_file_is_untouched(tmp_path: Path) -> None:
    """Even where the process can clean nothing up, the file under its name is the old one."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    script = (
        "import os, signal, sys; from pathlib import Path; from ropa.sheets.whole import write_whole\n"
        "def write(file):\n"
        "    file.write(b'half'); file.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_whole(Path(sys.argv[1]), write, force=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


def test_where_no_file_can_be_it_says_so(tmp_path: Path) -> None:
    """A missing folder, a folder in the file's place, a folder without rights: one line with what to do."""
    with pytest.raises(Refused, match="folder is not there"):
        write_whole(tmp_path / "none" / "a.xlsx", _nothing)
    with pytest.raises(Refused, match="is a folder"):
        write_whole(tmp_path, _nothing)
    if os.getuid():
        (tmp_path / "locked").mkdir(mode=0o500)
        with pytest.raises(Refused, match="cannot be written"):
            write_whole(tmp_path / "locked" / "a.xlsx", _nothing)
