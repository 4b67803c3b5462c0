"""Register: a set of records in memory, each found by kind and ref. It is a value; nothing in it changes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, Measure, RetentionRule, SubjectCategory, System
from ropa.model.common import Documented
from ropa.model.later import Later, Look
from ropa.model.notice import Notice, Waiver
from ropa.model.organisation import Organisation
from ropa.model.ownfacts import OwnFacts
from ropa.model.redacted import Unknown
from ropa.model.walk import Mention, mentions

KINDS: Mapping[str, type[Documented]] = MappingProxyType(
    {
        cls.kind: cls
        for cls in (
            Organisation,
            DataCategory,
            SubjectCategory,
            RetentionRule,
            Measure,
            System,
            Notice,
            Activity,
            Waiver,
            OwnFacts,
        )
    }
)
"""Every kind of record, those that are named by others first."""

R = TypeVar("R", bound=Documented)


@dataclass(frozen=True)
class Register:
    """A register at one revision, or one that was read from a file.

    records: kind → ref → record; in a register that was loaded a record is read, and a damaged one refused, when it is
    first asked for. revision, hash: what it was loaded from; 0 and "" where it was never stored. at: the
    UTC time of that revision, ISO 8601. unknown: in a past state, what was taken out of the history since.
    """

    records: Mapping[str, Mapping[str, Documented]] = field(default_factory=dict)
    revision: int = 0
    hash: str = ""
    at: str = ""
    unknown: tuple[Unknown, ...] = ()

    @classmethod
    def of(
        cls, records: Iterable[Documented], *, revision: int = 0, hash: str = "", at: str = ""
    ) -> "Register":
        """A register of these records; of two with one kind and ref the later one counts."""
        by_kind: dict[str, dict[str, Documented]] = {kind: {} for kind in KINDS}
        for record in records:
            by_kind[record.kind][record.ref] = record
        return cls(by_kind, revision=revision, hash=hash, at=at)

    def all(self, cls: type[R]) -> Mapping[str, R]:
        """The records of a kind by ref, in the order in which they stand."""
        return self.records.get(cls.kind, {})  # type: ignore[return-value]

    def get(self, cls: type[R], ref: str | None) -> R | None:
        """The record of that kind and ref, or None."""
        return None if ref is None else self.all(cls).get(ref)

    @property
    def activities(self) -> Mapping[str, Activity]:
        """Activities by ref."""
        return self.all(Activity)

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """Organisations by ref, ours and others."""
        return self.all(Organisation)

    def __iter__(self) -> Iterator[Documented]:
        """Every record, kind by kind."""
        for by_ref in self.records.values():
            yield from by_ref.values()

    def __len__(self) -> int:
        """How many records there are."""
        return sum(len(by_ref) for by_ref in self.records.values())

    def whole(self) -> "Register":
        """The same register with every record read: for who looks at all of them, and often."""
        records = {
            kind: each.whole() if isinstance(each, Later) else each for kind, each in self.records.items()
        }
        return replace(self, records=records)

    def glances(self, cls: type[R], names: Collection[str]) -> Mapping[str, R]:
        """The records of a kind as far as these fields go. Do not look at others: they may be blank, and are not."""
        each = self.all(cls)
        return each.glances(names) if isinstance(each, Later) else each

    def having(self, look: Look, wanted: int) -> Iterator[Documented]:
        """Every record whose values may have all the bits that are wanted: no such record is left out."""
        for each in self.records.values():
            yield from each.having(look, wanted) if isinstance(each, Later) else each.values()

    @cached_property
    def named_by(self) -> Mapping[tuple[str, str], tuple[tuple[Documented, Mention], ...]]:
        """(kind, ref) → who names it, and where."""
        found: dict[tuple[str, str], list[tuple[str, str, Mention]]] = {}
        for kind, ref, mention in self._mentions():
            found.setdefault((mention.kind, mention.ref), []).append((kind, ref, mention))
        return _NamedBy(self.records, found)

    def dangling(self) -> Iterator[tuple[Documented, Mention]]:
        """Mentions of records that are not there."""
        for kind, ref, mention in self._mentions():
            if mention.ref not in self.records.get(mention.kind, {}):
                yield self.records[kind][ref], mention

    def _mentions(self) -> Iterator[tuple[str, str, Mention]]:
        """Every mention, after kind and ref of the record that makes it."""
        for kind, each in self.records.items():
            if isinstance(each, Later):
                yield from ((kind, ref, mention) for ref, mention in each.mentions())
            else:
                yield from (
                    (kind, ref, mention) for ref, record in each.items() for mention in mentions(record)
                )


class _NamedBy(Mapping[tuple[str, str], tuple[tuple[Documented, Mention], ...]]):
    """Who names a record; those who do are read when it is asked for."""

    def __init__(
        self,
        records: Mapping[str, Mapping[str, Documented]],
        found: Mapping[tuple[str, str], list[tuple[str, str, Mention]]],
    ) -> None:
        self._records = records
        self._found = found

    def __getitem__(self, key: tuple[str, str]) -> tuple[tuple[Documented, Mention], ...]:
        return tuple((self._records[kind][ref], mention) for kind, ref, mention in self._found[key])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
