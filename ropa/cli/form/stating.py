"""There is none, and why: a question that is answered with a reason becomes a statement in the record."""

from typing import Any

from ropa.cli.form.question import Question
from ropa.cli.form.state import Flow, Form
from ropa.errors import Refused

NOBODY = ("nobody", "no one", "none", "no")
"""How a person says that nobody receives the data."""
NO = ("no", "none", "nowhere", "nein", "non", "nee")
"""How a person says that something does not take place; "no" alone is also the code of Norway."""


def stated(form: Form, about: str, words: str, law: str = "") -> Flow:
    """Ask for the reason why a field of the form's record does not apply. Without one it stays open."""
    reason = yield why_not(
        words,
        f"state.{about}",
        law,
        "It is recorded as a statement: the field does not apply, who says so, when and why.",
    )
    if reason:
        form.said.setdefault("statements", []).append(statement(form, about, "does not apply", reason))


def statement(form: Form, about: str, says: str, reason: str) -> dict[str, Any]:
    """A statement of whoever answers, made today, as plain data."""
    return {"about": about, "says": says, "reason": reason, "by": form.actor, "on": form.day.isoformat()}


def why_not(words: str, path: str, law: str, help_: str) -> Question:
    """The question for the reason of a no. Enter leaves it open."""
    return Question(
        path=path, words=words, law=law, help=help_,
        hints=("A sentence that the authority may read. Enter: leave it open.",), read=_reason,
    )  # fmt: skip


def _reason(text: str) -> str:
    from ropa.gaps.texts import no_reason

    if no_reason(text):
        raise Refused(
            "a statement needs a reason, of two words at least.", do="Press Enter to leave it open."
        )
    return text
