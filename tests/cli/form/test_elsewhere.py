"""What the form of a vendor does to the activities that use it, and what it asks of them."""

import pytest

from ropa.cli.form.lacking import gaps_of
from ropa.compare import applied
from ropa.model.activity import Activity
from ropa.model.canonical import plain
from ropa.model.organisation import Organisation
from tests.cli.form.filling import US_VENDOR, after_form, filled, small


def test_a_new_vendor_reaches_the_activities_that_use_it() -> None:
    """The call "we now use a newsletter service, in the US" is one form: vendor, recipient and transfer are recorded."""
    after = after_form(
        small(), "organisation",
        {
            **US_VENDOR,
            "Which contract": ["1"],
            "When was that signed": ["20 November 2026"],
            "Which of our activities": ["Newsletter"],
            "In which role": ["processor"],
            "do data of these activities go there": ["yes"],
            "what does the transfer rest on": ["SCC"],
            "Which modules": ["2"],
        },
        ours=False,
    )  # fmt: skip
    vendor = after.organisations["newsmail"]
    assert (vendor.ours, vendor.country) == (False, "US")
    assert [plain(a) for a in vendor.agreements] == [{"kind": "art28", "signed_on": "2026-11-20"}]
    letter = after.activities["PA-0001"]
    assert [plain(r) for r in letter.recipients] == [{"organisation": "newsmail", "role": "processor"}]
    (leg,) = letter.transfers
    assert (leg.destination, leg.recipient, leg.mechanism, leg.scc_modules) == (
        "US",
        "newsmail",
        "46-2-c",
        (2,),
    )


@pytest.mark.parametrize(("answer", "left"), [("yes", 0), ("no", 1), ("", 1)])
def test_a_statement_that_the_call_overtakes_is_asked_about(answer: str, left: int) -> None:
    """Nothing leaves the EEA: that falls only where the person takes it back."""
    stated = {
        "about": "transfers",
        "says": "does not apply",
        "reason": "all in the EEA",
        "by": "DPO",
        "on": "2026-01-01",
    }
    old = Activity.model_validate(
        {"ref": "PA-0002", "name": "Mailing", "role": "controller", "statements": [stated]}
    )
    form, _ = filled(
        small(old), "organisation",
        {**US_VENDOR, "Which of our activities": ["Mailing"], "do data of these activities go there": ["yes"], "Take it back": [answer]},
        ours=False,
    )  # fmt: skip
    assert len(applied(small(old), form.changes()).activities["PA-0002"].statements) == left


def test_gaps_that_were_there_before_are_not_of_this_form() -> None:
    """What the activity lacked already is not told as a consequence of the new vendor."""
    form, _ = filled(
        small(), "organisation",
        {**US_VENDOR, "Which of our activities": ["Newsletter"], "In which role": ["processor"]}, ours=False,
    )  # fmt: skip
    found = {one.outcome.rule.id for one in gaps_of(form) if not one.own}
    assert "ROPA-A104" not in found, "it had no purpose before, and has none now"
    assert found, "the missing contract is new"


def test_a_transfer_to_one_firm_hides_no_other_in_the_same_country() -> None:
    """Newsletter sends to one firm in the US already: for the new one, asked and skipped, the form, and mending, ask all the same."""
    posters, old = (
        Organisation.model_validate({"ref": ref, "name": name, "ours": False, "country": "US"})
        for ref, name in (("posters", "Posters Inc"), ("old", "Old Analytics Inc"))
    )
    letter = Activity.model_validate(
        {
            "ref": "PA-0002",
            "name": "Mailing",
            "role": "controller",
            "recipients": [{"organisation": "posters"}, {"organisation": "old"}],
            "transfers": [{"destination": "US", "recipient": "posters", "mechanism": "49-1-a"}],
        }
    )
    call = {**US_VENDOR, "Which of our activities": ["Mailing"], "In which role": ["processor"]}
    form, _ = filled(small(posters, old, letter), "organisation", call, ours=False)
    said = [one.outcome.message for one in gaps_of(form) if one.outcome.rule.id == "ROPA-X102"]
    assert said == ["Newsmail (United States) is outside the EEA, and no current transfer to it is recorded."]
    form, _ = filled(
        small(posters, old, letter), "organisation",
        {**call, "do data of these activities go there": [""], "What now": ["m", "w"], "Mailing, United States: do data": ["yes"],
         "what does the transfer rest on": ["SCC"]},
        ours=False,
    )  # fmt: skip
    (_, leg) = applied(small(posters, old, letter), form.changes()).activities["PA-0002"].transfers
    assert (leg.recipient, leg.mechanism) == ("newsmail", "46-2-c")


def test_a_no_is_an_answer_with_a_reason() -> None:
    """Of a recipient abroad to whom no data go: the reason is recorded with the name before it, and closes that one alone."""
    there = Activity.model_validate(
        {
            "ref": "PA-0002",
            "name": "Mailing",
            "role": "controller",
            "transfers": [{"destination": "JP", "mechanism": "45"}],
        }
    )
    call = {
        **US_VENDOR, "Which of our activities": ["Mailing"], "do data of these activities go there": ["no"],
    }  # fmt: skip
    for reason, left in (("It gets aggregate figures only", 0), ("", 1)):
        form, _ = filled(
            small(there), "organisation", {**call, "How was that checked": [reason]}, ours=False
        )  # fmt: skip
        after = applied(small(there), form.changes()).activities["PA-0002"]
        said = [(one.about, one.says, one.reason) for one in after.statements]
        right = ("ROPA-X102", "checked, is right", f"Newsmail, United States: {reason}")
        assert said == ([right] if reason else [])
        assert len([one for one in gaps_of(form) if one.outcome.rule.id == "ROPA-X102"]) == left
