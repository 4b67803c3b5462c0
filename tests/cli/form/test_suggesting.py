"""What the dated facts would answer is shown with its source, and taken by nobody but the person."""

import pytest

from ropa.compare import applied
from ropa.model.canonical import plain
from ropa.model.catalogue import RetentionRule
from tests.cli.form.filling import after_form, filled, small


def test_periods_of_law_are_suggested_and_taken_one_by_one() -> None:
    """Examples of the entity's country stand with source and day; a rule after one takes only what is confirmed."""
    form, asked = filled(
        small(), "activity",
        {"What do you call": ["Recruitment"], "Which organisation of ours": ["1"], "Whose data": ["Job applicants"],
         "which data": ["Email address"], "how long": ["Applications of rejected candidates, 6 months"], "Add it": ["yes"],
         "How long? (such": ["1"], "From when is it counted": [""]},
    )  # fmt: skip
    (question,) = [one for one in asked if one.words.endswith("how long are these kept?")]
    assert any("facts of 2026-11-23" in hint and "6 months" in hint for hint in question.hints)
    (rule,) = applied(small(), form.changes()).all(RetentionRule).values()
    assert (rule.period, rule.starts, rule.ground) == ("P6M", None, None)


def test_a_period_that_is_typed_makes_a_rule_of_that_period() -> None:
    """The answer "2 years" to "how long" is a new rule, once the person says so; its period is what was typed."""
    after = after_form(
        small(), "activity",
        {"What do you call": ["X"], "Whose data": ["Customers"], "which data": ["Email address"], "how long": ["2 years"], "Add it": ["yes"]},
    )  # fmt: skip
    (rule,) = after.all(RetentionRule).values()
    assert (rule.name, rule.period) == ("2 years", "P2Y")


def test_a_known_vendor_comes_with_suggestions() -> None:
    """Country, service and role of a vendor that the facts know are hints with their day; skipped, they stay blank."""
    form, asked = filled(
        small(), "organisation",
        {"What is it called": ["Mailchimp"], "Which service": ["1"], "Which of our activities": ["Newsletter"]}, ours=False,
    )  # fmt: skip
    hints = {one.path: " ".join(one.hints) for one in asked if one.hints}
    assert "facts of 2026-11-23" in hints["country"]
    assert "usually processor" in hints["activities: role"]
    record = plain(form.record())
    assert record["services"] == [{"name": "Newsletters"}]
    assert "country" not in record


def test_the_facts_of_a_destination_are_shown_and_not_taken() -> None:
    """The question for the mechanism shows the decision with its date; a skipped question leaves a blank."""
    form, asked = filled(small(), "activity", {"What do you call": ["X"], "Do data leave": ["Japan"]})
    (question,) = [one for one in asked if "rest on" in one.words]
    assert any("2019/419" in hint for hint in question.hints), question.hints
    (leg,) = form.record().transfers  # type: ignore[attr-defined]
    assert leg.mechanism is None


@pytest.mark.parametrize(
    ("purpose", "shown"),
    [
        ("Assess fitness for work", ""),
        ("Watch over the removal of asbestos", "40 years"),
        ("Radiation protection", "30 years"),
    ],
)
def test_a_period_for_a_special_hazard_needs_a_word_of_it(purpose: str, shown: str) -> None:
    """Health data of employees alone bring up neither asbestos, nor radiation, nor a patient's record; a purpose that says so does."""
    _, asked = filled(
        small(), "activity",
        {"What do you call": ["Health checks"], "Which organisation of ours": ["1"], "What are the data used for": [purpose],
         "Whose data": ["Employees"], "which data": ["Health data"]},
    )  # fmt: skip
    (question,) = [one for one in asked if one.words.endswith("how long are these kept?")]
    assert len(question.hints) == bool(shown)
    assert shown in " ".join(question.hints)


def test_dose_records_are_kept_to_the_age_of_75_as_well() -> None:
    """Art. 43 of Directive 2013/59/Euratom sets two limits, and the suggestion says both, and that nobody checked them."""
    _, asked = filled(
        small(), "activity",
        {"What do you call": ["Dose records"], "Whose data": ["Employees"], "which data": ["Health data"]},
    )  # fmt: skip
    (hint,) = [one for question in asked for one in question.hints if "Euratom" in one]
    assert hint.startswith("A suggestion (not checked against its source)")
    assert "30 years from end of the work" in hint
    assert "75" in hint
