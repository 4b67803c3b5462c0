"""The names that a person writes, turned into refs; what the shipped catalogue knows comes along."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from ropa.cli.options import today
from ropa.compare import Change, applied
from ropa.errors import Ambiguous, Refused
from ropa.model.calling import called, called_one, command_of
from ropa.model.catalogue import RetentionRule
from ropa.model.catalogued import from_catalogue
from ropa.model.dates import day_in_words
from ropa.model.explain import read_record
from ropa.model.find import find_one, is_called
from ropa.model.organisation import Organisation
from ropa.model.periods import parse_period
from ropa.model.register import KINDS, Register
from ropa.model.walk import FieldSaid, field
from ropa.words import fold

Path = tuple[str | int, ...]
RefOf = Callable[[FieldSaid, str, Path], str]
"""A field, the words that stand in it, and its path → the ref that the words mean."""

_OURS = ("entity", "party")
"""Fields that name an organisation of ours."""


class Naming:
    """Finds the records that words name. register: with those of the catalogue that came along, which `along` adds to it."""

    def __init__(self, register: Register) -> None:
        self.register, self.along = register, list[Change]()

    def ref_of(self, known: FieldSaid, words: str) -> str:
        """The ref that the words in a field mean. Raises Refused, with the command that adds one, where they name none."""
        kind = KINDS[known.names]
        if words in self.register.all(kind):
            return words
        records = self.register.all(kind).values()
        own = [r for r in records if fold(words) in (fold(r.name), *map(fold, r.aliases))]
        if len(own) == 1:
            return str(own[0].ref)
        new = () if own else from_catalogue(known.names, words, self.register)
        if new:
            changes = [Change(None, record) for record in new]
            self.along += changes
            self.register = applied(self.register, changes)
            return str(new[-1].ref)
        if known.names == RetentionRule.kind and not own and (period := _period_in(words)):
            raise self._refuse_period(words, period)
        ours = known.name in _OURS if known.names == Organisation.kind else None
        try:
            one = find_one(self.register, kind, words)
            if is_called(one, words):
                return str(one.ref)
            near = f"Did you mean {called(one)}?"
        except Ambiguous:
            raise
        except Refused as unknown:
            near = unknown.do if unknown.do.endswith("?") else ""
        add = f"Add it first: ropa {command_of(kind, ours=ours)} add '{words}'."
        raise Refused(f"there is no {called_one(kind, ours=ours)} '{words}'.", do=f"{near} {add}".strip())

    def _refuse_period(self, words: str, period: str) -> Refused:
        """A period alone names no rule: a rule has a start and a ground, and those of another must not slip in."""
        fitting = [r for r in self.register.all(RetentionRule).values() if r.period == period]
        such = ", ".join(f"{r.ref} ({r.name})" for r in fitting[:5])
        say = f"Of that period are {such}. " if such else ""
        return Refused(
            f"'{words}' is a period, and a retention rule is wanted.",
            do=f"{say}{'Or add' if such else 'Add'} one: ropa retention add NAME period='{words}'.",
        )


def _period_in(words: str) -> str:
    """The period that the words are; "" where they are none."""
    try:
        return parse_period(words)
    except Refused:
        return ""


def with_named(register: Register, cls: Any, said: Mapping[str, Any], *, before: Any) -> list[Change]:
    """The change to a record, after those that bring in catalogue records it names. Names are turned into refs."""
    naming = Naming(register)
    record = read_record(cls, resolved(cls, said, lambda known, words, _: naming.ref_of(known, words)))
    return [*naming.along, Change(before, record)]


def resolved(cls: type[BaseModel], said: Mapping[str, Any], ref_of: RefOf, path: Path = ()) -> dict[str, Any]:
    """Plain data with the names of records turned into their refs, and "yesterday" into its day, at any depth."""
    done: dict[str, Any] = {}
    for key, value in said.items():
        known, here = field(cls, key), (*path, key)
        if known is None or value in (None, "", [], {}):
            done[key] = value
        elif known.part and known.many:
            each = value if isinstance(value, list) else [value]
            done[key] = [_part(known.part, one, ref_of, (*here, n)) for n, one in enumerate(each)]
        elif known.part:
            done[key] = _part(known.part, value, ref_of, here)
        elif known.names and known.many and isinstance(value, list):
            done[key] = [
                ref_of(known, one, (*here, n)) if isinstance(one, str) else one for n, one in enumerate(value)
            ]
        elif known.names and isinstance(value, str):
            done[key] = ref_of(known, value, here)
        elif known.shape == "day" and isinstance(value, str) and (day := day_in_words(value, today())):
            done[key] = day.isoformat()
        else:
            done[key] = value
    return done


def _part(cls: type[BaseModel], said: Any, ref_of: RefOf, path: Path) -> Any:
    return resolved(cls, said, ref_of, path) if isinstance(said, Mapping) else said
