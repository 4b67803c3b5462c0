"""What a person may answer in place of a value: statements, "checked, is right", and waivers."""

from datetime import date
from typing import Any

import pytest

from ropa.gaps import check
from ropa.gaps.rule import MET, MISSING, WAIVED
from tests.gaps.helpers import TODAY, one, register, waived


@pytest.mark.parametrize("reason", [None, "n/a", "  ", "-", "ok", "tbd tbd"])
def test_a_statement_without_a_reason_closes_nothing(reason: str | None) -> None:
    """A bare "does not apply" is a blank."""
    said = [{"about": "transfers", "says": "does not apply", "reason": reason}]
    assert one(
        check(register(changes={"activities": [{"ref": "PA-0001", "statements": said}]}), TODAY), "ROPA-A107"
    ).open


def test_checked_and_right_closes_only_rules_that_can_be_explained() -> None:
    """A word-list finding is a suggestion; content that a law asks for is not explained away."""
    said = [
        {"about": about, "says": "checked, is right", "reason": "Looked at in May"}
        for about in ("ROPA-A104", "ROPA-Q103")
    ]
    changes = {
        "activities": [
            {
                "ref": "PA-0001",
                "purposes": [],
                "recipients": [{"category": "third parties"}],
                "statements": said,
            }
        ]
    }
    report = check(register(changes=changes), TODAY)
    assert one(report, "ROPA-A104").state == MISSING
    assert one(report, "ROPA-Q103").state == MET
    assert "Looked at in May" in one(report, "ROPA-Q103").reason


def test_checked_and_right_on_a_field_answers_for_that_field_only() -> None:
    """A statement may name the field instead of the rule; what stands in other fields stays open."""
    changes = {
        "activities": [
            {
                "ref": "PA-0001",
                "recipients": [{"category": "third parties"}, {"category": "partners"}],
                "statements": [
                    {
                        "about": "recipients.1.category",
                        "says": "checked, is right",
                        "reason": "The authority prescribes this word",
                    }
                ],
            }
        ]
    }
    assert one(check(register(changes=changes), TODAY), "ROPA-Q103").field == "recipients.2.category"


def test_a_statement_for_several_legs_is_offered_once() -> None:
    """Two legs without a mechanism: one sentence, one statement that answers for both."""
    changes = {
        "activities": [
            {
                "ref": "PA-0001",
                "statements": None,
                "transfers": [{"destination": "US"}, {"destination": "IN"}],
            }
        ]
    }
    outcome = one(check(register(changes=changes), TODAY), "ROPA-T101")
    assert outcome.otherwise.count("ropa activity state") == 1
    assert outcome.message == "The transfers to United States and India have no mechanism."


def test_a_claim_of_no_transfers_offers_one_statement_that_names_each_place() -> None:
    """X101 is content with a reason that names the places, so it says so, once for all of them."""
    changes = {
        "organisations": [{"ref": "bureau", "services": [{"name": "wages", "countries": ["PH", "IN"]}]}],
        "systems": [{"ref": "wages-system", "hosting_countries": ["US"]}],
    }
    outcome = one(check(register(changes=changes), TODAY), "ROPA-X101")
    asked = 'ropa activity state PA-0001 transfers --reason "Philippines, India and United States: …"'
    assert outcome.otherwise == asked


def test_a_waiver_moves_a_finding_and_makes_nothing_met() -> None:
    """It is shown as waived, with who and why, and counts as asked and not as met."""
    report = check(waived(), TODAY)
    assert one(report, "ROPA-A104").state == WAIVED
    assert report.summary["missing"]["waived"] == 1
    score = report.scores["activity", "PA-0001"]
    assert (score.asked - score.met, score.waived) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "on", "state"),
    [
        ({}, date(2026, 12, 31), WAIVED),
        ({}, date(2027, 1, 1), MISSING),
        ({"until": None}, date(2030, 1, 1), WAIVED),
        ({"reason": None}, TODAY, MISSING),
        ({"reason": "tbd"}, TODAY, MISSING),
        ({"on": "2026-11-25"}, TODAY, MISSING),
        ({"record": "PA-0002"}, TODAY, MISSING),
        ({"record_kind": "system"}, TODAY, MISSING),
    ],
)
def test_a_waiver_holds_from_its_day_to_its_last(changes: dict[str, Any], on: date, state: str) -> None:
    """One that ran out, gives no reason, is of a later day or names another record lets the finding stand."""
    assert one(check(waived(**changes), on), "ROPA-A104").state == state


def test_a_waiver_that_ran_out_is_named() -> None:
    assert "W-0001 ran out on 2026-12-31" in one(check(waived(), date(2027, 2, 1)), "ROPA-A104").message
