"""A person who answers a form by what is asked: the questions, in a dictionary of words → answers; everything else is skipped."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ropa.cli.form.flow import END, WRITE, whole
from ropa.cli.form.question import Question, answered
from ropa.cli.form.state import Form
from ropa.compare import applied
from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.organisation import Organisation
from ropa.model.register import Register

DAY = date(2026, 11, 25)
US_VENDOR = {
    "What is it called": ["Newsmail"],
    "In which country is it established": ["USA"],
    "Which service of it": ["Newsletter tool"],
}
"""A vendor in the United States, as far as each call names it."""


def small(*more: Documented) -> Register:
    """A company in Germany with one activity, and what else is given."""
    ours = Organisation.model_validate(
        {"ref": "musterfeld", "name": "Musterfeld GmbH", "ours": True, "country": "DE"}
    )
    letter = Activity.model_validate(
        {"ref": "PA-0001", "name": "Newsletter", "role": "controller", "entity": "musterfeld"}
    )
    return Register.of([ours, letter, *more])


def filled(
    register: Register, kind: str, answers: Mapping[str, Sequence[str]], *, ours: bool | None = None
) -> tuple[Form, list[Question]]:
    """The form after these answers, and every question that was asked.

    answers: a part of the question's words → what is answered to it, one after the other.
    """
    form = Form(register, kind, DAY, ours=ours, actor="DPO")
    left: dict[str, list[Any]] = {words: list(given) for words, given in answers.items()}
    flow, asked = whole(form), []
    question = next(flow)
    while True:
        asked.append(question)
        key = next((words for words, given in left.items() if given and words in question.words), None)
        text = left[key].pop(0) if key else WRITE if question.path == END else ""
        try:
            question = flow.send(answered(question, text))
        except StopIteration:
            break
    unused = {words: given for words, given in left.items() if given}
    assert not unused, f"never asked: {unused}"
    return form, asked


def words_of(asked: Sequence[Question]) -> str:
    """All that was asked, a line a question."""
    return "\n".join(one.words for one in asked)


def after_form(register: Register, kind: str, answers: Mapping[str, Sequence[str]], **how: Any) -> Register:
    """The register with what a form made of these answers."""
    form, _ = filled(register, kind, answers, **how)
    return applied(register, form.changes())


def named(kind: str) -> dict[str, list[str]]:
    """The answer to the question for a name, whatever is made."""
    words = "What is it called" if kind == "organisation" else "call"
    return {words: ["Something new"]}
