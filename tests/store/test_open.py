"""Opening: what is no register, is damaged, newer, or may not be written is told in one line and stays as it is."""

import os
import sqlite3
import tempfile
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import ropa.store.migrate
from ropa.cli.shipped import example_register
from ropa.compare import Change, compare
from ropa.errors import Refused
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import create_store, open_store
from ropa.store.tables import metadata
from ropa.store.verify import verify
from ropa.store.version import VERSION
from tests.faults.rights import without_rights


def test_no_register(tmp_path):
    """Only init makes one; opening never creates a file."""
    with pytest.raises(Refused, match="ropa init"):
        open_store(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_touched(tmp_path):
    """create_store refuses a file that is there, whatever it is."""
    place = tmp_path / "register.db"
    place.write_text("mine")
    with pytest.raises(Refused, match="already"):
        create_store(str(place))
    assert place.read_text() == "mine"


@pytest.mark.parametrize(
    "content",
    [b"a letter to the authority", b"\x00" * 4096, os.urandom(9000), b"SQLite format 3\x00" + b"\xff" * 5000],
)
def test_what_is_no_register_stays_as_it_is(tmp_path, content):
    """A letter, zeros, noise, a broken head: one line, and the file is the same."""
    place = tmp_path / "register.db"
    place.write_bytes(content)
    with pytest.raises(Refused):
        load(open_store(str(place)))
    assert place.read_bytes() == content


def test_another_database_is_no_register(tmp_path):
    """An SQLite file of another program is told apart."""
    raw = sqlite3.connect(tmp_path / "other.db")
    raw.execute("create table songs (title text)")
    raw.commit()
    with pytest.raises(Refused, match="holds no register"):
        open_store(str(tmp_path / "other.db"))


def test_a_newer_register_is_refused(tmp_path):
    """A register of a version that is not known here stays as it is."""
    place = str(tmp_path / "register.db")
    create_store(place)
    raw = sqlite3.connect(place)
    raw.execute("update alembic_version set version_num = '9999'")
    raw.commit()
    raw.close()
    before = Path(place).read_bytes()
    with pytest.raises(Refused, match="another version"):
        open_store(place)
    assert Path(place).read_bytes() == before


def test_a_truncated_register_is_no_wrong_answer(tmp_path):
    """Cut anywhere, it is refused or told as damaged; never read as a smaller register."""
    place = str(tmp_path / "register.db")
    store = create_store(place)
    commit(store, compare(Register(), example_register()), based_on=0, actor="x")
    whole = Path(place).read_bytes()
    for cut in range(1, 20):
        short = tmp_path / f"cut-{cut}.db"
        short.write_bytes(whole[: len(whole) * cut // 20])
        try:
            verdict = verify(open_store(str(short)))
        except Refused:
            continue
        assert not verdict.ok, f"cut at {cut}/20 was not seen"


def test_reading_needs_no_right_to_write():
    """A register on a read-only share is read; a write is refused in one line, and the file is the same."""
    with tempfile.TemporaryDirectory() as folder:
        share = Path(folder) / "share"
        place = share / "register.db"
        store = create_store(str(place))
        mfa, vpn = (read_record(KINDS["measure"], {"ref": ref, "name": ref}) for ref in ("mfa", "vpn"))
        commit(
            store, [Change(None, mfa)], based_on=0, actor="x"
        )  # loads every module that root alone may read
        assert verify(store).ok
        before = place.read_bytes()
        Path(folder).chmod(0o755)
        place.chmod(0o444)
        share.chmod(0o555)
        with without_rights():
            store = open_store(str(place))
            assert list(load(store).records["measure"]) == ["mfa"]
            with pytest.raises(Refused, match="may not be written"):
                commit(store, [Change(None, vpn)], based_on=1, actor="x")
        assert place.read_bytes() == before
        share.chmod(0o755)


def test_the_migrations_end_where_the_records_are(tmp_path):
    """A field added to a record without a migration is found here."""
    store = create_store(str(tmp_path / "register.db"))
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata()) == []
    folder = Path(ropa.store.migrate.__file__).parent / "migrations"
    assert ScriptDirectory(folder).get_heads() == [VERSION]
