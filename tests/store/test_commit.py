"""The one way to write: all of it or nothing, with history, and never over somebody else's change."""

import sqlite3
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from ropa.compare import Change, compare
from ropa.errors import Conflict, Refused
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from ropa.store.commit import commit
from ropa.store.history import log
from ropa.store.load import load
from ropa.store.open import create_store, open_store
from ropa.store.verify import verify


def record(kind, ref, **said):
    return read_record(KINDS[kind], {"ref": ref, "name": ref, **said})


@pytest.fixture
def store(tmp_path):
    return create_store(str(tmp_path / "register.db"))


def put(store, *records, based_on=None):
    register = load(store)
    changes = [Change(register.records[r.kind].get(r.ref), r) for r in records]
    return commit(
        store,
        changes,
        based_on=register.revision if based_on is None else based_on,
        actor="DPO",
        command="test",
    )


def test_what_was_committed_is_loaded_again(store):
    """Tables and history give back the same records."""
    acme = record(
        "organisation",
        "acme",
        ours=True,
        country="DE",
        dpo={"name": "DPO office", "email": "dpo@example.org"},
        services=[{"name": "Mail", "countries": ["DE", "US"]}],
        domains=["example.org"],
    )
    pay = record(
        "activity",
        "PA-0001",
        entity="acme",
        children=False,
        purposes=[{"text": "Pay salaries"}],
        data=[{"description": "x", "purposes": [1]}],
        started_on="2020-02-29",
        systems=["erp"],
        review_every="1 year",
    )
    put(store, acme, record("system", "erp", vendor="acme"), pay)
    register = load(store)
    assert register.organisations["acme"] == acme
    assert register.activities["PA-0001"] == pay
    assert load(store, 1).records == register.records


def test_nothing_changed_is_no_revision(store):
    """An unchanged record makes no history."""
    put(store, record("measure", "mfa"))
    assert put(store, record("measure", "mfa")) is None
    assert [entry.revision for entry in log(store)] == [1]


def test_a_change_prepared_against_an_older_state_is_refused(store):
    """A record changed since is a conflict that names it, by whom and where; another record is none."""
    put(store, record("measure", "mfa"), record("measure", "vpn"))
    put(store, record("measure", "mfa", description="by app"))
    with pytest.raises(Conflict, match=r"mfa .*by DPO in r2"):
        put(store, record("measure", "mfa", description="by key"), based_on=1)
    put(store, record("measure", "vpn", description="always"), based_on=1)
    assert load(store).records["measure"]["mfa"].description == "by app"


def test_a_record_that_is_named_cannot_be_removed(store):
    """What names it is listed, and nothing is written."""
    put(store, record("system", "crm"), record("activity", "PA-0001", systems=["crm"]))
    crm = load(store).records["system"]["crm"]
    with pytest.raises(Refused, match="named by PA-0001"):
        commit(store, [Change(crm, None)], based_on=1, actor="DPO")
    assert load(store).revision == 1


def test_a_record_may_not_name_what_is_not_there(store):
    """Where it is named is told, and nothing of the commit is written."""
    with pytest.raises(Refused, match=r"recipients\.1\.organisation: names the organisation 'nobody'"):
        put(
            store,
            record("measure", "mfa"),
            record("activity", "PA-0001", recipients=[{"organisation": "nobody"}]),
        )
    assert len(load(store)) == 0


def test_records_that_name_each_other_come_together(store):
    """Foreign keys are checked at the end of the transaction: order does not matter."""
    put(
        store,
        record("activity", "PA-0001", replaced_by="PA-0002"),
        record("activity", "PA-0002", replaced_by="PA-0001"),
    )
    assert verify(store).ok


def test_removed_and_past_states(store):
    """As of a day, as of a revision, before the first."""
    put(store, record("measure", "mfa"))
    mfa = load(store).records["measure"]["mfa"]
    commit(store, [Change(mfa, None)], based_on=1, actor="DPO", why="gone")
    assert len(load(store)) == 0
    assert list(load(store, 1).records["measure"]) == ["mfa"]
    assert len(load(store, 0)) == 0
    assert len(load(store, date(2020, 1, 1))) == 0
    assert load(store, date(2999, 1, 1)).revision == 2
    with pytest.raises(Refused, match="no revision r9"):
        load(store, 9)
    assert [c.op for entry in log(store) for c in entry.changes] == ["removed", "added"]


def test_the_file_is_alone_at_rest(store):
    """One file: no journal stays beside it."""
    put(store, record("measure", "mfa"))
    assert [p.name for p in Path(store.place).parent.iterdir()] == ["register.db"]


def test_a_second_writer_waits_and_none_is_lost(store):
    """Four writers at once, ten commits each: all are there, each once, and the chain is whole."""

    def work(name):
        own = open_store(store.place)
        for n in range(10):
            commit(
                own,
                [Change(None, record("measure", f"m-{name}-{n}"))],
                based_on=load(own).revision,
                actor=f"w{name}",
            )

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(load(store).records["measure"]) == 40
    assert verify(store).revision == 40
    assert verify(store).ok


def test_a_locked_register_says_so(store, monkeypatch):
    """A writer that waits in vain is told; nothing is written."""
    monkeypatch.setattr("ropa.store.file.WAIT", 0.1)
    own = open_store(store.place)
    other = sqlite3.connect(store.place)
    other.execute("begin immediate")
    with pytest.raises(Refused, match="another program is writing"):
        commit(own, [Change(None, record("measure", "mfa"))], based_on=0, actor="DPO")
    other.rollback()
    assert len(load(store)) == 0


def test_killed_in_the_middle_nothing_is_half_written(tmp_path):
    """A process that dies inside a commit leaves the register as it was, and it opens and verifies."""
    place = str(tmp_path / "register.db")
    store = create_store(place)
    put(store, record("measure", "mfa"))
    script = (
        "import os, ropa.store.commit as c\n"
        "from ropa.store.open import open_store\nfrom ropa.compare import Change\n"
        "from ropa.model.explain import read_record\nfrom ropa.model.register import KINDS\n"
        "c.append = lambda *a, **k: os._exit(9)\n"
        f"c.commit(open_store({place!r}), [Change(None, read_record(KINDS['measure'], {{'ref': 'n', 'name': 'n'}}))],"
        " based_on=1, actor='x')\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    assert verify(store).ok
    assert list(load(store).records["measure"]) == ["mfa"]
    put(store, record("measure", "vpn"))
    assert [p.name for p in tmp_path.iterdir()] == ["register.db"], (
        "what the dead process left is gone with the next write"
    )


def test_a_command_line_of_any_bytes_is_kept(store):
    """A file name on a command line may be no UTF-8: it is written as it can be, and the proof holds."""
    made = commit(
        store,
        [Change(None, record("measure", "mfa"))],
        based_on=0,
        actor="a\x00b",
        command="ropa import \udcff.xlsx",
    )
    assert made is not None
    assert [(e.actor, e.command) for e in log(store)] == [("a\\x00b", "ropa import \\udcff.xlsx")]
    assert verify(store).ok


def test_compare_finds_what_a_commit_would_do(store):
    """Register before and after: the changes are what was put."""
    before = load(store)
    put(store, record("measure", "mfa"))
    assert [c.op for c in compare(before, load(store))] == ["added"]
    assert compare(load(store), load(store)) == []
    assert compare(Register(), Register()) == []
