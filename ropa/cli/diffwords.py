"""What `ropa diff` shows: lines that can be quoted, or the same as JSON and CSV."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ropa.cli import console
from ropa.cli.sides import Side
from ropa.cli.telling import tell
from ropa.compare import Change, as_plain, following_refs
from ropa.model.changewords import Fact, facts_changed
from ropa.model.register import Register
from ropa.model.walk import FieldSaid, mentions

_ON_SCREEN = 100
"""Records that a terminal shows; a pipe gets all."""
_COLUMNS = ("change", "kind", "ref", "ref before", "name", "field", "what", "before", "after")


@dataclass(frozen=True)
class Told:
    """Two states, and what differs."""

    before: Side
    after: Side
    changes: Sequence[Change]

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


def in_words(told: Told) -> None:
    """A headline, a line a record with its facts under it, and how many there are."""
    between = f"between {told.before.title} and {told.after.title}"
    if told.before.store and told.before.register.revision > told.after.register.revision:
        console.talk(f"{told.before.word} is the later one: this is what going back changes.")
    if not told.changes:
        return console.say(f"Nothing changed {between}.")
    console.say(f"Changed {between}:", style="bold")
    tell(told.changes, told.names, limit=_ON_SCREEN if sys.stdout.isatty() else len(told.changes))
    return console.say(f"In all: {_counted(told.changes)}.")


def _counted(changes: Sequence[Change]) -> str:
    """2 records added, 1 changed, 1 renamed."""
    many = Counter(change.op for change in changes)
    said = [f"{many[op]} {op}" for op in ("added", "changed", "renamed", "removed") if many[op]]
    first, *rest = said
    number, op = first.split()
    return ", ".join([f"{number} {'record' if number == '1' else 'records'} {op}", *rest])


def as_json(told: Told) -> None:
    """The documented shape, with what was compared."""
    console.print_json(
        {
            "from": _side(told.before),
            "to": _side(told.after),
            "changes": [as_plain(change) for change in told.changes],
            "conflicts": [],
            "unread": [],
        }
    )


def _side(one: Side) -> dict[str, str | int]:
    own = one.register
    return {"what": one.word, "revision": own.revision, "hash": own.hash, "at": own.at}


def as_csv(told: Told) -> None:
    """A row a fact, before and after in words and in full."""
    console.print_csv(_COLUMNS, list(rows(told)))


def rows(told: Told) -> Iterator[list[str]]:
    """The rows of the CSV."""
    for change in told.changes:
        record = change.record
        was = change.before.ref if change.before is not None and change.op == "renamed" else ""
        lead = [change.op, record.kind, record.ref, was, record.name]
        if was:
            yield [*lead, "ref", "ref", was, record.ref]
        for said, fact in told.facts(change):
            yield [*lead, said.name, fact.of, fact.before, fact.after]
        for field, old, new in told.follows(change):
            yield [*lead, field, "names by its new ref", old, new]
