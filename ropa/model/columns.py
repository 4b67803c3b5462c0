"""Columns: a field of a record, a field of its parts, or a count, looked up by name, in words and in order.

`owner`, `purposes.legal_basis`, `recipients.count`; `gaps` and the like are worked out by whoever can, and handed in.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from ropa.days import years
from ropa.errors import Refused
from ropa.model.redacted import is_mark, said_in
from ropa.model.register import Register
from ropa.model.speech import spoken
from ropa.model.walk import FieldSaid, field, fields
from ropa.words import listing, nearest

COUNT = "count"
"""The last step of a path that counts: recipients.count."""
Counted = Callable[[Any], int | date | str | None]


@dataclass(frozen=True)
class Column:
    """A column by the name it was asked for: its title, and the steps of fields that lead to it.

    counts: it is a number, of the members at the end of the steps, or, where there are no steps, what `counted` says: a number,
    a day or a word, None for a blank.
    """

    name: str
    title: str
    steps: tuple[FieldSaid, ...] = ()
    counts: bool = False
    counted: Counted | None = None

    def values(self, record: BaseModel) -> list[Any]:
        """What the record says there, each value by itself."""
        if self.counts:
            found = self.counted(record) if self.counted else sum(1 for _ in _reached(record, self.steps))
            return [] if found is None else [found]
        return list(_reached(record, self.steps))

    def each(self, record: BaseModel, register: Register) -> list[str]:
        """The same in words."""
        if self.counts:
            return [str(n) for n in self.values(record)]
        last = self.steps[-1]
        return [spoken((v,) if last.many else v, last, register) for v in self.values(record)]

    def words(self, record: BaseModel, register: Register) -> str:
        """All that the record says there, in one text."""
        return "; ".join(dict.fromkeys(self.each(record, register)))

    def order(self, record: BaseModel, register: Register) -> Any:
        """What the record is sorted by here; None for a blank. Numbers, days and periods sort as what they are."""
        first = next((one for one in self.values(record) if not is_mark(one)), None)
        if first is None or isinstance(first, int | date):
            return first
        if self.steps and self.steps[-1].shape == "period":
            return years(first)
        return self.words(record, register).casefold()


def _reached(record: BaseModel, steps: tuple[FieldSaid, ...]) -> Iterator[Any]:
    value = said_in(record, steps[0])
    for one in value if steps[0].many else () if value is None else (value,):
        if len(steps) > 1:
            yield from _reached(one, steps[1:])
        else:
            yield one


def column(cls: Any, name: str, counted: Mapping[str, tuple[str, Counted]] | None = None) -> Column:
    """The column of that name for records of a class. Raises Refused, with the nearest names, for any other.

    counted: name → title and what works it out, of what the records do not say themselves.
    """
    known = counted or {}
    if name in known:
        return Column(name, known[name][0], counts=True, counted=known[name][1])
    path = name.split(".")
    counts = len(path) > 1 and path[-1] == COUNT
    steps: list[FieldSaid] = []
    at = cls
    for step in path[:-1] if counts else path:
        found = field(at, step) if at else None
        if found is None:
            raise _unknown(cls, at, step, name, known)
        steps.append(found)
        at = found.part
    title = ": ".join(dict.fromkeys(s.title for s in steps[-2:])) if len(steps) > 1 else steps[0].title
    return Column(name, f"{title} (count)" if counts else title, tuple(steps), counts)


def _unknown(cls: Any, at: Any, step: str, name: str, known: Mapping[str, Any]) -> Refused:
    own = [f.name for f in fields(at)] if at else [COUNT]
    inside = [f"{f.name}.{p.name}" for f in fields(cls) if f.part for p in fields(f.part) if p.name == step]
    own += list(known) if at is cls else []
    near = inside or nearest(step, own)
    do = f"Did you mean {listing(near, 'or')}?" if near else f"There are {', '.join(own)}."
    return Refused(f"there is no field '{name}'.", do=do)
