"""Values as a person says them: names for refs, "10 years" for P10Y, country names for codes, yes and no."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ropa.model.base import Part
from ropa.model.periods import in_words
from ropa.model.redacted import is_mark, said_in
from ropa.model.register import KINDS, Register
from ropa.model.walk import FieldSaid, fields, head

_BARE = ("yes/no", "day", "number")
"""Shapes that say nothing without their field's title."""


def spoken(value: Any, said: FieldSaid, register: Register) -> str:
    """One field's value in words; "" for what is not said. Lists are joined with "; "."""
    if value is None or value == ():
        return ""
    if said.many:
        return "; ".join(_one(v, said, register) for v in value)
    return _one(value, said, register)


def plain_in_words(value: Any, said: FieldSaid, register: Register) -> str:
    """The same for a value of plain data: a part is a mapping, a member of a list may stand for the list."""
    if value in (None, [], {}):
        return ""
    each = value if isinstance(value, list | tuple) else [value]
    read = [said.part.model_validate(one) if said.part and isinstance(one, dict) else one for one in each]
    return spoken(tuple(read) if said.many else read[0], said, register)


def _one(value: Any, said: FieldSaid, register: Register) -> str:
    if said.part:
        return part_in_words(value, register)
    if is_mark(value):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if said.names:
        return name_of(register, said.names, value)
    return _coded(value, said)


def _coded(value: Any, said: FieldSaid) -> str:
    if said.shape == "country":
        return country_name(value)
    if said.shape == "period":
        return in_words(value)
    if said.vocabulary:
        from ropa.model.codes import vocabulary

        return vocabulary(said.vocabulary).label(value)
    return str(value)


def name_of(register: Register, kind: str, ref: str) -> str:
    """The name of the record of that kind and ref; the ref itself where there is no such record."""
    record = register.get(KINDS[kind], ref)
    return record.name if record else ref


def country_name(code: str) -> str:
    """The English name of a country code; the code itself where it has none."""
    from ropa.reference.countries import countries

    known = countries().get(code)
    return known.name if known else code


def part_in_words(part: Part, register: Register) -> str:
    """A part in one line: what names it, and the rest in brackets: "Mailjet (processor, newsletter)"."""
    named, rest = [], []
    heads = head(type(part))
    for said in fields(type(part)):
        words = spoken(said_in(part, said), said, register)
        if not words:
            continue
        if said.name in heads:
            named.append(words)
        else:
            rest.append(
                f"{said.title.lower()}: {words}"
                if said.shape in _BARE or said.vocabulary == "authorisation"
                else words
            )
    return _bracketed(" × ".join(named), rest)


def _bracketed(name: str, rest: Iterable[str]) -> str:
    inside = ", ".join(rest)
    if not name:
        return inside
    return f"{name} ({inside})" if inside else name
