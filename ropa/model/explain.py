"""Validation in the user's language: "purposes 2: legal basis '6.1.z' is not one of 6(1)(a) … 6(1)(f)"."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ropa.errors import Faults, Refused
from ropa.model.base import Record
from ropa.model.walk import field, fields
from ropa.words import nearest

R = TypeVar("R", bound=Record)

_PLAIN_WORDS = {
    "missing": "is missing.",
    "date_type": "is not a day.",
    "date_from_datetime_inexact": "has a time of day; a day is wanted.",
    "bool_type": "is neither yes nor no.",
    "bool_parsing": "is neither yes nor no.",
    "int_type": "is not a whole number.",
    "int_from_float": "is not a whole number.",
    "tuple_type": "is not a list.",
    "model_type": "is not a part with fields of its own.",
    "string_type": "is not a text.",
    "greater_than_equal": "is too small.",
    "less_than_equal": "is too large.",
}


def troubles(error: ValidationError, cls: type[BaseModel]) -> list[Refused]:
    """Each fault of a record as a Refused whose `at` is the path ("purposes 2") and whose text names field and choices."""
    return [_trouble(fault, cls) for fault in error.errors(include_url=False)]


def _trouble(fault: Mapping[str, Any], cls: type[BaseModel]) -> Refused:
    where: list[str] = []
    title, at_part = "", cls
    for step in fault["loc"]:
        if isinstance(step, int):
            where.append(f"{title.lower()} {step + 1}" if title else str(step + 1))
            title = ""
            continue
        if title:
            where.append(title.lower())
        known = field(at_part, str(step))
        title = known.title if known else str(step)
        if known and known.part:
            at_part = known.part
    if fault["type"] == "extra_forbidden":
        choices = nearest(str(fault["loc"][-1]), [f.name for f in fields(at_part)])
        return Refused(
            f"there is no field '{fault['loc'][-1]}'.",
            at=": ".join(where),
            do=f"Did you mean {', '.join(choices)}?" if choices else "",
        )
    context = fault.get("ctx", {})
    if fault["type"] == "refused":
        what = context["what"]
    elif fault["input"] is None:
        what = "is missing."
    else:
        what = _PLAIN_WORDS.get(fault["type"], f"is refused: {fault['msg']}.")
    return Refused(f"{_small(title)} {what}".strip(), at=": ".join(where), do=context.get("do", ""))


def _small(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it is an abbreviation."""
    return title if title[1:2].isupper() or title.startswith("Art.") else title[:1].lower() + title[1:]


def read_record(cls: type[R], said: Mapping[str, Any], *, at: str = "") -> R:
    """The record that plain data describe. Raises Refused, or Faults for several faults, each naming where."""
    try:
        return cls.model_validate(said)
    except ValidationError as error:
        each = troubles(error, cls)
    name = at or str(said.get("ref") or said.get("name") or cls.noun)
    placed = [Refused(t.what, at=f"{name}: {t.at}" if t.at else name, do=t.do) for t in each]
    raise placed[0] if len(placed) == 1 else Faults(placed)
