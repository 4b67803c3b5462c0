"""The schema, walked: what each field of a record says about itself, and which records a record names.

Help, forms, columns, tables, JSON Schema, docs and the words of a diff come from here and from nowhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ropa.model.base import Part, Record
from ropa.model.values import Value


@dataclass(frozen=True)
class FieldSaid:
    """What a field says about itself.

    name: as in the JSON. title, help, answers, internal: as declared. shape: text, day, period, country, code, number,
    yes/no, ref or part. many: a list of them. vocabulary: of a code. names: the kind a ref names. part: the class of a
    part. blank: whether it may be left out. done: of a day, whether it is one on which something was done.
    own: whether it speaks of this one record alone. word: of a text, whether commas part several of them.
    """

    name: str
    title: str
    help: str
    answers: str
    internal: bool
    shape: str
    many: bool
    vocabulary: str
    names: str
    part: type[Part] | None
    blank: bool
    done: bool
    own: bool
    word: bool


@cache
def fields(cls: type[BaseModel]) -> tuple[FieldSaid, ...]:
    """The fields of a record or part in the order of the class; those that every record has come last."""
    hints = get_type_hints(cls, include_extras=True)
    found = [_said(cls, name, hints[name]) for name in cls.model_fields]
    if issubclass(cls, Record):
        last = ("aliases", "statements", "provenance", "tags", "notes")
        first = ("ref", "name")
        found.sort(key=lambda f: (f.name in last, first.index(f.name) if f.name in first else len(first)))
    return tuple(found)


@cache
def field(cls: type[BaseModel], name: str) -> FieldSaid | None:
    """The field of that name, or None."""
    return next((f for f in fields(cls) if f.name == name), None)


def field_at(cls: type[BaseModel], path: str) -> FieldSaid | None:
    """The field at a path such as purposes.1.text; None where there is none. The path of a part is its list's field."""
    found: FieldSaid | None = None
    for step in path.split("."):
        if not step.isdigit():
            found = field(found.part or cls if found else cls, step)
            if found is None:
                return None
    return found


def _said(cls: type[BaseModel], name: str, hint: Any) -> FieldSaid:
    info = cls.model_fields[name]
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    inner, many = hint, False
    if get_origin(inner) is tuple:
        inner, many = get_args(inner)[0], True
    value, part = _value(inner), _part(inner)
    if value is None and part is None:
        raise TypeError(f"{cls.__name__}.{name} does not say what its value stands for")
    return FieldSaid(
        name=name,
        title=info.title or "",
        help=info.description or "",
        answers=str(extra.get("answers", "")),
        internal=bool(extra.get("internal", False)),
        shape="part" if part else value.shape if value else "",
        many=many,
        vocabulary=value.vocabulary if value else "",
        names=value.names if value else "",
        part=part,
        blank=not info.is_required(),
        done=value.done if value else False,
        own=bool(extra.get("own", False)),
        word=value.word if value else False,
    )


def _value(hint: Any) -> Value | None:
    """The marker of a value, found at any depth of `X | None` and `Annotated`."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        own = next((m for m in marks if isinstance(m, Value)), None)
        return own or _value(inner)
    if get_origin(hint) in (Union, UnionType):
        return next((v for v in map(_value, get_args(hint)) if v), None)
    return None


def _part(hint: Any) -> type[Part] | None:
    if get_origin(hint) in (Union, UnionType, Annotated):
        return next((p for p in map(_part, get_args(hint)) if p), None)
    return hint if isinstance(hint, type) and issubclass(hint, Part) else None


def head(cls: type[Part]) -> tuple[str, ...]:
    """The fields that name a part of this class in a sentence."""
    return cls.head or (fields(cls)[0].name,)


def main(cls: type[Part]) -> str:
    """The field of a part of this class that a bare word stands for."""
    return cls.main or head(cls)[0]


def part_noun(said: FieldSaid) -> str:
    """What one member of a list of parts is called: "recipient", "data line"."""
    part = said.part.__name__ if said.part else said.title
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part).lower()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where one record names another: path such as "data.1.category", parts counted from 1."""

    path: str
    kind: str
    ref: str


@cache
def _naming(cls: type[BaseModel]) -> tuple[tuple[FieldSaid, ...], tuple[FieldSaid, ...]]:
    refs = tuple(f for f in fields(cls) if f.names)
    parts = tuple(f for f in fields(cls) if f.part and any(_naming(f.part)))
    return refs, parts


def mentions(record: BaseModel) -> Iterator[Mention]:
    """Every record that this one names, with where it does."""
    refs, parts = _naming(type(record))
    for said in refs:
        value = getattr(record, said.name)
        if said.many:
            yield from (Mention(f"{said.name}.{n}", said.names, ref) for n, ref in enumerate(value, 1))
        elif value is not None:
            yield Mention(said.name, said.names, value)
    for said in parts:
        value = getattr(record, said.name)
        if said.many:
            for n, part in enumerate(value, 1):
                for found in mentions(part):
                    yield Mention(f"{said.name}.{n}.{found.path}", found.kind, found.ref)
        elif value is not None:
            for found in mentions(value):
                yield Mention(f"{said.name}.{found.path}", found.kind, found.ref)
