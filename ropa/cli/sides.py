"""A side of a comparison: what a word such as `r12`, `yesterday`, `now` or a file's name means, as a register."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.cli.options import as_of_state
from ropa.errors import Refused

if TYPE_CHECKING:
    from ropa.compare import Change, Clash
    from ropa.model.common import Documented
    from ropa.model.register import Register
    from ropa.store.open import Store

_WORDS = "Write a day like 2026-03-31 or yesterday, a revision like r12, now, or the name of a file."


@dataclass(frozen=True)
class Side:
    """A register, under the word that it was asked for by. store: whose history it is a state of; None for a text.

    unread: place, text and reason of what a file says and could not be kept as a value. clashes: what it contradicts. moved:
    kind and ref of the records that merely stand elsewhere in it. altered: place, text and reason of each cell of a workbook
    that does not say what the register does. entity: the organisation of ours whose records alone are in a workbook. remark: what
    else to know of a file.
    """

    word: str
    register: "Register"
    store: "Store | None" = None
    unread: tuple[tuple[str, str, str], ...] = ()
    clashes: "tuple[Clash, ...]" = ()
    moved: frozenset[tuple[str, str]] = frozenset()
    altered: tuple[tuple[str, str, str], ...] = ()
    entity: str = ""
    remark: str = ""

    @property
    def title(self) -> str:
        """The word, and the state that it stands for: 2026-03-31 (r12, 2026-03-30 09:14 UTC)."""
        own = self.register
        if self.store is None:
            return self.word
        if not own.revision:
            return f"{self.word} (before the first revision)"
        made = f"{own.at[:10]} {own.at[11:16]} UTC"
        known = self.word == f"r{own.revision}"
        return f"{self.word} ({made})" if known else f"{self.word} (r{own.revision}, {made})"


def side(word: str, own: "Callable[[], Store]", beside: Side | None = None) -> Side:
    """What a word means: a day, a time, a revision or now; else a file. Raises Refused for what is none of them.

    own: opens the register of this folder. beside: the other side, beside which a notice is read.
    """
    from ropa.cli.session import say_unknown
    from ropa.cli.sidefiles import side_in_file
    from ropa.store.load import load
    from ropa.store.open import is_url

    word = word.strip() or "now"
    try:
        state = as_of_state(word, "")
    except Refused as trouble:
        if is_url(word) or Path(word).exists():
            return side_in_file(word, own, beside)
        raise _meant(word, trouble) from None
    name = word.lower() if isinstance(state, int) or state is None else word
    register = load(own(), state)
    say_unknown(register)
    return Side(name, register, own())


def _meant(word: str, trouble: Refused) -> Refused:
    """What to say of a word that is no state and no file: the trouble itself, where it begins like a day or a time."""
    path = Path(word)
    looks_like_a_file = path.suffix[1:].isalpha() or len(path.parts) > 1
    if word[0].isdecimal() and not (looks_like_a_file and any(sign.isalpha() for sign in word)):
        return trouble
    if looks_like_a_file:
        return Refused("there is no such file.", at=word, do="Check its name and folder.")
    return Refused(f"'{word}' is no day, no revision and no file.", do=_WORDS)


def changes_between(before: Side, after: Side) -> "list[Change]":
    """What differs. A record that got another ref is followed through the history, or, where there is none, by what it says."""
    from ropa.compare import compare, joined

    changes = joined(compare(before.register, after.register, _renamed(before, after)))
    for one in (before, after):
        if one.entity:
            shown = shown_of(before.register, one.entity) | shown_of(after.register, one.entity)
            changes = [c for c in changes if shown & {(r.kind, r.ref) for r in (c.before, c.after) if r}]
    return changes


def shown_of(register: "Register", entity: str) -> set[tuple[str, str]]:
    """Kind and ref of what a workbook of one organisation tells of: it, its activities, and all that these name."""
    from ropa.model.walk import mentions

    ahead = [r for r in register.activities.values() if r.entity == entity]
    first = register.organisations.get(entity)
    waiting: list[Documented] = [*ahead, *([first] if first else [])]
    found = {(one.kind, one.ref) for one in waiting}
    while waiting:
        for mention in mentions(waiting.pop()):
            named = register.records.get(mention.kind, {}).get(mention.ref)
            if named is not None and (named.kind, named.ref) not in found and named.kind != "activity":
                found.add((named.kind, named.ref))
                waiting.append(named)
    return found


def _renamed(one: Side, other: Side) -> Mapping[tuple[str, str], str]:
    from ropa.store.between import renamed_between

    if one.store is None or other.store is None:
        return {}
    return renamed_between((one.store, one.register.revision), (other.store, other.register.revision))


def kinship(before: Side, after: Side) -> Iterator[str]:
    """What to know of two states: that they are not two moments of one history, or that a workbook holds a part."""
    for one in (before, after):
        if one.remark:
            yield one.remark
        if one.entity:
            yield f"{one.word} holds the activities of {one.entity} only; what changed elsewhere is left out."
    if before.store is not None and after.store is not None:
        yield from _histories(before, after)
    elif (ours := _ours(before)) and (theirs := _ours(after)) and not ours & theirs:
        yield f"{before.word} is of {', '.join(sorted(ours))}, {after.word} of {', '.join(sorted(theirs))}: {_ALIKE}"


_ALIKE = "two registers, whose records are held against each other by their refs alone."


def _ours(one: Side) -> set[str]:
    return {record.name for record in one.register.organisations.values() if record.ours}


def _histories(before: Side, after: Side) -> Iterator[str]:
    from ropa.store.between import in_common

    if before.store is None or after.store is None:
        return
    first, last = before.register.revision, after.register.revision
    common = in_common((before.store, first), (after.store, last))
    if common < min(first, last):
        if common:
            yield f"{before.word} and {after.word} have the same history up to r{common}, and part there."
        else:
            yield f"{before.word} and {after.word} have no revision in common: {_ALIKE}"
    elif first > last:
        yield f"{before.word} is the later one: this is what going back changes."
