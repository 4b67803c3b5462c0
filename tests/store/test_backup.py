"""Copies: one state of the register, proven, whole or absent; a restore that destroys nothing; files swapped under a writer."""

import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import ropa.store.migrate
import ropa.store.open
import ropa.store.restoring
from ropa.compare import Change
from ropa.errors import Conflict, Refused
from ropa.model.explain import read_record
from ropa.model.register import KINDS
from ropa.store.backup import FOLDER, IMPORT, KEPT, backup, keep_copy, own_copies
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import Store, create_store, open_store
from ropa.store.restoring import restore
from ropa.store.verify import verify
from ropa.store.version import VERSION


def put(store, ref):
    measure = read_record(KINDS["measure"], {"ref": ref, "name": ref})
    return commit(store, [Change(None, measure)], based_on=load(store).revision, actor="DPO", why=ref)


def files(folder):
    return sorted(p.name for p in folder.iterdir())


def yes(_):
    """Whoever is asked agrees."""


@pytest.fixture
def store(tmp_path):
    (tmp_path / "data").mkdir()
    store = create_store(str(tmp_path / "data" / "register.db"))
    put(store, "mfa")
    return store


WRITER = """
import sys
from ropa.compare import Change
from ropa.model.explain import read_record
from ropa.model.register import KINDS
from ropa.store.commit import commit
from ropa.store.open import open_store
store = open_store(sys.argv[1])
print("begins", flush=True)
for n in range(1, 31):
    record = read_record(KINDS["measure"], {"ref": f"m-{n}", "name": f"m-{n}"})
    commit(store, [Change(None, record)], based_on=n, actor="w")
"""


def test_a_backup_while_somebody_writes_is_one_state(store, tmp_path):
    """Copies made during thirty commits of another process prove themselves, and each is the register as of its revision."""
    command = [sys.executable, "-c", WRITER, store.place]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stdout.readline()
        copies = [backup(store, tmp_path / "before.db")]
        while writer.poll() is None:
            copies.append(backup(store, tmp_path / f"{len(copies)}.db"))
    assert writer.returncode == 0
    for copy in copies:
        assert list(load(open_store(str(copy.path)))) == list(load(store, copy.revision))
    assert verify(store).revision == 31


def test_a_damaged_register_is_not_copied_as_if_it_were_whole(store, tmp_path):
    """The copy is proven; what does not prove itself never appears."""
    raw = sqlite3.connect(store.place)
    raw.execute("update measure set name = 'other'")
    raw.commit()
    raw.close()
    with pytest.raises(Refused, match=r"does not prove itself.*differs"):
        backup(store, tmp_path / "b.db")
    assert files(tmp_path) == ["data"]


def test_a_servers_database_is_not_copied(tmp_path):
    """It is backed up by its keeper; no file is made, and a migration of it makes none either."""
    with pytest.raises(Refused, match="database of a server"):
        backup(Store("sqlite://"), tmp_path / "b.db")
    assert keep_copy(Store("sqlite://"), IMPORT) is None
    assert files(tmp_path) == []


def test_a_disk_that_takes_no_more_leaves_no_half_copy(store, tmp_path):
    """One line names the copy; no file, no draft."""
    small = Path(store.place).stat().st_size // 2
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (small, before[1]))
    try:
        with pytest.raises(Refused, match="takes no more") as told:
            backup(store, tmp_path / "b.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert told.value.at == str(tmp_path / "b.db")
    assert files(tmp_path) == ["data"]


def test_whoever_may_not_read_the_register_may_not_read_its_copy(store, tmp_path):
    """A copy bears the register's rights, whatever the umask; a restore leaves the register's."""
    Path(store.place).chmod(0o600)
    copy = backup(store, tmp_path / "b.db").path
    assert copy.stat().st_mode & 0o777 == 0o600
    copy.chmod(0o644)
    restore(copy, store.place, yes)
    assert Path(store.place).stat().st_mode & 0o777 == 0o600


def test_links_stay_links(store, tmp_path):
    """A commit, a backup and a restore through a symbolic link write the file that it leads to."""
    link, other = tmp_path / "link.db", tmp_path / "to.db"
    link.symlink_to(store.place)
    other.symlink_to(tmp_path / "real.db")
    (tmp_path / "real.db").write_bytes(b"")
    linked = open_store(str(link))
    put(linked, "vpn")
    copy = backup(linked, other, force=True).path
    put(linked, "pam")
    kept = restore(copy, str(link), yes)
    assert link.is_symlink()
    assert other.is_symlink()
    assert load(store).revision == 2
    assert kept.parent == Path(store.place).parent
    assert verify(open_store(str(kept))).revision == 3


def test_a_restore_keeps_what_was_there(store, tmp_path):
    """It says what is lost; the register that was there lies beside under a dated name, whole; nothing else is left."""
    copy = backup(store, tmp_path / "b.db").path
    put(store, "vpn")
    seen = []
    kept = restore(copy, store.place, seen.append)
    assert [step.why for step in seen[0].lost] == ["vpn"]
    assert (seen[0].common, seen[0].gained) == (1, ())
    assert verify(store).revision == 1
    assert verify(open_store(str(kept))).revision == 2
    assert files(kept.parent) == sorted(["register.db", kept.name])
    put(store, "pam")
    restore(kept, store.place, seen.append)
    assert (seen[1].common, [s.why for s in seen[1].lost], [s.why for s in seen[1].gained]) == (
        1, ["pam"], ["vpn"]
    )  # fmt: skip


def test_what_is_no_sound_register_is_not_restored(store, tmp_path):
    """A letter, a truncated backup, one that was tampered with: refused, and the register is untouched."""
    before = Path(store.place).read_bytes()
    copy = backup(store, tmp_path / "b.db").path
    (tmp_path / "letter.db").write_text("Dear Sir or Madam")
    (tmp_path / "short.db").write_bytes(copy.read_bytes()[:40_000])
    raw = sqlite3.connect(copy)
    raw.execute("update revision set actor = 'other'")
    raw.commit()
    raw.close()
    for name in ("letter.db", "short.db", "b.db", "none.db"):
        with pytest.raises(Refused):
            restore(tmp_path / name, store.place, yes)
    with pytest.raises(Refused, match="register itself"):
        restore(Path(store.place), store.place, yes)
    assert Path(store.place).read_bytes() == before
    assert files(Path(store.place).parent) == ["register.db"]


def test_a_restore_that_fails_at_the_last_step_changes_nothing(store, tmp_path, monkeypatch):
    """The exchange itself says no: the register is the one it was, and its second name is gone."""
    copy = backup(store, tmp_path / "b.db").path
    put(store, "vpn")

    def no(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", no)
    with pytest.raises(Refused, match="Input/output error"):
        restore(copy, store.place, yes)
    assert verify(store).revision == 2
    assert files(Path(store.place).parent) == ["register.db"]


def test_who_wrote_while_the_question_stood_loses_nothing(store, tmp_path):
    """What was shown is what happens: a commit between question and answer ends the restore."""
    copy = backup(store, tmp_path / "b.db").path
    with pytest.raises(Conflict, match="somebody wrote"):
        restore(copy, store.place, lambda _: put(store, "vpn") and None)
    assert verify(store).revision == 2
    assert files(Path(store.place).parent) == ["register.db"]


def test_a_restore_where_the_register_is_gone_or_is_no_register(store, tmp_path):
    """That is what a backup is for; what lay there is kept, whatever it is."""
    copy = backup(store, tmp_path / "b.db").path
    Path(store.place).unlink()
    assert restore(copy, store.place, yes) is None
    assert verify(store).ok
    Path(store.place).write_bytes(b"\xff" * 5000)
    seen = []
    kept = restore(copy, store.place, seen.append)
    assert seen[0].present is None
    assert kept.read_bytes() == b"\xff" * 5000
    assert verify(store).ok


KILLED = """
import os, sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("pragma cache_size = 1")
raw.execute("begin immediate")
for n in range(2000):
    raw.execute("insert into measure (ref, name) values (?, ?)", (f"x-{n}", "x" * 200))
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("damaged", [False, True])
def test_the_journal_of_a_killed_program_spoils_no_restore(store, tmp_path, damaged):
    """SQLite would play the old file's journal into the restored one, which has its name: it goes aside with the old file."""
    copy = backup(store, tmp_path / "b.db").path
    subprocess.run([sys.executable, "-c", KILLED, store.place], check=False)
    assert Path(f"{store.place}-journal").stat().st_size
    if damaged:
        with Path(store.place).open("r+b") as file:
            file.write(b"\xff" * 100)
    kept = restore(copy, store.place, yes)
    assert not Path(f"{store.place}-journal").exists()
    assert verify(store).ok
    assert verify(open_store(str(kept))).ok


@pytest.mark.parametrize("late", [False, True])
def test_a_file_put_in_the_registers_place_is_told(store, tmp_path, late):
    """A writer whose file was exchanged, before or after its first write, writes into neither and says so."""
    other = backup(store, tmp_path / "other.db").path
    aside = tmp_path / "aside.db"

    def swap():
        Path(store.place).rename(aside)
        other.rename(store.place)

    def write():
        with store.writing() as connection:
            if not late:
                swap()
            connection.exec_driver_sql("update measure set name = 'x'")
            if late:
                swap()

    with pytest.raises(Refused, match="in the register's place"):
        write()
    assert verify(store).ok
    with suppress(FileNotFoundError):
        aside.with_name("aside.db-journal").unlink()
    assert verify(open_store(str(aside))).ok


def test_five_copies_stay_and_nobody_elses_go(store, tmp_path):
    """The oldest of our own goes; a file of another name, or a link, stays."""
    folder = Path(store.place).parent / FOLDER
    folder.mkdir()
    (folder / "register-2020-01-01-000000.db").write_text("made by hand")
    (folder / "other-2020-01-01-000000-before-import.db").write_text("of another register")
    (folder / "register-2020-01-01-000000-before-import.db").symlink_to("elsewhere")
    made = [keep_copy(store, IMPORT) for _ in range(KEPT + 2)]
    assert own_copies(store) == made[:1:-1]
    assert len(list(folder.iterdir())) == KEPT + 3


def test_a_register_of_an_earlier_version_is_copied_then_brought_up(store, monkeypatch):
    """Opening migrates it and says where the copy is; the copy stands at the old version."""
    later(monkeypatch)
    told = []
    opened = open_store(store.place, moved=told.append)
    assert ropa.store.open.version_of(opened) == "9999"
    assert told == own_copies(store)
    assert ropa.store.open.version_of(Store(str(told[0]))) == VERSION
    assert open_store(store.place, moved=lambda _: pytest.fail("twice"))


def test_without_a_copy_there_is_no_migration(store, monkeypatch):
    """Where no copy can be made, the register stays as it is, and one line says why."""
    later(monkeypatch)
    (Path(store.place).parent / FOLDER).write_text("a file in the folder's place")
    before = Path(store.place).read_bytes()
    with pytest.raises(Refused, match="no copy could be made before the migration"):
        open_store(store.place)
    assert Path(store.place).read_bytes() == before


def later(monkeypatch):
    """As if this ropa knew one more migration."""

    def up(store):
        with store.writing() as connection:
            connection.exec_driver_sql("update alembic_version set version_num = '9999'")

    monkeypatch.setattr(ropa.store.open, "VERSION", "9999")
    monkeypatch.setattr(ropa.store.open, "EARLIER", (VERSION,))
    monkeypatch.setattr(ropa.store.migrate, "upgrade", up)


def test_a_register_of_the_first_version_is_brought_up(tmp_path):
    """The real migration: a register that stands at 0001 keeps its records and its proof, and takes an own table of facts."""
    place = tmp_path / "register.db"
    store = create_store(str(place))
    vpn = read_record(KINDS["measure"], {"ref": "vpn", "name": "VPN"})
    commit(store, [Change(None, vpn)], based_on=0, actor="x")
    with store.writing() as connection:
        for table in ("own_facts_rows", "own_facts_statements", "own_facts_provenance", "own_facts"):
            connection.exec_driver_sql(f"drop table {table}")
        connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    told = []
    opened = open_store(str(place), moved=told.append)
    assert ropa.store.open.version_of(opened) == VERSION
    assert len(told) == 1
    assert list(load(opened).records["measure"]) == [vpn.ref]
    table = read_record(KINDS["own_facts"], {"ref": "adequacy", "name": "Decisions"})
    commit(opened, [Change(None, table)], based_on=1, actor="x")
    assert not verify(opened).problems
