"""A question of the form, and what a typed answer means."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ropa.cli.options import today
from ropa.errors import Ambiguous, Refused
from ropa.model.dates import day_in_words
from ropa.model.values import YES_NO, control_in
from ropa.words import fold, listing, nearest

MORE = "more."
"""The path of the question for anything else begins with it."""
SHOWN = 12
"""Choices that are listed with numbers; more are found by typing a part of the name."""
LONGEST = 20_000
"""Characters of one answer; what is longer belongs into a file."""
_NEAR = 4
"""Known names that a new one may be taken for."""
_STEM = 7
"""Letters in which two words agree that are taken for the same."""
_SAYS_NOTHING = ("data", "information", "details", "personal")
_YEAR = 4
"""Digits that a name may be made of: a year."""
_CLOSED = ("code", "yes/no")
"""Shapes of which the choices are all there is."""
_NEW = re.compile(r"new(?::\s*|\s+)", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """One answer to choose. word: what is recorded. name: what a person reads. about: a line that explains it."""

    word: str
    name: str
    about: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class New:
    """The name of a record that is not there yet. near: what is there and may be meant."""

    name: str
    near: tuple[Choice, ...] = ()


class _None:
    """The answer "there is none", which is another thing than a skipped question."""


NONE = _None()


@dataclass(frozen=True)
class Question:
    """What is asked of a person.

    path: what it is about; an answer in a draft bears it. law: "Art. 30(1)(b)", "" for none. hints: lines of suggestion,
    each with its source. others: choices that are not listed with those, and offered while one types. read: one answer →
    its value, raises Refused. many: several answers, with commas. needed: it cannot be skipped. adds: what a name that is
    not among the choices would be ("vendor"); "" where it is refused. none: the words that say that there is none; their
    value is `NONE`. again: it was asked just before, with the same choices. keys: the choices have letters and no numbers.
    name: what is asked for is what a thing is called.
    shape: of the value, as its field declares it. whose: the name that the words begin with. topic: of `ropa help`.
    """

    path: str
    words: str
    law: str = ""
    help: str = ""
    hints: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    read: Callable[[str], Any] = str
    many: bool = False
    needed: bool = False
    adds: str = ""
    named: bool = False
    none: tuple[str, ...] = ()
    again: bool = False
    keys: bool = False
    name: bool = False
    shape: str = ""
    whose: str = ""
    topic: str = ""

    @property
    def asks_on(self) -> bool:
        """Whether it asks for one more of something, and a person may say "no" to it."""
        return not self.needed and (self.again or self.path.startswith(MORE))

    @property
    def listed(self) -> tuple[Choice, ...]:
        """The choices that stand under the question, numbered from 1."""
        return self.choices if len(self.choices) <= SHOWN else ()


def answered(question: Question, text: str) -> Any:
    """The value of a typed answer: None (a list: ()) where it was skipped. Raises Refused for what cannot be taken."""
    if len(text) > LONGEST:
        raise Refused(
            f"that is {len(text):,} characters; an answer has {LONGEST:,} at the most.",
            do="Keep it in a file and name the file here.",
        )
    if control := control_in(text):
        raise Refused(f"there is {control}.", do="Take it out.")
    if not text.strip():
        if question.needed:
            raise _needed(question)
        return () if question.many else None
    if fold(text) in question.none:
        return NONE
    if (
        question.asks_on
        and (more := YES_NO.get(text.strip().casefold())) is not None
        and not text.strip().isdigit()
    ):
        if more:
            raise Refused("which one?", do="Type it, or press Enter for no.")
        return () if question.many else None
    if not question.many:
        return _one(question, text.strip())
    found_all = [_one(question, word) for word in _words(question, text)]
    return tuple(dict.fromkeys(found_all))


def _needed(question: Question) -> Refused:
    """The word to an Enter alone where there is no going on without an answer."""
    if not question.choices:
        return Refused("without this the record could not be told from another.", do="Type something.")
    keys = [one.word if question.keys else str(n) for n, one in enumerate(question.listed, 1)]
    return Refused("Enter alone chooses nothing here.", do=f"Type {listing(keys, 'or')}.")


def lasting(question: Question, text: str, value: Any) -> str:
    """An answer as it is kept: without what means another thing later, the number of a choice or "yesterday"."""
    if isinstance(value, str) and (_is_number(question, text.strip()) or day_in_words(text, today())):
        return value
    if isinstance(value, tuple) and any(_is_number(question, word) for word in _words(question, text)):
        return "; ".join(f"new {one.name}" if isinstance(one, New) else str(one) for one in value)
    return text


def _is_number(question: Question, word: str) -> bool:
    shown = 0 if question.keys else len(question.listed)
    return word.isascii() and word.isdigit() and len(word) < 4 and 1 <= int(word) <= shown


def _words(question: Question, text: str) -> Sequence[str]:
    """The several answers in a text; a name that holds a comma itself is one."""
    whole = text.strip()
    if any(fold(whole) == fold(name) for c in question.choices for name in (c.name, c.word)):
        return [whole]
    return [word.strip() for word in re.split(r"[;\n]" if ";" in text else r"[,\n]", text) if word.strip()]


def _one(question: Question, word: str) -> Any:
    if _is_number(question, word):
        return _numbered(question, word)
    if question.named:
        return _record(question, word)
    if question.name and word.isdecimal() and len(word) < _YEAR:
        raise Refused(f"'{word}' is a number, and no choice here has it.", do="Type a name, or press Enter.")
    try:
        return question.read(word)
    except Refused as trouble:
        if isinstance(trouble, Ambiguous):
            raise
        parts = [c for c in question.choices if fold(word) in fold(c.name)]
        if not parts and question.listed and question.shape in _CLOSED and not question.keys:
            last = len(question.listed)
            raise Refused(f"'{word}' is none of these.", do=f"Type a number, 1 to {last}.") from None
        if not parts:
            raise
        return parts[0].word if len(parts) == 1 else _refuse(word, parts)


def _numbered(question: Question, word: str) -> str:
    """The choice of that number, unless the digits are the name of another one."""
    meant = question.listed[int(word) - 1]
    for choice in question.choices:
        if choice is not meant and fold(word) in _names(choice):
            raise Refused(
                f"'{word}' is the number of '{meant.name}' and a name of '{choice.name}'.",
                do=f"Type {question.listed.index(choice) + 1} for '{choice.name}', or '{meant.name}' in full.",
            )
    return meant.word


def _record(question: Question, word: str) -> Any:
    """The record that a name means, or the name of a new one."""
    if exact := [c for c in question.choices if fold(word) in _names(c)]:
        return exact[0].word if len(exact) == 1 else _refuse(word, exact)
    if question.adds:
        return _perhaps_new(question, word)
    parts = [c for c in question.choices if fold(word) in fold(c.name)]
    if len(parts) == 1:
        return parts[0].word
    if parts:
        _refuse(word, parts)
    near = nearest(word, [c.name for c in question.choices], limit=3)
    raise Refused(
        f"'{word}' is none of those that are there.",
        do=f"Did you mean {listing(near, 'or')}?" if near else "",
    )


def _names(choice: Choice) -> set[str]:
    return {fold(choice.word), fold(choice.name), *map(fold, choice.also)}


def _perhaps_new(question: Question, word: str) -> Any:
    """The name of something new; what looks like something known comes with that, unless the person says "new"."""
    if found := _NEW.match(word):
        return New(_clean(word[found.end() :]))
    inside = [c for c in question.choices if fold(word) in fold(c.name)]
    spelt = [c for c in question.choices if nearest(word, [c.name], limit=1)]
    close = dict.fromkeys((inside or spelt) + _akin(question, word))
    return New(_clean(word), tuple(close)[:_NEAR])


def _akin(question: Question, word: str) -> list[Choice]:
    """The choices of which a name consists of words that the new one has as well, the most of them first."""
    stems = _stems(word)
    shared = {
        c: max(len(own) if (own := _stems(name)) <= stems else 0 for name in _names(c))
        for c in question.choices
    }
    return sorted((c for c, many in shared.items() if many), key=lambda c: -shared[c])


def _stems(name: str) -> frozenset[str]:
    """The beginnings of its words that tell something: "convictions" and "conviction" are one."""
    return frozenset(
        word[:_STEM] for word in fold(name).split() if len(word) > 3 and word not in _SAYS_NOTHING
    )


def _clean(name: str) -> str:
    return " ".join(name.split())


def _refuse(word: str, fitting: Sequence[Choice]) -> Any:
    names = [f"'{choice.name}'" for choice in fitting[:5]]
    raise Refused(f"'{word}' fits {len(fitting)}.", do=f"Say which: {listing(names, 'or')}.")


def yes_or_no(text: str) -> str:
    """How a question with the choices "yes" and "no" is read. Raises Refused for anything else."""
    from ropa.model.values import parse_yes_no

    return "yes" if parse_yes_no(text) else "no"
