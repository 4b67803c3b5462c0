"""The form as it runs: ask, keep, go back, help; at the end the record with its gaps, and the writing."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import typer

from ropa.cli import console
from ropa.cli.form.draft import Draft, drafts
from ropa.cli.form.flow import BACK, END, LEAVE, whole
from ropa.cli.form.lacking import after, gaps_of
from ropa.cli.form.plain import Left, Plain, show_choices
from ropa.cli.form.question import Choice, Question, answered
from ropa.cli.form.state import Flow, Form
from ropa.cli.noun import Noun
from ropa.cli.options import today
from ropa.cli.session import opened, tell, who, write
from ropa.errors import Conflict, Faults, Refused
from ropa.model.register import Register
from ropa.store.load import load
from ropa.store.open import Store


class Asks(Protocol):
    """What asks one question."""

    guide: str

    def ask(self, question: Question, given: str = "") -> str:
        """What is typed. Raises Left where the person leaves."""


class Dialogue:
    """One form: its answers so far, and the question that is next."""

    def __init__(self, noun: Noun, register: Register, draft: Draft, actor: str) -> None:
        self.noun, self.register, self.draft, self.actor = noun, register, draft, actor
        self.form: Form
        self.question: Question | None
        self._flow: Flow
        self.start()

    def start(self) -> None:
        """Begin anew, and give the answers that there are; those that are understood no more are left out from there on."""
        self.form = Form(self.register, self.noun.kind, today(), ours=self.noun.ours, actor=self.actor)
        self._flow = whole(self.form)
        self.question = self._first()
        given, self.draft.answers = self.draft.answers, []
        for path, text in given:
            if self.question is None or self.question.path != path:
                break
            try:
                self.answer(text)
            except (Refused, Faults):
                break

    def _first(self) -> Question | None:
        return next(self._flow)

    def answer(self, text: str) -> None:
        """Take an answer to the question. Raises Refused, and then nothing has changed."""
        if self.question is None:
            raise ValueError("the form has been filled in")
        asked = self.question
        value = answered(asked, text)
        try:
            self.question = self._flow.send(value)
        except StopIteration:
            self.question = None
        except (Refused, Faults):
            self.start()  # the flow is spent: build it again from the answers before
            raise
        self.draft.answers.append((asked.path, text))

    def back(self) -> str:
        """One question back; the text that was answered there."""
        text = ""
        if self.draft.answers:
            text = self.draft.answers.pop()[1]
            self.start()
        return text


def fill_in(noun: Noun, name: str, *, plain: bool, db: str, actor: str, **manners: Any) -> None:
    """Ask for a new record, and write it. plain: on plain lines."""
    store = opened(db)
    register = load(store)
    asks: Asks = Plain()
    draft = _draft(noun, name, store.place, asks)
    if not plain:
        from ropa.cli.form.full import Full

        asks = Full(lambda text: _keep(draft, text))
    one = Dialogue(noun, register, draft, who(actor))
    if asks.guide:
        console.talk(asks.guide)
    try:
        with _window_closed(draft):
            _ask_all(one, asks)
            _write(one, store, actor=actor, **manners)
    except Left as left:
        _leave(draft, left.typed)
    if manners["dry_run"]:
        console.talk(f"What you typed is kept; go on with: ropa {noun.word} add")
    else:
        draft.forget()


def _draft(noun: Noun, name: str, place: str, asks: Asks) -> Draft:
    """A new draft, or one that was left and is wanted again."""
    new = Draft(noun.word, place, [("name", name)] if name else [])
    for old in drafts(noun.word, place):
        answer = _offered(noun, old, asks)
        if answer == "on":
            return old
        if answer == "away":
            old.forget()
        elif old.file is not None:
            old.file.let_go()
    return new


def _offered(noun: Noun, old: Draft, asks: Asks) -> str:
    many = len(old.answers)
    question = Question(
        path="draft",
        words=f"A draft is kept: {noun.word} '{old.name}', {many} answer{'' if many == 1 else 's'}. Go on with it?",
        choices=(
            Choice("on", "go on with it"),
            Choice("later", "not now; keep it for later"),
            Choice("away", "throw it away"),
        ),
        needed=True,
    )
    given = ""
    while True:
        try:
            given = asks.ask(question, given)
            value = str(answered(question, given))
        except Left:
            console.talk("Nothing was changed; the draft is still kept.")
            raise typer.Exit(2) from None
        except Refused as trouble:
            console.talk(str(trouble))
            continue
        if value in ("on", "later", "away"):
            return value
        console.talk(f"'{value}' is none of these. Type 1, 2 or 3.")


def _ask_all(one: Dialogue, asks: Asks) -> None:
    given, one.draft.typing = one.draft.typing, ""
    shown: Question | None = None
    while one.question is not None:
        if one.question.path == END and one.question is not shown:
            _show_end(one)
            shown = one.question
        text = asks.ask(one.question, given)
        given = ""
        if text.strip() == "?":
            _explain(one.question)
        elif text.strip() == "<" or (one.question.path == END and text.strip().lower() == BACK):
            given = one.back()
        elif text.strip() == ":q" or (one.question.path == END and text.strip().lower() == LEAVE):
            raise Left
        else:
            given = _taken(one, text)


def _taken(one: Dialogue, text: str) -> str:
    """Take an answer, and keep it; where it is refused, say why. Returns what is to stand in the line again."""
    try:
        one.answer(text)
    except Faults as several:
        console.talk(f"! {several.each[0]}")
        return text
    except Refused as trouble:
        console.talk(f"! {trouble}")
        return text
    _keep(one.draft)
    return ""


def _keep(draft: Draft, typing: str = "") -> None:
    draft.typing = typing
    try:
        draft.keep()
    except Refused as trouble:
        console.talk(f"! {trouble} You can go on; only this draft is not kept.")


def _explain(question: Question) -> None:
    from ropa.cli.topics import topic

    for line in filter(None, (question.help, question.law and f"It answers {question.law} GDPR.")):
        console.talk(f"  {line}")
    if question.again:
        show_choices(question)
    for choice in question.listed if question.named else ():
        if choice.about:
            console.talk(f"  {choice.name}: {choice.about}")
    if question.topic:
        console.talk(topic(question.topic))


def _show_end(one: Dialogue) -> None:
    """The record in words, and what is open in it."""
    console.talk("")
    tell(one.form.changes(), after(one.form), to_person=True)
    found = gaps_of(one.form)
    console.talk(f"Still open: {len(found)}" if found else _nothing_open(one.form), style="bold")
    for gap in found[:12]:
        whose = "" if gap.own else f"{gap.outcome.record.ref}: "
        law = gap.outcome.rule.law.partition(";")[0]
        console.talk(f"  {gap.outcome.rule.severity}: {whose}{gap.outcome.rule.title} ({law})")
    if len(found) > 12:
        console.talk(f"  … and {len(found) - 12} more: ropa gaps")


def _nothing_open(form: Form) -> str:
    record = form.record()
    if form.kind == "activity" or after(form).named_by.get((record.kind, record.ref)):
        return "Nothing is open."
    return "Nothing is open; most rules look at it once an activity uses it."


def _write(one: Dialogue, store: Store, *, yes: bool, **manners: Any) -> None:
    """Write what was typed. Where somebody else wrote meanwhile, the answers are held against the register as it is now."""
    for _ in range(3):
        try:
            changes = one.form.changes()
            return write(store, one.register, changes, yes=True, **manners)
        except Conflict:
            one.register = load(store)
            one.start()
            if one.question is not None:
                break
    raise Conflict(
        "the register changed meanwhile, and an answer of yours fits no more. What you typed is kept.",
        do=f"Go on with it: ropa {one.noun.word} add",
    )


def _leave(draft: Draft, typed: str) -> None:
    """The person leaves: what was typed is kept, and nothing is written."""
    if draft.answers or typed:
        _keep(draft, typed)
        console.talk("")
        console.talk(f"Nothing was written. What you typed is kept; go on with: ropa {draft.noun} add")
    else:
        console.talk("Nothing was written.")
    raise typer.Exit(2)


@contextmanager
def _window_closed(draft: Draft) -> Iterator[None]:
    """Where the window is closed or the program is told to end, what was typed is kept, and the terminal is as before."""
    ends = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    undo = _terminal_as_it_is()

    def end(number: int, _: object) -> None:
        _keep(draft, draft.typing)
        undo()
        os._exit(128 + number)

    before = {number: signal.signal(number, end) for number in ends}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminal_as_it_is() -> Any:
    """What puts the terminal back into the state that it has now."""
    try:
        import termios

        state = termios.tcgetattr(sys.stdin.fileno())
        return lambda: termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, state)
    except (ImportError, OSError, ValueError):
        return lambda: None
    except Exception as error:  # noqa: BLE001  termios.error is no OSError, and cannot be named where there is no termios
        _ = error
        return lambda: None
