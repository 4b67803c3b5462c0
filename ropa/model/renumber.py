"""Numbers of parts, by which lines of data name purposes and statements name what they are about, when parts come, go or move."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model.walk import FieldSaid, field, fields, part_noun

To = Callable[[str, Any], Any]
"""The list of a part and its number → its new number, or None where it is gone."""


def with_numbers(cls: type[BaseModel], said: Mapping[str, Any], to: To) -> dict[str, Any]:
    """The plain data of a record of that class in which parts are named by other numbers.

    A statement about a part that is gone goes with it. Raises Refused where a part would be left with no number of its
    own: blank would mean all.
    """
    done = dict(said)
    for known in fields(cls):
        if known.part and known.many and known.name in said:
            done[known.name] = [
                one
                for n, part in enumerate(said[known.name], 1)
                if (one := _renumbered(cls, known, n, part, to)) is not None
            ]
    return done


def _renumbered(
    cls: type[BaseModel], known: FieldSaid, n: int, part: Mapping[str, Any], to: To
) -> dict[str, Any] | None:
    done = dict(part)
    for own in fields(known.part) if known.part else ():
        if own.name not in part:
            continue
        if numbers_parts(own, cls):
            done[own.name] = [new for one in part[own.name] if (new := to(own.name, one)) is not None]
            if part[own.name] and not done[own.name]:
                gone = ", ".join(map(str, part[own.name]))
                named = field(cls, own.name)
                raise Refused(
                    f"{known.name} {n} is used by {part_noun(named) if named else own.name} {gone} alone.",
                    do=f"Say first which {own.name} use it ({known.name}.{n}.{own.name}=…), or take it out ({known.name}-={n}).",
                )
        elif own.name == "about":
            about = _about(str(part[own.name]), cls, to)
            if about is None:
                return None
            done[own.name] = about
    return done


def _about(path: str, cls: type[BaseModel], to: To) -> str | None:
    """A path such as purposes.2.legal_basis with the part's new number; None where the part is gone."""
    found = re.fullmatch(r"(\w+)\.([^.]+)(\..*)?", path)
    known = field(cls, found[1]) if found else None
    if not found or not known or not known.many or not known.part:
        return path
    new = to(found[1], int(found[2]) if found[2].isdecimal() else found[2])
    return None if new is None else f"{found[1]}.{new}{found[3] or ''}"


def taken_out(said: dict[str, Any], cls: type[BaseModel], parts: str, number: int) -> None:
    """Mend the plain data of a record, in place, after part `number` (from 1) of the list `parts` was taken out.

    A statement about that part goes with it; those about later ones follow them, and so do the purposes that lines of
    data name. Raises Refused where a line of data would be left with no purpose of its own: blank would mean all.
    """

    def to(name: str, one: Any) -> Any:
        if name != parts or not str(one).isdecimal():
            return one
        return None if int(one) == number else int(one) - (int(one) > number)

    for name, new in with_numbers(cls, said, to).items():
        if name == "statements":
            said[name] = new
            continue
        for old, mended in zip(said[name], new, strict=True) if _are_parts(cls, name) else ():
            old.update(mended)  # the same part as before, for who holds it


def _are_parts(cls: type[BaseModel], name: str) -> bool:
    known = field(cls, name)
    return known is not None and known.many and known.part is not None


def numbers_parts(said: FieldSaid, cls: type[BaseModel]) -> bool:
    """Whether a field of a part holds numbers of other parts of the record: it bears the name of their list."""
    if not said.many or said.shape != "number":
        return False
    return _are_parts(cls, said.name)


def beyond(record: BaseModel) -> Iterator[tuple[tuple[str | int, ...], str, int]]:
    """Every number by which a part names another one that is not there: where it stands, the list it counts in, the number."""
    cls = type(record)
    for known in fields(cls):
        for own in fields(known.part) if known.part and known.many else ():
            if not numbers_parts(own, cls):
                continue
            there = len(getattr(record, own.name))
            for n, part in enumerate(getattr(record, known.name)):
                for i, number in enumerate(getattr(part, own.name)):
                    if number > there:
                        yield (known.name, n, own.name, i), own.name, number
