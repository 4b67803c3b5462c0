"""Two states and what differs between them, ready to be told: in lines, in rows of a table, in cells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ropa.cli.sides import Side
from ropa.compare import Change, following_refs
from ropa.model.changewords import Fact, facts_changed
from ropa.model.register import Register
from ropa.model.walk import FieldSaid, fields, mentions


class Row(NamedTuple):
    """One thing that changed: its field, where it stands, what it is of, before and after, in words and in full."""

    said: FieldSaid
    path: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """Two states, and what differs."""

    before: Side
    after: Side
    changes: Sequence[Change]

    @property
    def altered(self) -> tuple[tuple[str, str, str], ...]:
        """The cells of workbooks that do not say what the register does."""
        return self.before.altered + self.after.altered

    @cached_property
    def names(self) -> Register:
        """The records that are named in what changed: as they are called after, or were before they went."""
        wanted = {
            (mention.kind, mention.ref)
            for change in self.changes
            for record in (change.before, change.after)
            if record is not None
            for mention in mentions(record)
        }
        each = (
            one.register.records.get(kind, {}).get(ref)
            for one in (self.before, self.after)
            for kind, ref in wanted
        )
        return Register.of(record for record in each if record is not None)

    def facts(self, change: Change) -> Iterator[tuple[FieldSaid, Fact]]:
        """What changed in a record, fact by fact, of one that went all that it said; without what only follows a new ref."""
        for said, before, after in following_refs(change, self.changes).fields():
            if said.name != "ref":
                yield from ((said, fact) for fact in facts_changed(said, before, after, self.names))

    def ref_before(self, change: Change) -> str:
        """The ref that a record had, where it has another one now."""
        return change.before.ref if change.before is not None and change.op == "renamed" else ""

    def rows(self, change: Change) -> Iterator[Row]:
        """Each thing that changed in a record, with its new ref first and what it names by a new ref last."""
        by_name = {said.name: said for said in fields(type(change.record))}
        if was := self.ref_before(change):
            yield Row(by_name["ref"], "ref", "ref", was, change.record.ref)
        for said, fact in self.facts(change):
            yield Row(said, said.name, fact.of, fact.before, fact.after)
        for path, old, new in self.follows(change):
            yield Row(by_name[path.partition(".")[0]], path, "names by its new ref", old, new)

    def follows(self, change: Change) -> Iterator[tuple[str, str, str]]:
        """Field, old ref and new one of each record that it names by its new ref, and named before."""
        if change.before is None or change.after is None:
            return
        anew = {
            (c.record.kind, c.before.ref): c.record.ref
            for c in self.changes
            if c.before and c.op == "renamed"
        }
        for mention in mentions(change.before) if anew else ():
            if new := anew.get((mention.kind, mention.ref)):
                yield mention.path, mention.ref, new


def counted(changes: Sequence[Change]) -> str:
    """2 records added, 1 changed, 1 renamed. At least one is wanted."""
    many = Counter(change.op for change in changes)
    said = [f"{many[op]} {op}" for op in ("added", "changed", "renamed", "removed") if many[op]]
    first, *rest = said
    number, op = first.split()
    return ", ".join([f"{number} {'record' if number == '1' else 'records'} {op}", *rest])
