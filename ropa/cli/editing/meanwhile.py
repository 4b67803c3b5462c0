"""Somebody else changed the record while it was edited: both changes are kept, and where they clash the user chooses."""

import sys
from collections.abc import Sequence
from typing import Any

from ropa.cli.console import safe, screen, talk
from ropa.compare import Change, in_words
from ropa.errors import Conflict
from ropa.model.common import Documented
from ropa.model.register import Register
from ropa.model.speech import plain_in_words
from ropa.model.union import FieldClash, dotted, union
from ropa.model.walk import field
from ropa.store.open import Store
from ropa.store.story import story

_LONG = 400
"""Signs of a value that are shown beside the other one."""


class EditAgain(Exception):
    """The user wants to settle it in the text. merged: both together, with ours where they clash."""

    def __init__(self, merged: Documented, clashes: Sequence[FieldClash]) -> None:
        super().__init__("edit again")
        self.merged, self.clashes = merged, clashes


class Undecided(Conflict):
    """Both changed the same, and nobody is there to choose."""

    def __init__(self, record: Documented, who: str, clashes: Sequence[FieldClash]) -> None:
        places = ", ".join(dict.fromkeys(dotted(one.path) for one in clashes))
        super().__init__(
            f"{who} changed the same since you began: {places}. Nothing was written.",
            at=f"{record.ref} {record.name}",
            do="Edit it again at a terminal, where you can choose.",
        )
        self._record, self._clashes = record, clashes

    def as_plain(self) -> list[dict[str, Any]]:
        """The conflicts in the shape of `diff --json`, with both values."""
        return [
            {
                "kind": self._record.kind,
                "ref": self._record.ref,
                "field": dotted(one.path),
                "ours": one.ours,
                "theirs": one.theirs,
            }
            for one in self._clashes
        ]


def together(
    store: Store, register: Register, base: Documented, ours: Documented, theirs: Documented
) -> Documented:
    """Ours with what was changed since base. Says what that was; asks where both changed the same.

    Raises Undecided without a terminal, EditAgain where the user wants that.
    """
    who = _who(store, base, register)
    merged, clashes = union(base, ours, theirs)
    if clashes and not sys.stdin.isatty():
        raise Undecided(theirs, who, clashes)
    talk(f"Meanwhile {who} changed {theirs.ref}:")
    for line in in_words(Change(base, theirs), register):
        talk(f"    {line}")
    if not clashes:
        talk("That stays, and yours comes to it:")
        return merged
    answers = iter([_theirs_stands(one, register, EditAgain(merged, clashes)) for one in clashes])
    return union(base, ours, theirs, lambda _: next(answers))[0]


def _who(store: Store, base: Documented, register: Register) -> str:
    """Who changed the record last, and when."""
    last = story(store, base.kind, base.ref)[0].entry
    return f"{last.actor} (r{last.revision}, {last.at[:10]} {last.at[11:16]} UTC)"


def _theirs_stands(clash: FieldClash, register: Register, again: EditAgain) -> bool:
    """Show both values, and ask which one stands."""
    talk("")
    talk(f"Both of you changed {place(clash, type(again.merged))}:", style="bold")
    talk(f"  theirs  {told(clash.theirs, clash, register)}")
    talk(f"  yours   {told(clash.ours, clash, register)}")
    while True:
        screen(talk=True).print(safe("Which one stands? [t]heirs, [y]ours, [e]dit again: "), end="")
        typed = sys.stdin.readline()
        answer = typed.strip().lower()[:1]
        if answer in ("t", "y"):
            return answer == "t"
        if answer == "e":
            raise again
        if not typed:
            raise KeyboardInterrupt


def place(clash: FieldClash, cls: Any) -> str:
    """Where both changed, by the titles of the fields: "recipients 2, role"."""
    words: list[str] = []
    for step in clash.path:
        if isinstance(step, int):
            words[-1] += f" {step + 1}"
            continue
        said = field(cls, step)
        words.append(
            said.title.lower() if said and said.title[1:2].islower() else said.title if said else step
        )
        cls = said.part if said and said.part else cls
    return ", ".join(words)


def told(value: Any, clash: FieldClash, register: Register) -> str:
    """A value of one side in words."""
    words = " ".join(plain_in_words(value, clash.said, register).split()) or "(taken out, or blank)"
    return words if len(words) <= _LONG else words[: _LONG - 1] + "…"
