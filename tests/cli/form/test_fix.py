"""`ropa gaps fix`: the example organisation is walked to 100 %; a stop at any time keeps what was done."""

import subprocess

import pytest

from tests.cli.form.screen import Screen
from tests.cli.running import Inside, clean, command

ACTIVE = ("PA-0013", "PA-0017", "PA-0022", "PA-0023", "PA-0029", "tickets")
WALK = (
    ("Lernbeispiel Akademie GmbH: Another contract?", "art28"),
    ("When was that signed?", "1 November 2026"),
    ("Where is it kept?", "Contract file 12"),
    ("May it engage sub-processors?", "general"),
    ("Another contract?", ""),
    ("India: What does the transfer rest on?", "46-2-c"),
    ("which exception of Art. 9(2) covers that?", "9(2)(a)"),
    ("Employees, Voice recording: how long", "Business letters, 6 years"),
    ("Contact persons at business customers, Voice recording: how long", "Business letters, 6 years"),
    ("Do data leave the EEA", "no"),
    ("how was that checked", "Rooms and speakers are in Germany, checked on 2 November"),
    ("Which law asks for it?", "Arbeitsschutzgesetz, § 12"),
    ("What do we do for it?", "Recovery of files from damaged loggers"),
    ("How long", "3 years"),
    ("From when", "closing of the ticket"),
)


def on_lines(ropa: Inside, *words: str, answers: str) -> subprocess.CompletedProcess[str]:
    """The walk on plain lines, out of a pipe."""
    return subprocess.run(
        command("gaps", "fix", "--plain", *words),
        cwd=ropa.folder,
        env=clean(ropa.folder),
        input=answers,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_example_reaches_a_hundred(example: Inside) -> None:
    """Key by key at a terminal: all that the law asks is answered at the end, each answer in a revision of its own."""
    screen = Screen(example.folder, "gaps", "fix", "--severity", "missing", *ACTIVE, height=40)
    for asked, keys in WALK:
        screen.say(asked, keys)
    assert screen.end() == 0, screen.screen
    assert "Still open: 0." in screen.screen
    assert "= 100 %" in screen.screen
    assert "= 100 %" in example("gaps").out
    revisions = {one["revision"] for one in example("log", "--json").json}
    assert len(revisions) == 1 + 10
    assert example("verify").code == 0


def test_what_was_done_stays_when_one_leaves(example: Inside) -> None:
    """After the second answer the input ends: both are in the register, and it says how to go on."""
    answers = "\n".join(keys for _, keys in WALK[:6]) + "\n"
    ran = on_lines(example, "--severity", "missing", *ACTIVE, answers=answers)
    assert ran.returncode == 0, ran.stderr
    assert "Closed: 2. Still open: 6." in ran.stdout
    assert "Go on at any time: ropa gaps fix" in ran.stdout
    assert example("activity", "show", "PA-0013", "--json").json["transfers"][1]["mechanism"] == "46-2-c"


def test_nothing_is_taken_by_itself(example: Inside) -> None:
    """Enter to every question changes nothing; each gap is left open once, and none is asked again."""
    before = example.register.read_bytes()
    ran = on_lines(example, "--severity", "missing", *ACTIVE, answers="\n" * 60)
    assert ran.returncode == 0, ran.stderr
    assert "Closed: 0. Still open: 8." in ran.stdout
    assert example.register.read_bytes() == before
    assert ran.stderr.count("It is still open. What now?") == 8


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        # It does not apply, and why: Enter, 2, the reason.
        ("\n2\nAll rooms are in Germany, looked up\n", "statements"),
        # Live with it: Enter, 3, the reason, the day.
        ("\n3\nThe supplier answers in January\nin 6 months\n", "waiver"),
    ],
)
def test_a_gap_may_be_answered_otherwise(example: Inside, answers: str, kept: str) -> None:
    """A statement or a waiver, with the reason in the register; the gap is closed by it."""
    ran = on_lines(example, "PA-0023", "--owner", "HR", "--severity", "missing", answers="\n\n" + answers)
    assert ran.returncode == 0, ran.stderr
    found = example("gaps", "--json", "--activity", "PA-0023").json["findings"]
    (about,) = [one for one in found if one["rule"] == "ROPA-A107"] or [{"waived": None}]
    assert about["waived"] is (True if kept == "waiver" else None), ran.stderr


def test_one_answer_for_many(example: Inside) -> None:
    """Where the same field is blank in several records, one answer may be given to all of them, in one revision."""
    for name in ("One", "Two", "Three"):
        assert example("activity", "add", name, "entity=musterfeld", "role=controller").code == 0
    refs = [one["ref"] for one in example("activity", "list", "--json").json][-3:]
    ran = on_lines(example, "--severity", "quality", *refs, answers="Head of IT\n1\n")
    owners = {one.get("owner") for one in example("activity", "show", *refs, "--json").json}
    assert owners == {"Head of IT"}, ran.stderr


def test_without_a_terminal_it_says_how(example: Inside) -> None:
    """A script that runs it unawares is told of the plain lines; an unknown record is named."""
    assert "--plain" in example.refused("gaps", "fix")
    assert "no record 'nobody'" in example.refused("gaps", "fix", "nobody", "--plain")
