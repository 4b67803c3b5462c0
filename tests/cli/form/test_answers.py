"""Whatever is typed: a line, or an answer; never a fault, and the same answers make the same form again."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.cli.form.answers import Answers
from ropa.cli.form.draft import Draft
from ropa.cli.form.flow import END
from ropa.cli.form.question import Question
from ropa.cli.nouns import NOUNS
from ropa.cli.shipped import example_register
from ropa.compare import applied
from ropa.errors import Faults, Refused
from ropa.model.canonical import plain
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from tests.strategies import texts

_FEW = 60
"""Questions of one form; what is not answered by then stays open."""
_WORDS = (
    "", "", "", "1", "2", "3", "10", "0", "99", "²", "1, 2", "1; x", "new X", "new", "new ", ",", ";", "yes", "no", "nobody", "yesterday",
    "tomorrow", "2026-11-20", "10 years", "US", "Norway", "health data, name", "employees; patients", "consent", "6(1)(f)", "art 22", "Mailchimp",
    "processor", "the contract was read", "recipients", "dpia", "ended on", "clients", "statements", "m", "w", "=", "x" * 30_000,
)  # fmt: skip
ANSWERS = st.lists(st.sampled_from(_WORDS) | texts(), min_size=1, max_size=_FEW)


@cache
def _example() -> Register:
    return example_register()


def _begun(noun: str, name: str = "Something new") -> Answers:
    return Answers(NOUNS[noun], _example(), Draft(NOUNS[noun].word, "x", [("name", name)]), "DPO")


def _given(one: Answers, answers: list[str]) -> Iterator[Question]:
    """Give the answers one after the other, "w" at the end; yields each question that was asked."""
    for text in answers:
        if one.question is None:
            return
        yield one.question
        with suppress(Refused, Faults):
            one.answer(text)


def _said(one: Answers) -> object:
    if not one.form.said.get("name"):
        return one.question and one.question.path
    return (
        plain(one.form.record()),
        [plain(c.record) for c in one.form.changes()],
        one.question and one.question.path,
    )


@pytest.mark.parametrize("noun", NOUNS)
@settings(max_examples=25, deadline=None)
@given(answers=ANSWERS, taken=st.booleans())
def test_no_answer_breaks_the_form(noun: str, answers: list[str], taken: bool) -> None:
    """Any text to any question is taken or refused with a line; what was taken reads as a record, and can be written."""
    there = next(iter(_example().records[NOUNS[noun].kind].values()))
    one = _begun(noun, there.name if taken else "Something new")
    for _ in _given(one, answers):
        if one.form.said.get("name"):
            applied(_example(), one.form.changes())
    again = Answers(NOUNS[noun], _example(), Draft(noun, "x", list(one.draft.answers)), "DPO")
    if one.question is None:
        again.answer("w")
    assert _said(again) == _said(one), "the answers, given again, make the same form"


@settings(max_examples=25, deadline=None)
@given(answers=ANSWERS, steps=st.integers(1, 5))
def test_steps_back_lose_no_answer(answers: list[str], steps: int) -> None:
    """Back some steps, and the same answers, which wait in the line, lead to the same form."""
    one = _begun("activity")
    for _ in _given(one, answers):
        pass
    taken, before = list(one.draft.answers), _said(one)
    steps = min(steps, len(taken))
    for _ in range(steps):
        one.back()
    for path, text in taken[len(taken) - steps :]:
        assert one.question is not None
        assert (one.question.path, one.before if path != END else text) == (path, text)
        one.answer(text)
    assert _said(one) == before
    assert one.draft.answers == taken


def test_a_number_is_kept_as_what_it_meant() -> None:
    """The number of a choice and "yesterday" are kept as record and day: a draft means the same in a week, in another register."""
    one = _begun("vendor")
    for text in ("US", "", "1", "yesterday"):
        one.answer(text)
    kept = dict(one.draft.answers)
    assert kept["agreements.1.kind"] == "art28"
    assert kept["agreements.1.signed_on"] == plain(one.form.record())["agreements"][0]["signed_on"]


def test_answers_that_fit_no_more_wait() -> None:
    """Where a register changed under a draft, the answers from there on are offered again, and none is thrown away."""
    register = _example()
    vendor = Organisation.model_validate({"ref": "gone", "name": "Gone Ltd", "ours": False, "country": "US"})
    with_it = Register({**register.records, "organisation": {**register.organisations, "gone": vendor}})
    noun = NOUNS["system"]
    one = Answers(noun, with_it, Draft("system", "x", [("name", "Gate")]), "DPO")
    for text in ("Gone Ltd", "no", "Germany"):
        one.answer(text)
    again = Answers(noun, register, Draft("system", "x", list(one.draft.answers)), "DPO")
    assert again.question is not None
    # "Gone Ltd" is a new organisation now: the form asks whether to add it, which the draft does not answer.
    assert [path for path, _ in again.draft.later] == ["vendor_access", "hosting_countries"]
    again.answer("yes")
    again.answer("")
    assert again.question is not None
    assert (again.question.path, again.before) == ("vendor_access", "no")


def test_a_name_that_is_taken_can_be_given_up() -> None:
    """The form of a name that a record has already goes on with another one, or with the same where the person says so."""
    for answer, then in (("no", "name"), ("yes", "role")):
        one = Answers(NOUNS["activity"], _example(), Draft("activity", "x", [("name", "payroll")]), "DPO")
        assert one.question is not None
        assert one.question.path == "same"
        one.answer(answer)
        assert one.question.path == then


def test_two_answers_that_contradict_are_told_at_the_second() -> None:
    """A day to come for what is done, clients of a controller, an end before the start: a line at once, and the form goes on."""
    vendor = _begun("vendor")
    for text in ("US", "", "1"):
        vendor.answer(text)
    with pytest.raises(Refused, match="still to come"):
        vendor.answer("tomorrow")
    vendor.answer("yesterday")
    letter = _begun("activity")
    letter.answer("controller")
    while letter.question and letter.question.path != "more.1":
        letter.answer("active" if letter.question.path == "status" else "")
    letter.answer("clients")
    with pytest.raises(Refused, match="controller's"):
        letter.answer("Beispiel Lohnservice GmbH")
    letter.answer("")
    letter.answer("ended on")
    with pytest.raises(Refused, match="is active, and its last day"):
        letter.answer("2020-01-01")
    assert letter.question is not None
    assert letter.question.path == "ended_on"
