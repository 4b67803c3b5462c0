"""The gap analysis as JUnit XML, which build servers show as tests: a suite a record, a test a question asked of it.

What does not apply is left out. An open gap is a failure from the severity on that was asked for, else a skipped test that says so.
"""

from collections import Counter
from collections.abc import Collection
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from ropa.gaps import Outcome, Report
from ropa.gaps.outcome import Judged
from ropa.gaps.rule import MET, MISSING, NOT_APPLICABLE, WAIVED
from ropa.gaps.texts import shown
from ropa.sheets.celltext import cell_text

_ASKED = (MET, MISSING, WAIVED)


def write_junit(report: Report, file: BinaryIO, *, counted: Collection[str]) -> None:
    """The questions that were asked, record by record. counted: the severities of which an open gap is a failure."""
    # Written as it is made: a test a question of ten thousand activities would not be kept as a tree.
    xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)
    suites = [each for each in report.judged if any(a.state != NOT_APPLICABLE for a in each.answers)]
    counts = [_counts(each, counted) for each in suites]
    xml.startDocument()
    _begin(xml, "testsuites", name="ropa gaps", **_said(sum(counts, Counter())))
    for each, own in zip(suites, counts, strict=True):
        _suite(xml, each, own, report, counted)
    xml.endElement("testsuites")
    xml.endDocument()


def _suite(
    xml: XMLGenerator, each: Judged, own: Counter[str], report: Report, counted: Collection[str]
) -> None:
    name = f"{each.record.ref} {shown(each.record.name)}"
    _begin(xml, "testsuite", name=name, **_said(own), timestamp=f"{report.as_of.isoformat()}T00:00:00")
    for one in each.outcomes(_ASKED):
        title = f"{one.rule.id} {one.rule.title}"
        _begin(xml, "testcase", classname=f"{one.record.kind}.{one.record.ref}", name=title)
        if (sort := _sort(one.state, one.rule.severity, counted, unjudged=one.unjudged)) != "passed":
            _verdict(xml, sort, one)
        xml.endElement("testcase")
    xml.endElement("testsuite")


def _verdict(xml: XMLGenerator, sort: str, one: Outcome) -> None:
    say = one.message or one.reason
    if sort == "skipped":
        waiver = f"Waived: {shown(one.waiver.reason)}" if one.state == WAIVED and one.waiver else ""
        _begin(xml, sort, message=waiver or f"Open, and not counted here: {say}")
    else:
        _begin(xml, sort, message=say, type=one.rule.severity)
        lines = [say, f"Law: {one.rule.law}", f"Ask: {one.rule.ask}"]
        lines += [f"Do: {one.fix}"] if one.fix else []
        lines += [f"Or: {one.otherwise}"] if one.otherwise else []
        xml.characters(cell_text("\n".join(lines)))
    xml.endElement(sort)


def _sort(state: str, severity: str, counted: Collection[str], *, unjudged: bool) -> str:
    """What a test is to JUnit: passed, failure, error or skipped."""
    if unjudged:
        return "error"
    if state == MISSING:
        return "failure" if severity in counted else "skipped"
    return "skipped" if state == WAIVED else "passed"


def _counts(each: Judged, counted: Collection[str]) -> Counter[str]:
    return Counter(
        _sort(answer.state, one.severity, counted, unjudged=answer.unjudged)
        for one, answer in zip(each.rules, each.answers, strict=True)
        if answer.state != NOT_APPLICABLE
    )


def _said(own: Counter[str]) -> dict[str, str]:
    return {
        "tests": str(sum(own.values())),
        "failures": str(own["failure"]),
        "errors": str(own["error"]),
        "skipped": str(own["skipped"]),
    }


def _begin(xml: XMLGenerator, tag: str, /, **about: str) -> None:
    xml.ignorableWhitespace("\n")
    xml.startElement(tag, AttributesImpl({key: cell_text(text) for key, text in about.items()}))
