"""The names that a person writes, turned into refs; what the shipped catalogue knows comes along."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from ropa.cli.noun import word_of
from ropa.compare import Change, applied
from ropa.errors import Ambiguous, Refused
from ropa.model.catalogued import from_catalogue
from ropa.model.explain import read_record
from ropa.model.find import find_one
from ropa.model.register import KINDS, Register
from ropa.model.walk import FieldSaid, field
from ropa.words import fold


def with_named(register: Register, cls: Any, said: Mapping[str, Any], *, before: Any) -> list[Change]:
    """The change to a record, after those that bring in catalogue records it names. Names are turned into refs."""
    along: list[Change] = []

    def ref_of(known: FieldSaid, words: str) -> str:
        nonlocal register
        kind = KINDS[known.names]
        if words in register.all(kind):
            return words
        own = [r for r in register.all(kind).values() if fold(words) in (fold(r.name), *map(fold, r.aliases))]
        if len(own) == 1:
            return str(own[0].ref)
        new = () if own else from_catalogue(known.names, words, register)
        if new:
            along.extend(Change(None, record) for record in new)
            register = applied(register, [Change(None, record) for record in new])
            return str(new[-1].ref)
        try:
            return str(find_one(register, kind, words).ref)
        except Ambiguous:
            raise
        except Refused as unknown:
            add = f"Add it first: ropa {word_of(known.names)} add '{words}'."
            raise Refused(unknown.what, do=f"{unknown.do} {add}".strip()) from None

    resolved = _resolve(cls, said, ref_of)
    record = read_record(cls, resolved)
    return [*along, Change(before, record)]


def _resolve(cls: type[BaseModel], said: Mapping[str, Any], ref_of: Any) -> dict[str, Any]:
    """Plain data with the names of records turned into their refs, at any depth."""
    done: dict[str, Any] = {}
    for key, value in said.items():
        known = field(cls, key)
        if known is None or value in (None, "", [], {}):
            done[key] = value
        elif known.part:
            done[key] = (
                [
                    _resolve(known.part, one, ref_of) if isinstance(one, Mapping) else one
                    for one in (value if isinstance(value, list) else [value])
                ]
                if known.many
                else (_resolve(known.part, value, ref_of) if isinstance(value, Mapping) else value)
            )
        elif known.names:
            done[key] = [ref_of(known, v) for v in value] if known.many else ref_of(known, value)
        else:
            done[key] = value
    return done
