"""What stands at a path of a record, such as purposes.1.legal_basis."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from ropa.model.redacted import said_in
from ropa.model.walk import field


def at_path(of: BaseModel, steps: Sequence[str]) -> Iterator[Any]:
    """The values at a path: one, none where there is no such place, several where a list is named without a number."""
    said = field(type(of), steps[0])
    if said is None:
        return
    value, rest = said_in(of, said), steps[1:]
    if not rest:
        yield value
    elif said.part and not said.many:
        yield from (at_path(value, rest) if value is not None else (None,))
    elif said.part and rest[0].isascii() and rest[0].isdecimal():
        parts = value[int(rest[0]) - 1 : int(rest[0])] if int(rest[0]) else ()
        for part in parts:
            yield from at_path(part, rest[1:]) if rest[1:] else (part,)
    elif said.part:
        for part in value:
            yield from at_path(part, rest)
