"""`ropa rescue`: what can be saved of a damaged register, and what is said of the rest."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import Inside, Ran


@pytest.fixture
def older(example: Inside) -> Inside:
    """The example with five revisions more."""
    for n in range(2, 7):
        assert example("activity", "set", "PA-0001", f"owner=Desk {n}", "--why", f"why {n}").code == 0
    return example


def hurt(ropa: Inside, harm: "Callable[[Path], None]") -> Path:
    """A damaged copy of the register."""
    path = ropa.folder / "hurt.db"
    path.write_bytes(ropa.register.read_bytes())
    harm(path)
    return path


def statement(words: str) -> "Callable[[Path], None]":
    """Harm by a hand that knows SQL."""

    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as file, file:
            file.execute(words)

    return run


def cut(bytes_left: int) -> "Callable[[Path], None]":
    """Harm by a copy that stopped half way."""
    return lambda path: path.write_bytes(path.read_bytes()[:bytes_left])


def rescued(ropa: Inside, harm: "Callable[[Path], None]") -> "tuple[Ran, dict[str, list[str]]]":
    """What `rescue` said, in words and as JSON, of a copy with that harm. What it made proves itself; the copy is untouched."""
    path = hurt(ropa, harm)
    before = path.read_bytes()
    ran = ropa("rescue", "hurt.db", "new.db")
    said = ropa("rescue", "hurt.db", "newer.db", "--json").json
    assert path.read_bytes() == before
    assert ropa("verify", "--db", "new.db").code == 0
    assert sorted(p.name for p in ropa.folder.iterdir() if "rescue" in p.name or ".part" in p.name) == []
    return ran, said


def records(ropa: Inside, db: str) -> dict[str, object]:
    """Every activity as it is kept."""
    return {one["ref"]: one for one in ropa("activity", "list", "--json", "--db", db).json}


@pytest.mark.parametrize(
    "harm",
    ["delete from activity where ref = 'PA-0002'", "update activity set owner = 'X'", "delete from system"],
)
def test_tables_are_made_from_a_whole_history(older: Inside, harm: str) -> None:
    """The history proves itself: nothing is lost, the chain ends in the same hash, and the records are those of before."""
    ran, said = rescued(older, statement(harm))
    assert (ran.code, said["lost"]) == (0, [])
    assert "Nothing was lost" in ran.err
    assert older("verify", "--db", "new.db", "--json").json["hash"] == older("verify", "--json").json["hash"]
    assert records(older, "new.db") == records(older, "data/register.db")


@pytest.mark.parametrize(
    "harm",
    [
        "update revision set why = 'never said' where number = 4",
        "update change set record = replace(record, 'Desk 4', 'Desk 9') where revision = 4",
        "delete from revision where number = 4",
        "update revision set number = 40 where number = 4",
    ],
)
def test_a_broken_history_goes_on_with_the_tables(older: Inside, harm: str) -> None:
    """The history stays as far as it proves itself; today's records are kept in a revision that says where they are from."""
    ran, said = rescued(older, statement(harm))
    assert (ran.code, said["kept"], said["from_tables"]) == (1, 3, ["PA-0001"])
    assert "what came after r3" in ran.err
    assert "Keep hurt.db" in ran.err
    entries = older("log", "--db", "new.db", "--json").json
    assert [one["why"] for one in entries][:2] == ["Rescued from the tables of hurt.db", "why 3"]
    assert records(older, "new.db") == records(older, "data/register.db")


def test_a_part_of_a_file(older: Inside) -> None:
    """Wherever a copy stopped: what is saved proves itself, no record is changed in silence, and the rest is named."""
    whole = records(older, "data/register.db")
    size = older.register.stat().st_size
    saved = 0
    for n in range(1, 10):
        hurt(older, cut(size * n // 10))
        ran = older("rescue", "hurt.db", f"new-{n}.db", "--json")
        if ran.code == 2:
            assert "nothing of this can be saved" in ran.err
            assert not (older.folder / f"new-{n}.db").exists()
            continue
        saved += 1
        assert ran.code == 1
        lost = " ".join(ran.json["lost"])
        for ref, one in records(older, f"new-{n}.db").items():
            assert one == whole[ref] or ref in lost
        assert older("verify", "--db", f"new-{n}.db").code == 0
    assert saved >= 4


@pytest.mark.parametrize("packed", [False, True])
def test_a_first_page_of_zeros(older: Inside, packed: bool) -> None:
    """The page that says where everything stands is gone: the history is found all the same, whole; also after a redaction."""
    if packed:
        redacted = older("redact", "PA-0001", "owner", "--as-of", "r3", "--yes", "--why", "asked to")
        assert redacted.code == 0, redacted

    def zeros(path: Path) -> None:
        path.write_bytes(bytes(4096) + path.read_bytes()[4096:])

    ran, _ = rescued(older, zeros)
    assert ran.code == 0
    assert records(older, "new.db") == records(older, "data/register.db")


def test_the_rescued_one_takes_the_place_of_the_damaged(older: Inside) -> None:
    """The command that is told at the end works, also where the damaged register does not open; that one is kept."""
    older.register.write_bytes(bytes(4096) + older.register.read_bytes()[4096:])
    ran = older("rescue", "data/register.db", "new.db")
    (line,) = [line for line in ran.err.splitlines() if "ropa restore" in line]
    assert older("restore", *line.partition("ropa restore ")[2].split(), "--yes").code == 0
    assert older("verify").code == 0
    assert len(list(older.register.parent.iterdir())) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "nothing of this can be saved"),
        (b"a letter\n" * 999, "nothing of this can be saved"),
        (b"SQLite format 3\x00", "nothing of this can be saved"),
        (None, "no such file"),
    ],
)
def test_where_there_is_nothing_to_save(ropa: Inside, content: bytes | None, told: str) -> None:
    """One line, and no file."""
    if content is not None:
        (ropa.folder / "a.db").write_bytes(content)
    assert told in ropa.refused("rescue", "a.db", "b.db")
    assert not (ropa.folder / "b.db").exists()


def test_what_is_there_stays(older: Inside) -> None:
    """No file is written over, least of all the damaged one."""
    (older.folder / "b.db").write_text("mine")
    assert "already" in older.refused("rescue", "data/register.db", "b.db")
    assert "already" in older.refused("rescue", "data/register.db", "data/register.db")
    assert (older.folder / "b.db").read_text() == "mine"


def test_of_another_version(older: Inside) -> None:
    """A register whose tables another ropa made is for that ropa to rescue."""

    def later(path: Path) -> None:
        statement("update alembic_version set version_num = '9999'")(path)
        statement("alter table measure add column later text")(path)

    hurt(older, later)
    assert "9999" in older.refused("rescue", "hurt.db", "new.db")


def test_a_version_that_is_damage(older: Inside) -> None:
    """The tables are those of this ropa, only the text that names their version is hurt: nobody else could rescue it."""
    ran, said = rescued(older, statement("update alembic_version set version_num = '9999'"))
    assert ran.code == 0, said


def test_what_the_program_writes_is_json(older: Inside) -> None:
    """The whole verdict for a script."""
    hurt(older, statement("delete from activity"))
    said = json.loads(older("rescue", "hurt.db", "new.db", "--json").out)
    assert {*said} == {"path", "revision", "hash", "kept", "whole", "from_tables", "lost"}
