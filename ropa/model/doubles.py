"""What is added to a list that holds it already."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from ropa.model.base import Part
from ropa.model.common import Documented
from ropa.model.places import EACH
from ropa.model.walk import FieldSaid, field, fields


def without_doubles(
    before: Documented | None, after: Documented, paths: Sequence[str]
) -> tuple[Any, list[tuple[FieldSaid, Any]]]:
    """The record without what stands a second time in the lists at these paths, and what that was.

    A part stands there already where an earlier one says all that it says; a former one (with a last day) is another. What
    stood twice before stays.
    """
    doubles: list[tuple[FieldSaid, Any]] = []
    mended: BaseModel = after
    for path in dict.fromkeys(paths):
        mended = _mended(before, mended, path.split("."), doubles)
    return mended, doubles


def _mended(
    before: BaseModel | None, of: BaseModel, steps: list[str], doubles: list[tuple[FieldSaid, Any]]
) -> BaseModel:
    """The record or part with the list at that path mended."""
    said = field(type(of), steps[0])
    if said is None:
        return of
    value, was = getattr(of, said.name), getattr(before, said.name, None)
    if len(steps) == 1:
        new: Any = _once(was or (), value, said, doubles)
    elif said.many:
        new = tuple(
            _mended(was[n - 1] if was and n <= len(was) else None, one, steps[2:], doubles)
            if steps[1] in (str(n), EACH)
            else one
            for n, one in enumerate(value, 1)
        )
    else:
        new = _mended(was, value, steps[1:], doubles)
    return of if new == value else of.model_copy(update={said.name: new})


def _once(
    was: Sequence[Any], now: Sequence[Any], said: FieldSaid, doubles: list[tuple[FieldSaid, Any]]
) -> tuple[Any, ...]:
    kept: list[Any] = []
    for one in now:
        stood = was.count(one) > kept.count(one)
        if not stood and any(_says_all(other, one) for other in kept):
            doubles.append((said, one))
        else:
            kept.append(one)
    return tuple(kept)


def _says_all(other: Any, one: Any) -> bool:
    if not isinstance(one, Part):
        return bool(other == one)
    return getattr(other, "until", None) == getattr(one, "until", None) and _within(one, other)


def _within(one: BaseModel, other: BaseModel) -> bool:
    """Whether all that one part says is said by the other too."""
    return all(
        value is None or value == () or value == getattr(other, said.name)
        for said in fields(type(one))
        for value in [getattr(one, said.name)]
    )
