"""A loaded register reads a record when it is first asked for, and nobody can tell but by the time it takes."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.cli.shipped import example_register
from ropa.compare import Change, applied, compare
from ropa.errors import Refused
from ropa.model.register import KINDS, Register
from ropa.model.search import said, search
from ropa.model.speech import spoken
from ropa.model.walk import fields
from ropa.store.commit import commit
from ropa.store.load import live_register, load
from ropa.store.open import Store, create_store
from ropa.store.verify import verify
from ropa.words import fold
from tests.fuzz import often
from tests.strategies import registers


@contextmanager
def stored(register: Register) -> Iterator[Store]:
    """That register in a file."""
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(str(Path(folder) / "register.db"))
        commit(store, compare(Register(), register), based_on=0, actor="DPO")
        yield store


@pytest.fixture
def example() -> Iterator[Store]:
    """The example organisation in a file."""
    with stored(example_register()) as store:
        yield store


def at_once(register: Register) -> Register:
    """The same records in plain dicts, all of them read."""
    return Register(
        {kind: dict(each.items()) for kind, each in register.records.items()},
        revision=register.revision,
        hash=register.hash,
        at=register.at,
    )


def damage(store: Store, statement: str) -> None:
    """Do that behind the program's back."""
    raw = sqlite3.connect(store.place)
    raw.execute(statement)
    raw.commit()
    raw.close()


@often(25)
@given(registers(), st.data())
def test_a_record_at_a_time_is_the_same_register(register: Register, data: st.DataObject) -> None:
    """Whichever records were read before: the same records, order, mentions and who names whom as read at once."""
    with stored(register) as store:
        whole = at_once(load(store))
        assert {kind: dict(each) for kind, each in whole.records.items()} == register.records
        with store.reading() as connection:  # as any other database is read
            assert live_register(connection.exec_driver_sql, store.place) == whole
        later = load(store)
    for record in data.draw(st.lists(st.sampled_from(list(whole)))):
        assert later.get(type(record), record.ref) == record
    naming = later.named_by
    assert list(naming.items()) == list(whole.named_by.items())
    assert [list(each) for each in later.records.values()] == [list(each) for each in whole.records.values()]
    assert len(later) == len(whole)
    assert list(later) == list(whole)
    assert later == whole


@often(25)
@given(registers())
def test_what_names_nothing_that_is_there_is_the_same(register: Register) -> None:
    """Records that are gone behind the program's back are missed in the same places."""
    with stored(register) as store:
        for kind in ("organisation", "data_category", "system"):
            damage(store, f"delete from {kind}")
        later = load(store)
        assert list(later.dangling()) == list(at_once(load(store)).dangling())


@often(25)
@given(registers(), st.data())
def test_a_glance_sees_what_the_record_says(register: Register, data: st.DataObject) -> None:
    """As far as its fields go, a glance at every record of a kind is the records themselves."""
    with stored(register) as store:
        for kind, cls in KINDS.items():
            later = load(store)
            names = data.draw(st.sets(st.sampled_from([said.name for said in fields(cls)])))
            glances = later.glances(cls, names)
            assert list(glances) == list(later.records[kind])
            for ref, glance in glances.items():
                for name in names:
                    assert getattr(glance, name) == getattr(later.records[kind][ref], name)


@often(25)
@given(registers(), st.data())
def test_changes_to_what_was_not_read(register: Register, data: st.DataObject) -> None:
    """Records put in, changed and taken out of a loaded register, or of the same records in memory: the same outcome."""
    with stored(register) as store:
        later, whole = load(store), at_once(load(store))
    changes = [
        Change(record, data.draw(st.sampled_from([None, record.model_copy(update={"name": "Another name"})])))
        for record in data.draw(st.lists(st.sampled_from(list(whole)), unique_by=lambda r: (r.kind, r.ref)))
    ]
    added = [Change(None, record.model_copy(update={"ref": f"{record.ref}0"})) for record in list(whole)[:2]]
    after = applied(later, changes + added)
    assert list(after) == list(applied(whole, changes + added))
    assert later == whole, "the register that was changed stays as it was"


@often(25)
@given(registers(), st.data())
def test_a_search_finds_what_it_finds_in_records_that_are_read(
    register: Register, data: st.DataObject
) -> None:
    """A word out of any value, as people read it, or a piece of one: the same records are found, in the same place."""
    with stored(register) as store:
        later, whole = load(store), at_once(load(store))
    record = data.draw(st.sampled_from(list(whole)))
    _, f, value = data.draw(st.sampled_from(said(record)))
    text = fold(spoken(value, f, whole))
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    piece = text[start : start + data.draw(st.integers(1, 8))]
    assert search(later, [piece]) == search(whole, [piece])


def test_a_register_in_hand_stays_as_it_was(example: Store) -> None:
    """What another program commits after the load is not seen, neither in a record nor in who names it."""
    held, before = load(example), at_once(load(example))
    words = ["--db", example.place, "activity", "set", "PA-0001", "owner=Somebody else", "recipients="]
    subprocess.run([sys.executable, "-m", "ropa", *words], check=True, capture_output=True)
    assert load(example).activities["PA-0001"] != before.activities["PA-0001"]
    assert list(held.named_by.items()) == list(before.named_by.items())
    assert held == before


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("update activity set role = 'boss' where ref = 'PA-0002'", "boss"),
        ("update activity set started_on = '2026-13-45' where ref = 'PA-0002'", "2026-13-45"),
        ("update activity set tags = '[not json' where ref = 'PA-0002'", "[Tt]ags"),
        ("update activity set children = 7 where ref = 'PA-0002'", "[Cc]hildren"),
        ("update activity_purposes set legal_basis = 'luck' where owner = 'PA-0002'", "luck"),
    ],
)
def test_a_damaged_record_is_refused_where_it_is_used(example: Store, statement: str, told: str) -> None:
    """In one line, by whoever looks at it; the others are there, and verify finds it."""
    damage(example, statement)
    register = load(example)
    assert register.activities["PA-0001"].ref == "PA-0001"
    for look in (lambda: register.activities["PA-0002"], register.whole, lambda: list(register)):
        with pytest.raises(Refused, match=f"(?s)damaged.*{told}"):
            look()
    assert not verify(example).ok
    for words in (["activity", "show", "PA-0002"], ["gaps"], ["export", "--out", "x.xlsx"]):
        ran = subprocess.run(
            [sys.executable, "-m", "ropa", "--db", example.place, *words],
            check=False,
            capture_output=True,
            text=True,
            cwd=Path(example.place).parent,
        )
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "damaged" in ran.stderr
        assert len(ran.stderr.splitlines()) == 1
