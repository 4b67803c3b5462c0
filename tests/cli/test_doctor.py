"""`ropa doctor`: what a lawyer's computer does to a file, each told with what to do about it; and it changes nothing."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from shlex import split
from shutil import copyfile
from types import SimpleNamespace
from typing import Any

import pytest

import ropa.cli.doctor
import ropa.store.surroundings
from ropa.store.version import VERSION
from tests.cli.editing.scripted import Scripted, replaced
from tests.cli.running import Inside, Ran, Ropa
from tests.store.test_backup import KILLED


def told(ran: Ran, about: str) -> list[Any]:
    """What it finds about something."""
    return [one for one in ran.json["findings"] if one["about"] == about]


@pytest.fixture
def open_to_all(made_example: Path) -> Iterator[Inside]:
    """The example register in a folder that everybody on this computer may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        ropa = Inside(Path(folder))
        ropa.register.parent.mkdir()
        copyfile(made_example, ropa.register)
        ropa.register.chmod(0o600)
        yield ropa


def test_a_sound_register_is_told_so(open_to_all: Inside) -> None:
    """Every line says how it stands, which file and why that one; nothing is wrong, and nothing in the folder changed."""
    before = open_to_all.register.read_bytes()
    open_to_all("backup", "data/backups/register-1.db")
    (open_to_all.register.parent / "backups").mkdir()
    open_to_all("backup", "data/backups/register-1.db")
    ran = open_to_all("doctor")
    assert ran.code == 0, ran
    assert all(line[:5].strip() in ("ok", "LOOK", "") for line in ran.out.splitlines())
    assert "data/register.db: found in this folder" in ran.out
    assert "1 in " in ran.out
    assert ran.err.startswith("Nothing is wrong")
    assert open_to_all.register.read_bytes() == before
    below = open_to_all.folder / "below"
    below.mkdir()
    assert "above this folder" in open_to_all("doctor", cwd=below).out
    named = open_to_all("doctor", "--db", "data/register.db", "--json")
    assert told(named, "Register")[0]["what"].endswith("named by --db")


def test_it_works_where_there_is_no_register(quick: Inside) -> None:
    """No register is no fault; one that was named and is not there is, and none is made. A password is shown to nobody."""
    ran = Ropa(quick.folder)("doctor")
    assert ran.code == 0
    assert "ropa init" in ran.out
    for named, said in (
        ("none.db", "there is no file here"),
        ("sqlite:///none.db", "there is no file here"),
        (".", "this is a folder"),
        ("nowhere://head:s3cret@host/register", "no database that can be opened here"),
        ("://", "no database"),
    ):
        ran = quick("doctor", "--db", named)
        assert ran.code == 1, named
        assert said in ran.out, named
        assert "s3cret" not in ran.out + ran.err
    assert not (quick.folder / "none.db").exists()


def test_a_register_of_another_version(example: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later one wants a newer ropa; an earlier one is brought up by the next command, and not by the look."""
    ran = example("doctor", "--json")
    assert told(ran, "Tables")[0]["state"] == "ok"
    with monkeypatch.context() as newer:
        newer.setattr("ropa.store.open.VERSION", "0099")
        newer.setattr("ropa.store.open.EARLIER", (VERSION,))
        newer.setattr("ropa.store.health.VERSION", "0099")
        before = example.register.read_bytes()
        ran = example("doctor", "--json")
        assert (told(ran, "Tables")[0]["state"], ran.code) == ("look", 0)
        assert example.register.read_bytes() == before
    with closing(sqlite3.connect(example.register)) as raw, raw:
        raw.execute("update alembic_version set version_num = '9999'")
    ran = example("doctor", "--json")
    assert ran.code == 1
    assert told(ran, "Tables")[0]["do"] == "Use a newer ropa."


def test_a_colleague_who_writes_is_no_damage(example: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody holds the file, nothing is said of backups to be put back, and nothing is wrong."""
    monkeypatch.setattr("ropa.store.file.WAIT", 0.1)
    with closing(sqlite3.connect(example.register, isolation_level=None)) as other:
        other.execute("begin exclusive")
        ran = example("doctor", "--json")
    (found,) = told(ran, "Soundness")
    assert (found["state"], ran.code) == ("look", 0)
    assert "another program" in found["what"]
    assert "restore" not in found["do"]


@pytest.mark.parametrize(
    ("at", "bytes_"), [(0, b"\xff" * 100), (8192, b"\x00" * 4096), (4096, b"\xff" * 600_000), (0, b"")]
)
def test_damage_is_found(example: Inside, at: int, bytes_: bytes) -> None:
    """A destroyed header, a hole, noise, an empty file: exit 1, and the command that is told leads out of it."""
    (example.register.parent / "backups").mkdir()
    copyfile(example.register, example.register.parent / "backups" / "register-1.db")
    if not bytes_:
        example.register.write_bytes(b"")
    with example.register.open("r+b") as file:
        file.seek(at)
        file.write(bytes_)
    damaged = example.register.read_bytes()
    ran = example("doctor", "--json")
    assert ran.code == 1
    wrong = [one for one in ran.json["findings"] if one["state"] == "wrong"]
    assert wrong
    assert example.register.read_bytes() == damaged
    if bytes_:
        assert "ropa restore" in wrong[0]["do"]
    told_to, _, dry = told(ran, "Backups")[0]["do"].removeprefix("ropa ").rpartition(" ")
    assert dry == "--dry-run"
    assert example(*split(told_to), "--yes").code == 0
    assert example("verify").code == 0


def test_what_a_killed_command_left_is_named(example: Inside) -> None:
    """The journal is taken back by the look itself, and told; half-written files and typed texts are named."""
    editor = Scripted(example.folder, replaced(("owner: Head of HR", "owner: HR desk"), code=1))
    example("activity", "edit", "PA-0004", EDITOR=editor.command)
    subprocess.run([sys.executable, "-c", KILLED, example.register], check=False)
    (example.folder / "exports").mkdir()
    (example.folder / "exports" / ".a.xlsx.deadbeef.part").write_bytes(b"half")
    (example.register.parent / "register (conflicted copy 2026-11-01).db").write_bytes(b"x")
    ran = example("doctor", "--json")
    assert any("was taken back just now" in one["what"] for one in told(ran, "Leftovers"))
    assert any("conflicted copy" in one["what"] for one in told(ran, "Leftovers"))
    assert ".a.xlsx.deadbeef.part" in told(ran, "Unfinished")[0]["what"]
    assert "edit-activity-PA-0004" in told(ran, "Typed")[0]["what"]
    assert ran.code == 0
    assert example("verify").code == 0


def test_rights_are_told_with_the_command_that_mends_them(open_to_all: Inside) -> None:
    """Who else reads the file reads the register; the command that is told closes it. Who may change it is a fault."""
    for mode, state in ((0o600, "ok"), (0o640, "ok"), (0o644, "look"), (0o646, "wrong")):
        open_to_all.register.chmod(mode)
        ran = open_to_all("doctor", "--json")
        (first, *_) = told(ran, "Rights")
        assert (first["state"], ran.code) == (state, int(state == "wrong")), oct(mode)
    subprocess.run(first["do"], shell=True, check=True)
    assert told(open_to_all("doctor", "--json"), "Rights")[0]["state"] == "ok"
    open_to_all.register.chmod(0o644)
    open_to_all.register.parent.chmod(0o700)
    assert told(open_to_all("doctor", "--json"), "Rights")[0]["state"] == "ok", "nobody else comes that far"


@pytest.mark.parametrize(
    ("folder", "whose"),
    [
        ("OneDrive - Exempla GmbH", "OneDrive"),
        ("Dropbox (Exempla)", "Dropbox"),
        ("Nextcloud", "Nextcloud"),
        ("com~apple~CloudDocs", "iCloud"),
        ("Boxes", ""),
    ],
)
def test_sync_folders_are_known_by_name(example: Inside, folder: str, whose: str) -> None:
    """A sync program copies half-written files: the folder is named, with what to do."""
    place = example.folder / folder / "register.db"
    place.parent.mkdir()
    copyfile(example.register, place)
    (found,) = told(example("doctor", "--db", str(place), "--json"), "Sync")
    assert (found["state"], whose in found["what"]) == ("look" if whose else "ok", True)


@pytest.mark.parametrize(
    ("kind", "state"),
    [("nfs4", "look"), ("cifs", "look"), ("fuse.sshfs", "look"), ("tmpfs", "look"), ("ext4", "ok")],
)
def test_network_drives_are_told(
    example: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, state: str
) -> None:
    """By the kind of the disk that is mounted nearest above, also where its path has a space in it."""
    folder = tmp_path / "a share"
    folder.mkdir()
    copyfile(example.register, folder / "register.db")
    mounts = tmp_path / "mounts"
    at = str(folder).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {at} {kind} rw 0 0\n")
    monkeypatch.setattr(ropa.store.surroundings, "_MOUNTS", mounts)
    (found,) = told(example("doctor", "--db", str(folder / "register.db"), "--json"), "Disk")
    assert found["state"] == state, found


def test_a_full_disk_and_old_facts_are_told(example: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room for a change is a fault; facts past their shelf life are named one by one."""
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    monkeypatch.setattr(ropa.cli.doctor, "today", lambda: date(2027, 2, 1))
    ran = example("doctor", "--json")
    assert ran.code == 1
    assert told(ran, "Room")[0]["state"] == "wrong"
    assert "Adequacy decisions" in told(ran, "Facts")[0]["what"]
    assert ran.json["facts"]["adequacy"]["stale"]
    assert not ran.json["facts"]["legal_bases"]["stale"]
