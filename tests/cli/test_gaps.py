"""`ropa gaps`, `ropa rules`, `ropa status`: what is open, of whom to ask it, and what scripts may rely on."""

import csv
import io
from collections import Counter

import pytest

from tests.cli.running import TREE, Inside, Ropa

SHIPPED = TREE / "data" / "notices" / "postdicom-2026-04-15.txt"
FINDING = {"rule", "severity", "kind", "ref", "name", "field", "message", "law", "fix", "waived"}
STATES = {"missing", "waived", "met", "not_applicable"}


def test_the_json_has_the_promised_shape(example: Inside) -> None:
    """Summary and findings agree; only open and waived outcomes are findings, and --all has the rest."""
    ran = example("gaps", "--json")
    said = ran.json
    assert ran.code == 1
    assert set(said) == {
        "as_of", "revision", "hash", "facts", "summary", "findings", "share", "shares", "without_legal_basis"
    }  # fmt: skip
    assert said["revision"] == 1
    assert len(said["hash"]) == 64
    assert all(len(day) == 10 for day in said["facts"].values())
    assert all(set(counts) == STATES for counts in said["summary"].values())
    assert all(set(finding) == FINDING for finding in said["findings"])
    counted = Counter((f["severity"], "waived" if f["waived"] else "missing") for f in said["findings"])
    for severity, counts in said["summary"].items():
        assert counts["missing"] == counted[severity, "missing"]
        assert counts["waived"] == counted[severity, "waived"]
    every = example("gaps", "--json", "--all").json
    outcomes = Counter((f["severity"], f["outcome"]) for f in every["findings"])
    for severity, counts in every["summary"].items():
        assert {state: outcomes[severity, state] for state in STATES} == counts


def test_shares_group_by_group(example: Inside) -> None:
    """How complete each department is, in words, JSON and CSV alike; the sum is that of the report; another word is refused."""
    said = example("gaps", "--group-by", "department", "--json").json
    whole = example("gaps", "--json").json
    assert said == whole["shares"]["department"]
    assert sum(one["share"]["answered"] for one in said) == whole["share"]["answered"]
    rows = example("gaps", "--group-by", "department", "--csv").rows
    assert [row[0] for row in rows] == [one["department"] or "" for one in said]
    shown = example("gaps", "--group-by", "department").out
    assert (
        f"In all: {whole['share']['answered']}/{whole['share']['asked']} = {whole['share']['percent']} %"
        in shown
    )
    assert "PA-0027" in shown.splitlines()[1], "a missing legal basis comes first"
    status = example("status", "--json").json
    assert (status["share"], status["shares"]["department"]) == (whole["share"], said)
    assert (
        "one of activity, department, entity, owner or theme"
        in example.refused("gaps", "--group-by", "mood").lower()
    )


def test_the_exit_code_follows_what_is_asked(example: Inside) -> None:
    """1 where something of that weight is open, from --fail-on upwards; 0 where nothing is."""
    quality = ("gaps", "--severity", "quality", "--json")
    assert example(*quality).code == 1
    assert example(*quality, "--fail-on", "risk").code == 0
    assert example("gaps", "--rule", "A104", "--json").code == 0
    assert example("gaps", "--rule", "T101", "--fail-on", "missing", "--json").code == 1


@pytest.mark.parametrize(
    "words", [("--fail-on", "bad"), ("--severity", "high"), ("--rule", "X999"), ("--activity", "zz")]
)
def test_an_unknown_word_is_refused_before_the_report(example: Inside, words: tuple[str, ...]) -> None:
    """Nothing is printed that a misspelt option did not ask for."""
    assert words[1] in example.refused("gaps", *words)


def test_one_activity_in_full(example: Inside) -> None:
    """What is open and what was answered, for this activity alone; its CSV is the same findings."""
    text = example("gaps", "--activity", "PA-0013").out
    assert "The transfer to India has no mechanism." in text
    assert "ANSWERED" in text
    assert "PA-0023" not in text
    found = example("gaps", "--activity", "PA-0013", "--json").json["findings"]
    rows = list(csv.DictReader(io.StringIO(example("gaps", "--activity", "PA-0013", "--csv").out)))
    assert [(r["rule"], r["message"]) for r in rows] == [(f["rule"], f["message"]) for f in found] != []


def test_equal_gaps_are_one_line(noticed: Inside) -> None:
    """22 blocks without a purpose are one question with a count, most serious first, and the next step at the end."""
    text = noticed("gaps").out
    assert text.count("State at least one purpose") == 1
    (line,) = [line for line in text.splitlines() if "State at least one purpose" in line]
    assert "22 activities" in line
    assert text.index("MISSING") < text.index("QUALITY") < text.index("Next")


def test_a_notice_that_was_never_imported(quick: Inside, noticed: Inside) -> None:
    """The same gaps as after the import, with no register anywhere, and nothing to type that cannot work."""
    inside = noticed("gaps", "--json").json["findings"]
    quick.register.unlink()
    ran = quick("gaps", SHIPPED, "--json")
    assert ran.code == 1
    assert [(f["rule"], f["ref"]) for f in ran.json["findings"]] == [(f["rule"], f["ref"]) for f in inside]
    assert "ropa activity set" not in quick("gaps", SHIPPED).out
    assert not quick.register.exists()


def test_a_finding_names_a_fix_that_parses(noticed: Inside) -> None:
    """The command that a finding offers is a use that ropa knows: with a value in place of the word in capitals."""
    finding = next(f for f in noticed("gaps", "--rule", "A104", "--json").json["findings"])
    command = finding["fix"].split(";")[0]
    assert command == "ropa activity set PA-0001 purposes+='…'"
    assert noticed("activity", "set", "PA-0001", "purposes+=Measure how the site is used").code == 0
    left = noticed("gaps", "--rule", "A104", "--json").json["findings"]
    assert "PA-0001" not in {f["ref"] for f in left}


def test_the_rules_are_told_from_themselves(quick: Inside) -> None:
    """30 or more rules, each with its law; one in full by short or long id; no register is needed."""
    rules = quick("rules", "--json").json
    assert len(rules) >= 30
    assert all(
        rule["law"] and rule["title"] and rule["good"] and rule["bad"] and rule["fix"] for rule in rules
    )
    assert [row[0] for row in quick("rules", "--csv").rows] == [rule["id"] for rule in rules]
    text = quick("rules", "show", "A104").out
    assert text == quick("rules", "show", "ropa-a104").out
    assert "Art. 30(1)(b)" in text
    assert "{" not in text, "a template shows"


def test_status_is_one_screen(example: Inside) -> None:
    """Counts, gaps, what is due, the last change and a command for the next step, on 24 lines."""
    text = example("status").out
    assert len(text.splitlines()) <= 24
    said = example("status", "--json").json
    assert f"{said['records']['activity']} activities" in text
    assert said["gaps"] == example("gaps", "--json").json["summary"]
    assert said["next"] in text
    assert said["due"] == example("due", "--json").json
    assert said["last"]["why"] in text
    program, *words = said["do"].split()
    assert program == "ropa"
    assert example(*words).code in (0, 1), "the next step runs as it stands"


def test_the_real_command_reports(ropa: Ropa) -> None:
    """A new organisation without activities: nothing could be asked, it says so, and what to do next."""
    ropa("init", "--name", "Acme GmbH", "--country", "DE")
    ran = ropa("gaps")
    assert ran.code == 0
    assert "1 records" not in ran.out
    assert "Nothing is open" not in ran.out
    assert "No activity is recorded" in ran.out
    assert "ropa activity add NAME" in ran.out
    assert "Nothing is open" not in ropa("status").out


def test_what_was_not_judged_is_said(ropa: Ropa) -> None:
    """Activities under another law are named and counted, and never pass for complete."""
    ropa("init", "--name", "Acme AG", "--country", "CH")
    ropa("entity", "set", "acme-ag", "jurisdiction=Swiss FADP")
    ropa("activity", "add", "Payroll", "entity=acme-ag", "role=controller")
    ran = ropa("gaps")
    assert ran.code == 0
    assert "Nothing is open" not in ran.out
    assert "Nothing was judged" in ran.out
    assert "1 activity of Acme AG, under the Swiss FADP" in ran.out
    assert "Nothing is open" not in ropa("status").out


def test_a_waiver_of_what_is_not_open_is_recorded_with_a_word(example: Inside) -> None:
    """Nothing is lost, and the person is told that there is no such gap today; of an open gap there is no such word."""
    closed = example("waive", "A104", "PA-0001", "--reason", "Rewritten in spring", "--until", "2099-01-01")
    assert closed.code == 0
    assert "ROPA-A104 is not open for PA-0001 today" in closed.err
    assert "not open" not in closed.out
    fresh = example("waive", "A108", "PA-0022", "--reason", "Agreed in spring", "--until", "2099-01-01")
    assert "not open" not in fresh.err
    assert len(example("log", "--json").json) == 3


def test_a_statement_on_a_rule_that_does_not_exist_is_refused(example: Inside) -> None:
    """With the nearest ids; so is one whose reason is none; and nothing is written."""
    said = example.refused("activity", "state", "PA-0001", "L999", "--reason", "Looked at in May")
    assert "there is no rule 'L999'" in said
    assert "Did you mean ROPA-L" in said
    for lazy in ("ok", "n/a", "tbd tbd"):
        said = example.refused("activity", "state", "PA-0023", "transfers", "--reason", lazy)
        assert "needs a reason" in said
    assert len(example("log", "--json").json) == 1
