"""What two sides made of one record since a common base: the union of their changes, or the fields on which they clash.

Lists of parts are merged part by part, and what names a part by its number goes on naming the same one.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from pydantic import BaseModel

from ropa.model.align import pairs
from ropa.model.base import Part
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.renumber import To, numbers_parts, with_numbers
from ropa.model.walk import FieldSaid, fields

R = TypeVar("R", bound=Documented)
Plain = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class FieldClash:
    """A field, or a part, that both sides changed, to different values. None: blank, or taken out.

    path: fields by name, parts by their index in the merged list, or in that of theirs where it has none.
    ours, theirs: as plain data.
    """

    path: Path
    said: FieldSaid
    ours: Any
    theirs: Any


def dotted(path: Path) -> str:
    """A path as a person types it: purposes.1.text."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


Settle = Callable[[FieldClash], bool]
"""Whether theirs is to stand where both clash; else ours stays."""
_NO_PART = "?"
"""Stands before a number that no part has: it stays what it is."""


def union(base: R, ours: R, theirs: R, settle: Settle = lambda _: False) -> tuple[R, list[FieldClash]]:
    """Ours with all that changed between base and theirs, and where the two clash. `settle` decides those.

    Raises Refused where what is left of both cannot stand together.
    """
    cls = type(base)
    sides = Sides(cls, plain(base), plain(ours), plain(theirs))
    merging = _Merging(sides, settle)
    said = merging.fields(cls, sides.base, sides.ours, sides.theirs, ())
    record = read_record(cls, with_numbers(cls, said, merging.number))
    return record, [merging.placed(clash) for clash in merging.clashes]


class Sides:
    """Base and both sides as plain data, in which every part has an identity, and is named by it and not by its number."""

    def __init__(self, cls: type[BaseModel], base: Plain, ours: Plain, theirs: Plain) -> None:
        self.cls = cls
        self.of: dict[str, tuple[list[int], list[int], list[int]]] = {}
        for said in fields(cls):
            if said.part and said.many:
                self.of[said.name] = _identities(
                    said.part, *(side.get(said.name, []) for side in (base, ours, theirs))
                )
        self.base, self.ours, self.theirs = (
            with_numbers(cls, side, _identity(self.of, n)) for n, side in enumerate((base, ours, theirs))
        )


def _identity(of: Mapping[str, Sequence[Sequence[int]]], side: int) -> To:
    def identity(name: str, number: Any) -> Any:
        each = of.get(name, ((),) * 3)[side]
        known = isinstance(number, int) and 0 < number <= len(each)
        return each[number - 1] if known else f"{_NO_PART}{number}"

    return identity


def _identities(
    cls: type[Part], base: Sequence[Plain], ours: Sequence[Plain], theirs: Sequence[Plain]
) -> tuple[list[int], list[int], list[int]]:
    """A number for each part of the three lists, the same for those that are the same one; in base it is its place."""
    mine = {m: n + 1 for n, m in pairs(cls, base, ours).items()}
    yours = {m: n + 1 for n, m in pairs(cls, base, theirs).items()}
    new = count(len(base) + 1)
    new_mine = [m for m in range(len(ours)) if m not in mine]
    new_yours = [m for m in range(len(theirs)) if m not in yours]
    mine |= {m: next(new) for m in new_mine}
    both = pairs(cls, [ours[m] for m in new_mine], [theirs[m] for m in new_yours])
    yours |= {new_yours[m]: mine[new_mine[n]] for n, m in both.items()}
    yours |= {m: next(new) for m in new_yours if m not in yours}
    places = range(1, len(base) + 1)
    return list(places), [mine[m] for m in range(len(ours))], [yours[m] for m in range(len(theirs))]


class _Merging:
    """One merge of a record: what it finds on its way."""

    def __init__(self, sides: Sides, settle: Settle) -> None:
        self._sides, self._settle = sides, settle
        self.clashes: list[FieldClash] = []
        self.orders: dict[str, list[int]] = {}

    def fields(self, cls: type[BaseModel], base: Plain, ours: Plain, theirs: Plain, path: Path) -> Plain:
        """Each field as one side has it, or as both have it together."""
        merged: Plain = {}
        for said in fields(cls):
            was, here, there = (side.get(said.name) for side in (base, ours, theirs))
            value = self._field(said, was, here, there, (*path, said.name))
            if value not in (None, [], {}):
                merged[said.name] = value
        return merged

    def _field(self, said: FieldSaid, was: Any, here: Any, there: Any, path: Path) -> Any:
        if said.part and said.many and len(path) == 1:
            return self._parts(said, was or [], here or [], there or [])
        if there in (here, was):
            return here
        if was == here:
            return there
        if said.part and not said.many:
            return self.fields(said.part, was or {}, here or {}, there or {}, path)
        if said.many and not said.part and said.shape != "number":
            return _members(was or [], here or [], there or [])
        return self._settled(path, said, here, there)

    def _settled(self, path: Path, said: FieldSaid, here: Any, there: Any) -> Any:
        clash = FieldClash(path, said, self._told(said, here, 1), self._told(said, there, 2))
        self.clashes.append(clash)
        return there if self._settle(clash) else here

    def _told(self, said: FieldSaid, value: Any, side: int) -> Any:
        """A value as its own side has it: with numbers of parts in place of what they are."""
        if isinstance(value, dict) and said.part:
            return {
                own.name: self._told(own, value[own.name], side)
                for own in fields(said.part)
                if own.name in value
            }
        if numbers_parts(said, self._sides.cls) and value:
            order = self._sides.of[said.name][side]
            return [
                order.index(one) + 1 if one in order else int(one.removeprefix(_NO_PART)) for one in value
            ]
        return value

    def _parts(self, said: FieldSaid, was: list[Plain], here: list[Plain], there: list[Plain]) -> list[Plain]:
        ids = self._sides.of[said.name]
        base, ours, theirs = (
            dict(zip(each, parts, strict=True)) for each, parts in zip(ids, (was, here, there), strict=True)
        )
        merged: dict[int, Plain] = {}
        for one in _woven(*ids):
            part = self._one(said, base.get(one), ours.get(one), theirs.get(one), one)
            if part is not None:
                merged[one] = part
        self.orders[said.name] = list(merged)
        return list(merged.values())

    def _one(
        self, said: FieldSaid, was: Plain | None, here: Plain | None, there: Plain | None, one: int
    ) -> Any:
        path: Path = (said.name, one)
        if here is not None and there is not None:
            return self.fields(said.part, was or {}, here, there, path) if said.part else here
        left = there if here is None else here
        if was is None:
            return left
        if left == was and not self._newly_named(said.name, one, by_theirs=here is None):
            return None
        return self._settled(path, said, here, there)

    def _newly_named(self, name: str, one: int, *, by_theirs: bool) -> bool:
        """Whether the side that kept a part names it by its number where base did not."""
        side = self._sides.theirs if by_theirs else self._sides.ours
        return bool(_naming(side, name, one) - _naming(self._sides.base, name, one))

    def number(self, name: str, one: Any) -> Any:
        """The number that the part of that identity has now; None where it is gone."""
        if isinstance(one, str):
            return one.removeprefix(_NO_PART)
        order = self.orders.get(name, [])
        return order.index(one) + 1 if one in order else None

    def placed(self, clash: FieldClash) -> FieldClash:
        """The clash with the index of its part in the merged list."""
        if len(clash.path) < 2 or clash.path[0] not in self.orders:
            return clash
        name, one, *rest = clash.path
        order = self.orders[str(name)]
        index = order.index(int(one)) if one in order else len(order)
        return FieldClash((name, index, *rest), clash.said, clash.ours, clash.theirs)


def _naming(side: Plain, name: str, one: int) -> set[int]:
    """The parts, by what they say otherwise, that name a part of the list by its identity."""
    return {
        hash(repr({key: value for key, value in part.items() if key != name}))
        for parts in side.values()
        if isinstance(parts, list)
        for part in parts
        if isinstance(part, dict) and isinstance(part.get(name), list) and one in part[name]
    }


def _members(was: list[Any], here: list[Any], there: list[Any]) -> list[Any]:
    """A list of refs or words: what either side added comes in, what either side took out goes."""
    base, ours, theirs = map(_counted, (was, here, there))
    return [
        value
        for value, n in _woven(base, ours, theirs)
        if ((value, n) in ours and (value, n) in theirs) or (value, n) not in base
    ]


def _counted(values: Sequence[Any]) -> list[tuple[Any, int]]:
    """Each value with how often it stood before."""
    return [(value, values[:n].count(value)) for n, value in enumerate(values)]


T = TypeVar("T", bound=Hashable)


def _woven(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]) -> Iterator[T]:
    """All of both sides, in the order of the side that moved something; what the other one has comes behind what stands before it there."""
    shared = [one for one in base if one in set(ours) & set(theirs)]
    moved = [one for one in ours if one in shared] != shared
    main, other = (list(ours), theirs) if moved else (list(theirs), ours)
    for n, one in enumerate(other):
        if one not in main:
            before = next((b for b in reversed(other[:n]) if b in main), None)
            at = main.index(before) + 1 if before is not None else 0
            # What both sides put at the same place: that of the register stands first, its numbers are known already.
            while not moved and one not in base and at < len(main) and main[at] not in {*base, *other}:
                at += 1
            main.insert(at, one)
    return iter(main)
