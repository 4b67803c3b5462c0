"""`ropa NOUN remove`: refused while something names the record, and never without a reason."""

import shlex

from tests.cli.running import Inside
from tests.cli.terminal import Terminal


def test_what_is_named_stays_and_each_way_out_works(example: Inside) -> None:
    """Every record that names it is listed with a command; typed as they stand, the commands free it."""
    before = example.register.read_bytes()
    ran = example("vendor", "remove", "mockmail", "--why", "no contract any more")
    assert (ran.code, ran.out) == (2, "")
    assert example.register.read_bytes() == before
    first, *naming = ran.err.splitlines()
    assert "Mockmail SAS cannot be removed: 2 records name it." in first
    named = {line.split()[0] for line in naming}
    assert named == {"newsletter-tool", "PA-0014"}
    for line in naming:
        done = example(*shlex.split(line[line.index("ropa ") :])[1:])
        assert done.code == 0, (line, done)
    ran = example("vendor", "remove", "mockmail", "--why", "no contract any more")
    assert ran.code == 0, ran
    assert "no vendor" not in ran.err
    assert example("vendor", "show", "mockmail").code == 2
    assert example("vendor", "show", "mockmail", "--as-of", "r1", "--json").json["ref"] == "mockmail"
    assert example("verify").code == 0


def test_several_that_name_only_each_other_go_together(example: Inside) -> None:
    """A system and its only measure: refused one by one, removed in one revision; a waiver of a gap goes along."""
    example("measure", "add", "Seals")
    example("system", "add", "Old safe", "measures+=seals")
    assert example("measure", "remove", "seals", "--why", "gone").code == 2
    example("activity", "add", "Old files")
    example("activity", "add", "Older files", "replaced_by=PA-0030")
    example("waive", "A104", "PA-0030", "--reason", "to be removed anyway")
    gone = ("activity", "remove", "PA-0031", "old files", "--why", "never took place")
    assert example(*gone).code == 2, "three records, and nobody was asked"
    ran = example(*gone, "--yes", "--json")
    assert [(c["op"], c["ref"]) for c in ran.json["changes"]] == [
        ("removed", "PA-0031"),
        ("removed", "PA-0030"),
        ("removed", "W-0002"),
    ]


def test_no_removal_without_a_reason(example: Inside) -> None:
    """Without a terminal it has to come with the command; a preview needs none."""
    before = example.register.read_bytes()
    assert "--why" in example.refused("activity", "remove", "PA-0027")
    assert "--why" in example.refused("activity", "remove", "PA-0027", "--why", " ")
    assert example("activity", "remove", "PA-0027", "--dry-run").code == 0
    assert example.register.read_bytes() == before
    ran = example("activity", "remove", "PA-0027", "--why", "never took place")
    assert ran.code == 0
    assert example("log", "--json").json[0]["why"] == "never took place"


def test_an_activity_that_took_place_is_better_ended(example: Inside) -> None:
    """The way is named before the question; a draft goes without a word."""
    ran = example("activity", "remove", "PA-0001", "--dry-run")
    assert "ropa activity end PA-0001" in ran.err
    assert "activity end" not in example("activity", "remove", "PA-0027", "--dry-run").err


def test_at_a_terminal_it_asks_why_and_whether(example: Inside) -> None:
    """First the reason, then the preview and a question, even about one record."""
    terminal = Terminal(example.folder, "activity", "remove", "PA-0027")
    terminal.wait_for("Why?")
    terminal.type("never took place\n")
    terminal.wait_for("Write this change? [y/N]")
    assert "PA-0027" in terminal.screen
    terminal.type("y\n")
    assert terminal.end() == 0
    entry = example("log", "--json").json[0]
    assert (entry["why"], entry["changes"][0]["op"]) == ("never took place", "removed")
    terminal = Terminal(example.folder, "activity", "remove", "PA-0001")
    terminal.wait_for("Why?")
    terminal.type("\n")
    assert terminal.end() == 2
    assert "nothing was written" in terminal.screen
