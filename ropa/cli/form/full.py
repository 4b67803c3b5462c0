"""One question on a whole terminal: choices appear while one types, and what was typed can be edited."""

import asyncio
import sys
from collections.abc import Callable, Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, DummyCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import create_output

from ropa.cli import console
from ropa.cli.form.plain import Left, show
from ropa.cli.form.question import LONGEST, Question, answered
from ropa.errors import Refused
from ropa.words import fold, listing, nearest

_GUIDE = "Enter: skip   <: back   ?: explain   Tab: choices   Ctrl-C: leave, keeping it"
_NEEDED = _GUIDE.replace("skip", "go on")
_PAUSE = 0.3
"""Seconds from a key to the moment at which the line, with what came meanwhile, is kept."""
_MENU = 8
"""Lines of the window kept for the choices that appear."""


class Full:
    """Asks with prompt_toolkit, on stderr. typing: is told what stands in the line, soon after it changed. line: what stands there now."""

    guide = ""

    def __init__(self) -> None:
        self.typing: Callable[[str], object] | None = None
        self.line = ""
        self._session: PromptSession[str] = PromptSession(
            output=create_output(stdout=sys.stderr), reserve_space_for_menu=_MENU
        )

    def ask(self, question: Question, given: str = "") -> str:
        """What is typed. given: stands in the line already. Raises Left for Ctrl-C and Ctrl-D."""
        show(question)
        offers = bool(question.choices or question.others) and not question.keys
        opens = offers and bool(question.others or not question.listed)
        waiting: asyncio.TimerHandle | None = None

        def keep() -> None:
            nonlocal waiting
            waiting = None
            if self.typing:
                self.typing(self.line)

        def changed(buffer: object) -> None:
            nonlocal waiting
            self.line = self._session.default_buffer.text
            if waiting is None and (loop := _running()):
                waiting = loop.call_later(_PAUSE, keep)

        self._session.default_buffer.on_text_changed += changed
        try:
            return self._session.prompt(
                "> ",
                default=given,
                # The session keeps what it is not told anew: nothing may be left out, or be None.
                completer=_Choices(question) if offers else DummyCompleter(),
                complete_while_typing=opens,
                bottom_toolbar=_guide(question),
                key_bindings=_keys(question),
                reserve_space_for_menu=_MENU if opens else 0,
            )
        except (EOFError, KeyboardInterrupt):
            raise Left from None
        finally:
            self._session.default_buffer.on_text_changed -= changed
            self.line = ""
            if waiting is not None:
                waiting.cancel()


def _running() -> asyncio.AbstractEventLoop | None:
    """The loop that waits for keys; None before it runs."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _guide(question: Question) -> str:
    if not question.keys:
        return f" {_NEEDED if question.needed else _GUIDE}"
    return f" Press {listing([choice.word for choice in question.choices], 'or')}"


def _keys(question: Question) -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=Left(event.current_buffer.text))

    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        """A pasted text is one answer: its line ends become spaces; what no answer can hold stays outside."""
        text = " ".join(event.data.split())
        if len(text) > LONGEST:
            line = f"! that is {len(text):,} characters; an answer has {LONGEST:,} at the most. Nothing was pasted."
            run_in_terminal(lambda: console.talk(line))
            return
        event.current_buffer.insert_text(text)

    for choice in question.choices if question.keys else ():

        @keys.add(choice.word)
        def _(event: KeyPressEvent, word: str = choice.word) -> None:
            event.current_buffer.text = word
            event.current_buffer.validate_and_handle()

    return keys


class _Choices(Completer):
    """The choices that fit what is typed after the last comma: what Enter would take first, then beginnings, parts, near spellings."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """Name as it will stand in the line, with what it is beside it."""
        typed = document.text_before_cursor
        if self._question.many:
            typed = typed.rpartition(",")[2]
        word = typed.strip()
        for name, about in self._fitting(word):
            yield Completion(
                console.safe(name), start_position=-len(typed.lstrip()), display_meta=console.safe(about)
            )

    def _fitting(self, word: str) -> Iterator[tuple[str, str]]:
        folded = fold(word)
        choices = (*self._question.choices, *self._question.others)
        by_name = {c.name: c.about for c in choices}
        first = [n for n in by_name if fold(n).startswith(folded)]
        inside = [n for n in by_name if n not in first and folded in fold(n)]
        other = [c.name for c in choices if any(folded in fold(a) for a in (c.word, *c.also))]
        near = nearest(word, list(by_name), limit=3) if word and not (first or inside or other) else []
        taken = [c.name for c in choices if c.word == self._taken(word)]
        for name in dict.fromkeys([*taken, *first, *inside, *other, *near]):
            yield name, by_name[name]

    def _taken(self, word: str) -> object:
        """What the question takes this for: "uk" is the United Kingdom, though Ukraine begins like it."""
        try:
            value = answered(self._question, word)
        except Refused:
            return None
        return value[0] if isinstance(value, tuple) and value else value
