"""What an answer was taken for, where that is not simply what was typed: "10 years" is P10Y, "USA" is US."""

from typing import Any

from ropa.cli.form.question import NONE, New, Question
from ropa.model.periods import in_words
from ropa.model.speech import country_name
from ropa.words import fold


def understood(question: Question, text: str, value: Any) -> str:
    """The answer in its standard form; "" where there is nothing to add to what stands in the line.

    What is new is not named: the question whether to add it comes next.
    """
    if question.keys or value is None or value is NONE:
        return ""
    each = value if isinstance(value, tuple) else (value,)
    words = "; ".join(_standard(question, one) for one in each if not isinstance(one, New))
    return "" if fold(words) == fold(text) else words


def _standard(question: Question, value: Any) -> str:
    if question.shape == "period":
        return f"{value} ({in_words(value)})"
    if question.shape == "country":
        return f"{value} {country_name(value)}"
    choices = (*question.choices, *question.others)
    return next((one.name for one in choices if one.word == value), str(value))
