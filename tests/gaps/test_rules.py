"""Each rule against its cases: what is a gap, what is not, and that the suggested command closes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ropa.gaps import RULES, Outcome, Rule, check
from ropa.gaps.rule import MET, MISSING, NOT_APPLICABLE
from ropa.model.register import Register
from tests.gaps.helpers import TODAY, carried_out, register

CASES = Path(__file__).parent / "cases"
HALVES = ("gap", "fine", "not_applicable")
OWN_KEYS = ("base", "day", "expect", "of", "mend")


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        for half, each in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for n, case in enumerate(each, 1):
                yield pytest.param(path.stem, half, case, id=f"{path.stem}-{half}-{n}")


def judged(rule: str, case: dict[str, Any], given: Register) -> list[Outcome]:
    outcomes = check(given, case.get("day", TODAY), {rule: RULES[rule]} | _needs(RULES[rule])).outcomes
    return [o for o in outcomes if o.rule.id == rule and case.get("of", o.record.ref) == o.record.ref]


def _needs(rule: Rule) -> dict[str, Rule]:
    """The rules that may silence this one."""
    return dict(RULES) if rule.yields else {other: RULES[other] for other in rule.silenced_by}


ALL = list(cases())
MENDED = [one for one in ALL if one.values[1] == "gap" and one.values[2].get("mend") is not False]


@pytest.mark.parametrize(("rule", "half", "case"), ALL)
def test_a_rule_answers_as_its_cases_say(rule: str, half: str, case: dict[str, Any]) -> None:
    """A gap is found at its field, and nowhere else; what is fine is met; what does not apply is silent."""
    changes = {key: value for key, value in case.items() if key not in OWN_KEYS}
    outcomes = judged(rule, case, register(case.get("base", "controller"), changes))
    states = {o.state for o in outcomes}
    reasons = [(o.record.ref, o.state, o.reason) for o in outcomes]
    if half == "gap":
        expected = [case["expect"]] if isinstance(case["expect"], str) else case["expect"]
        found = sorted(gap.field for o in outcomes if o.state == MISSING for gap in o.gaps)
        assert found == sorted(expected), reasons
    elif half == "fine":
        assert MISSING not in states, reasons
        assert MET in states, reasons
    else:
        assert states == {NOT_APPLICABLE}, reasons


@pytest.mark.parametrize(("rule", "half", "case"), MENDED)
def test_the_suggested_command_closes_the_gap(rule: str, half: str, case: dict[str, Any]) -> None:
    """What a finding says to do is valid, and the rule is content when it was done; so is the statement it offers."""
    changes = {key: value for key, value in case.items() if key not in OWN_KEYS}
    before = register(case.get("base", "controller"), changes)
    for finding in (o for o in judged(rule, case, before) if o.state == MISSING):
        for commands in filter(None, (finding.fix, finding.otherwise)):
            still = [o for o in judged(rule, case, carried_out(commands, before)) if o.state == MISSING]
            assert still == [], commands


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_cases_of_both_halves(rule: str) -> None:
    """A rule that was never seen to find, or never seen to be content, is not tested."""
    path = CASES / f"{rule}.yaml"
    assert path.exists(), f"write tests/gaps/cases/{rule}.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert said.get("gap")
    assert said.get("fine")
    assert set(said) <= set(HALVES)


def test_no_case_is_without_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} <= set(RULES)
