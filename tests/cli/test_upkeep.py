"""Upkeep over the years, at a terminal: what moves, changes, ends, is mended and is taken back, each by preview and answer."""

from typing import Any

import pytest

from tests.cli.running import Inside
from tests.cli.terminal import Terminal


def answered(ropa: Inside, *words: str, asked: str, answer: str = "y") -> str:
    """What a person sees who answers the question that a command asks at its end."""
    terminal = Terminal(ropa.folder, *words)
    terminal.wait_for(asked)
    terminal.type(f"{answer}\n")
    assert terminal.end() == 0, terminal.screen
    return terminal.screen


def listed(ropa: Inside, *words: str) -> dict[str, dict[str, Any]]:
    """The records of a list by their ref."""
    return {record["ref"]: record for record in ropa(*words, "--json").json}


def test_a_departments_activities_move_to_a_new_owner(example: Inside) -> None:
    """All of them, in one revision, after a preview of each; nothing else of them changes, and nobody else's owner."""
    before = listed(example, "activity", "list")
    theirs = {ref for ref, one in before.items() if one["department"] == "Human Resources"}
    change = ("activity", "set", "--department", "human resources", "owner=HR desk")
    screen = answered(example, *change, asked=f"Write these {len(theirs)} changes? [y/N]")
    assert screen.count("owner: Head of HR → HR desk") == len(theirs) > 3
    assert "Written as r2" in screen
    assert listed(example, "activity", "list") == {
        ref: one | {"owner": "HR desk"} if ref in theirs else one for ref, one in before.items()
    }


def test_a_retention_rule_that_ten_share_is_changed_once(example: Inside) -> None:
    """The question comes after who is concerned; each of the ten promises the new period, and says nothing new itself."""
    rule = "vouchers-8y"
    for n in range(10 - len(listed(example, "activity", "list", "--retention", rule))):
        assert example("activity", "copy", "PA-0010", f"Accounts of branch {n}").code == 0
    before = listed(example, "activity", "list", "--retention", rule)
    assert len(before) == 10
    screen = answered(example, "retention", "set", rule, "period=10 years", asked="Write this change? [y/N]")
    assert "period: 8 years → 10 years" in screen
    assert "used by 10 activities" in screen
    assert listed(example, "activity", "list", "--retention", rule) == before
    assert example("retention", "show", rule, "--json").json["period"] == "P10Y"


def test_an_activity_ends_and_its_record_stays(example: Inside) -> None:
    """The command says from which day; the record is found as before, and no longer among those that run or are to be reviewed."""
    terminal = Terminal(example.folder, "activity", "end", "newsletter", "--on", "yesterday")
    assert terminal.end() == 0
    assert "status: active → ended" in terminal.screen
    said = example("activity", "show", "PA-0014", "--json").json
    assert said["status"] == "ended"
    assert f"ended on: {said['ended_on']}" in terminal.screen
    assert "PA-0014" in listed(example, "activity", "list", "--vendor", "mockmail")
    assert "PA-0014" not in listed(example, "activity", "list", "--status", "active")
    assert "PA-0014" not in listed(example, "activity", "list", "--due", "2036-01-01")


def test_the_end_of_an_activity_says_what_it_leaves_to_do(example: Inside) -> None:
    """The data that are still there with their time limits, a processor that serves nothing else, and where the gaps are."""
    said = example("activity", "end", "newsletter", "--on", "yesterday").err
    assert "Email address (Newsletter address, until consent is withdrawn)" in said
    assert "No other activity that runs names Mockmail SAS" in said
    assert "ropa gaps --activity PA-0014" in said
    again = example("activity", "end", "newsletter", "--on", "2026-01-31").err
    assert "Mockmail" not in again, "only its day was changed"


def test_an_end_that_is_set_like_a_field_says_the_same(example: Inside) -> None:
    """Whichever the verb: what is left to do, that the last day is blank; and the processor is asked for among the gaps."""
    said = example("activity", "set", "PA-0014", "status=ended").err
    assert "Its last day is not recorded: ropa activity set PA-0014 ended_on=DATE" in said
    assert "The data of PA-0014 are still there" in said
    (gap,) = example("gaps", "--activity", "PA-0014", "--rule", "X105", "--json").json["findings"]
    assert "recipients.1.until=DATE" in gap["fix"]


def test_an_announced_end_falls_due(example: Inside) -> None:
    """A last day that is still to come is no end yet; it is refused as one, with the way to announce it, and is then due."""
    refused = example.refused("activity", "end", "PA-0006", "--on", "2036-01-31")
    command = "ropa activity set PA-0006 ended_on=2036-01-31"
    assert command in refused
    assert example(*command.split()[1:]).code == 0
    due = example("due", "--until", "2036-12-31", "--json").json
    assert ("2036-01-31", "end of the activity", "PA-0006") in [(d["on"], d["what"], d["ref"]) for d in due]


@pytest.mark.parametrize(
    "words",
    [("activity", "end", "news"), ("activity", "set", "news", "owner=HR desk"), ("activity", "remove", "news", "--yes"),
     ("activity", "rename", "news", "Mailing"), ("activity", "review", "news"), ("activity", "set", "PA-0001", "recipients+=Mockm"),
     ("activity", "state", "news", "transfers", "--reason", "No transfers at all")],
)  # fmt: skip
def test_a_part_of_a_name_changes_nothing(example: Inside, words: tuple[str, ...]) -> None:
    """A script is told which record it may mean; nothing is written."""
    before = example.register.read_bytes()
    said = example.refused(*words)
    assert "Did you mean" in said
    assert ("PA-0014 (Newsletter)" in said) or ("mockmail (Mockmail SAS)" in said)
    assert example.register.read_bytes() == before


def test_a_person_may_mean_a_part_of_a_name(example: Inside) -> None:
    """At a terminal it is asked which record is meant, and only a yes writes."""
    screen = answered(
        example,
        "activity",
        "end",
        "news",
        asked="do you mean PA-0014 (Newsletter)? [y/N]",
    )
    assert "status: active → ended" in screen


def test_a_filter_that_hits_one_record_is_asked_about(example: Inside) -> None:
    """Nobody has seen yet which record the words chose; a ref chose it by itself."""
    before = listed(example, "activity", "list")
    change = ("activity", "set", "--where", "name=Newsletter", "owner=HR desk")
    asked = Terminal(example.folder, *change)
    asked.wait_for("Write this change? [y/N]")
    asked.type("n\n")
    assert asked.end() == 2
    assert "PA-0014" in asked.screen
    assert listed(example, "activity", "list") == before
    terminal = Terminal(example.folder, "activity", "set", "PA-0014", "owner=HR desk")
    assert terminal.end() == 0
    assert "Written as r2" in terminal.screen


def test_consent_without_a_way_back_is_found_and_mended(example: Inside) -> None:
    """The words that found the purposes mend them, in all their activities, and no other purpose; then nothing is found."""
    for ref in ("PA-0014", "PA-0017"):
        example("activity", "set", ref, "purposes+={text: Birthday wishes, legal_basis: consent}")
    found = ("--basis", "consent", "--where", "purposes.consent_withdrawal=")
    before = listed(example, "activity", "list")
    assert set(listed(example, "activity", "list", *found)) == {"PA-0014", "PA-0017"}
    mend = ("activity", "set", *found, "purposes.*.consent_withdrawal=Link in every mail")
    screen = answered(example, *mend, asked="Write these 2 changes? [y/N]")
    assert screen.count("purpose Birthday wishes: consent withdrawal: Link in every mail") == 2
    assert listed(example, "activity", "list", *found) == {}
    after = listed(example, "activity", "list")
    for record in (after["PA-0014"], after["PA-0017"]):
        assert record["purposes"][-1].pop("consent_withdrawal") == "Link in every mail"
    assert after == before


def test_yesterdays_mistake_is_taken_back(example: Inside) -> None:
    """One revision out of the middle: `log` names it, undo shows what returns, and what was written since stays."""
    before = listed(example, "activity", "list")
    example("activity", "set", "--department", "Sales", "owner=Wrong desk", "--yes")
    example("activity", "set", "PA-0001", "owner=Payroll desk")
    mistaken = [one["revision"] for one in example("log", "--json").json if "Wrong desk" in one["command"]]
    assert mistaken == [2]
    terminal = Terminal(example.folder, "undo", "r2")
    terminal.wait_for("Why?")
    terminal.type("the wrong department\n")
    terminal.wait_for("[y/N]")
    assert "owner: Wrong desk → Head of Sales" in terminal.screen
    terminal.type("y\n")
    assert terminal.end() == 0, terminal.screen
    after = listed(example, "activity", "list")
    assert after.pop("PA-0001")["owner"] == "Payroll desk"
    assert after == {ref: one for ref, one in before.items() if ref != "PA-0001"}
    assert example("log", "--json").json[0]["why"] == "takes back r2: the wrong department"
