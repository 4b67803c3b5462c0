"""What every record is made of: a frozen value whose fields say everything about themselves, once.

A field declares a title, a help line, the Article behind it and whether outsiders may see it. Help, forms, columns,
comments, JSON Schema, docs and the words of a diff are derived from that (`ropa.model.walk`).

`None`, or an empty list, means "not said". It never means "no".
"""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


def said(title: str, help: str, *, answers: str = "", internal: bool = False, own: bool = False) -> Any:
    """A field that holds one value, or None for "not said".

    title: what a person calls it. help: one line. answers: the provisions it answers, e.g. "30(1)(b)", GDPR unless
    another act is named. internal: never leaves in a regulator's export. own: speaks of this one record alone, as a contract
    or an assessment does: a copy leaves it out.
    """
    return Field(
        default=None,
        title=title,
        description=help,
        json_schema_extra=_extra(answers, internal=internal, own=own),
    )


def listed(title: str, help: str, *, answers: str = "", internal: bool = False, own: bool = False) -> Any:
    """A field that holds any number of values or parts; empty means "not said"."""
    return Field(
        default=(),
        title=title,
        description=help,
        json_schema_extra=_extra(answers, internal=internal, own=own),
    )


def _extra(answers: str, *, internal: bool, own: bool) -> dict[str, Any]:
    """What JSON Schema has no word for."""
    return {"answers": answers, "internal": internal} | ({"own": True} if own else {})


def needed(title: str, help: str, *, answers: str = "") -> Any:
    """A field without which the record could not be told from another."""
    return Field(title=title, description=help, json_schema_extra={"answers": answers, "internal": False})


def starts_as(default: str, title: str, help: str, *, answers: str = "") -> Any:
    """A field of the register's own book-keeping that a new record starts with. Never a fact of law."""
    return Field(
        default=default,
        title=title,
        description=help,
        json_schema_extra={"answers": answers, "internal": False},
    )


class Part(BaseModel):
    """A part of a record: a purpose, a recipient, a transfer leg. It has no ref; its place in its list names it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    head: ClassVar[tuple[str, ...]] = ()
    """The fields that name the part in a sentence; its first field where none is given."""
    main: ClassVar[str] = ""
    """The field that a bare word stands for; the first of the head where none is given."""
    in_bulk: ClassVar[bool] = False
    """Whether they come and go by the dozen: a list that came or went as a whole is told by its number."""


class Record(BaseModel):
    """A record of the register, found by its kind and ref; where it speaks of another one, it gives that one's ref."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kind: ClassVar[str]
    """The kind, as other records and the history name it."""
    noun: ClassVar[str]
    """What a person calls one of them."""
    plural: ClassVar[str]
    """What a person calls many of them."""
    word: ClassVar[str] = ""
    """The noun by which a person names the kind in a command, where it is not the kind itself."""
    main: ClassVar[str] = "name"
    """The field that a bare word stands for."""
    shown: ClassVar[tuple[str, ...]] = ("ref", "name")
    """The fields that a list shows, unless others are asked for."""
