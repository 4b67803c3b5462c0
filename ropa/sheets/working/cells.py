"""A value and what stands in its cell: names for refs, words for codes, days as days. And back."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from ropa.errors import Refused
from ropa.model.codes import vocabulary
from ropa.model.find import find_one
from ropa.model.periods import in_words, parse_period
from ropa.model.register import KINDS, Register
from ropa.model.speech import country_name
from ropa.model.values import parse_country
from ropa.model.walk import FieldSaid
from ropa.sheets.celltext import CELL_LIMIT, cell_text
from ropa.words import fold

Shown = str | int | date
"""What stands in a cell; "" where nothing is recorded."""
CUT = " […]"
"""Ends a text of which the cell holds the beginning alone."""


class Names:
    """The names of the records of a register, each of which means one record: as cells show them in the place of refs."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_kind: dict[str, Mapping[str, str]] = {}

    def of(self, kind: str) -> Mapping[str, str]:
        """Ref → what a cell shows: the name, with the ref behind it where it is not the only one of that name."""
        if kind not in self._by_kind:
            glances = self._register.glances(KINDS[kind], ("name",))
            many: dict[str, int] = {}
            for one in glances.values():
                many[fold(one.name)] = many.get(fold(one.name), 0) + 1
            self._by_kind[kind] = {
                ref: one.name if many[fold(one.name)] == 1 and ";" not in one.name else f"{one.name} [{ref}]"
                for ref, one in glances.items()
            }
        return self._by_kind[kind]

    def ref(self, kind: str, text: str, new: Mapping[tuple[str, str], str]) -> str:
        """The ref of the record that a cell names. Raises Refused, with the nearest spellings, where there is none.

        new: kind and small name → ref, of records that are new in the same workbook.
        """
        _, bracket, rest = text.rpartition("[")
        inner = rest.rstrip("] ")
        if bracket and inner in self._register.records.get(kind, {}):
            return inner
        if (kind, text.casefold()) in new:
            return new[kind, text.casefold()]
        return find_one(self._register, KINDS[kind], text).ref


def shown(value: Any, said: FieldSaid, names: Names) -> Shown:
    """What the cell of a field shows."""
    if value is None or value == ():
        return ""
    if said.many:
        between = ", " if said.shape == "number" else "; "
        return _fitting(between.join(str(_one(one, said, names)) for one in value))
    one = _one(value, said, names)
    return _fitting(one) if isinstance(one, str) else one


def _fitting(text: str) -> str:
    clean = cell_text(text)
    if len(clean) <= CELL_LIMIT // 2 or len(clean.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return clean
    return clean[: CELL_LIMIT // 2] + CUT


def _one(value: Any, said: FieldSaid, names: Names) -> Shown:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value
    if isinstance(value, int):
        return value
    if said.names:
        return names.of(said.names).get(value, str(value))
    return _worded(str(value), said)


@cache
def _alike(word: str, value: str, said: FieldSaid) -> bool:
    """Whether a word is read as the value that it stands for."""
    try:
        if said.shape == "country":
            return parse_country(word) == value
        if said.shape == "period":
            return parse_period(word) == value
        return vocabulary(said.vocabulary).parse(word) == value
    except Refused:
        return False


def _worded(value: str, said: FieldSaid) -> str:
    if said.shape == "country":
        word = country_name(value)
    elif said.shape == "period":
        word = in_words(value)
    elif said.vocabulary:
        word = vocabulary(said.vocabulary).label(value)
    else:
        return str(value)
    return word if _alike(word, value, said) else value


def plain_of(cell: Any, said: FieldSaid, names: Names, new: Mapping[tuple[str, str], str]) -> Any:
    """The plain data that a cell stands for, which the model reads further; None where it is blank. Raises Refused.

    new: as for `Names.ref`.
    """
    text = as_text(cell)
    if not text:
        return None
    if text.endswith(CUT):
        raise Refused("the text is longer than a cell holds, and ends here.", do="Change it in the register.")
    if not said.many:
        return names.ref(said.names, text, new) if said.names else text
    words = [word.strip() for word in text.replace("\n", ";").split(";") if word.strip()]
    if said.shape == "number":
        words = [word.strip() for one in words for word in one.split(",") if word.strip()]
    return [names.ref(said.names, word, new) if said.names else word for word in words]


def as_text(cell: Any) -> str:
    """What a cell holds as one would type it: 2026-11-02, 5, yes; without white space around it."""
    if cell.__class__ is str:  # nearly all are, and most hold nothing to mend
        return _mended(cell).strip() if "\r" in cell or "\xa0" in cell else cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _mended(str(cell)).strip()


def _mended(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def same(cell: Any, before: Shown) -> bool:
    """Whether a cell still holds what was written into it, whatever a spreadsheet program made of its type."""
    if cell.__class__ is before.__class__ and cell == before:
        return True
    return as_text(cell) == as_text(before)
