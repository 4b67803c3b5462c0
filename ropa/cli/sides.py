"""A side of a comparison: what a word such as `r12`, `yesterday`, `now` or a file's name means, as a register."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.cli.options import as_of_state
from ropa.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ropa.model.register import Register
    from ropa.store.open import Store


@dataclass(frozen=True)
class Side:
    """A register, under the word that it was asked for by. store: whose history it is a state of; None for a file's text."""

    word: str
    register: "Register"
    store: "Store | None" = None

    @property
    def title(self) -> str:
        """The word, and the state that it stands for: 2026-03-31 (r12, 2026-03-30 09:14 UTC)."""
        own = self.register
        if self.store is None:
            return self.word
        if not own.revision:
            return f"{self.word} (before the first revision)"
        made = f"{own.at[:10]} {own.at[11:16]} UTC"
        return (
            f"{self.word} ({made})"
            if self.word == f"r{own.revision}"
            else f"{self.word} (r{own.revision}, {made})"
        )


def side(word: str, store: "Store") -> Side:
    """What a word means: a day, a time, a revision or now first, then a file. Raises Refused for what is none of them."""
    from ropa.store.load import load

    word = word.strip() or "now"
    try:
        state = as_of_state(word, "")
    except Refused as trouble:
        raise _meant(word, trouble) from None
    name = word.lower() if isinstance(state, int) or state is None else word
    return Side(name, load(store, state), store)


def _meant(word: str, trouble: Refused) -> Refused:
    """What to say of a word that is no state: the trouble itself, where it begins like a day or a time."""
    if word[0].isdecimal() and not Path(word).suffix:
        return trouble
    return Refused(
        f"'{word}' is no day and no revision.",
        do="Write a day like 2026-03-31 or yesterday, a revision like r12, or now.",
    )


def renamed(one: Side, other: Side) -> "Mapping[tuple[str, str], str]":
    """Kind and ref on one side → ref on the other, of the records that got another one between them."""
    from ropa.store.between import renamed_between

    if one.store is None or other.store is None:
        return {}
    first, last = one.register.revision, other.register.revision
    if first <= last:
        return renamed_between(one.store, first, last)
    back = renamed_between(one.store, last, first)
    return {(kind, new): old for (kind, old), new in back.items()}
