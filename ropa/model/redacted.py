"""What was taken out of the past on purpose: a mark stands in its place, and says which revision took it.

A text holds the mark itself. Where a field holds days, codes or refs, no mark can stand: the record keeps it beside the field,
which then is unknown and not blank. Two records of which one is unknown where the other is blank are not the same.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from ropa.model.common import Documented
from ropa.model.walk import FieldSaid, fields

R = TypeVar("R", bound=Documented)

_BEGINS = "(redacted in r"
_MARK = re.compile(r"\(redacted in r[1-9][0-9]*\)")
_NONE: Mapping[str, str] = {}
_FEW = 5
"""Values that are named at most in a sentence."""


@dataclass(frozen=True)
class Unknown:
    """A value that was taken out since: in which record, at which path, and the mark that stands for it."""

    kind: str
    ref: str
    path: str
    mark: str


def mark(revision: int) -> str:
    """What stands where a revision took something out."""
    return f"{_BEGINS}{revision})"


def is_mark(value: Any) -> bool:
    """Whether a value is such a mark and nothing else."""
    return isinstance(value, str) and value.startswith(_BEGINS) and _MARK.fullmatch(value) is not None


def marks_in(text: str) -> list[str]:
    """The marks that stand in a text, wherever."""
    return _MARK.findall(text) if _BEGINS in text else []


def marked(of: BaseModel) -> Mapping[str, str]:
    """The marks of a record or part that stand beside its fields, by the name of the field."""
    beside: Any = of.__pydantic_private__
    return beside["marks"] if beside else _NONE


def said_in(of: BaseModel, said: FieldSaid) -> Any:
    """What a field says; the mark where it is unknown, in a list after what is known of it."""
    value, beside = getattr(of, said.name), of.__pydantic_private__
    if beside is None or said.name not in beside["marks"]:
        return value
    mark = beside["marks"][said.name]
    return (*value, mark) if said.many else mark


def read_past(cls: type[R], text: str) -> R:
    """The record of a text of the history."""
    said = json.loads(text)
    if _BEGINS not in text:
        return cls.model_validate(said)
    record = cls.model_validate(_without(cls, said))
    _put_beside(record, said)
    return record


def unknown_in(record: Documented) -> Iterator[Unknown]:
    """Everything in a record that was taken out since."""
    return (Unknown(record.kind, record.ref, path, mark) for path, mark in _unknown(record, ""))


def in_words(unknown: Sequence[Unknown]) -> str:
    """What is unknown of a past state, in a sentence; the first few by name."""
    each = [f"{one.ref} {one.path} {one.mark}" for one in unknown]
    more = f" and {len(each) - _FEW} more" if len(each) > _FEW else ""
    return f"Unknown, not blank, for it was taken out of the history since: {', '.join(each[:_FEW])}{more}."


def _unknown(of: BaseModel, above: str) -> Iterator[tuple[str, str]]:
    for said in fields(type(of)):
        value, here = said_in(of, said), f"{above}{said.name}"
        if said.part:
            each = value if said.many else () if value is None else (value,)
            for n, part in enumerate(each, 1):
                yield from _unknown(part, f"{here}.{n}." if said.many else f"{here}.")
        else:
            for one in value if said.many else (value,):
                if isinstance(one, str):
                    yield from ((here, found) for found in marks_in(one))


def _without(cls: type[BaseModel], said: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data without the marks that the model could not read."""
    known = {one.name: one for one in fields(cls)}
    left: dict[str, Any] = {}
    for name, value in said.items():
        one = known.get(name)
        if one is None or one.shape == "text":
            left[name] = value
        elif one.part and isinstance(value, dict):
            left[name] = _without(one.part, value)
        elif one.part and one.many and isinstance(value, list):
            left[name] = [_without(one.part, part) if isinstance(part, dict) else part for part in value]
        elif one.many and isinstance(value, list):
            left[name] = [member for member in value if not is_mark(member)]
        elif not is_mark(value):
            left[name] = value
    return left


def _put_beside(of: BaseModel, said: Mapping[str, Any]) -> None:
    """Keep what `_without` left out beside the fields of what was read."""
    beside = {}
    for one in fields(type(of)):
        if one.name not in said or one.shape == "text":
            continue
        value, read = said[one.name], getattr(of, one.name)
        if one.part:
            for part, its in zip(read, value, strict=True) if one.many else [(read, value)]:
                _put_beside(part, its)
        elif found := [each for each in (value if one.many else [value]) if is_mark(each)]:
            beside[one.name] = found[-1]
    if beside:
        # Where pydantic keeps what is no field: compared and copied with the record, and free for records that have none.
        object.__setattr__(of, "__pydantic_private__", {"marks": beside})
