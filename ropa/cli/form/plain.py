"""One question on plain lines: for a screen reader, a pipe, a terminal that can do no more."""

import sys
from collections.abc import Callable

from ropa.cli import console
from ropa.cli.form.question import Choice, Question

FEW = 5
"""Choices that are named where there are too many to list."""


class Left(Exception):
    """The person leaves the form. typed: what stood in the line."""

    def __init__(self, typed: str = "") -> None:
        super().__init__(typed)
        self.typed = typed


class Plain:
    """Asks on stderr and reads lines from stdin."""

    typing: Callable[[str], object] | None = None
    line = ""
    guide = "Enter skips a question. Type < to go back, ? for help, :q to leave and keep what you typed."

    def ask(self, question: Question, given: str = "") -> str:
        """What is typed. given: what was typed before and could not be taken. Raises Left at the end of the input."""
        show(question)
        if given:
            typed = f"'{given}'" if len(given) < 200 else f"{len(given)} characters"
            console.talk(f"  You typed {typed}; = takes it again.")
        sys.stderr.write("> ")
        sys.stderr.flush()
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            raise Left from None
        if not line:
            raise Left
        if not sys.stdin.isatty():  # no terminal has shown it
            console.talk(line.rstrip("\r\n"))
        return given if given and line.strip() == "=" else line.rstrip("\r\n")


def show(question: Question) -> None:
    """The question with its law, its suggestions and its choices."""
    console.talk("")
    law = f"  ({question.law})" if question.law else ""
    console.talk(f"{question.words}{law}", style="bold")
    for hint in question.hints:
        console.talk(f"  {hint}")
    if question.again and question.choices:
        console.talk(f"  {_as_before(question)}")
    elif question.listed:
        show_choices(question)
    elif question.choices:
        console.talk(f"  {_known(question)}")
    if question.none:
        console.talk(f"  '{question.none[0]}' is an answer too: you are asked how you know.")
    if how := _how(question):
        console.talk(f"  {how}")


def _how(question: Question) -> str:
    """How to answer with several names, or with one that is not there yet."""
    if question.again:
        return ""
    several = "Several: with commas between them." if question.many else ""
    new = f"A new name adds {_a(question.adds)}." if question.adds else ""
    return f"{several} {new}".strip()


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def show_choices(question: Question) -> None:
    """The choices, each under its number or key, with what explains it."""
    for n, choice in enumerate(question.listed, 1):
        key = choice.word if question.keys else n
        console.talk(f"  {key}  {choice.name if question.named else _explained(choice)}")


def _explained(choice: Choice) -> str:
    """Name and explanation; where the one begins with the other, it is said once."""
    if not choice.about or choice.about.startswith(choice.name):
        return choice.about or choice.name
    return f"{choice.name}: {choice.about}"


def _as_before(question: Question) -> str:
    many = len(question.listed)
    return f"1 to {many} as above (? shows them); Enter: no." if many else "A name, as above; Enter: no."


def _known(question: Question) -> str:
    names = "; ".join(c.name for c in question.choices[:FEW]) if question.named else ""
    such = f", such as: {names}" if names else ""
    return f"Type a name or a part of it; {len(question.choices)} are known{such}"
