"""One question on plain lines: for a screen reader, a pipe, a terminal that can do no more."""

import sys

from ropa.cli import console
from ropa.cli.form.question import Question

FEW = 5
"""Choices that are named where there are too many to list."""


class Left(Exception):
    """The person leaves the form. typed: what stood in the line."""

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self.typed = typed


class Plain:
    """Asks on stderr and reads lines from stdin."""

    guide = "Enter skips a question. Type < to go back, ? for help, :q to leave and keep what you typed."

    def ask(self, question: Question, given: str = "") -> str:
        """What is typed. given: what was typed before and could not be taken. Raises Left at the end of the input."""
        show(question)
        if given:
            console.talk(
                f"  You typed: {given}" if len(given) < 200 else f"  You typed {len(given)} characters."
            )
        sys.stderr.write("> ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise Left
        return line.rstrip("\r\n")


def show(question: Question) -> None:
    """The question with its law, its suggestions and its choices."""
    console.talk("")
    law = f"  ({question.law})" if question.law else ""
    console.talk(f"{question.words}{law}", style="bold")
    for hint in question.hints:
        console.talk(f"  {hint}")
    for n, choice in enumerate(question.listed, 1):
        about = f": {choice.about}" if choice.about and not question.named else ""
        console.talk(f"  {choice.word if question.keys else n}  {choice.name}{about}")
    if question.choices and not question.listed:
        first = ", ".join(c.name for c in question.choices[:FEW]) if question.named else ""
        such = f", such as {first}" if first else ""
        console.talk(f"  Type a name; {len(question.choices)} are known{such}.")
    if question.many:
        console.talk("  Several: with commas between them.")
