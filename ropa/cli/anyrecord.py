"""A record of any kind, by its ref or by words out of its name."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropa.model.common import Documented
    from ropa.model.register import Register
    from ropa.store.load import AsOf
    from ropa.store.open import Store


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
    from ropa.model.calling import called_kind
    from ropa.words import fold, listing, nearest

    folded = fold(words)
    asked = [r for r in register if not kinds or r.kind in kinds]
    exact = [r for r in asked if r.ref.lower() == words.lower() or fold(r.name) == folded]
    found = exact or [r for r in asked if folded and folded in fold(r.name)]
    if len(found) > 1:
        choices = ", ".join(f"{r.ref} ({called_kind(r)} {r.name})" for r in found[:5])
        raise Ambiguous(f"'{words}' fits {len(found)} records.", do=f"Say which ref: {choices}.")
    if not found:
        near = nearest(words, [word for r in asked for word in (r.ref, r.name)])
        meant = f"Did you mean {listing(near, 'or')}? " if near else ""
        raise Refused(f"there is no record '{words}'.", do=f"{meant}Look for it: ropa find {words}")
    return found[0]


def record_ever(store: "Store", words: str, noun: str, *states: "AsOf | None") -> tuple[str, str]:
    """Kind and ref of the record that the words mean; by its ref also one that is gone, or has another ref today.

    states: in which one names are looked up, the first that has the name; else that of today.
    """
    from ropa.errors import Ambiguous
    from ropa.store.story import kinds_of

    asked, states = kinds_named(noun), states or (None,)
    for ref in dict.fromkeys((words, words.upper(), words.lower())):
        kinds = [kind for kind in kinds_of(store, ref) if kind in asked]
        if len(kinds) == 1:
            if other := _other_called(store, words, states[0], (kinds[0], ref), asked):
                ways = f"{other}, or --kind {kinds[0]}"
                raise Ambiguous(f"'{words}' is a ref, and the name of {other}.", do=f"Say which: {ways}.")
            return kinds[0], ref
        if kinds:
            ways = " or ".join(f"--kind {kind}" for kind in kinds)
            raise Ambiguous(f"{len(kinds)} records have had the ref '{ref}'.", do=f"Say which: {ways}.")
    return _by_name(store, words, asked, states)


def _other_called(
    store: "Store", words: str, state: "AsOf | None", own: tuple[str, str], asked: Collection[str]
) -> str:
    """The ref of another record that bears as a name what is a ref; "" where there is none."""
    from ropa.model.values import ACTIVITY_REF
    from ropa.store.load import load
    from ropa.store.story import called
    from ropa.words import fold

    if ACTIVITY_REF.match(own[1]):  # nothing is called like a number
        return ""
    found = (
        called(store, words)
        if state is None
        else [(r.kind, r.ref) for r in load(store, state) if fold(r.name) == fold(words)]
    )
    return next((ref for kind, ref in found if kind in asked and (kind, ref) != own), "")


def _by_name(
    store: "Store", words: str, asked: Collection[str], states: "tuple[AsOf | None, ...]"
) -> tuple[str, str]:
    from ropa.errors import Ambiguous, Refused
    from ropa.store.load import load

    first, *rest = states
    try:
        record = record_of(load(store, first), words, asked)
    except Refused as trouble:
        if isinstance(trouble, Ambiguous) or not rest:
            raise
        return _by_name(store, words, asked, tuple(rest))
    return record.kind, record.ref
