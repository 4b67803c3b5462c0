"""A record as a workbook changes it, cell by cell; a cell that cannot be read is left as it was, and told."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from ropa.errors import Faults, Refused
from ropa.model.common import Documented
from ropa.model.explain import read_record

Token = int | str
"""A part while it is being read: its number in the base, or the place of its new row."""
Said = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """One cell that says something else than before. parts, token: of which list and part; way: to the field in it. value: plain; None for blank."""

    place: str
    text: str
    parts: str
    token: Token
    way: Sequence[str]
    value: Any


@dataclass
class Draft:
    """A record and the cells that change it. said: as it was; {} for a new one. lists: its parts by token, in their order."""

    cls: type[Documented]
    said: Said
    lists: dict[str, dict[Token, Said]] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)

    @classmethod
    def of(cls, kind: type[Documented], said: Mapping[str, Any], lists: Sequence[str]) -> "Draft":
        """A draft of what plain data describe. lists: the names of the lists of parts."""
        parts: dict[str, dict[Token, Said]] = {name: dict(enumerate(said.get(name, []), 1)) for name in lists}
        return cls(kind, {k: v for k, v in said.items() if k not in lists}, parts)

    def read(self, tell: Callable[[Cell, Refused], None]) -> Documented | None:
        """The record with every cell that can be read; tells the others. None where not even the rest is a record."""
        try:
            return self._made(self.cells)
        except Refused:
            pass
        good: list[Cell] = []
        for cell in self.cells:
            try:
                self._made([*good, cell])
            except Refused as trouble:
                tell(cell, trouble.each[0] if isinstance(trouble, Faults) else trouble)
            else:
                good.append(cell)
        try:
            return self._made(good)
        except Refused:
            return None

    def _made(self, cells: Sequence[Cell]) -> Documented:
        said, lists = deepcopy(self.said), deepcopy(self.lists)
        for cell in cells:
            holder = lists[cell.parts].setdefault(cell.token, {}) if cell.parts else said
            _put(holder, cell.way, cell.value)
        for name, parts in lists.items():
            if kept := [part for part in parts.values() if part]:
                said[name] = kept
        return read_record(self.cls, {key: value for key, value in said.items() if value != {}})


def _put(holder: Said, way: Sequence[str], value: Any) -> None:
    *outer, last = way
    if value is None:
        for step in outer:
            holder = holder.get(step, {})
        holder.pop(last, None)
        return
    for step in outer:
        holder = holder.setdefault(step, {})
    holder[last] = value
