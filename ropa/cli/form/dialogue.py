"""The form as it runs: ask, keep, go back, help; at the end the record with its gaps, and the writing."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import typer

from ropa.cli import console
from ropa.cli.factsinuse import use_facts_of
from ropa.cli.form.answers import Answers
from ropa.cli.form.draft import Draft, drafts
from ropa.cli.form.flow import BACK, END, LEAVE
from ropa.cli.form.lacking import after, gaps_of
from ropa.cli.form.mending import law_of, places
from ropa.cli.form.plain import Left, Plain, show_choices
from ropa.cli.form.question import Choice, Question, answered
from ropa.cli.form.state import Form
from ropa.cli.noun import Noun
from ropa.cli.session import opened, who, write
from ropa.cli.telling import tell
from ropa.errors import Conflict, Faults, Refused
from ropa.store.load import load
from ropa.store.open import Store
from ropa.words import fold


class Asks(Protocol):
    """What asks one question."""

    guide: str
    typing: Callable[[str], object] | None
    line: str

    def ask(self, question: Question, given: str = "", *, refused: bool = False) -> str:
        """What is typed. given: stands in the line. refused: it was asked just now. Raises Left where the person leaves."""


def fill_in(noun: Noun, name: str, *, plain: bool, db: str, actor: str, **manners: Any) -> None:
    """Ask for a new record, and write it. plain: on plain lines."""
    store = opened(db)
    register = load(store)
    use_facts_of(register)
    asks = asks_of(plain=plain)
    draft = _draft(noun, name, store.place, asks)
    asks.typing = lambda text: _keep(draft, text)
    one = Answers(noun, register, draft, who(actor))
    if asks.guide:
        console.talk(asks.guide)
    try:
        with _window_closed(draft, asks):
            if draft.resumed:
                _show_so_far(one)
            _ask_all(one, asks)
            _write(one, store, actor=actor, **manners)
    except Left as left:
        _leave(draft, left.typed)
    finally:
        draft.let_go()
    if manners["dry_run"]:
        console.talk(f"What you typed is kept; go on with: ropa {noun.word} add")
    else:
        draft.forget()


def asks_of(*, plain: bool) -> Asks:
    """What asks: with prompt_toolkit, or on plain lines."""
    if plain:
        return Plain()
    from ropa.cli.form.full import Full

    return Full()


def _draft(noun: Noun, name: str, place: str, asks: Asks) -> Draft:
    """A new draft, or one that was left and is wanted again."""
    new = Draft(noun.word, place, [("name", name)] if name else [])
    for old in drafts(noun.word, place):
        if name and fold(name) != fold(old.name) and not sys.stdin.isatty():
            # The lines that come are answers about this name: none of them is for a question about another one.
            console.talk(f"A draft is kept: {noun.word} '{old.name}'. Go on with it: ropa {noun.word} add")
            old.let_go()
            continue
        answer = _offered(noun, old, asks)
        if answer == "on":
            return old
        if answer == "away":
            old.forget()
        else:
            old.let_go()
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
            console.talk("")
            console.talk("Nothing was changed; the draft is still kept.")
            raise typer.Exit(2) from None
        except Refused as trouble:
            console.talk(str(trouble))
            continue
        if value in ("on", "later", "away"):
            return value
        console.talk(f"'{value}' is none of these. Type 1, 2 or 3.")


def _ask_all(one: Answers, asks: Asks) -> None:
    given, one.draft.typing = one.draft.typing, ""
    shown: Question | None = None
    wrong: str | None = None
    while one.question is not None:
        question = one.question
        if question.path == END and question is not shown and wrong is None:
            _show_end(one)
            shown = question
        line = given or one.before
        try:
            text = asks.ask(question, line, refused=wrong is not None)
        except Left as left:
            raise Left("" if left.typed == wrong else left.typed) from None
        given, wrong = "", None
        if text.strip() == "?":
            _explain(question)
        elif (before := _steps_back(question, text, line)) is not None:
            if not one.draft.answers:
                console.talk("  This is the first question.")
            one.back(before)
        elif text.strip() == ":q" or (question.path == END and text.strip().lower() == LEAVE):
            raise Left
        elif not _taken(one, text):
            wrong = text
            # What is chosen is chosen anew (the key "up" brings it back); what was written is mended in the line.
            given = "" if question.choices and not question.many else text


def _steps_back(question: Question, text: str, line: str) -> str | None:
    """What was typed before the sign that steps back; None where the answer does not end with that sign.

    The sign may follow what stood in the line already, or a name: no name ends with it.
    """
    typed = text.strip()
    if question.path == END and typed.lower() == BACK:
        return ""
    rest = typed[:-1].strip()
    if typed.endswith("<") and (rest in ("", line.strip()) or question.choices or question.others):
        return rest
    return None


def _taken(one: Answers, text: str) -> bool:
    """Take an answer, and keep it; where it is refused, say why. Returns whether it was taken."""
    try:
        taken = one.answer(text)
    except Refused as trouble:
        console.talk(f"! {trouble.each[0] if isinstance(trouble, Faults) else trouble}")
        return False
    if taken:
        console.talk(f"  → {taken}")
    _keep(one.draft)
    return True


def _keep(draft: Draft, typing: str = "") -> bool:
    """Whether all of it is kept."""
    draft.typing = typing
    try:
        draft.keep()
    except Refused as trouble:
        console.talk(f"! {trouble} You can go on; only this draft is not kept.")
        return False
    return True


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


def _show_so_far(one: Answers) -> None:
    """What was answered before the draft was left."""
    if one.form.said.get("name"):
        console.talk("")
        console.talk("So far:", style="bold")
        tell(one.form.changes(), after(one.form), to_person=True)


def _show_end(one: Answers) -> None:
    """The record in words, and what is open in it."""
    console.talk("")
    tell(one.form.changes(), after(one.form), to_person=True)
    found = gaps_of(one.form)
    console.talk(f"Still open: {len(found)}" if found else _nothing_open(one.form), style="bold")
    for gap in found[:12]:
        whose = "" if gap.own else f"{gap.outcome.record.ref}: "
        law = law_of(gap.outcome)
        console.talk(f"  {gap.outcome.rule.severity}: {whose}{gap.outcome.message} ({law})")
    if len(found) > 12:
        console.talk(f"  … and {len(found) - 12} more: ropa gaps")
    if blank := [place.gap.say for place in places(one.form) if place.outcome is None]:
        console.talk(f"Also left blank: {'; '.join(blank)}")


def _nothing_open(form: Form) -> str:
    record = form.record()
    if form.kind == "activity" or after(form).named_by.get((record.kind, record.ref)):
        return "Nothing is open."
    return "Nothing is open; most rules look at it once an activity uses it."


def _write(one: Answers, store: Store, *, yes: bool, **manners: Any) -> None:
    """Write what was typed. Where somebody else wrote meanwhile, the answers are held against the register as it is now."""
    for _ in range(3):
        try:
            changes = one.form.changes()
            preview = () if sys.stdout.isatty() and not manners["dry_run"] else None  # it was shown just now
            return write(store, one.register, changes, yes=True, preview=preview, **manners)
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
    if draft.answers or draft.later or typed:
        whole = _keep(draft, typed)
        console.talk("")
        go_on = f"go on with: ropa {draft.noun} add"
        if whole:
            console.talk(f"Nothing was written. What you typed is kept; {go_on}")
        elif draft.file:
            console.talk(f"Nothing was written. The last of what you typed is not kept; {go_on}")
        else:
            console.talk("Nothing was written, and what you typed is not kept.")
    else:
        console.talk("Nothing was written.")
    raise typer.Exit(2)


@contextmanager
def _window_closed(draft: Draft, asks: Asks) -> Iterator[None]:
    """Where the window is closed or the program is told to end, what was typed is kept, and the terminal is as before."""
    ends = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    undo = _terminal_as_it_is()

    def end(number: int, _: object) -> None:
        _keep(draft, asks.line or draft.typing)
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
