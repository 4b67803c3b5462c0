"""The sheets of a working workbook as they came home: each row by the keys of its columns, wherever people have moved them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from ropa.errors import Refused
from ropa.pause import no_collecting
from ropa.sheets.proof.digest import address
from ropa.sheets.proof.stamp import Stamp, read_stamp
from ropa.sheets.working.cells import as_text
from ropa.sheets.working.plan import Plan, plans
from ropa.steps import steps

ONLY = "Holds only"
"""Label of the cover's line with the activities of a slice."""
_OURS = ("Cover", "Lists")
"""Sheets that hold no records."""
_COVER = 300
"""Rows in which the cover is looked for."""
_LOOKED = 10
"""Rows in which the headings are looked for, where the hidden row of keys is gone."""


@dataclass(frozen=True)
class Line:
    """A row that is not empty. number: as the program counts it, from 1. cells: by key of their column."""

    sheet: str
    number: int
    id: str
    cells: Mapping[str, Any]
    places: Mapping[str, int] = field(repr=False)

    def place(self, key: str) -> str:
        """Where a cell stands: "Purposes!C5"."""
        return f"{self.sheet}!{address(self.number - 1, self.places[key])}"

    def text(self, key: str) -> str:
        """What a cell holds, as one would type it."""
        return as_text(self.cells.get(key))


@dataclass(frozen=True)
class Given:
    """A sheet. keys: the columns that are there. strange: heading and number of cells of each column that is not ours."""

    plan: Plan
    lines: Sequence[Line]
    keys: frozenset[str]
    strange: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Workbook:
    """A workbook that came home. only: the activities of a slice. unread: place, text and reason of what is none of its sheets."""

    stamp: Stamp
    only: frozenset[str] | None
    sheets: Mapping[str, Given]
    unread: Sequence[tuple[str, str, str]]


Tables = Mapping[str, Sequence[Sequence[Any]]]
"""The rows of each sheet, as spreadsheet programs keep them, from the first one on."""


@no_collecting()
def read_working(content: bytes, name: str) -> Workbook | None:
    """The workbook, or None for one that is no working workbook. Raises Refused, naming the file, for one that cannot be read."""
    return working_of(_tables(content, name))


def working_of(tables: Tables) -> Workbook | None:
    """The workbook that sheets make up, or None where their cover does not say that they are one."""
    cover = _cover(tables)
    found = read_stamp({}, cover)  # not the document's properties, which other programs drop
    if found is None or found[0].layout != "register":
        return None
    sheets: dict[str, Given] = {}
    unread: list[tuple[str, str, str]] = []
    by_name = {plan.name: plan for plan in plans().values()}
    for title, table in sorted(tables.items(), key=lambda one: one[0] not in by_name):
        if title in _OURS:
            continue
        plan = plans().get(as_text(table[0][0])) if table and table[0] else None
        plan = plan or by_name.get(title)
        if plan is None:
            if many := _cells(table):
                unread.append((title, f"{many} cells", "the sheet is none of the register's"))
        elif plan.key in sheets:
            unread.append(
                (title, f"{len(table)} rows", f"is a copy of the sheet {plan.name}, which was read")
            )
        else:
            sheets[plan.key] = _given(plan, title, table)
    return Workbook(found[0], held_only(cover), sheets, unread)


def _tables(content: bytes, name: str) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return {
            sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for sheet in steps(book.sheet_names, "Reading sheets", len(book.sheet_names))
        }
    except CalamineError as error:
        raise Refused(
            f"cannot be read as a workbook: {error}.", at=name, do="Save it again as .xlsx."
        ) from None


def _cover(tables: Tables) -> list[tuple[str, str]]:
    """What the first sheets say in two columns, label and text: somebody may have put one before the cover."""
    return [
        (as_text(row[0]), as_text(row[1]))
        for table in list(tables.values())[:3]
        for row in table[:_COVER]
        if len(row) > 1
    ]


def held_only(cover: Iterable[tuple[str, str]]) -> frozenset[str] | None:
    """The activities of a slice, out of the lines of the cover; None where the workbook holds the whole register."""
    texts = [text for label, text in cover if label.startswith(ONLY)]
    return frozenset(re.findall(r"PA-\d+", " ".join(texts))) if texts else None


def _given(plan: Plan, title: str, table: Sequence[Sequence[Any]]) -> Given:
    head, keyed = _head(plan, table)
    places: dict[str, int] = {}
    for place, cell in enumerate(table[head] if head >= 0 else ()):
        key = _key(plan, as_text(cell), keyed=keyed)
        if key and key not in places and not (keyed and place == 0):
            places[key] = place
    first = head + (2 if keyed else 1)
    id_place = (
        0
        if keyed
        else next((n for n, c in enumerate(table[head]) if as_text(c) == "id"), None)
        if head >= 0
        else None
    )
    lines = list(_lines(title, table, first, places, id_place))
    headings = table[head + 1] if keyed and head + 1 < len(table) else table[head] if head >= 0 else ()
    known = {*places.values(), id_place}
    strange = [
        (as_text(heading) or f"column {place + 1}", many)
        for place, heading in enumerate(headings)
        if place not in known
        and (many := sum(bool(as_text(r[place])) for r in table[first:] if place < len(r)))
    ]
    return Given(plan, lines, frozenset(places), strange)


def _head(plan: Plan, table: Sequence[Sequence[Any]]) -> tuple[int, bool]:
    """The row of the keys, and True; where it is gone, that of the headings; -1 where there is neither."""
    for number, row in enumerate(table[:_LOOKED]):
        if row and as_text(row[0]) == plan.key:
            return number, True
    headings = {column.heading for column in plan.columns}
    for number, row in enumerate(table[:_LOOKED]):
        if len(headings.intersection(map(as_text, row))) >= min(3, len(headings)):
            return number, False
    return -1, False


def _key(plan: Plan, text: str, *, keyed: bool) -> str:
    return next((c.key for c in plan.columns if text and text == (c.key if keyed else c.heading)), "")


def _lines(
    title: str, table: Sequence[Sequence[Any]], first: int, places: Mapping[str, int], id_place: int | None
) -> Iterator[Line]:
    for number, row in enumerate(table[first:], first):
        cells = {key: row[place] for key, place in places.items() if place < len(row)}
        if any(as_text(cell) for cell in cells.values()):
            ident = as_text(row[id_place]) if id_place is not None and id_place < len(row) else ""
            yield Line(title, number + 1, ident, cells, places)


def _cells(table: Sequence[Sequence[Any]]) -> int:
    return sum(bool(as_text(cell)) for row in table for cell in row)
