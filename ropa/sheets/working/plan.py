"""The sheets of the working workbook and their columns, walked out of the schema: a sheet for each kind of record, and for each kind of part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from ropa.model.common import Documented
from ropa.model.register import KINDS
from ropa.model.walk import FieldSaid, fields, part_noun

OWNER = "@record"
"""Key of the column of a sheet of parts that says whose part a row is."""
NAMED = "@name"
"""Key of the column beside it with that record's name, for reading."""
NUMBER = "@number"
"""Key of the column with the number of a part within its record."""
_WIDTHS = {"day": 12, "number": 9, "yes/no": 9, "country": 18, "code": 22, "period": 14, "ref": 28}
_LONG = 40


@dataclass(frozen=True)
class Column:
    """A column: key as the hidden first row has it ("dpo.email"), heading, help, width.

    said: the field, or None where the cell is only read. way: the parts that a record has once, through which the field is reached.
    sheet: where the parts are edited that the cell sums up.
    """

    key: str
    heading: str
    help: str
    width: int
    said: FieldSaid | None = None
    way: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class Plan:
    """A sheet. key: as its first cell has it: "activity", or "activity.purposes" for a list of parts."""

    key: str
    name: str
    cls: type[Documented]
    part: FieldSaid | None
    columns: tuple[Column, ...]

    @property
    def kind(self) -> str:
        """The kind of the records, or of those whose parts they are."""
        return self.cls.kind


HIDDEN = ("column A is hidden", "row 1 is hidden")
"""What each sheet of records keeps out of sight: the ids of the rows, and the keys of the columns."""


@cache
def plans() -> Mapping[str, Plan]:
    """Every sheet by key: activities first, as their parts are what colleagues look for; then what they name."""
    kinds = sorted(KINDS, key=lambda kind: kind != "activity")
    return {plan.key: plan for kind in kinds for plan in _of_kind(KINDS[kind])}


def _of_kind(cls: type[Documented]) -> Iterator[Plan]:
    yield Plan(cls.kind, _title(cls), cls, None, tuple(_record_columns(cls)))
    for known in _lists(cls):
        yield Plan(_key(cls, known), _sheet(cls, known), cls, known, tuple(_part_columns(cls, known)))


def _lists(cls: type[BaseModel]) -> Iterator[FieldSaid]:
    return (known for known in fields(cls) if known.part and known.many)


def _key(cls: type[Documented], known: FieldSaid) -> str:
    return f"{cls.kind}.{known.name}"


def _title(cls: type[Documented]) -> str:
    return cls.plural[:1].upper() + cls.plural[1:]


def _sheet(cls: type[Documented], known: FieldSaid) -> str:
    """The name of a sheet of parts; where each kind of record has such parts, with the kind behind it. Excel allows 31 characters."""
    title = known.title if known.name not in _everywhere() else f"{known.title} ({cls.plural})"
    return title if len(title) <= 31 else f"{title[:29]}…)"


@cache
def _everywhere() -> frozenset[str]:
    """Fields that more than one kind of record has."""
    names = [known.name for cls in KINDS.values() for known in _lists(cls)]
    return frozenset(name for name in names if names.count(name) > 1)


def _record_columns(cls: type[Documented]) -> Iterator[Column]:
    for known in fields(cls):
        if known.part and known.many:
            sheet = _sheet(cls, known)
            where = f"A summary. Change it on the sheet {sheet}."
            yield Column(known.name, known.title, where, _LONG, sheet=sheet)
        elif known.part:
            yield from _within(known.part, (known.name,))
        else:
            yield _column(known, ())


def _part_columns(cls: type[Documented], known: FieldSaid) -> Iterator[Column]:
    noun, one = part_noun(known), cls.noun
    whose = f"Whose {noun} this is: the {'number' if one == 'activity' else 'ref or name'} of the {one}."
    yield Column(OWNER, one[:1].upper() + one[1:], whose, 14)
    yield Column(NAMED, "Name", f"The name of that {one}, to read by.", 28)
    yield Column(NUMBER, "No.", f"The number of the {noun} there. In a new row it may stay blank.", 6)
    if known.part:
        yield from _within(known.part, ())


def _within(part: type[BaseModel], way: tuple[str, ...]) -> Iterator[Column]:
    for known in fields(part):
        yield _column(known, way)


def _column(known: FieldSaid, way: tuple[str, ...]) -> Column:
    several = " Several: with ; between them." if known.many and known.shape != "number" else ""
    law = f" (Art. {known.answers})" if known.answers[:1].isdigit() else ""
    heading = f"{known.title} *" if not known.blank else known.title
    key = ".".join((*way, known.name))
    return Column(key, heading, f"{known.help}{several}{law}", _width(known), known, way)


def _width(known: FieldSaid) -> int:
    if known.many and known.shape != "number":
        return _LONG
    return 16 if known.name == "ref" else _WIDTHS.get(known.shape, 30)
