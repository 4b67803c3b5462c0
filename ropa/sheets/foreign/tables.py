"""Tables within sheets: where their headings are, which column is which field, and which cells stand outside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ropa.sheets.foreign.cells import Sheets
from ropa.sheets.foreign.headings import NAME, is_known, meant_by
from ropa.sheets.proof.digest import address

_LOOKED = 60
"""Rows in which headings are looked for."""
_FEWEST = 2
"""Columns that must be recognised before a row is taken for headings."""
_HEADS = 3
"""Headings, each as it stands in the words that are known, in a row that begins a further table."""
_CARD_ROWS = 200
"""Rows in which the labels of a card are looked for."""
_NARROW = 3
"""Cells of a row of a card, on average: its label, and what is said of it."""
_CARD = 4
"""Labels in one column before a sheet is taken for a card of one activity."""


@dataclass(frozen=True)
class Column:
    """A column of a table. heading: as the file has it, with the one above it. target: the field; "" for a note."""

    place: int
    heading: str
    target: str


@dataclass(frozen=True)
class Entry:
    """A row, or a card. at: its first cell ("B5"). cells: the text of each column that holds one."""

    at: str
    cells: Sequence[tuple[Column, str]]


@dataclass(frozen=True)
class Table:
    """A table of a sheet. headings: how many cells they take. outside: (cell, text) that belong to no entry."""

    sheet: str
    columns: Sequence[Column]
    entries: Sequence[Entry]
    headings: int
    outside: Sequence[tuple[str, str]]

    @property
    def known(self) -> bool:
        """Whether it is one of processing activities: it has entries, and names or purposes of them."""
        found = {column.target for column in self.columns}
        return bool(self.entries) and not found.isdisjoint({NAME, "purposes.text"})


def tables_of(sheets: Sheets, mapping: Mapping[str, str]) -> list[Table]:
    """The tables of each sheet that holds something. mapping: heading → field, or "" for a note, where a person decided."""
    return [
        _table(name, block, mapping)
        for name, rows in sheets.items()
        for block in _blocks(rows, mapping)
        if any(any(row) for row in block)
    ]


def _blocks(rows: list[list[str]], mapping: Mapping[str, str]) -> Iterator[list[list[str]]]:
    """The rows of a sheet, parted where the headings of another table stand; those before are blank, so that rows keep their numbers."""
    begins = [0]
    for n, row in enumerate(rows):
        if sum(map(is_known, row)) < _HEADS:
            continue
        if 2 * _recognised(row, mapping) >= sum(map(bool, row)):
            begins.append(n - bool(n and _is_group_row(rows[n - 1], row)))
    starts = [0, *(n for before, n in pairwise(begins[1:]) if n > before + 1)]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield [[]] * start + rows[start:end]


def _target(heading: str, mapping: Mapping[str, str]) -> str:
    return (
        mapping[heading]
        if heading in mapping
        else meant_by(heading.rpartition(" / ")[2]) or meant_by(heading)
    )


def _table(sheet: str, rows: list[list[str]], mapping: Mapping[str, str]) -> Table:
    first = next(n for n, row in enumerate(rows) if any(row))
    head = max(
        range(first, min(len(rows), first + _LOOKED)), key=lambda n: (_recognised(rows[n], mapping), -n)
    )
    across = _recognised(rows[head], mapping)
    labels = max(range(max(map(len, rows))), key=lambda c: (_labels(rows, c, mapping), -c))
    down = _labels(rows, labels, mapping)
    filled = [sum(map(bool, row)) for row in rows if any(row)]
    found = Table(sheet, (), (), 0, list(_all_cells(rows)))
    if down >= _CARD and down > across and sum(filled) <= _NARROW * len(filled):
        table = _card(sheet, rows, labels, mapping)
    else:
        table = _wide(sheet, rows, head, mapping) if across >= _FEWEST else found
    return table if table.known else found


def _recognised(row: Sequence[str], mapping: Mapping[str, str]) -> int:
    """How many different fields the cells of a row ask for; one that a person decided about counts by itself."""
    decided = {heading.rpartition(" / ")[2] for heading in mapping}
    return len({cell if cell in decided else _target(cell, mapping) for cell in row if cell} - {""})


def _labels(rows: list[list[str]], column: int, mapping: Mapping[str, str]) -> int:
    return _recognised([row[column] for row in rows[:_CARD_ROWS] if column < len(row)], mapping)


def _wide(sheet: str, rows: list[list[str]], head: int, mapping: Mapping[str, str]) -> Table:
    """A table whose headings stand in a row; a row above with the headings of groups counts to them."""
    width = max(map(len, rows))
    above = rows[head - 1] if head and _is_group_row(rows[head - 1], rows[head]) else []
    columns, group = [], ""
    for place in range(width):
        group = (above[place] if place < len(above) else "") or group
        own = rows[head][place] if place < len(rows[head]) else ""
        heading = f"{group} / {own}" if group and own else own or (group if above else "")
        columns.append(
            Column(place, heading or f"column {place + 1}", _target(heading, mapping) if heading else "")
        )
    begins = head - bool(above)
    outside = list(_all_cells(rows[:begins]))
    entries = []
    for n, row in enumerate(rows[head + 1 :], head + 1):
        cells = [(columns[place], text) for place, text in enumerate(row) if text]
        if len(cells) == 1 and cells[0][0].target == NAME and sum(map(bool, rows[head])) > _FEWEST:
            outside.append((address(n, cells[0][0].place), cells[0][1]))  # a line over a group of rows
        elif cells:
            entries.append(Entry(address(n, 0), cells))
    headings = sum(map(bool, rows[head])) + sum(map(bool, above))
    return Table(sheet, columns, entries, headings, outside)


def _is_group_row(above: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a row holds headings of groups: fewer of them than columns, each over one of them, and none a sentence."""
    there = [place for place, text in enumerate(above) if text]
    return (
        1 < len(there) < sum(map(bool, head))
        and all(place < len(head) for place in there)
        and all(len(above[place].split()) < 10 for place in there)
    )


def _card(sheet: str, rows: list[list[str]], labels: int, mapping: Mapping[str, str]) -> Table:
    """A sheet about one activity: a label in each row, what is said of it behind."""
    columns: list[Column] = []
    cells: list[tuple[Column, str]] = []
    outside: list[tuple[str, str]] = []
    for n, row in enumerate(rows):
        label = row[labels] if labels < len(row) else ""
        values = [(place, text) for place, text in enumerate(row) if text and place != labels]
        if not label:
            if columns and values:  # it goes on under the label above
                cells += [(columns[-1], text) for _, text in values]
            else:
                outside += [(address(n, place), text) for place, text in values]
            continue
        if not values:
            outside.append((address(n, labels), label))
            continue
        columns.append(Column(labels, label, _target(label, mapping)))
        cells += [(columns[-1], text) for _, text in values]
    return Table(sheet, columns, [Entry(address(0, labels), cells)], len(columns), outside)


def _all_cells(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Every cell with content: its name, and its text."""
    return ((address(n, place), text) for n, row in enumerate(rows) for place, text in enumerate(row) if text)
