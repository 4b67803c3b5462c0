"""The mechanism: statements, waivers, the day, one fault one finding, drafts, other law, rules that fail, hostile texts."""

import json
from datetime import date
from typing import Any

import pytest

from ropa.gaps import RULES, check, report_as_plain, tallies
from ropa.gaps.case import Case
from ropa.gaps.rule import NOT_APPLICABLE, SEVERITIES, Answer, rule
from ropa.gaps.rules import pairs
from ropa.model.activity import Activity
from ropa.model.register import Register
from tests.gaps.helpers import TODAY, one, register, waived

NO_PURPOSE: dict[str, Any] = {"activities": [{"ref": "PA-0001", "purposes": []}]}


@pytest.mark.parametrize("which", ["controller", "processor"])
def test_a_complete_record_reaches_a_hundred(which: str) -> None:
    """A domestic activity with everything met or stated as not applicable has every point, in either role."""
    report = check(register(which), TODAY)
    assert [(o.rule.id, o.message) for o in report.findings if o.rule.severity != "info"] == []
    assert report.scores["activity", "PA-0001"].full
    assert report.score.full
    assert "= 100 %" in report.score.text


def test_the_score_counts_what_is_asked_and_no_more() -> None:
    """One fault of twelve questions is 11/12; what falls away leaves the fraction; quality does not count."""
    whole = check(register(), TODAY).scores["activity", "PA-0001"]
    faulty = check(
        register(changes={"activities": [{"ref": "PA-0001", "systems": [], "reviewed_on": None}]}), TODAY
    )
    score = faulty.scores["activity", "PA-0001"]
    assert (score.met, score.asked) == (whole.asked - 1, whole.asked)


def test_nothing_to_score_is_no_hundred() -> None:
    """Where nothing is asked the score is a dash."""
    assert check(Register.of([]), TODAY).score.text == "–"


def test_a_draft_is_checked_and_not_scored() -> None:
    """Its gaps are found; neither it nor an organisation that only drafts name has a score."""
    report = check(
        register(changes={"activities": [{"ref": "PA-0001", "status": "draft", "purposes": []}]}), TODAY
    )
    assert one(report, "ROPA-A104").open
    assert one(report, "ROPA-A104").draft
    assert report.scores == {}


def test_an_ended_activity_is_asked_for_its_end_only() -> None:
    """Whether its data were erased; nothing else of what takes place no more or is used by it alone, and nothing is scored."""
    report = check(
        register(changes={"activities": [{"ref": "PA-0001", "status": "ended", "purposes": []}]}), TODAY
    )
    asked = {(o.rule.id, o.record.ref) for o in report.outcomes if o.rule.severity in ("missing", "risk")}
    assert asked == {("ROPA-R105", "PA-0001")}
    assert report.scores == {}


@pytest.mark.parametrize(("year", "open_"), [(2019, False), (2021, True), (2024, False)])
def test_adequacy_is_that_of_the_day(year: int, open_: bool) -> None:
    """The United States had a decision in 2019, none in 2021, and one again in 2024."""
    leg = {"destination": "US", "recipient": "overseas", "mechanism": "45"}
    given = register(changes={"activities": [{"ref": "PA-0001", "statements": None, "transfers": [leg]}]})
    outcome = one(check(given, date(year, 3, 1)), "ROPA-T102")
    assert outcome.open is open_
    assert not open_ or outcome.gaps[0].expired == date(2020, 7, 16)


def test_one_fault_is_one_finding() -> None:
    """A placeholder is told by the content rule; a transfer question left open tells what speaks for a transfer."""
    changes = {
        "activities": [
            {
                "ref": "PA-0001",
                "statements": None,
                "purposes": [{"text": "tbd", "legal_basis": "6(1)(b)"}],
                "recipients": [{"organisation": "overseas"}],
                "department": "xxx",
            }
        ]
    }
    report = check(register(changes=changes), TODAY)
    assert one(report, "ROPA-Q101").field == "department"
    assert "'tbd' stands there and is a placeholder" in one(report, "ROPA-A104").message
    assert one(report, "ROPA-X101").state == NOT_APPLICABLE
    assert "Overseas Support Inc (United States)" in one(report, "ROPA-A107").message


def test_a_rule_that_fails_hides_no_other() -> None:
    """The record counts as not judged, never as met, and every other rule is heard."""

    @rule(
        "ROPA-Z999",
        severity="missing",
        law="-",
        on="activity",
        ask="-",
        applies="always",
        good="-",
        bad="-",
        fix="none",
    )
    def broken(activity: Activity, case: Case) -> Answer:
        """Stumble.

        To see what happens then.
        """
        raise ZeroDivisionError("by \x1b[31mzero")

    report = check(register(changes=NO_PURPOSE), TODAY, {**RULES, broken.id: broken})
    assert one(report, "ROPA-A104").open
    (unjudged,) = report.unjudged
    assert unjudged.open
    assert "could not be judged by ROPA-Z999: ZeroDivisionError" in unjudged.message
    assert "\x1b" not in unjudged.message
    assert any("ROPA-Z999" in notice for notice in report.notices)


def test_a_tally_that_stumbles_takes_only_its_rule_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what a rule gathers from all activities fails, that rule could not judge, and all others say what they said."""

    def broken(found: object, activity: Activity, case: Case) -> None:
        raise ZeroDivisionError

    whole = check(register(changes=NO_PURPOSE), TODAY)
    monkeypatch.setitem(tallies._STARTS, broken, dict)
    monkeypatch.setattr(pairs, "_compared_periods", broken)
    report = check(register(changes=NO_PURPOSE), TODAY)
    assert {o.rule.id for o in report.unjudged} == {"ROPA-X104"}
    assert [o for o in report.outcomes if o.rule.id != "ROPA-X104"] == [
        o for o in whole.outcomes if o.rule.id != "ROPA-X104"
    ]


def test_an_entity_under_other_law_gets_a_notice() -> None:
    """Its activities are not judged by the wrong law, and the reader is told so."""
    changes = {
        "organisations": [{"ref": "acme", "jurisdiction": "Swiss FADP", "country": "CH"}],
        **NO_PURPOSE,
    }
    report = check(register(changes=changes), TODAY)
    assert {o.state for o in report.outcomes if o.record.ref == "PA-0001"} == {NOT_APPLICABLE}
    assert {o.rule.id for o in report.findings} == {"ROPA-G100", "ROPA-Q106"}
    assert "Swiss FADP" in report.notices[0]
    assert report.score.text == "–"


def test_the_worst_comes_first() -> None:
    """What ran out by its date, then what is missing, then contradictions, then the rest."""
    leg = {"destination": "US", "recipient": "overseas", "mechanism": "45"}
    changes = {
        "activities": [
            {"ref": "PA-0001", "reviewed_on": None, "purposes": [], "transfers": [leg]},
            {"ref": "PA-0002", "name": "Fleet", "role": "controller", "entity": "acme"},
        ]
    }
    rules = [o.rule.id for o in check(register(changes=changes), date(2021, 3, 1)).findings]
    assert rules[0] == "ROPA-T102"
    assert rules.index("ROPA-A104") < rules.index("ROPA-X107") < rules.index("ROPA-G102")


def test_the_json_has_the_promised_shape() -> None:
    """What scripts rely on: the keys, plain values, findings that are missing or waived; all of them on demand."""
    report = check(waived(), TODAY)
    said = json.loads(json.dumps(report_as_plain(report)))
    assert list(said) == ["as_of", "revision", "hash", "facts", "summary", "findings"]
    assert list(said["summary"]) == list(SEVERITIES)
    assert all(
        set(counts) == {"missing", "waived", "met", "not_applicable"} for counts in said["summary"].values()
    )
    assert said["facts"]["adequacy"] == "2026-11-23"
    (finding,) = (one for one in said["findings"] if one["severity"] != "info")
    assert finding == {
        "rule": "ROPA-A104",
        "severity": "missing",
        "kind": "activity",
        "ref": "PA-0001",
        "name": "Payroll",
        "field": "purposes",
        "message": "No purpose is recorded.",
        "law": "GDPR Art. 30(1)(b); Art. 5(1)(b)",
        "fix": "ropa activity set PA-0001 purposes+='…'",
        "waived": True,
    }
    everything = report_as_plain(report, all=True)["findings"]
    assert len(everything) == len(report.outcomes)
    counted = {one["outcome"] for one in everything if one["severity"] != "info"}
    assert counted == {"waived", "met", "not_applicable"}


HOSTILE = (
    "[bold red]x[/]\x1b[31m\x1b]0;owned\x07\u202e",
    "=cmd|'/c calc'!A1",
    "<script>" * 1000,
    "tbd " * 300_000,
    "as long as necessary " * 60_000,
    "a" * 1_000_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_judged_and_quoted_short(text: str) -> None:
    """A megabyte or an escape in every text is read once, quoted short and harmless, and hides nothing."""
    parts = {
        "purposes": [{"text": text, "legal_basis": "6(1)(c)", "law": text}],
        "recipients": [{"category": text}],
        "transfers": [
            {"international_organisation": text, "mechanism": "49-1-sub2", "art49_assessment": text}
        ],
        "statements": [{"about": text, "says": "does not apply", "reason": text}],
        "owner": text,
        "description": text,
        "name": text,
    }
    given = register(
        changes={
            "activities": [{"ref": "PA-0001", **parts}],
            "organisations": [{"ref": "acme", "name": text}],
            "retention_rules": [{"ref": "wages-7y", "period": None, "criterion": text, "ground": text}],
        }
    )
    report = check(given, TODAY)
    assert report.unjudged == ()
    assert all(len(o.message) < 2000 for o in report.outcomes)
    assert not any("\x1b" in o.message or "\u202e" in o.message for o in report.outcomes)
