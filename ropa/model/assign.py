"""FIELD=VALUE as a person types it, applied to plain data: paths into parts, += and -=, YAML for whole parts.

All scalars are read as text and typed by the model: NO is Norway and not a no, 1e3 is a text.
"""

import re
from typing import Any

from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model.renumber import taken_out
from ropa.model.walk import FieldSaid, field, fields, main
from ropa.words import nearest

_EXPRESSION = re.compile(r"([A-Za-z0-9_.]+)\s*(\+=|-=|=)(.*)$", re.DOTALL)


def is_expression(word: str) -> bool:
    """Whether a word is FIELD=VALUE, and no ref or name."""
    return _EXPRESSION.match(word) is not None


def added_to(expression: str) -> str:
    """The path of the list that an expression adds to; "" where it does something else."""
    found = _EXPRESSION.match(expression)
    return found[1] if found and found[2] == "+=" else ""


def assign(said: dict[str, Any], cls: type[BaseModel], expression: str) -> None:
    """Apply one expression to the plain data of a record of that class, in place.

    `field=value`, `field=` (blank), `list+=value`, `list-=value-or-number`, `parts.1.field=value`, `part.field=value`.
    Raises Refused for what is no such expression, an unknown field, or a part that is not there.
    """
    found = _EXPRESSION.match(expression)
    if not found:
        raise Refused(f"'{expression}' is not FIELD=VALUE.", do="Write, for instance, owner='Head of HR'.")
    path, sign, text = found.groups()
    owner, known, number = _reached(said, cls, path)
    if number is not None:
        owner[known.name][number] = _value(text, known)
    elif known.many:
        _set_list(owner, cls, known, sign, text)
    else:
        _set_one(owner, known, sign, text, path)


def _reached(
    said: dict[str, Any], cls: type[BaseModel], path: str
) -> tuple[dict[str, Any], FieldSaid, int | None]:
    """The plain data, the field and, for a whole part, its index in the list, that a path leads to."""
    steps = path.split(".")
    while True:
        known = _known(cls, steps.pop(0), path)
        if not steps:
            return said, known, None
        if not known.part:
            raise Refused(f"'{path}' goes into '{known.name}', which has no parts.")
        cls = known.part
        if not known.many:
            said = said.setdefault(known.name, {})
            continue
        parts = said.setdefault(known.name, [])
        number = _number(steps.pop(0), len(parts), known, path)
        if not steps:
            return said, known, number
        said = parts[number]


def _set_one(said: dict[str, Any], known: FieldSaid, sign: str, text: str, path: str) -> None:
    if sign != "=":
        raise Refused(f"'{path}' holds one value.", do=f"Write {path}=…")
    if text.strip():
        said[known.name] = _value(text, known) if known.part else text
    else:
        said.pop(known.name, None)


def _set_list(said: dict[str, Any], cls: type[BaseModel], known: FieldSaid, sign: str, text: str) -> None:
    present = list(said.get(known.name, []))
    if sign == "-=":
        place = _which(text, present, known)
        present.pop(place)
        said[known.name] = present
        if known.part:
            taken_out(said, cls, known.name, place + 1)
    elif sign == "+=":
        said[known.name] = present + _values(text, known)
    else:
        said[known.name] = _values(text, known) if text.strip() else []


def _values(text: str, known: FieldSaid) -> list[Any]:
    """The members of a list that a text gives: a YAML list, one part, or words split at commas."""
    if text.strip().startswith("[") and text.strip().endswith("]"):
        given = _yaml(text, known)
        if isinstance(given, list):
            return [_member(one, known) for one in given]
    if known.part or known.shape == "text":
        return [_value(text, known)]
    return [word.strip() for word in text.split(",") if word.strip()]


def _member(given: Any, known: FieldSaid) -> Any:
    return {main(known.part): given} if known.part and isinstance(given, str) else given


def _value(text: str, known: FieldSaid) -> Any:
    """One value: a part as a YAML mapping or as its main field alone; anything else as the text it is."""
    if not known.part:
        return text
    if text.lstrip().startswith("{"):
        given = _yaml(text, known)
        if isinstance(given, dict):
            return given
    return {main(known.part): text}


def _yaml(text: str, known: FieldSaid) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes texts, lists and mappings only
    except yaml.YAMLError:
        names = [f.name for f in fields(known.part)][:2] if known.part else []
        example = "{" + ", ".join(f"{name}: …" for name in names) + "}" if names else "[one, two]"
        raise Refused(
            f"'{text}' cannot be read as {known.name}: a bracket, comma or colon is out of place.",
            do=f"Write {known.name}+='{example}', and put a value that holds such signs in double quotes.",
        ) from None


def _which(text: str, present: list[Any], known: FieldSaid) -> int:
    """The place of the member that `-=` names: by its number, its value, or its main field."""
    if known.part and text.isdigit():
        return _number(text, len(present), known, known.name)
    key = main(known.part) if known.part else ""
    for n, one in enumerate(present):
        if one == text or (key and isinstance(one, dict) and one.get(key) == text):
            return n
    raise Refused(f"{known.title.lower()} holds no '{text}'.")


def _number(step: str, many: int, known: FieldSaid, path: str) -> int:
    if not step.isdigit() or not 1 <= int(step) <= many:
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
