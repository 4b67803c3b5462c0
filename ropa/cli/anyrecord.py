"""A record of any kind, by its ref or by words out of its name."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropa.model.common import Documented
    from ropa.model.register import Register


def kinds_named(noun: str) -> Collection[str]:
    """The kinds that a word of the command line stands for; all of them where none is said."""
    from ropa.cli.nouns import NOUNS
    from ropa.errors import Refused
    from ropa.model.register import KINDS
    from ropa.words import fold, listing, nearest

    if not noun.strip():
        return KINDS
    by_word = {word: one.kind for word, one in NOUNS.items()} | {kind: kind for kind in KINDS}
    by_word |= {fold(text): kind for kind, cls in KINDS.items() for text in (kind, cls.noun, cls.plural)}
    word = fold(noun)
    if word not in by_word:
        near = nearest(word, list(by_word)) or [*NOUNS, "waiver"]
        raise Refused(f"there is no kind of record '{noun}'.", do=f"Did you mean {listing(near, 'or')}?")
    return (by_word[word],)


def record_of(register: "Register", words: str, kinds: Collection[str] = ()) -> "Documented":
    """The one record that the words mean: by ref or whole name first, then by a part of a name. kinds: all, unless said."""
    from ropa.errors import Ambiguous, Refused
    from ropa.words import fold, listing, nearest

    folded = fold(words)
    asked = [r for r in register if not kinds or r.kind in kinds]
    exact = [r for r in asked if r.ref.lower() == words.lower() or fold(r.name) == folded]
    found = exact or [r for r in asked if folded and folded in fold(r.name)]
    if len(found) > 1:
        choices = ", ".join(f"{r.ref} ({r.noun} {r.name})" for r in found[:5])
        raise Ambiguous(f"'{words}' fits {len(found)} records.", do=f"Say which ref: {choices}.")
    if not found:
        near = nearest(words, [word for r in asked for word in (r.ref, r.name)])
        meant = f"Did you mean {listing(near, 'or')}? " if near else ""
        raise Refused(f"there is no record '{words}'.", do=f"{meant}Look for it: ropa find {words}")
    return found[0]
