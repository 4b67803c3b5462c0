"""How complete a register is: fair to the small and the large, and not to be talked up."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ropa.gaps import Report, check, memo
from ropa.gaps.shares import GROUPS, SHARED, shares, shares_as_plain
from ropa.model.plainregister import register_from_plain
from ropa.model.register import Register
from tests.gaps.helpers import TODAY, register

HERE = Path(__file__).parent / "organisations"
ORGANISATIONS = ("bakery", "hospital")


def plain(name: str) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return said


def organisation(name: str, **activity: Any) -> Register:
    """The organisation, with something else said in its first activity."""
    said = plain(name)
    said["activities"][0] |= activity
    return register_from_plain(said, at=name)


def waived(given: dict[str, Any], rule: str, **waiver: Any) -> Register:
    """With a waiver of a rule for the first activity."""
    said = {
        "ref": "W-0001", "name": "Accepted", "rule": rule, "record_kind": "activity", "record": "PA-0001",
        "reason": "Agreed with the owner until the new system is there", "on": "2026-11-01", "until": "2026-12-31",
    } | waiver  # fmt: skip
    return register_from_plain(given | {"waivers": [said]}, at="x")


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_small_and_large_can_both_be_complete(name: str) -> None:
    """A one-person bakery and a hospital reach 100 %: each is asked what concerns it, and everything it is asked can be answered."""
    report = check(organisation(name), TODAY)
    assert [(o.rule.id, o.message) for o in report.findings if o.rule.severity == "missing"] == []
    assert report.score.full
    assert report.score.percent == 100
    for by in GROUPS:
        assert all(one.score.full or not one.score.asked for one in shares(report, by)), by


@pytest.mark.parametrize("name", ORGANISATIONS)
@pytest.mark.parametrize(
    "lack",
    [{"purposes": []}, {"data": []}, {"measures": [], "systems": []}, {"entity": None}, {"role": None}],
)
def test_whatever_the_law_asks_keeps_it_from_complete(name: str, lack: dict[str, Any]) -> None:
    """Where one answer is taken out nobody is complete, whatever else is said."""
    report = check(organisation(name, **lack), TODAY)
    assert not report.score.full
    assert report.score.percent is not None
    assert report.score.percent < 100


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("which", ["bakery", "hospital", "half done"])
def test_the_shares_add_up(which: str, by: str) -> None:
    """Numerators and denominators of the groups are those of the whole: no record counts twice, none is left out."""
    given = (
        organisation("hospital", purposes=[], measures=[]) if which == "half done" else organisation(which)
    )
    report = check(given, TODAY)
    groups = shares(report, by)
    for name in ("answered", "asked", "waived"):
        assert sum(getattr(one.score, name) for one in groups) == getattr(report.score, name)
    for severity in ("missing", "risk", "quality"):
        assert sum(one.open[severity] for one in groups) == report.summary[severity]["missing"]


def one_of_many(many: int, basis: str | None, **more: Any) -> Report:
    """Complete activities of a department, and one of another of which the basis is what is said."""
    said = plain("bakery")
    first = said["activities"][0]
    said["activities"] = [
        first | {"purposes": [{"text": "Take orders", "legal_basis": basis}], "department": "Back room"},
        *(
            first | {"ref": f"PA-{n:04d}", "name": f"Orders {n}", "department": "Shop"}
            for n in range(2, many)
        ),
    ]
    return check(register_from_plain(said | more, at="x"), TODAY)


def test_no_share_hides_a_missing_legal_basis() -> None:
    """Among hundreds of answers it is under one per cent; it is named beside the share, and its group comes first."""
    report = one_of_many(60, None)
    assert report.score.percent == 99
    assert report.without_basis == ("PA-0001",)
    for by in ("activity", "department", "entity", "theme"):
        first = shares(report, by)[0]
        assert first.without_basis == ("PA-0001",), by
        assert not first.score.full
    assert shares(report, "department")[0].name == "Back room"
    assert one_of_many(60, "6(1)(b)").without_basis == ()


def test_a_waiver_completes_and_hides_nothing() -> None:
    """Waived with a reason is complete, and counted as waived; a missing legal basis stays named; when the waiver ran out all is a gap again."""
    given = plain("bakery")
    given["activities"][0]["purposes"] = [{"text": "Take orders", "legal_basis": None}]
    held = waived(given, "ROPA-L101")
    report = check(held, TODAY)
    assert report.score.full
    assert report.score.text.endswith("= 100 % (1 waived)")
    assert memo(report, held).without_basis == ("PA-0001",)
    after = check(held, date(2027, 1, 1))
    assert not after.score.full
    assert after.score.waived == 0
    assert any(o.rule.id == "ROPA-L101" and o.open for o in after.findings)


@pytest.mark.parametrize(
    "trick",
    [{"reason": None}, {"reason": "n/a"}, {"reason": "tbd"}, {"on": "2026-11-25"}, {"until": "2026-11-23"}],
)
def test_a_waiver_that_says_nothing_completes_nothing(trick: dict[str, Any]) -> None:
    """Without a reason, with a placeholder for one, before it was made or after it ended."""
    given = plain("bakery")
    given["activities"][0]["purposes"] = []
    assert not check(waived(given, "ROPA-A104", **trick), TODAY).score.full
    assert check(waived(given, "ROPA-A104"), TODAY).score.full


def test_a_statement_with_a_placeholder_completes_nothing() -> None:
    """That there are no transfers wants a reason; "n/a" is none."""
    given = organisation("bakery", statements=[{"about": "recipients", "says": "does not apply", "reason": "Stays in the shop"},
                                               {"about": "transfers", "says": "does not apply", "reason": "n/a"}])  # fmt: skip
    assert not check(given, TODAY).score.full


def test_what_is_no_activity_that_takes_place_earns_no_share() -> None:
    """Everything a draft, or nothing recorded, is no hundred per cent."""
    said = plain("bakery")
    for one in said["activities"]:
        one["status"] = "draft"
    report = check(register_from_plain(said, at="x"), TODAY)
    assert (report.score.percent, report.score.full, report.score.text) == (None, False, "–")
    assert all(one.score.percent is None for one in shares(report, "activity"))
    assert {one.key: one.drafts for one in shares(report, "activity") if one.key != SHARED} == {
        "PA-0001": 1,
        "PA-0002": 1,
    }


def test_risks_and_wording_are_counted_beside_the_share() -> None:
    """An open risk does not make a record incomplete, and is not hidden either."""
    report = check(organisation("bakery"), TODAY)
    assert report.score.full
    assert report.summary["risk"]["missing"] == 2
    (theme,) = [one for one in shares(report, "theme") if one.key == "D"]
    assert theme.open["risk"] == 2


def test_the_json_gives_numerator_and_denominator() -> None:
    """Of the whole, and of each activity, department, entity and theme."""
    said = shares_as_plain(one_of_many(3, None))
    assert said["share"]["answered"] < said["share"]["asked"]
    assert said["without_legal_basis"] == ["PA-0001"]
    assert set(said["shares"]) == {"activity", "department", "entity", "theme"}
    assert said["shares"]["department"][0]["department"] == "Back room"
    assert all(set(each["share"]) == {"answered", "asked", "waived", "percent", "complete"}
               for groups in said["shares"].values() for each in groups)  # fmt: skip


def test_another_law_is_not_counted_as_complete() -> None:
    """What the rules do not judge earns no share."""
    given = register(changes={"organisations": [{"ref": "acme", "jurisdiction": "UK GDPR"}]})
    assert check(given, TODAY).score.percent is None
