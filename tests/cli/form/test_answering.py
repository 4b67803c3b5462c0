"""What a typed answer is taken for: a name, a number, a new record, or nothing at all."""

from dataclasses import replace

import pytest
from pydantic import BaseModel

from ropa.cli.form.asking import ask
from ropa.cli.form.question import Choice, New, Question, answered
from ropa.cli.form.state import Form
from ropa.cli.form.understood import understood
from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.catalogue import RetentionRule
from ropa.model.organisation import Agreement, Organisation, Service
from ropa.model.parts import DataLine, Purpose
from tests.cli.form.filling import DAY, small


def _choices(*names: str, many: bool = False, adds: str = "vendor") -> Question:
    return Question(
        "x", "Who?", choices=tuple(Choice(n.lower(), n) for n in names), many=many, named=True, adds=adds
    )


def test_a_name_is_what_is_there_or_new_and_never_nearly() -> None:
    """Exact names count; what looks like a known one comes with that, to be asked about, unless the person says that it is new."""
    question = _choices("Mailjet SAS", "Stripe")
    assert answered(question, "mailjet sas") == "mailjet sas"
    assert answered(question, "2") == "stripe"
    near = answered(question, "Mailjet")
    assert (near.name, [one.name for one in near.near]) == ("Mailjet", ["Mailjet SAS"])
    assert answered(question, "new Mailjet") == New("Mailjet")
    assert answered(question, "Brevo") == New("Brevo")


@pytest.mark.parametrize("question", [
    Question("purposes.2.text", "Another purpose?", again=True, name=True),
    Question("recipients.2.category", "And who else?", again=True, named=True, many=True, adds="vendor"),
    Question("more.1", "Anything else?", choices=(Choice("notes", "Notes"),), named=True),
])  # fmt: skip
def test_no_is_an_answer_to_another_one(question: Question) -> None:
    """Where one more is asked for, "no" is the end and "yes" asks which one; neither is a name. What begins with no is one."""
    nothing = () if question.many else None
    assert answered(question, "no") == answered(question, " Nein ") == nothing
    with pytest.raises(Refused, match="which one"):
        answered(question, "yes")
    assert answered(question, "Notes") not in (None, ())


def test_a_name_with_a_comma_is_onenamed() -> None:
    """The name "Acme, Inc." is found whole; two names have a comma, or a semicolon, between them."""
    question = _choices("Acme, Inc.", "Stripe", many=True)
    assert answered(question, "Acme, Inc.") == ("acme, inc.",)
    assert answered(question, "Acme, Inc.; Stripe") == ("acme, inc.", "stripe")


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x00b", "a\x9bb", "x" * 30_000])
def test_what_no_record_should_hold_is_refused(text: str) -> None:
    """Escape sequences, control characters and pages of text are no answer."""
    with pytest.raises(Refused):
        answered(Question("x", "Who?"), text)


@pytest.mark.parametrize(
    ("cls", "name", "typed", "shown"),
    [
        (RetentionRule, "period", "10 years", "P10Y (10 years)"),
        (Organisation, "country", "USA", "US United States"),
        (Service, "countries", "Italy, usa", "IT Italy; US United States"),
        (Purpose, "lia_date", "1 October 2026", "2026-10-01"),
        (Purpose, "lia_date", "yesterday", "2026-11-24"),
        (Purpose, "legal_basis", "3", "6(1)(c) legal obligation"),
        (Purpose, "text", "Pay wages", ""),
        (Purpose, "text", "", ""),
        (Activity, "owner", "Head of HR", ""),
    ],
)
def test_what_was_understood_is_shown(cls: type[BaseModel], name: str, typed: str, shown: str) -> None:
    """Periods, countries, days and choices are shown as they will stand in the record; what was typed as it stands is not repeated."""
    question = next(ask(Form(small(), "activity", DAY), cls, {}, name))
    assert understood(question, typed, answered(question, typed)) == shown


def test_enter_alone_is_told_what_to_press() -> None:
    """A choice that cannot be skipped says which keys there are; a name says why it is needed."""
    keys = Question(
        "end", "What now?", choices=(Choice("w", "write"), Choice("q", "leave")), needed=True, keys=True
    )
    with pytest.raises(Refused, match=r"chooses nothing here. Type w or q\."):
        answered(keys, "")
    with pytest.raises(Refused, match=r"Type 1 or 2\."):
        answered(replace(keys, keys=False), " ")
    with pytest.raises(Refused, match="told from another"):
        answered(replace(keys, choices=(), keys=False), "")


def test_a_key_is_no_number() -> None:
    """Where each choice has a key of its own, "1" is not the first of them: nothing is written by a stray digit."""
    assert answered(Question("end", "What now?", choices=(Choice("w", "write"),), keys=True), "1") != "w"


def test_what_is_no_choice_is_told_in_numbers_and_a_number_is_no_name() -> None:
    """A short list says which numbers there are, and not the words of the file; "1" where nothing is numbered names nothing."""
    form = Form(small(), "organisation", DAY, ours=False)
    kind = next(ask(form, Agreement, {}, "kind"))
    with pytest.raises(Refused, match=r"'EU-US DPF' is none of these\. Type a number, 1 to 5\."):
        answered(kind, "EU-US DPF")
    with pytest.raises(Refused, match="'1' is a number"):
        answered(next(ask(form, Service, {}, "name")), "1")


@pytest.mark.parametrize(
    ("typed", "near"), [("Criminal convictions", "Criminal data"), ("Health reports of staff", "Health data")]
)
def test_a_new_name_shows_what_the_catalogue_has_of_its_words(typed: str, near: str) -> None:
    """Convictions are met with the data on offences that ship, so that Art. 10 is asked."""
    new = answered(next(ask(Form(small(), "activity", DAY), DataLine, {}, "category")), typed)
    assert near in [choice.name for choice in new.near]
