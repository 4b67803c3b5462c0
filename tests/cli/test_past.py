"""`ropa log`, `ropa verify`, `--as-of`, and which register is meant: --db, ROPA_DB, the folders above."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.cli.running import Inside, Ropa

ENTRY = {"revision", "at", "actor", "why", "command", "hash", "previous", "changes"}


def test_the_log_is_a_chain(example: Inside) -> None:
    """Newest first, each entry bound to the one before; of one record only what touched it."""
    example("activity", "set", "PA-0001", "owner=Head of Finance", "--why", "payroll moved")
    example("activity", "set", "PA-0002", "owner=Head of Finance")
    log = example("log", "--json").json
    assert all(set(entry) == ENTRY for entry in log)
    assert [entry["revision"] for entry in log] == [3, 2, 1]
    assert [entry["previous"] for entry in log[:-1]] == [entry["hash"] for entry in log[1:]]
    assert log[1]["changes"] == [{"op": "changed", "kind": "activity", "ref": "PA-0001"}]
    assert [e["revision"] for e in example("log", "payroll", "--json").json] == [2, 1]
    assert "payroll moved" in example("log", "PA-0001").out
    assert [row[0] for row in example("log", "--csv").rows] == ["r3", "r2", "r1"]
    assert "ropa find" in example.refused("log", "nothing-like-it")


def test_verify_proves_or_names_the_trouble(example: Inside) -> None:
    """Untouched: ok, with revision and hash. A cell altered behind its back: exit 1, and where."""
    said = example("verify", "--json").json
    assert said == {
        "ok": True,
        "revision": 1,
        "hash": example("log", "--json").json[0]["hash"],
        "problems": [],
    }
    with sqlite3.connect(example.register) as file:
        tables = [name for (name,) in file.execute("select name from sqlite_master where type = 'table'")]
        table = next(t for t in tables if t == "activity")
        assert file.execute(f"update {table} set name = 'Payrol' where ref = 'PA-0001'").rowcount == 1
    file.close()
    ran = example("verify", "--json")
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert all(set(problem) == {"where", "what"} for problem in ran.json["problems"])
    assert any("PA-0001" in p["where"] + p["what"] for p in ran.json["problems"])
    assert example("verify").code == 1


def test_the_past_is_read_as_it_was(example: Inside) -> None:
    """rN, today and a day mean that state; what came later is not in it."""
    example("activity", "set", "PA-0001", "name=Wages")
    today = datetime.now(UTC).date().isoformat()
    for when, name in (("r1", "Payroll"), ("r2", "Wages"), ("today", "Wages"), (today, "Wages")):
        assert example("activity", "show", "PA-0001", "--json", "--as-of", when).json["name"] == name
    assert example("gaps", "--json", "--as-of", "r1").json["revision"] == 1
    assert [e["revision"] for e in example("log", "--json", "--as-of", "r1").json] == [1]
    out = example.folder / "then.json"
    assert example("export", "--layout", "json", "--out", out, "--as-of", "r1").code == 0
    assert '"Payroll"' in out.read_text("utf-8")


def test_a_time_of_day_is_a_state_too(example: Inside) -> None:
    """Up to and with the very instant, in any zone; noon of nobody's zone is refused, and so is the future."""
    example("activity", "set", "PA-0001", "name=Wages")
    second, first = (datetime.fromisoformat(e["at"]) for e in example("log", "--json").json)
    zone = timezone(timedelta(hours=5, minutes=30))
    for when, name in (
        (second, "Wages"),
        (second - timedelta(microseconds=1), "Payroll"),
        (first, "Payroll"),
    ):
        for said in (when.isoformat(), when.isoformat(" "), when.astimezone(zone).isoformat()):
            assert example("activity", "show", "PA-0001", "--json", "--as-of", said).json["name"] == name
    assert [e["revision"] for e in example("log", "--json", "--as-of", first.isoformat()).json] == [1]
    assert example("gaps", "--json", "--as-of", first.isoformat()).json["as_of"] == first.date().isoformat()
    for wrong in ("2026-03-31T12:00", "2026-03-31T25:00Z", "2999-03-31T12:00Z"):
        assert wrong in example.refused("status", f"--as-of={wrong}")


def test_before_the_first_revision_there_was_nothing(example: Inside) -> None:
    """The day before, the register did not exist: said so, without advice to write into the past."""
    made = datetime.fromisoformat(example("log", "--json").json[-1]["at"]).date()
    for when in ((made - timedelta(days=1)).isoformat(), "r0"):
        assert example("activity", "list", "--json", "--as-of", when).json == []
    ran = example("activity", "list", "--as-of", "yesterday")
    assert (ran.code, ran.out) == (0, "")
    assert "Add one" not in ran.err


@pytest.mark.parametrize(
    ("command", "when"),
    [
        *(("status", when) for when in ("2999-01-01", "nonsense", "r", "-1", "32.13.2026")),
        *((command, "r99") for command in ("activity list", "gaps", "status", "log", "find pay", "export")),
    ],
)
def test_no_state_of_that_name(example: Inside, command: str, when: str) -> None:
    """The future, what is no day, and a revision that is not there are refused by every command that reads."""
    line = example.refused(*command.split(), f"--as-of={when}")
    assert when in line
    assert not (example.folder / "exports").exists()


def test_the_nearest_register_above_is_meant(example: Inside) -> None:
    """From a subfolder of a subfolder; --db and ROPA_DB name another, and --db wins."""
    deep = example.folder / "legal" / "2026"
    deep.mkdir(parents=True)
    assert example("activity", "show", "PA-0001", "--json", cwd=deep).json["name"] == "Payroll"
    other = example.folder / "other.db"
    assert example("init", "--db", other, "--name", "Other AG", "--country", "CH").code == 0
    assert [e["name"] for e in example("entity", "list", "--json", "--db", other).json] == ["Other AG"]
    assert [e["name"] for e in example("--db", other, "entity", "list", "--json").json] == ["Other AG"]
    assert [e["name"] for e in example("entity", "list", "--json", ROPA_DB=str(other)).json] == ["Other AG"]
    ran = example("entity", "list", "--json", "--db", example.register, ROPA_DB=str(other))
    assert ran.json[0]["name"].startswith("Musterfeld")


def test_the_real_command_finds_and_names_its_register(ropa: Ropa) -> None:
    """No register: `ropa init` is named and nothing is made; then a subfolder finds the one above."""
    assert "ropa init" in ropa.refused("status")
    assert list(ropa.folder.iterdir()) == []
    ropa("init", "--name", "Acme GmbH", "--country", "DE")
    below = ropa.folder / "below"
    below.mkdir()
    assert "Acme GmbH" in ropa("status", cwd=below).out
