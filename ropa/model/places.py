"""Where a path such as purposes.1.law or purposes.*.law leads, in the plain data of a record."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model.walk import FieldSaid, field, fields, main, part_noun
from ropa.words import listing, nearest

EACH = "*"
"""In a path, in place of the number of a part: every part, or every one that is meant."""
Meant = Mapping[str, Sequence[Any]]
"""Path of a list of parts, such as purposes → those of its parts that filters mean, out of the same plain data; all where no filter speaks of the list."""


class NoPart(Refused):
    """A path leads to each part that is meant, and there is none in this record."""


@dataclass(frozen=True)
class Place:
    """Where a path leads: a field of plain data, or one part of it. meant: as `Meant` has it of this list, None for all."""

    said: dict[str, Any]
    cls: type[BaseModel]
    known: FieldSaid
    number: int | None = None
    meant: Sequence[Any] | None = None


@dataclass(frozen=True)
class Way:
    """A path as it was typed, and which parts of each list are meant."""

    path: str
    meant: Meant

    def places(
        self, said: dict[str, Any], cls: type[BaseModel], steps: Sequence[str], above: str = ""
    ) -> Iterator[Place]:
        """The places to which the steps lead; more than one where `*` is among them."""
        known = _known(cls, steps[0], self.path)
        here, steps = f"{above}{known.name}", steps[1:]
        meant = self.meant.get(here)
        if not steps:
            yield Place(said, cls, known, meant=meant)
        elif not known.part:
            raise Refused(f"'{self.path}' goes into '{known.name}', which has no parts.")
        elif not known.many:
            yield from self.places(said.setdefault(known.name, {}), known.part, steps, f"{here}.")
        else:
            parts = said.setdefault(known.name, [])
            if steps == [EACH]:
                raise Refused(
                    f"'{self.path}' are whole parts.",
                    do=f"Say which field of them: '{self.path}.{main(known.part)}=…'",
                )
            for n in numbers(steps[0], parts, known, self.path, meant):
                if steps[1:]:
                    yield from self.places(parts[n], known.part, steps[1:], f"{here}.")
                else:
                    yield Place(said, cls, known, n)


def parts_at(record: BaseModel, said: Mapping[str, Any], path: str, fits: Callable[[Any], bool]) -> list[Any]:
    """Those parts of the list at a path that fit, as they stand in the plain data of the record."""
    name, _, rest = path.partition(".")
    known = field(type(record), name)
    value, inner = getattr(record, name), said.get(name)
    if known is None or not value or not inner:
        return []
    pairs = zip(value, inner, strict=True) if known.many else [(value, inner)]
    if rest:
        return [one for part, its in pairs for one in parts_at(part, its, rest, fits)]
    return [its for part, its in pairs if fits(part)]


def numbers(
    step: str, parts: list[Any], known: FieldSaid, path: str, meant: Sequence[Any] | None
) -> list[int]:
    """The places in a list, from 0, that a step of a path names: one by its number, or each that is meant."""
    fit = [n for n, one in enumerate(parts) if meant is None or any(one is other for other in meant)]
    if step != EACH:
        number = _number(step, len(parts), known, path)
        if number not in fit:
            raise _not_meant(number, fit, known, path)
        return [number]
    if not fit:
        noun = known.title.lower()
        raise NoPart(
            f"none of its {noun} fits the filters." if parts else f"it has no {noun}.",
            do=f"Add one: {known.name}+='…'",
        )
    return fit


def is_number(text: str) -> bool:
    """Whether a text is the number of a part, as a person counts."""
    return text.isascii() and text.isdecimal() and len(text) < 7


def _not_meant(number: int, fit: list[int], known: FieldSaid, path: str) -> Refused:
    """A part that was named by its number, and does not fit the filters that speak of such parts."""
    noun = part_noun(known)
    those = listing(str(n + 1) for n in fit)
    does = f"{noun} {those} {'does' if len(fit) == 1 else 'do'}" if fit else "none of them does"
    each = path.replace(f"{known.name}.{number + 1}.", f"{known.name}.{EACH}.", 1)
    way = f"Say '{each}=…' for those that fit, or name" if each != path else "Name"
    return Refused(
        f"{noun} {number + 1} does not fit the filters; {does}.",
        do=f"{way} the record in place of the filters.",
    )


def _number(step: str, many: int, known: FieldSaid, path: str) -> int:
    if not is_number(step) or not 1 <= int(step) <= many:
        there = f"1 to {many}" if many else "none yet"
        raise Refused(
            f"there is no {known.name} {step} in '{path}'; there are {there}.",
            do=f"Add one: {known.name}+='…'",
        )
    return int(step) - 1


def _known(cls: type[BaseModel], name: str, path: str) -> FieldSaid:
    known = field(cls, name)
    if known is None:
        near = nearest(name, [f.name for f in fields(cls)])
        raise Refused(
            f"there is no field '{name}'.",
            at=path if path != name else "",
            do=f"Did you mean {', '.join(near)}?"
            if near
            else f"There are {', '.join(f.name for f in fields(cls))}.",
        )
    return known
