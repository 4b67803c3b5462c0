"""FIELD=VALUE as a person types it, applied to plain data: paths into parts, += and -=, YAML for whole parts.

All scalars are read as text and typed by the model: NO is Norway and not a no, 1e3 is a text.
"""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model.places import EACH, Meant, NoPart, Place, Way, is_number, numbers
from ropa.model.renumber import taken_out
from ropa.model.walk import FieldSaid, field, fields, main
from ropa.model.yamlread import once_loader

_EXPRESSION = re.compile(r"([A-Za-z0-9_.*]+)\s*(\+=|-=|=)(.*)$", re.DOTALL)


def is_expression(word: str) -> bool:
    """Whether a word is FIELD=VALUE, and no ref or name."""
    return _EXPRESSION.match(word) is not None


def added_to(expression: str) -> str:
    """The path of the list that an expression adds to; "" where it does something else."""
    found = _EXPRESSION.match(expression)
    return found[1] if found and found[2] == "+=" else ""


def lists_in(cls: type[BaseModel], expression: str) -> list[str]:
    """The paths of the lists of parts through which an expression goes, or of which it takes a part."""
    found = _EXPRESSION.match(expression)
    at, path, lists = cls, "", []
    for step in found[1].split(".") if found else ():
        known = field(at, step)
        if known and known.part:
            path, at = f"{path}.{step}".lstrip("."), known.part
            lists += [path] if known.many else []
    return lists


def assign(said: dict[str, Any], cls: type[BaseModel], expression: str, meant: Meant = {}) -> None:  # noqa: B006  nobody writes into a Mapping
    """Apply one expression to the plain data of a record of that class, in place.

    `field=value`, `field=` (blank), `list+=value`, `list-=value-or-number`, `parts.1.field=value`, `part.field=value`,
    `parts.*.field=value` for each part, or each that is meant. Raises Refused for what is no such expression, an unknown
    field, a part that is not there or, by its number, one that is not meant; NoPart where `*` leads to none.
    """
    found = _EXPRESSION.match(expression)
    if not found:
        raise Refused(f"'{expression}' is not FIELD=VALUE.", do="Write, for instance, owner='Head of HR'.")
    path, sign, text = found.groups()
    places = list(Way(path, meant).places(said, cls, path.split(".")))
    lacking: list[NoPart] = []
    for place in places:
        try:
            _set(place, sign, text, path)
        except NoPart as trouble:
            if EACH not in path.split("."):
                raise
            lacking.append(trouble)
    if len(lacking) == len(places):
        raise lacking[0]


def _set(place: Place, sign: str, text: str, path: str) -> None:
    if place.number is not None:
        place.said[place.known.name][place.number] = _value(text, place.known)
    elif place.known.many:
        _set_list(place, sign, text, path)
    else:
        _set_one(place.said, place.known, sign, text, path)


def _set_one(said: dict[str, Any], known: FieldSaid, sign: str, text: str, path: str) -> None:
    if sign != "=":
        raise Refused(f"'{path}' holds one value.", do=f"Write {path}=…")
    if text.strip():
        said[known.name] = _value(text, known) if known.part else text
    else:
        said.pop(known.name, None)


def _set_list(place: Place, sign: str, text: str, path: str) -> None:
    said, known = place.said, place.known
    present = list(said.get(known.name, []))
    if sign == "-=":
        whole = known.part or text in present
        for one in [text] if whole else _values(text, known) or [text]:
            gone = _which(one, present, known, path, place.meant)
            present.pop(gone)
            said[known.name] = present
            if known.part:
                taken_out(said, place.cls, known.name, gone + 1)
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
    if known.part or (known.shape == "text" and not known.word):
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
        return yaml.load(text, Loader=once_loader())  # noqa: S506  it makes texts, lists and mappings only
    except yaml.constructor.ConstructorError as error:
        raise Refused(f"{error.problem} in '{text}'.", do="Take one of them out.") from None
    except yaml.YAMLError:
        names = [f.name for f in fields(known.part)][:2] if known.part else []
        example = "{" + ", ".join(f"{name}: …" for name in names) + "}" if names else "[one, two]"
        raise Refused(
            f"'{text}' cannot be read as {known.name}: a bracket, comma or colon is out of place.",
            do=f"Write {known.name}+='{example}', and put a value that holds such signs in double quotes.",
        ) from None


def _which(text: str, present: list[Any], known: FieldSaid, path: str, meant: Sequence[Any] | None) -> int:
    """The place of the member that `-=` names: by its number, its value, or its main field; of several alike one that is meant."""
    if known.part and is_number(text):
        return numbers(text, present, known, path, meant)[0]
    key = main(known.part) if known.part else ""
    alike = [
        n
        for n, one in enumerate(present)
        if one == text or (key and isinstance(one, dict) and one.get(key) == text)
    ]
    if not alike:
        raise NoPart(f"{known.title.lower()} holds no '{text}'.")
    return next((n for n in alike if meant is None or any(present[n] is one for one in meant)), alike[0])
