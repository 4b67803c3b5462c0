"""Two registers → what differs, in changes that preview prints, commit writes and undo swaps.

And base with two sides → one register with the union of both, or the fields on which they clash.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ropa.model.canonical import plain
from ropa.model.changewords import Fact, facts_changed
from ropa.model.common import Documented
from ropa.model.later import Later
from ropa.model.redacted import said_in
from ropa.model.register import KINDS, Register
from ropa.model.renaming import following, renamed
from ropa.model.union import FieldClash, dotted, union
from ropa.model.walk import FieldSaid, fields

_NONE: Mapping[tuple[str, str], str] = MappingProxyType({})


@dataclass(frozen=True)
class Change:
    """One record before and after. Before is None where it was added, after where it was removed.

    Before and after have different refs where a record was given a new one: only `joined` makes such a change, for eyes and
    for `diff --json`. What is committed is the old ref removed and the new one added.
    """

    before: Documented | None
    after: Documented | None

    @property
    def record(self) -> Documented:
        """The record after, or the one that is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change needs a record before or after")
        return found

    @property
    def op(self) -> str:
        """added, changed, removed, renamed."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.before.ref == self.after.ref else "renamed"

    def fields(self) -> Iterator[tuple[FieldSaid, Any, Any]]:
        """The fields that differ, each with its value before and after (None or () where there was none)."""
        for said in fields(type(self.record)):
            before = said_in(self.before, said) if self.before else None
            after = said_in(self.after, said) if self.after else None
            if (None if before == () else before) != (None if after == () else after):
                yield said, before, after


def compare(before: Register, after: Register, anew: Mapping[tuple[str, str], str] = _NONE) -> list[Change]:
    """What was added, changed and removed between two registers, kind by kind, in the order of the refs' kinds.

    anew: kind and ref before → ref after, of records that are known to have got another one: each is one change, renamed,
    whatever else it says now.
    """
    changes = []
    for kind in KINDS:
        old, new = before.records.get(kind, {}), after.records.get(kind, {})
        was = {to: ref for (of, ref), to in anew.items() if of == kind and ref in old and to in new}
        left = set(was.values())
        for ref, record in new.items():
            like = old.get(was.get(ref, "" if ref in left else ref))
            if like is not record and like != record:
                changes.append(Change(like, record))
        changes += [
            Change(record, None)
            for ref, record in old.items()
            if ref not in left and (ref not in new or ref in was)
        ]
    return changes


def applied(register: Register, changes: Sequence[Change]) -> Register:
    """The register with the changes made; revision and hash are those it was prepared against."""
    by_kind: dict[str, dict[str, Documented | None]] = {}
    for change in changes:
        by_kind.setdefault(change.record.kind, {})[change.record.ref] = change.after
    records = dict(register.records)
    for kind, after in by_kind.items():
        records[kind] = _changed(records.get(kind, {}), after)
    return Register(records, revision=register.revision, hash=register.hash, at=register.at)


def _changed(
    by_ref: Mapping[str, Documented], after: Mapping[str, Documented | None]
) -> Mapping[str, Documented]:
    if isinstance(by_ref, Later):
        return by_ref.changed(after)
    put_in = {ref: record for ref, record in after.items() if record is not None}
    return {ref: record for ref, record in {**by_ref, **put_in}.items() if ref in put_in or ref not in after}


def joined(changes: Sequence[Change]) -> list[Change]:
    """The changes with one removed and one added that say the same under another ref made one: renamed."""
    gone: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        if change.op == "removed":
            gone.setdefault((change.record.kind, change.record.name), []).append(change)
    found: dict[int, Change] = {}
    for change in changes if gone else ():
        for other in gone.get((change.record.kind, change.record.name), ()) if change.before is None else ():
            if id(other) not in found and _is_renamed(other.record, change.record):
                found[id(other)] = found[id(change)] = Change(other.record, change.record)
                break
    whole = [found.get(id(change), change) for change in changes]
    return list({id(change): change for change in whole}.values())


def _is_renamed(before: Documented, after: Documented) -> bool:
    return renamed(before, before.kind, before.ref, after.ref) == after


def following_refs(change: Change, changes: Sequence[Change]) -> Change:
    """The change without what only follows records to their new refs: its own, and those renamed among the changes."""
    record = change.before
    for one in changes if record is not None and change.after is not None else ():
        if one.before is not None and one.op == "renamed" and record is not None:
            record = renamed(record, one.before.kind, one.before.ref, one.record.ref)
    return Change(record, change.after)


def only_follows(change: Change, changes: Sequence[Change]) -> bool:
    """Whether a record changed in nothing but the refs that it names, after those that were renamed among the changes."""
    return change.op == "changed" and following_refs(change, changes).before == change.after


def facts(change: Change, register: Register) -> Iterator[Fact]:
    """What changed in a record, fact by fact; of a record that went, nothing. register: as for `in_words`."""
    for said, before, after in change.fields() if change.after is not None else ():
        if said.name != "ref":
            yield from facts_changed(said, before, after, register)


def in_words(change: Change, register: Register) -> list[str]:
    """The change as a person says it, a line a fact: "recipient added: Mailjet (processor, FR)".

    register: where the names of refs are looked up; the one after the change.
    """
    if change.op == "removed":
        return ["removed"]
    if change.op == "renamed":
        change = following_refs(change, [change])
    return [fact.line for fact in facts(change, register)]


def as_plain(change: Change) -> dict[str, Any]:
    """A change in the shape of `diff --json`: op, kind, ref, name, fields with before and after."""
    was = plain(change.before) if change.before else {}
    now = plain(change.after) if change.after else {}
    return {
        "op": change.op,
        "kind": change.record.kind,
        "ref": change.record.ref,
        "name": change.record.name,
        "fields": [
            {"field": said.name, "before": was.get(said.name), "after": now.get(said.name)}
            for said, _, _ in change.fields()
        ],
    }


@dataclass(frozen=True)
class Clash:
    """A field, or a part, that both sides changed, to different values: plain data, or None. field: purposes.1.text."""

    record: Documented
    field: str
    ours: Any
    theirs: Any


Decide = Callable[[Clash], bool | None]
"""Whether theirs is to stand where both sides clash; None where nobody decides: then ours stays, and the clash is told."""


def merge(
    base: Register, ours: Register, theirs: Register, decide: Decide = lambda _: None
) -> tuple[Register, list[Clash]]:
    """Ours with all that changed between base and theirs, field by field, and in lists part by part.

    Where both sides changed one field to different values, `decide` says which stands; what it leaves open is a Clash, and
    ours stays. A record that one side removed and the other changed is a clash on "ref".
    """
    open_: list[Clash] = []
    merged: list[Change] = []
    for change in compare(base, theirs):
        kind, ref = change.record.kind, change.record.ref
        here = ours.records.get(kind, {}).get(ref)
        if change.after == here:
            continue
        if here == change.before:
            merged.append(Change(here, change.after))
        elif here is None or change.after is None or change.before is None:
            clash = Clash(change.record, "ref", here, change.after)
            decided = decide(clash)
            open_ += [clash] if decided is None else []
            merged += [Change(here, change.after)] if decided else []
        else:
            after, left = _united(change.before, here, change.after, decide)
            open_ += left
            if after != here:
                merged.append(Change(here, after))
    return applied(ours, merged), open_


def _united(
    base: Documented, ours: Documented, theirs: Documented, decide: Decide
) -> tuple[Documented, list[Clash]]:
    """Both together, and the clashes that are left open, with the numbers that parts have then."""
    made: list[bool | None] = []

    def told(clash: FieldClash) -> Clash:
        return Clash(ours, dotted(clash.path), clash.ours, clash.theirs)

    def settle(clash: FieldClash) -> bool:
        made.append(decide(told(clash)))
        return bool(made[-1])

    after, clashes = union(base, ours, theirs, settle)
    return after, [told(one) for one, decided in zip(clashes, made, strict=True) if decided is None]


def taken_back(before: Register, after: Register, now: Register) -> tuple[Register, list[Clash]]:
    """Now, without what led from before to after; whatever changed since stays, and is a Clash where it is the same field.

    before, after: the records that are to be as they were, and no others. A record that got another ref then gets its old
    one back, also where it was named since.
    """
    for change in joined(compare(before, after)):
        old, new = change.before, change.record
        if old is None or change.op != "renamed":
            continue
        here = now.records[new.kind].get(new.ref)
        if here is None or old.ref in now.records[new.kind]:
            return now, [Clash(new, "ref", here, old)]
        back = (new.kind, new.ref, old.ref)
        changes = [Change(here, None), Change(None, renamed(here, *back))]
        changes += [Change(one, renamed(one, *back)) for one in following(now, here)]
        now = applied(now, changes)
        after = Register.of(renamed(one, *back) for one in after)
    return merge(after, now, before)
