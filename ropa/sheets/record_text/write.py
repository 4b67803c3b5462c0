"""A record as the text that a person edits: each field under its one line of help, blank ones to be filled in."""

from collections.abc import Iterator, Sequence
from itertools import islice
from textwrap import wrap
from typing import Any

from pydantic import BaseModel

from ropa.model.base import Part
from ropa.model.canonical import plain
from ropa.model.codes import vocabulary
from ropa.model.common import Documented
from ropa.model.periods import in_words
from ropa.model.register import KINDS, Register
from ropa.model.renumber import numbers_parts
from ropa.model.speech import country_name, name_of
from ropa.model.walk import FieldSaid, fields, head, part_noun
from ropa.sheets.record_text.scalar import is_block, scalar

_WIDTH = 78
_HARD = "\u00a0"
"""A space at which no line is broken."""
_FEW = 6
"""So many codes are named beside their field; longer lists stand at the end."""
_MANY = 200
"""So many records of a kind are named at the end."""
_SHAPES = {"yes/no": "Yes or no.", "day": "A day: 2026-03-31.", "country": "A country, or its code."}


def record_text(record: Documented, register: Register, opening: Sequence[str] = ()) -> str:
    """Every field of the record, those that say nothing as well. register: where the names of refs are looked up.

    opening: lines that say what this is and how it is used.
    """
    lines = [f"# {_one_line(line, 200)}".rstrip() for line in opening]
    for said in fields(type(record)):
        lines += ["", *_help(said, 0), *_field(said, getattr(record, said.name), record, register, 0)]
    return "\n".join([*lines, *_reference(type(record), register), ""])


def _help(said: FieldSaid, column: int) -> Iterator[str]:
    words = f"{said.title}. {_explained(said)}".replace("Art. ", f"Art.{_HARD}")
    lines = wrap(words, _WIDTH - column, break_on_hyphens=False)
    return (f"{' ' * column}# {line.replace(_HARD, ' ')}" for line in lines)


def _explained(said: FieldSaid) -> str:
    """The field's own help, what can stand there, and the law that asks for it."""
    words = [said.help]
    if said.vocabulary:
        codes = vocabulary(said.vocabulary).codes
        words.append(f"One of: {', '.join(codes)}." if len(codes) <= _FEW else "Codes: at the end.")
    elif said.names:
        words.append(f"{KINDS[said.names].plural.capitalize()}: at the end.")
    elif said.shape in _SHAPES:
        words.append(_SHAPES[said.shape])
    if said.answers:
        words.append(f"[Art. {said.answers}]")
    return " ".join(words)


def _field(said: FieldSaid, value: Any, whole: Documented, register: Register, column: int) -> Iterator[str]:
    """The key with its value, or values, or parts."""
    pad = " " * column
    if said.part and said.many:
        yield f"{pad}{said.name}:"
        for n, part in enumerate(value or (), 1):
            yield f"{pad}  # {part_noun(said)} {n}"
            if plain(part):
                yield from _part(said.part, part, whole, register, column + 4, dash=True)
            else:
                yield f"{pad}  - {{}}"
        yield from _one_more(said, column)
    elif said.part:
        yield f"{pad}{said.name}:"
        yield from _part(said.part, value, whole, register, column + 2, dash=False)
    elif said.many:
        yield f"{pad}{said.name}:"
        yield from (f"{pad}  - {_value(said, one, whole, register, column + 4)}" for one in value or ())
    else:
        yield f"{pad}{said.name}: {_value(said, value, whole, register, column + 2)}".rstrip(" ")


def _part(
    cls: type[Part], part: Part | None, whole: Documented, register: Register, column: int, *, dash: bool
) -> Iterator[str]:
    """The fields of a part. dash: it is a member of a list, where its first line bears the hyphen."""
    lines: list[str] = []
    for said in fields(cls):
        if not dash:
            lines += _help(said, column)
        lines += _field(said, getattr(part, said.name, None), whole, register, column)
    if dash:
        lines[0] = f"{' ' * (column - 2)}- {lines[0].lstrip(' ')}"
    yield from lines


def _one_more(said: FieldSaid, column: int) -> Iterator[str]:
    """The fields of a part with their help, as lines that stand when their # is taken away."""
    pad = " " * column
    yield f"{pad}# One more {part_noun(said)}: take the # away before the hyphen, and before each field that you fill in."
    for n, own in enumerate(fields(said.part) if said.part else ()):
        yield f"{pad}#  {'- ' if n == 0 else '  '}{own.name}:  # {own.help}{_law(own)}"


def _law(said: FieldSaid) -> str:
    return f" [Art. {said.answers}]" if said.answers else ""


def _value(said: FieldSaid, value: Any, whole: Documented, register: Register, column: int) -> str:
    if value is None:
        return ""
    yaml = scalar(("yes" if value else "no") if isinstance(value, bool) else str(value), column)
    beside = "" if is_block(yaml) else _one_line(_beside(said, value, whole, register), 60)
    return f"{yaml}  # {beside}" if beside else yaml


def _beside(said: FieldSaid, value: Any, whole: Documented, register: Register) -> str:
    """What a person reads for a ref, a code or a number; nothing where that says no more."""
    if said.names:
        name = name_of(register, said.names, value)
        return "" if name == value else name
    if said.vocabulary:
        return _label(said.vocabulary, value)
    if said.shape == "country":
        return country_name(value)
    if said.shape == "period":
        return in_words(value)
    if numbers_parts(said, type(whole)):
        parts = getattr(whole, said.name)
        return _named(parts[value - 1]) if value <= len(parts) else ""
    return ""


def _label(name: str, code: str) -> str:
    """What a person reads for a code, where that says more than the code itself."""
    return str(vocabulary(name).label(code)).removeprefix(code).strip()


def _named(part: Part) -> str:
    return " × ".join(str(value) for name in head(type(part)) if (value := getattr(part, name)) is not None)


def _one_line(text: str, limit: int) -> str:
    """Text out of data as it may stand behind a #: it ends no line, and the reader of YAML takes every sign of it."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _reference(cls: type[Documented], register: Register) -> Iterator[str]:
    """What can be named and chosen in the fields of such a record, as comments."""
    every = list(_fields_within(cls))
    kinds = {said.names for said in every}
    for kind in (kind for kind in KINDS if kind in kinds):
        there = register.records.get(kind, {})
        yield from _heading(f"{KINDS[kind].plural.capitalize()}: a ref, or the name behind it")
        yield from (f"#   {ref:<23} {_one_line(one.name, 70)}" for ref, one in islice(there.items(), _MANY))
        if len(there) > _MANY:
            yield f"#   … and {len(there) - _MANY} more"
        if not there:
            yield "#   none yet"
    for name in dict.fromkeys(said.vocabulary for said in every if said.vocabulary):
        words = vocabulary(name)
        if len(words.codes) > _FEW:
            titles = dict.fromkeys(said.title for said in every if said.vocabulary == name)
            yield from _heading(f"{', '.join(titles)}: a code")
            yield from (f"#   {code:<23} {_label(name, code)}".rstrip() for code in words.codes)


def _heading(words: str) -> tuple[str, ...]:
    return "", f"# ---- {words} ".ljust(_WIDTH, "-"), "#"


def _fields_within(cls: type[BaseModel]) -> Iterator[FieldSaid]:
    for said in fields(cls):
        yield said
        if said.part:
            yield from _fields_within(said.part)
