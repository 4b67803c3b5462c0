"""`ropa restore REF --as-of`: a record says again what it said, as a new revision; what stands in the way is named."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Inside
from tests.cli.terminal import Terminal


def show(ropa: Inside, ref: str, *words: str, noun: str = "activity") -> dict[str, Any]:
    said: dict[str, Any] = ropa(noun, "show", ref, "--json", *words).json
    return said


def test_a_record_says_again_what_it_said(example: Inside) -> None:
    """All of its fields; other records stay; the log says what was done, from when and why; an undo takes it back."""
    first = show(example, "PA-0001")
    example("activity", "set", "PA-0001", "PA-0002", "owner=Wrong", "--yes")
    example("activity", "set", "PA-0001", "department=Nowhere", "statements=")
    later = show(example, "PA-0001")
    before = example.register.read_bytes()
    ran = example("restore", "payroll", "--as-of", "r1", "--dry-run")
    assert "owner: Wrong → Head of HR" in ran.out
    assert "PA-0001 Payroll was changed since: r2 by Head of Privacy, r3 by Head of Privacy." in ran.err
    assert example.register.read_bytes() == before
    ran = example("restore", "PA-0001", "--as-of", "r1", "--why", "overwritten", "--json")
    assert [(c["op"], c["ref"]) for c in ran.json["changes"]] == [("changed", "PA-0001")]
    assert show(example, "PA-0001") == first
    assert show(example, "PA-0002")["owner"] == "Wrong"
    assert example("log", "--json").json[0]["why"] == "restores PA-0001 as of r1: overwritten"
    assert example("undo", "--why", "not that").code == 0
    assert show(example, "PA-0001") == later
    assert example("verify").code == 0


def test_a_removed_record_comes_back_with_its_waivers(example: Inside) -> None:
    """As it stood, under its ref; the waivers of its gaps, which went with it, too, in one revision."""
    rule = example("gaps", "--activity", "PA-0027", "--json").json["findings"][0]["rule"]
    assert example("waive", rule, "PA-0027", "--reason", "a trial", "--yes").code == 0
    first, gaps = (
        show(example, "PA-0027"),
        example("gaps", "--activity", "PA-0027", "--json").json["findings"],
    )
    assert any(one["waived"] for one in gaps)
    assert example("activity", "remove", "PA-0027", "--why", "slip", "--yes").code == 0
    assert example("restore", "PA-0027", "--as-of", "r2", "--yes").code == 2  # no reason
    assert example("restore", "PA-0027", "--as-of", "r2", "--why", "it runs", "--yes").code == 0
    assert show(example, "PA-0027") == first
    assert example("gaps", "--activity", "PA-0027", "--json").json["findings"] == gaps
    assert example("log", "--json").json[0]["revision"] == 4


def test_new_refs_are_kept(example: Inside) -> None:
    """What was renamed since keeps its ref of today, and is named by it; the old ref finds it too."""
    first = show(example, "mockmail", noun="vendor")
    example("vendor", "set", "mockmail", "country=US")
    example("vendor", "rename", "mockmail", "mail-house", "--yes")
    example("activity", "set", "PA-0014", "owner=Wrong")
    assert example("restore", "mockmail", "PA-0014", "--as-of", "r1", "--why", "x", "--yes").code == 0
    assert show(example, "mail-house", noun="vendor") == first | {"ref": "mail-house"}
    newsletter = show(example, "PA-0014")
    assert newsletter["owner"] == "Head of Marketing"
    assert {"mail-house"} <= {r.get("organisation") for r in newsletter["recipients"]}
    assert example("verify").code == 0


def test_what_it_names_and_is_gone_stands_in_the_way(example: Inside) -> None:
    """By name, and nothing is written; the command that is told brings back both, also where each names the other."""
    example("vendor", "add", "Fresh")
    example("activity", "add", "One", "recipients+=fresh")
    ref = example("log", "--json").json[0]["changes"][0]["ref"]
    example("activity", "remove", ref, "--why", "x", "--yes")
    example("vendor", "remove", "fresh", "--why", "x", "--yes")
    before = example.register.read_bytes()
    ran = example("restore", ref, "--as-of", "r3", "--why", "x", "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert f"{ref} One: recipients.1.organisation names the organisation 'fresh', which is gone." in ran.err
    assert f"ropa restore {ref} fresh --as-of r3" in ran.err
    assert example.register.read_bytes() == before
    assert example("restore", ref, "fresh", "--as-of", "r3", "--why", "x", "--yes").code == 0
    assert show(example, ref)["recipients"] == [{"organisation": "fresh"}]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("PA-0001", "--as-of", "2001-01-01"), "not there on 2001-01-01: added by r1"),
        (("PA-0001", "--as-of", "r0"), "not there at r0"),
        (("PA-0001", "--as-of", "now"), "how it stands now"),
        (("PA-0001", "--as-of", "r99"), "no revision r99"),
        (("PA-0001", "--as-of", "2999-01-01"), "still to come"),
        (("no\x1b[1mpe", "--as-of", "r1"), "there is no record"),
        (("PA-0001",), "ropa restore PA-0001 --as-of DATE"),
        (("copy.db", "--why", "x"), "--why"),
        (("copy.db", "copy.db"), "one backup"),
        (("copy.db", "--as-of", "r1"), "there is no record 'copy.db'"),
    ],
)
def test_a_slip_is_told_in_one_line(example: Inside, words: tuple[str, ...], told: str) -> None:
    """A state in which it was not there, a record for a file and the other way round; nothing is written."""
    Path(example.folder, "copy.db").write_bytes(b"")
    before = example.register.read_bytes()
    assert told in example.refused("restore", *words)
    assert example.register.read_bytes() == before


def test_what_stands_as_it_stood_is_left(example: Inside) -> None:
    """No revision, and no reason is asked for."""
    ran = example("restore", "PA-0001", "--as-of", "r1")
    assert (ran.code, "No change." in ran.err) == (0, True)


def test_at_a_terminal_it_shows_what_and_asks(example: Inside) -> None:
    """Who changed it since, why, the preview; and only a yes writes."""
    example("activity", "set", "PA-0001", "owner=New")
    terminal = Terminal(example.folder, "restore", "PA-0001", "--as-of", "r1")
    terminal.wait_for("Why?")
    assert "was changed since" in terminal.screen
    terminal.type("a slip\n")
    terminal.wait_for("[y/N]")
    assert "owner: New → Head of HR" in terminal.screen
    terminal.type("n\n")
    assert terminal.end() == 2
    assert example("log", "--json").json[0]["revision"] == 2
