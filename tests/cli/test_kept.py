"""What is being typed outlives the program, and a full disk."""

import subprocess
import sys
from pathlib import Path

import pytest

from ropa.cli import kept
from ropa.errors import Refused
from tests.cli.running import clean

AT_WORK = """
import sys
from ropa.cli import kept
draft = kept.keep("typed in another window", "add vendor", place="r.db")
print(draft.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of one's own."""
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    return tmp_path


def test_a_kept_text_is_found_again_until_it_is_forgotten() -> None:
    """By its name and its register, whatever it holds, also half of a character; nobody else may read it."""
    text = "größe: \u202e 1\n\ud83d\x1b\n"
    draft = kept.keep(text, "edit activity PA-0001.r3", place="a.db", suffix=".yaml")
    assert draft.path.stat().st_mode & 0o777 == 0o600
    assert draft.path.parent.stat().st_mode & 0o777 == 0o700
    draft.let_go()
    assert kept.kept("edit activity PA-0001.r3", place="other.db") == []
    assert kept.kept("edit activity PA-0001", place="a.db") == []
    (found,) = kept.kept("edit activity PA-0001.r3", place="a.db")
    assert found.text() == text
    found.keep("more")
    assert found.text() == "more"
    found.forget()
    assert list(draft.path.parent.iterdir()) == []


def test_what_another_window_works_at_is_not_taken_from_it(home: Path) -> None:
    """Two texts under one name stand beside each other; the other one is found once its program was killed."""
    env = clean(home, XDG_STATE_HOME=str(home / "state"))
    other = subprocess.Popen(
        [sys.executable, "-c", AT_WORK],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path.cwd(),
        text=True,
    )
    assert other.stdout
    path = Path(other.stdout.readline().strip())
    mine = kept.keep("typed here", "add vendor", place="r.db")
    assert {*kept.files("add vendor", place="r.db")} == {path, mine.path}
    assert kept.kept("add vendor", place="r.db") == []
    other.kill()
    other.communicate()
    (found,) = kept.kept("add vendor", place="r.db")
    assert (found.path, found.text()) == (path, "typed in another window")


def test_a_full_disk_leaves_the_text_before_whole() -> None:
    """One line that says what to do; the text that was kept before stands, and nothing lies beside it."""
    import resource

    draft = kept.keep("before", "add vendor", place="r.db")
    had = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, had[1]))
    try:
        with pytest.raises(Refused, match=r"cannot be kept.*room"):
            draft.keep("x" * 100_000)
        with pytest.raises(Refused, match=r"cannot be kept"):
            kept.keep("x" * 100_000, "add system", place="r.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, had)
    assert draft.text() == "before"
    draft.forget()
    assert list(draft.path.parent.iterdir()) == []
