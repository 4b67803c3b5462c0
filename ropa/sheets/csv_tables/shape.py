"""Which tables there are, and what stands in a cell.

A table is named by its path: "activity" has a row a record, "activity.data" a row a part, "activity.systems" a row a value of a list,
"activity.data.purposes" a row a value of a part's list. The first columns tell which record and which member of each list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from ropa.model.register import KINDS
from ropa.model.walk import fields

MARKER = "register.csv"
"""The table by which such a zip is known: one row with the form's number, the revision and its hash."""
FORM = "1"
VALUE = "value"
_RISKY = "=+-@\t\r＝＋－＠'"
"""What makes a spreadsheet take a text for a formula; and the apostrophe, so that it can be told from one that was put there."""


@dataclass(frozen=True)
class TableShape:
    """A table.

    keys: its first columns. columns: the fields in it; of a list of values just VALUE. many: whether it has several rows for one row of
    the table above it.
    """

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    many: bool


@cache
def shapes() -> Mapping[str, TableShape]:
    """Every table by its name, a table before those below it."""
    return {
        shape.name: shape for kind, cls in KINDS.items() for shape in _below(kind, cls, ("ref",), many=True)
    }


def _below(name: str, cls: type[BaseModel], keys: tuple[str, ...], *, many: bool) -> Iterator[TableShape]:
    own = [one for one in fields(cls) if one.name != "ref" or len(keys) > 1]
    yield TableShape(name, keys, tuple(one.name for one in own if not one.part and not one.many), many)
    for one in own:
        within = (*keys, number_column(len(keys))) if one.many else keys
        if one.part:
            yield from _below(f"{name}.{one.name}", one.part, within, many=one.many)
        elif one.many:
            yield TableShape(f"{name}.{one.name}", within, (VALUE,), many=True)


def number_column(depth: int) -> str:
    """The column that counts the members of a list, from 1; of a list within a member "number 2"."""
    return "number" if depth == 1 else f"number {depth}"


def cell_of(text: str) -> str:
    """A text as it stands in a cell: one that a spreadsheet would run has an apostrophe before it."""
    return f"'{text}" if text[:1] in _RISKY and text else text


def text_of(cell: str) -> str:
    """The text of a cell: without the apostrophe that was put before it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _RISKY and cell[1:] else cell
