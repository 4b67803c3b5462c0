"""A person who answers a form by what is asked: the questions, in a dictionary of words → answers; everything else is skipped."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ropa.cli.form.flow import END, WRITE, whole
from ropa.cli.form.question import Question, answered
from ropa.cli.form.state import Form
from ropa.model.register import Register

DAY = date(2026, 11, 25)


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
