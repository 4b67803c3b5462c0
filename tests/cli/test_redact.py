"""`ropa redact`: shown first, asked for, taken out for good; every command that reads the past copes with the mark."""

import pytest

from tests.cli.running import Inside, Ropa
from tests.cli.terminal import Terminal
from tests.store.checker import check

NAME = "Wilhelmine Musterfrau"


@pytest.fixture
def named(example: Inside) -> Inside:
    """r2 says the name and a day; r3 says neither."""
    words = ("activity", "set", "PA-0001")
    assert example(*words, f"owner={NAME}", "reviewed_on=2026-01-07", "--why", f"{NAME} told").code == 0
    assert example(*words, "owner=Head of HR", "reviewed_on=", "--why", "new owner").code == 0
    return example


def proven(ropa: Ropa) -> None:
    verdict = ropa("verify", "--json").json
    assert verdict["ok"], verdict
    assert check(ropa.register) == (verdict["hash"], [])


def gone(ropa: Ropa) -> bool:
    return all(NAME.encode() not in p.read_bytes() for p in ropa.register.parent.rglob("*") if p.is_file())


def test_it_is_shown_and_agreed_to(named: Inside) -> None:
    """A dry run and a pipe without --yes change no byte; both show what would go and where it stands besides."""
    before = named.register.read_bytes()
    for how, code in (("--dry-run", 0), ("--why=asked", 2)):
        ran = named("redact", "PA-0001", "owner", "--as-of", "r2", how)
        assert ran.code == code, ran
        for said in (
            NAME,
            "PA-0001 owner: r2",
            "command line: r2",
            "reason: r2",
            "--everywhere",
            "Nothing was written" if code == 0 else "--yes",
        ):
            assert said in ran.out + ran.err, said
    assert named.register.read_bytes() == before


def test_everything_of_it_goes(named: Inside) -> None:
    """Nothing is left of the name; who took it out, when and why is in the log, and a seal made before still holds."""
    assert named("seal", "--out", "seal.txt").code == 0
    ran = named("redact", "PA-0001", "owner", "--as-of", "r2", "--everywhere", "--yes", "--why", "Art. 17")
    assert ran.code == 0, ran
    assert gone(named)
    proven(named)
    assert named("verify", "--seal", "seal.txt").code == 0
    newest, _, second, _ = named("log", "--json").json
    assert (newest["revision"], newest["why"], newest["actor"]) == (4, "Art. 17", "Head of Privacy")
    assert second["why"] == "(redacted in r4) told"
    assert "owner=(redacted in r4)" in second["command"]


def test_several_values_are_told_apart_by_when_they_stood(named: Inside) -> None:
    """The owner was two others before: none goes unless it is said which; the other one stays."""
    assert named("activity", "set", "PA-0001", "owner=Head of Pay").code == 0
    ran = named("redact", "PA-0001", "owner", "--why", "x", "--yes")
    assert ran.code == 2
    assert f"  r2: {NAME}" in ran.err
    assert "  r1: Head of HR" in ran.err
    assert named("redact", "PA-0001", "owner", "--why", "x", "--yes", "--as-of", "r2").code == 0
    owners = [
        named("activity", "show", "PA-0001", "--json", "--as-of", f"r{n}").json["owner"] for n in (1, 2, 3, 4)
    ]
    assert owners == ["Head of HR", "(redacted in r5)", "Head of HR", "Head of Pay"]


def test_what_is_in_force_is_changed_first(named: Inside) -> None:
    """The refusal is one line, with the command."""
    for words in (("PA-0001", "department"), ("PA-0002", "owner")):
        line = named.refused("redact", *words, "--why", "x", "--yes")
        assert f"Change it first: ropa activity set {words[0]} {words[1]}=" in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("PA-9999", "owner"), "no record 'PA-9999'"),
        (("PA-0001", "ownr"), "owner"),
        (("PA-0001", "decision_logic"), "holds no decision_logic"),
        (("PA-0001", "status"), "without it"),
        (("r99", "why"), "no revision r99"),
        (("r0", "why"), "no revision r0"),
        (("r1", "hash"), "actor, why or command"),
        (("r1", "why", "--as-of", "r1"), "no past"),
        (("PA-0001", "owner", "--as-of", "r99"), "no revision r99"),
    ],
)
def test_a_mistake_is_one_line(named: Inside, words: tuple[str, ...], said: str) -> None:
    """And loses nothing."""
    before = named.register.read_bytes()
    assert said in named.refused("redact", *words, "--why", "x", "--yes")
    assert named.register.read_bytes() == before


def test_twice_is_once(named: Inside) -> None:
    """The second time nothing is written, and it is no fault."""
    words = ("redact", "PA-0001", "reviewed_on", "--as-of", "r2", "--why", "x", "--yes")
    assert named(*words).code == 0
    again = named(*words)
    assert again.code == 0
    assert "nothing of it is left in the history, (redacted in r4)" in again.err
    assert named("log", "--json").json[0]["revision"] == 4


def test_a_terminal_asks_for_the_reason_and_the_yes(named: Inside) -> None:
    """Who says no has changed nothing."""
    before = named.register.read_bytes()
    terminal = Terminal(named.folder, "redact", "PA-0001", "reviewed_on", "--as-of", "r2")
    terminal.wait_for("needs a reason. Why?")
    terminal.type("asked\n")
    terminal.wait_for("Take it out for good?")
    terminal.type("n\n")
    assert terminal.end() == 2
    assert named.register.read_bytes() == before
