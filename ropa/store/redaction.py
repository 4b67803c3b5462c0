"""What is to be taken out of the history, as it is put together and shown, before anything is written."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from ropa.model.canonical import canonical_json
from ropa.model.redacted import mark
from ropa.store.append import Remains
from ropa.store.chain import change_text, said_text
from ropa.store.traces import Leaf, Trace, Words


@dataclass(frozen=True)
class Plan:
    """What would be taken out of the history, prepared against a revision.

    values: what goes. still: what was meant too, and stays, for the record says it now. before: marks that stand there already.
    taken: where the values stand. elsewhere: where the same words stand besides; these go too where `everywhere` was asked for,
    but for those in force. names: refs that are made of the words, as (kind, ref).
    """

    based_on: int
    values: tuple[Any, ...] = ()
    taken: tuple[Trace, ...] = ()
    elsewhere: tuple[Trace, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    before: tuple[str, ...] = ()
    still: tuple[Any, ...] = ()
    remains: tuple[Remains, ...] = ()
    words: Words = field(default_factory=lambda: Words(()))


@dataclass
class _Changed:
    """A change out of which something is taken: its row, its plain data as they would remain, what was taken, its new ref."""

    row: Any
    said: dict[str, Any]
    paths: list[str] = field(default_factory=list)
    ref: str = ""

    def remains(self) -> Remains:
        """As it is written."""
        row, ref = self.row, self.ref or self.row.ref
        record = None if row.record is None else canonical_json(self.said)
        text = change_text(row.kind, ref, record)
        return Remains(row.revision, str(row.position), tuple(self.paths), text, record, self.ref)


class Draft:
    """The texts out of which something is taken, as they would remain."""

    def __init__(self, revision: int, words: Words) -> None:
        self.revision, self.mark, self.words = revision, mark(revision), words
        self.taken: list[Trace] = []
        self._changes: dict[tuple[int, int], _Changed] = {}
        self._said: dict[tuple[int, str], str] = {}

    def record(self, row: Any) -> dict[str, Any]:
        """The plain data of a change as they would remain; none of one that took a record away."""
        held = self._changes.get((row.revision, row.position))
        return held.said if held else {} if row.record is None else json.loads(row.record)

    def take(self, row: Any, said: dict[str, Any], leaf: Leaf, left: str) -> None:
        """Let a value of a change be another. said: the plain data in which it hangs, as `record` gave them."""
        self._changed(row, said, leaf.path, leaf.value)
        leaf.put(left)

    def take_ref(self, row: Any, said: dict[str, Any], new: str) -> None:
        """Let the record of a change have had another ref."""
        self._changed(row, said, "ref", row.ref).ref = new
        if said:
            said["ref"] = new

    def _changed(self, row: Any, said: dict[str, Any], path: str, value: Any) -> _Changed:
        held = self._changes.setdefault((row.revision, row.position), _Changed(row, said))
        held.paths.append(path)
        self.taken.append(Trace(row.revision, str(row.position), row.kind, row.ref, path, value=value))
        return held

    def say(self, number: int, name: str, text: str) -> None:
        """Let a text be what remains of who, why or command."""
        if (number, name) not in self._said:
            self.taken.append(Trace(number, name))
        self._said[number, name] = text

    def has(self, number: int, name: str) -> bool:
        """Whether something is taken out of who, why or command of a revision."""
        return (number, name) in self._said

    def planned(self, plan: Plan) -> Plan:
        """The plan with what is taken out."""
        changes = [changed.remains() for _, changed in sorted(self._changes.items())]
        said = [
            Remains(n, name, (name,), said_text(name, text), text)
            for (n, name), text in sorted(self._said.items())
        ]
        return replace(plan, taken=tuple(self.taken), remains=(*changes, *said), words=self.words)
