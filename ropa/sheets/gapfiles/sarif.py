"""The gap analysis as SARIF 2.1.0, which code hosts and editors show beside the text.

A gap is a result of its rule; where it stands is the path of the field within its record. What is waived is a suppressed result.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, BinaryIO
from urllib.parse import quote

from ropa import __version__
from ropa.gaps import RULES, Outcome, Report, Rule
from ropa.gaps.rule import MET, MISSING, NOT_APPLICABLE, WAIVED
from ropa.gaps.texts import shown
from ropa.gaps.themes import THEMES, theme_of
from ropa.sheets.celltext import cell_text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"missing": "error", "risk": "warning", "quality": "note", "info": "note"}
_KINDS = {MISSING: "fail", WAIVED: "fail", MET: "pass", NOT_APPLICABLE: "notApplicable"}
_SURE = {"high": 90.0, "medium": 60.0, "low": 30.0}


def write_sarif(report: Report, outcomes: Iterable[Outcome], file: BinaryIO, *, of: str) -> None:
    """The outcomes as the results of one run. of: the name of the file that was judged."""
    numbers = {one: number for number, one in enumerate(RULES)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "ropa",
                        "version": __version__,
                        "informationUri": "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
                        "rules": [_rule(one) for one in RULES.values()],
                    }
                },
                "invocations": [_invocation(report)],
                "results": [_result(one, numbers[one.rule.id], of) for one in outcomes],
                "columnKind": "unicodeCodePoints",
                "properties": {
                    "asOf": report.as_of.isoformat(),
                    "revision": report.revision,
                    "hash": report.hash,
                    "facts": {name: day.isoformat() for name, day in report.facts.items()},
                },
            }
        ],
    }
    file.write(json.dumps(log, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n")


def _rule(one: Rule) -> dict[str, Any]:
    how = f"{one.fix}" + (f"; or: {one.otherwise}" if one.otherwise else "")
    return {
        "id": one.id,
        "shortDescription": {"text": message(f"{one.title}.")},
        "fullDescription": {"text": message(one.why or f"{one.title}.")},
        "help": {"text": message(f"{one.law}. {one.ask} Good: {one.good} Bad: {one.bad} Mend it: {how}")},
        "defaultConfiguration": {"level": _LEVELS[one.severity]},
        "properties": {"tags": [THEMES[theme_of(one)], one.severity], "law": one.law, "sure": one.sure},
    }


def _invocation(report: Report) -> dict[str, Any]:
    """What the run itself has to say: that a rule failed is an error of the run, the rest are warnings."""
    failed = bool(report.unjudged)
    said = [{"level": "warning", "message": {"text": message(text)}} for text in report.notices]
    return {"executionSuccessful": not failed, "toolExecutionNotifications": said}


def _result(one: Outcome, number: int, of: str) -> dict[str, Any]:
    place = f"{one.record.kind}/{one.record.ref}"
    fields: Sequence[str] = list(dict.fromkeys(gap.field for gap in one.gaps)) or [""]
    kind = _KINDS[one.state]
    result = {
        "ruleId": one.rule.id,
        "ruleIndex": number,
        "kind": kind,
        "level": _LEVELS[one.rule.severity] if kind == "fail" else "none",
        "message": {"text": message(_say(one))},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": quote(of)}, "region": {"startLine": 1}},
                "logicalLocations": [
                    {
                        "name": field or one.record.ref,
                        "fullyQualifiedName": f"{place}/{field}" if field else place,
                        "kind": "member" if field else "object",
                    }
                    for field in fields
                ],
            }
        ],
        "partialFingerprints": {
            "ropaGap/v1": sha256("|".join((one.rule.id, place, *fields)).encode()).hexdigest()
        },
        "rank": _SURE[one.rule.sure],
        "properties": {
            "severity": one.rule.severity,
            "record": cell_text(shown(one.record.name)),
            "law": one.rule.law,
        },
    }
    if one.state == MISSING:
        result["properties"] |= {"fix": one.fix, "otherwise": one.otherwise}  # type: ignore[operator]
    if one.state == WAIVED and one.waiver:
        reason = message(shown(one.waiver.reason))
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _say(one: Outcome) -> str:
    said = one.message or one.reason
    return f"{one.record.ref} {shown(one.record.name)}: {said} {one.rule.ask}" if one.open else said


def message(text: str) -> str:
    """A text as a message of SARIF, where braces stand for values and brackets before a parenthesis for a link."""
    return cell_text(text).replace("](", "] (").replace("{", "{{").replace("}", "}}")
