"""What the terminal prints: equal gaps as one line, the worst first, the next best step."""

from typing import Any

import pytest

from ropa.errors import Refused
from ropa.gaps import RULES, check, memo
from ropa.gaps.memo import Memo
from ropa.model.register import Register
from tests.gaps.helpers import TODAY, carried_out, register


def of(changes: dict[str, Any], activity: str | None = None) -> Memo:
    given = register(changes=changes)
    return memo(check(given, TODAY), given, activity)


def drafts(many: int) -> list[dict[str, Any]]:
    line = [{"subjects": "employees", "category": "bank-account"}]
    return [
        {
            "ref": f"PA-{n:04d}",
            "name": f"Draft {n}",
            "role": "controller",
            "entity": "acme",
            "data": line * (1 + n % 3),
        }
        for n in range(2, many + 2)
    ]


def test_twenty_two_equal_gaps_are_one_line() -> None:
    """One group with its count, the first refs and how many more; lines of data more or less make no other group."""
    said = of({"activities": drafts(22)})
    by_rule = [group.rule for group in said.groups]
    assert len(by_rule) == len(set(by_rule))
    (retention,) = [group for group in said.groups if group.rule == "ROPA-A108"]
    assert (retention.count, retention.noun, retention.drafts) == (22, "activities", 22)
    assert retention.refs == ("PA-0002", "PA-0003", "PA-0004", "PA-0005", "PA-0006")
    assert retention.more == 17
    assert (
        retention.do
        == "ropa activity set PA-0002 data.1.retention=RULE data.2.retention=RULE data.3.retention=RULE"
    )
    (purpose,) = [group for group in said.groups if group.rule == "ROPA-A104"]
    assert (purpose.closes, purpose.together) == (1, ""), "each wants words of its own"


def test_the_next_step_closes_what_it_says() -> None:
    """One command gives many records the same answer: it names them all, and exactly that many gaps are closed by it."""
    changes = {"activities": drafts(22)}
    said = of(changes)
    what, _, command = said.next.partition(" Begin with: ")
    refs = " ".join(f"PA-{n:04d}" for n in range(2, 24))
    assert command == f"ropa activity set {refs} measures+=MEASURE"
    total = sum(group.count for group in said.groups)
    assert (
        what
        == f"Describe the technical and organisational security measures (22 activities): closes 22 of {total} gaps."
    )
    before = register(changes=changes)
    were, are = (
        {(o.rule.id, o.record.ref) for o in check(given, TODAY).findings}
        for given in (before, carried_out(command, before))
    )
    assert were - are == {("ROPA-A109", f"PA-{n:04d}") for n in range(2, 24)}


def test_a_step_for_one_record_says_that_it_closes_one() -> None:
    """Where each record wants words of its own, the command is for the first, and nothing more is promised."""
    changes = {"activities": [{"ref": f"PA-{n:04d}", "name": f"Work {n}"} for n in range(2, 5)]}
    given = register(changes=changes)
    report = check(given, TODAY).narrowed(lambda o: o.rule.id == "ROPA-A104")
    said = memo(report, given)
    assert said.next == (
        "State at least one purpose (3 activities): closes 1 of 3 gaps; 2 more want the like."
        " Begin with: ropa activity set PA-0002 purposes+='…'"
    )
    assert (said.groups[0].count, said.groups[0].closes) == (3, 1)


def test_very_many_records_are_named_thirty_at_a_time() -> None:
    """A command that nobody can read through is not suggested; it says how many it closes."""
    said = of({"activities": drafts(40)})
    assert ": closes 30 of " in said.next
    assert "; 10 more want the like. Begin with: ropa activity set PA-0002" in said.next
    assert said.next.count("PA-") == 30


def test_whom_to_ask_what_of_any_record() -> None:
    """Of an organisation of ours its officer, of another itself, of a retention rule the owners of what uses it."""
    said = of(
        {
            "organisations": [
                {"ref": "acme", "country": "US"},
                {
                    "ref": "bureau",
                    "statements": [{"about": "dpo", "says": "does not apply", "reason": "tbd"}],
                },
            ],
            "retention_rules": [{"ref": "wages-7y", "period": None}],
            "activities": [{"ref": "PA-0001", "recipients": []}],
        }
    )
    asked = {group.rule: (group.ask, group.question) for group in said.groups}
    assert asked["ROPA-R101"] == (("Head of Payroll",), RULES["ROPA-R101"].ask)
    assert asked["ROPA-G104"] == (("Legal Advice KG",), RULES["ROPA-G104"].ask)
    assert asked["ROPA-Q101"][0] == ("Payroll Bureau GmbH (privacy@bureau.example)",)
    assert all(group.ask and group.question for group in said.groups)


def test_an_empty_list_promises_no_more_than_was_asked() -> None:
    """Without an activity, or under another law, nothing was judged: the memo says so, and what to do next."""
    bare = Register.of([register().organisations["acme"]])
    said = memo(check(bare, TODAY), bare)
    assert said.groups == ()
    assert said.verdict.startswith("No activity is recorded")
    assert said.next.endswith("Begin with: ropa activity add NAME")
    swiss = of({"organisations": [{"ref": "acme", "jurisdiction": "Swiss FADP"}]})
    assert swiss.verdict.startswith("Nothing was judged")
    assert swiss.unchecked == ("1 activity of Acme Trading GmbH, under the Swiss FADP",)
    assert swiss.next
    one = {"organisations": [{"ref": "acme", "jurisdiction": "Swiss FADP"}]}
    assert of(one, "PA-0001").verdict.startswith("Nothing was judged")
    both = of(
        {
            "organisations": [
                {
                    "ref": "london",
                    "name": "Acme Ltd",
                    "ours": "yes",
                    "country": "GB",
                    "jurisdiction": "UK GDPR",
                }
            ],
            "activities": [{"ref": "PA-0002", "name": "Fleet", "entity": "london", "role": "controller"}],
        }
    )
    assert both.verdict == "Nothing is open of what was judged."
    assert both.unchecked == ("1 activity of Acme Ltd, under the UK GDPR",)
    assert of({}).verdict == "Nothing is open."


def test_one_mend_that_closes_many_is_one_line() -> None:
    """What the entity lacks is told once, with the command for the entity, and it closes all of them."""
    changes = {
        "organisations": [{"ref": "acme", "email": None, "address": None}],
        "activities": [{"ref": f"PA-{n:04d}", "name": f"Work {n}", "entity": "acme"} for n in range(2, 12)],
    }
    (group,) = [group for group in of(changes).groups if group.rule == "ROPA-A101"]
    assert (group.count, group.do) == (11, "ropa entity set acme email='…'")
    after = check(carried_out(group.do, register(changes=changes)), TODAY)
    assert not any(o.open for o in after.outcomes if o.rule.id == "ROPA-A101")


def test_different_mends_of_one_rule_are_different_lines() -> None:
    """A purpose without text and no purpose at all are two questions."""
    said = of(
        {
            "activities": [
                {"ref": "PA-0002", "name": "A", "role": "controller"},
                {
                    "ref": "PA-0003",
                    "name": "B",
                    "role": "controller",
                    "purposes": [{"legal_basis": "6(1)(b)"}],
                },
            ]
        }
    )
    assert [group.refs for group in said.groups if group.rule == "ROPA-A104"] == [("PA-0002",), ("PA-0003",)]


def test_a_group_of_one_says_its_name_and_whom_to_ask() -> None:
    """The officer of an organisation by the organisation's name; a gap of an activity by its owner."""
    said = of(
        {"organisations": [{"ref": "acme", "dpo": None}], "activities": [{"ref": "PA-0001", "purposes": []}]}
    )
    groups = {group.rule: group for group in said.groups}
    assert groups["ROPA-A102"].names == ("Acme Trading GmbH",)
    assert groups["ROPA-A102"].noun == "organisation"
    assert groups["ROPA-A104"].ask == ("Head of Payroll",)
    assert groups["ROPA-A104"].say == "No purpose is recorded."


def test_one_activity_is_told_in_full() -> None:
    """Its own gaps and those of what it names, each on its own, and what is met or falls away, with the reason."""
    said = of(
        {
            "activities": [{"ref": "PA-0001", "purposes": []}, *drafts(3)],
            "retention_rules": [{"ref": "wages-7y", "period": None}],
        },
        "PA-0001",
    )
    assert {group.rule for group in said.groups} == {"ROPA-A104", "ROPA-R101"}
    assert {group.refs for group in said.groups} == {("PA-0001",), ("wages-7y",)}
    answered = {rule: (state, reason) for rule, _, state, reason in said.answered}
    assert answered["ROPA-A107"][0] == "not_applicable"
    assert "checked 2026-11-02" in answered["ROPA-A107"][1]
    with pytest.raises(Refused, match="PA-0099"):
        of({}, "PA-0099")


def test_waived_gaps_stand_apart_with_their_reason() -> None:
    """Accepted is not gone: a list of its own, until when and why."""
    waiver = {
        "ref": "W-0001",
        "name": "Purpose",
        "rule": "ROPA-A104",
        "record_kind": "activity",
        "record": "PA-0001",
        "reason": "HR rewrites it",
        "until": "2026-12-31",
    }
    said = of({"activities": [{"ref": "PA-0001", "purposes": []}], "waivers": [waiver]})
    assert [group.rule for group in said.groups] == []
    assert [(group.rule, group.until) for group in said.waived] == [
        ("ROPA-A104", "until 2026-12-31: HR rewrites it")
    ]
    assert said.score.endswith("(1 waived)")
    assert said.next == ""
