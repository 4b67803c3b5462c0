"""Taking something out of the history: the chain holds, a checker that shares no code with ropa agrees, no byte is left."""

import os
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.compare import Change
from ropa.errors import Conflict, Refused
from ropa.model.activity import Activity
from ropa.model.canonical import canonical_json, plain
from ropa.model.notice import Waiver
from ropa.model.organisation import Organisation
from ropa.model.redactable import redactable
from ropa.model.redacted import mark, said_in, unknown_in
from ropa.model.register import KINDS
from ropa.model.walk import field
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import Store, create_store
from ropa.store.planning import plan_field, plan_said
from ropa.store.planning_refs import plan_ref
from ropa.store.redacting import redact
from ropa.store.redaction import Plan
from ropa.store.story import story
from ropa.store.traces import leaves
from ropa.store.verify import verify
from tests.store.checker import check

NAME = "Wilhelmine Musterfrau"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A register in which nothing was written yet."""
    return create_store(str(tmp_path / "register.db"))


def write(store: Store, record: Any, *, why: str = "", command: str = "", actor: str = "DPO") -> None:
    now = load(store)
    before = now.get(type(record), record.ref)
    commit(store, [Change(before, record)], based_on=now.revision, actor=actor, why=why, command=command)


def said_then_changed(store: Store, name: str, value: Any, cls: Any = Activity, ref: str = "PA-0001") -> Any:
    """A record that said this once (r1), then nothing (r2)."""
    plain = {"ref": ref, "name": "Something"}
    once = cls.model_validate({**plain, name: value})
    write(store, once)
    write(store, cls.model_validate(plain))
    return once


def take(store: Store, path: str, cls: Any = Activity, ref: str = "PA-0001", **how: Any) -> Plan:
    plan = plan_field(store, cls.kind, ref, redactable(cls, path), **how)
    redact(store, plan, actor="DPO", why="erasure", command="ropa redact")
    return plan


def proven(store: Store) -> None:
    verdict = verify(store)
    assert verdict.problems == ()
    assert check(store.place) == (verdict.hash, [])


def held_by(store: Store) -> bytes:
    """Every byte that lies where the register does."""
    return b"".join(
        path.read_bytes() for path in sorted(Path(store.place).parent.rglob("*")) if path.is_file()
    )


TYPED = [
    ("owner", NAME, Activity, "PA-0001"),
    ("started_on", "2019-05-07", Activity, "PA-0001"),
    ("role", "controller", Activity, "PA-0001"),
    ("children", True, Activity, "PA-0001"),
    ("review_every", "P2Y", Activity, "PA-0001"),
    ("countries_aimed_at", ["FR"], Activity, "PA-0001"),
    ("replaced_by", "PA-0001", Activity, "PA-0001"),
    ("employees", 31337, Organisation, "someone"),
    ("country", "FR", Organisation, "someone"),
    ("aliases", [NAME], Organisation, "someone"),
]


@pytest.mark.parametrize(("name", "value", "cls", "ref"), TYPED, ids=[one[0] for one in TYPED])
def test_a_value_of_any_type_goes_and_is_unknown_not_blank(
    store: Store, name: str, value: Any, cls: Any, ref: str
) -> None:
    """Its mark is read where it stood; the proof holds; the state in which nothing was said stays blank."""
    said_then_changed(store, name, value, cls, ref)
    take(store, name, cls, ref)
    proven(store)
    then, now = (load(store, at).get(cls, ref) for at in (1, 2))
    known = field(cls, name)
    assert known
    assert said_in(then, known) == ((mark(3),) if known.many else mark(3))
    assert [one.path for one in unknown_in(then)] == [name]
    assert list(unknown_in(now)) == []
    assert then != now


def test_no_byte_of_it_is_left(store: Store) -> None:
    """Not in the tables of the past, not in pages that were written over before, not beside the file; long texts neither."""
    long = f"{NAME} said: " + "so it was and " * 80_000
    for text in (NAME, long):
        said_then_changed(store, "description", text)
        assert text[:1000].encode() in held_by(store)
        take(store, "description", at=load(store).revision - 1)
        assert NAME.encode() not in held_by(store)
        assert b"so it was" not in held_by(store)
    assert len(held_by(store)) < 1_000_000
    assert [path.name for path in Path(store.place).parent.iterdir()] == ["register.db"]
    proven(store)


def test_the_redaction_alone_leaves_no_byte_either(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is killed between the redaction and the file written anew has a register without the text; who is told so too."""
    from ropa.store import redacting

    for n in range(40):  # many rows and pages, some of which SQLite joins when they shrink
        write(store, Activity(ref=f"PA-{n + 2:04d}", name="x", notes="note " * n * 7))
        said_then_changed(store, "description", f"{NAME} {n} " + "word " * n * 40)
    real, calls = redacting.write_anew, []

    def once(of: Store) -> None:
        calls.append(of)
        if len(calls) > 1:
            raise Refused("the disk takes no more.")
        real(of)

    plan = plan_field(store, "activity", "PA-0001", redactable(Activity, "description"))
    monkeypatch.setattr(redacting, "write_anew", once)
    _, trouble = redact(store, plan, actor="DPO", why="x", command="")
    assert trouble is not None
    assert NAME.encode() not in held_by(store)
    proven(store)


def test_what_is_in_force_stays(store: Store) -> None:
    """A value that the record says now is not taken out of its past either; nothing is written."""
    write(store, Activity(ref="PA-0001", name="Newsletter", owner=NAME))
    write(store, Activity(ref="PA-0001", name="Newsletter", owner=NAME, department="Sales"))
    plan = plan_field(store, "activity", "PA-0001", redactable(Activity, "owner"))
    assert (plan.values, plan.still, plan.remains) == ((), (NAME,), ())


def test_a_field_that_never_said_anything_is_refused(store: Store) -> None:
    """So is one of a record that never was."""
    write(store, Activity(ref="PA-0001", name="Newsletter"))
    for ref in ("PA-0001", "PA-0002"):
        with pytest.raises(Refused, match=f"no owner of {ref}"):
            plan_field(store, "activity", ref, redactable(Activity, "owner"))


def test_a_part_is_followed_when_its_number_changes(store: Store) -> None:
    """The value goes out of every revision, whatever number its part had there; the same words in force are left alone."""
    for names in ([NAME, "Pay"], ["New", NAME, "Pay"], ["New", "Pay"]):
        write(
            store,
            Activity.model_validate(
                {"ref": "PA-0001", "name": "x", "purposes": [{"text": n} for n in names]}
            ),
        )
    take(store, "purposes.1.text", at=1)
    texts = [[p.text for p in load(store, at).activities["PA-0001"].purposes] for at in (1, 2, 3)]
    assert texts == [[mark(4), "Pay"], ["New", mark(4), "Pay"], ["New", "Pay"]]
    proven(store)


def test_a_text_may_lose_more_than_once(store: Store) -> None:
    """Each time the newest redaction vouches for what remains, and the salt of the older one goes."""
    write(store, Activity(ref="PA-0001", name="x", owner=NAME, description="of her", children=True))
    write(store, Activity(ref="PA-0001", name="x"))
    for path in ("owner", "children", "description"):
        take(store, path)
        proven(store)
    assert verify(store).redacted == 1


def test_the_command_line_that_brought_it_loses_it_too(store: Store) -> None:
    """Whatever spelling was typed there; what it says of other fields stays."""
    write(
        store,
        Activity.model_validate({"ref": "PA-0001", "name": "x", "started_on": "2019-05-07"}),
        command="ropa activity set PA-0001 'started_on=7 May 2019' owner=Sales",
    )
    write(store, Activity(ref="PA-0001", name="x"))
    take(store, "started_on")
    with sqlite3.connect(store.place) as raw:
        (command,) = raw.execute("select command from revision where number = 1").fetchone()
    assert command == "ropa activity set PA-0001 'started_on=(redacted in r3)' owner=Sales"
    proven(store)


def test_the_same_words_elsewhere_are_found_and_taken_where_asked(store: Store) -> None:
    """In other fields and records, reasons and actors; what is in force is found and stays."""
    write(
        store,
        Activity(ref="PA-0001", name="x", owner=NAME, notes=f"ask {NAME.upper()}!"),
        actor=NAME,
        why=f"so says {NAME}",
    )
    write(store, Activity(ref="PA-0002", name="y", owner=NAME))
    write(store, Activity(ref="PA-0001", name="x"))
    plan = plan_field(store, "activity", "PA-0001", redactable(Activity, "owner"))
    assert {(t.revision, t.ref or t.place, t.path, t.in_force) for t in plan.elsewhere} == {
        (1, "PA-0001", "notes", False), (1, "actor", "", False), (1, "why", "", False), (2, "PA-0002", "owner", True),
    }  # fmt: skip
    take(store, "owner", everywhere=True)
    proven(store)
    left = held_by(store).lower().count(NAME.lower().encode())
    assert left == 2, "in force: once in the table, once as its text"


@pytest.mark.parametrize("name", ["actor", "why", "command"])
def test_what_a_revision_says_of_itself_goes(store: Store, name: str) -> None:
    """Who, why or command; the others stay."""
    how = {"actor": "DPO", "why": "", "command": "ropa add", name: NAME}
    write(store, Activity(ref="PA-0001", name="x"), **how)
    redact(store, plan_said(store, 1, name), actor="DPO", why="asked", command="ropa redact")
    proven(store)
    with sqlite3.connect(store.place) as raw:
        said = dict(zip(how, raw.execute("select actor, why, command from revision").fetchone(), strict=True))
    assert said == {**how, name: mark(2)}
    assert plan_said(store, 1, name).before == (mark(2),)
    assert NAME.encode() not in held_by(store)


def test_the_redaction_does_not_write_it_down_again(store: Store) -> None:
    """A reason or an actor that holds the words is refused; in its command line the mark stands."""
    said_then_changed(store, "owner", NAME)
    plan = plan_field(store, "activity", "PA-0001", redactable(Activity, "owner"))
    for how in ({"actor": NAME, "why": "x"}, {"actor": "DPO", "why": f"{NAME.lower()} asked"}):
        with pytest.raises(Refused, match="write down again"):
            redact(store, plan, command="", **how)
    assert load(store).revision == 2
    redact(store, plan, actor="DPO", why="x", command=f"ropa redact '{NAME}' owner")
    assert NAME.encode() not in held_by(store)


def test_who_wrote_meanwhile_is_not_run_over(store: Store) -> None:
    """Planned at r2, the register at r3: nothing is taken out."""
    said_then_changed(store, "owner", NAME)
    plan = plan_field(store, "activity", "PA-0001", redactable(Activity, "owner"))
    write(store, Activity(ref="PA-0001", name="x", owner=NAME))
    with pytest.raises(Conflict, match="r3 now"):
        redact(store, plan, actor="DPO", why="x", command="")
    proven(store)
    assert verify(store).redacted == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed at each of its steps by forking it")
def test_who_is_killed_leaves_all_or_nothing(store: Store, tmp_path: Path) -> None:
    """At each step of the database, SIGKILL: the register proves itself, and holds the name as before or in no byte."""
    for n in range(6):
        write(store, Activity(ref=f"PA-{n + 2:04d}", name="x", notes="word " * 300))
    said_then_changed(store, "owner", NAME)
    write(store, Activity(ref="PA-0001", name="Something", description=f"{NAME} was the owner"))
    write(store, Activity(ref="PA-0001", name="Something"))
    copies = tmp_path / "copies"
    copies.mkdir()
    words = [
        sys.executable,
        str(Path(__file__).parent / "killed_redacting.py"),
        store.place,
        str(copies),
        "500",
    ]
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    seen = set()
    for copy in sorted(copies.iterdir()):
        one = Store(str(copy / "register.db"))
        proven(one)
        redacted = verify(one).redacted
        seen.add(redacted)
        assert redacted in (0, 1), copy
        assert load(one, 7).activities["PA-0001"].owner == (mark(11) if redacted else NAME)
        left = held_by(one).count(NAME.encode())
        assert left >= 2 if not redacted else left == 1, "the description of the past was not asked for"
    assert seen == {0, 1}
    assert len(list(copies.iterdir())) == int(done.stdout) > 20


def test_a_record_that_was_renamed_is_followed(store: Store) -> None:
    """Under the ref that it had then and the one that it has now; that it was a rename is still read out of the history."""
    write(store, Organisation(ref="old", name="x", phone=NAME, employees=7))
    before = load(store).organisations["old"]
    after = before.model_copy(update={"ref": "new"})
    commit(store, [Change(before, None), Change(None, after)], based_on=1, actor="DPO")
    write(store, Organisation(ref="new", name="x"))
    take(store, "phone", Organisation, "new")
    take(store, "employees", Organisation, "old")
    proven(store)
    assert NAME.encode() not in held_by(store)
    assert load(store, 1).organisations["old"].phone == mark(4)
    assert [step.change.op for step in story(store, "organisation", "new")][-2:] == [
        "renamed",
        "added",
    ]


def test_a_ref_made_of_a_name_goes_too(store: Store) -> None:
    """Wherever the past names the record, waivers and command lines too, and under the new ref all of it is found."""
    slug = "wilhelmine-musterfrau"
    vendor, waiver = (
        Organisation(ref=slug, name="x"),
        {"ref": "W-0001", "rule": "ROPA-V101", "record_kind": "organisation"},
    )
    of_it = Waiver.model_validate({**waiver, "name": f"ROPA-V101 of {slug} x", "record": slug})
    uses = Activity.model_validate({"ref": "PA-0001", "name": "y", "recipients": [{"organisation": slug}]})
    commit(
        store,
        [Change(None, one) for one in (vendor, of_it, uses)],
        based_on=0,
        actor="DPO",
        command=f"add {slug}",
    )
    new = [
        (
            uses,
            Activity.model_validate({"ref": "PA-0001", "name": "y", "recipients": [{"organisation": "new"}]}),
        ),
        (of_it, Waiver.model_validate({**waiver, "name": "ROPA-V101 of new x", "record": "new"})),
    ]
    moved = [
        Change(vendor, None),
        Change(None, vendor.model_copy(update={"ref": "new"})),
        *(Change(*one) for one in new),
    ]
    assert plan_ref(store, "organisation", slug).still == (slug,)
    commit(store, moved, based_on=1, actor="DPO", command=f"ropa vendor rename {slug} new")
    redact(
        store, plan_ref(store, "organisation", "new"), actor="DPO", why="x", command=f"ropa redact {slug} ref"
    )
    proven(store)
    assert slug.encode() not in held_by(store)
    then = load(store, 1)
    assert then.activities["PA-0001"].recipients[0].organisation == "redacted-in-r3"
    assert list(then.organisations) == [then.all(Waiver)["W-0001"].record] == ["redacted-in-r3"]
    steps = story(store, "organisation", "new")
    assert [(one.change.op, one.entry.revision) for one in steps] == [("renamed", 2), ("added", 1)]
    assert plan_ref(store, "organisation", "new").before == ("redacted-in-r3",)


def test_a_ref_that_two_records_have_had_stays(store: Store) -> None:
    """It could not be told whom the history names by it. So does one that is in force, and a number."""
    for ref, new in (("one", "two"), ("one", "three")):
        write(store, Organisation(ref=ref, name=f"was {ref}, is {new}"))
        now = load(store)
        old = now.organisations[ref]
        commit(
            store,
            [Change(old, None), Change(None, old.model_copy(update={"ref": new}))],
            based_on=now.revision,
            actor="DPO",
        )
    with pytest.raises(Refused, match="another organisation has had the ref 'one'"):
        plan_ref(store, "organisation", "two")
    assert plan_ref(store, "organisation", "three", at=4).still == ("three",)
    with pytest.raises(Refused, match="a number"):
        plan_ref(store, "activity", "PA-0001")


SIGNS = st.sampled_from(["é", '"', "\\", "\n", " ", "x", "名", "%", "'", "\u2028"])
WORDS = st.builds(
    lambda n, inside: f"Secret{n}{inside}{n}word", st.integers(0, 9), st.text(SIGNS, max_size=6)
)
PLACES = st.tuples(st.sampled_from(["PA-0001", "PA-0002"]), st.sampled_from(["owner", "purposes", "tags"]))
STEPS = st.lists(st.tuples(PLACES, WORDS, st.none() | PLACES), min_size=4, max_size=10)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, everywhere=st.booleans())
def test_any_sequence_of_changes_and_redactions_holds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Any], everywhere: bool
) -> None:
    """After each redaction both proofs hold and every past state reads; what is nowhere in force is in no byte of the file."""
    store = create_store(str(tmp_path_factory.mktemp("any") / "register.db"))
    for (ref, name), words, redacted in steps:
        now = load(store).activities.get(ref)
        value = {"purposes": [{"text": words}, {"text": "Pay"}], "tags": [words, "tag"]}.get(name, words)
        said = {"ref": ref, "name": "x", **(plain(now) if now else {}), name: value}
        write(store, Activity.model_validate(said), command=f"set {ref} {shlex.quote(f'{name}={words}')}")
        if redacted is None:
            continue
        path = redacted[1].replace("purposes", "purposes.*.text")
        try:
            plan = plan_field(
                store, "activity", redacted[0], redactable(Activity, path), everywhere=everywhere
            )
        except Refused:
            continue
        if plan.remains:
            redact(store, plan, actor="DPO", why="x", command="ropa redact")
        proven(store)
        in_force = [str(leaf.value) for one in load(store) for leaf in leaves(plain(one))]
        assert all(len(load(store, at)) <= 2 for at in range(load(store).revision))
        for gone in plan.values if everywhere else ():
            if not any(gone in value for value in in_force):
                assert canonical_json(gone)[1:-1].encode() not in held_by(store)
                assert gone.encode() not in held_by(store)


def test_a_mark_is_never_written_as_a_value(store: Store) -> None:
    """What the past shows as taken out cannot come back into force, whoever tries; nothing is written."""
    said_then_changed(store, "started_on", "2019-05-07")
    take(store, "started_on")
    then = load(store, 1).activities["PA-0001"]
    with pytest.raises(Refused, match="taken out of the past"):
        write(store, then)
    assert load(store).revision == 3


def test_what_a_record_cannot_be_read_without_is_refused() -> None:
    """The ref and the status hold nothing of a person; a part is not one value."""
    for path, said in (("ref", "without it"), ("status", "without it"), ("purposes.1", "Say which"), ("purposes.count", "count"),
                       ("ownr", "owner"), ("owner.1", "numbers"), ("", "no field")):  # fmt: skip
        with pytest.raises(Refused, match=said):
            redactable(KINDS["activity"], path)
