"""The tables of facts: reading them, how old they are, where each row comes from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ropa.days import day_after
from ropa.errors import Refused
from ropa.reference.shelf import Row, in_use, kept

SOURCE_COLUMNS = ("source", "checked", "checked_on", "sure")
SURE = ("high", "medium", "low")
_MEND = "Install the program again, or mend the file."


@dataclass(frozen=True, slots=True)
class FactTable:
    """One table. `shelf_life` is an ISO 8601 duration, or None for a table that holds until it is replaced.

    `key` names the columns that together tell its rows apart, `shown` those that a list shows, `checked_on` the day all of it
    was last gone through. own: whether it is the organisation's own, in place of the shipped one.
    """

    name: str
    title: str
    key: tuple[str, ...]
    shelf_life: str | None
    checked_on: date
    shown: tuple[str, ...]
    own: bool = False

    @property
    def holds_until(self) -> date | None:
        """The last day within its shelf life; None for a table that holds until it is replaced."""
        return later(self.checked_on, self.shelf_life) if self.shelf_life else None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the shipped file."""
        return tuple(shipped(self.name)[0])

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in the order of the file, every cell as text, "" for an empty one."""
        return table(self.name)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row comes from.

    source: the law, case or public place. checked: how. checked_on: None for a fact from memory. sure: high,
    medium, low.
    """

    source: str
    checked: str
    checked_on: date | None
    sure: str

    @property
    def unchecked(self) -> bool:
        """True for a fact that nobody held against a source: it is shown as such."""
        return self.checked_on is None


@kept
def tables() -> Mapping[str, FactTable]:
    """All tables in use by name, without reading any of them but the list itself."""
    return {
        name: replace(one, checked_on=in_use().own[name].checked_on, own=True)
        if name in in_use().own
        else one
        for name, one in shipped_tables().items()
    }


@cache
def shipped_tables() -> Mapping[str, FactTable]:
    """The shipped tables by name."""
    needs = ("name", "title", "key", "shelf_life", "checked_on", "shown")
    return {
        row["name"]: FactTable(
            row["name"],
            row["title"],
            tuple(row["key"].split("|")),
            row["shelf_life"] or None,
            day("tables", row, "checked_on") or date.min,
            cells(row["shown"]),
        )
        for row in read_rows("tables.csv", _text("tables"), needs)
    }


@kept
def table(name: str) -> tuple[Row, ...]:
    """The rows of a table in use: the organisation's own, or the shipped ones, as known on the day that is asked about."""
    if name in in_use().own:
        return in_use().own[name].rows
    rows = shipped(name)
    if (by := in_use().known_by) is None:
        return rows
    from ropa.reference.knownby import known_rows

    return known_rows(name, rows, by)


@cache
def shipped(name: str) -> tuple[Row, ...]:
    """The rows of a shipped table. Refused where there is no such table, or its file lacks a column or a cell."""
    facts = table_of(name)
    rows = read_rows(f"{name}.csv", _text(name), (*facts.key, *SOURCE_COLUMNS))
    for number, row in enumerate(rows, 2):
        if row["sure"] not in SURE or not row["source"] or not row["checked"]:
            raise Refused(
                "a fact does not say its source and how sure it is.", at=f"{name}.csv row {number}", do=_MEND
            )
        day(name, row, "checked_on")
    return rows


def checked(name: str) -> date:
    """The latest day on which something in the table was checked."""
    days = (day(name, row, "checked_on") for row in table(name))
    return max((day for day in days if day), default=table_of(name).checked_on)


def stale(name: str, on: date) -> bool:
    """True where the table is older than its shelf life on that day.

    Counted from the day all of the table was gone through: one row that was mended does not make the others
    fresh.
    """
    until = table_of(name).holds_until
    return until is not None and on > until


def aged(name: str, on: date) -> str:
    """What is said beside a fact of that table on that day: whose it is where it is not shipped, and that it is old."""
    own = ", your own table" if table_of(name).own else ""
    known = f", as known on {in_use().known_by}" if in_use().known_by and not own else ""
    return own + known + (", older than its shelf life" if stale(name, on) else "")


def source_of(name: str, row: Row) -> Source:
    """Where a row of the table comes from."""
    return Source(row["source"], row["checked"], day(name, row, "checked_on"), row["sure"])


def day(name: str, row: Row, column: str) -> date | None:
    """The day in a cell, None for an empty one; Refused, naming file and column, for what is no ISO date."""
    if column not in row:
        raise Refused(f"the column '{column}' is missing.", at=f"{name}.csv", do=_MEND)
    if not row[column]:
        return None
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise Refused(
            f"'{row[column]}' in column '{column}' is not a date.", at=f"{name}.csv", do=_MEND
        ) from None


def cells(text: str) -> tuple[str, ...]:
    """The list in one cell, whose members are parted by "|"."""
    return tuple(text.split("|")) if text else ()


def later(start: date, duration: str) -> date:
    """The day that lies an ISO 8601 duration of years, months and days after another.

    A day that a month lacks becomes its last one. Raises Refused for another form of duration.
    """
    if not re.fullmatch(r"P(?=\d)(?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,5}D)?", duration):
        raise Refused(f"'{duration}' is not a duration in years, months and days.", at="tables.csv", do=_MEND)
    return day_after(start, duration)


def read_rows(
    file: str, text: str, needs: Sequence[str], *, mend: str = _MEND, delimiter: str = ","
) -> tuple[Row, ...]:
    """The rows of a CSV text with a header. mend: what to do about a fault.

    Refused, naming the file and column, for a column that is missing, unnamed or there twice, and naming the
    line for a row with too few or too many cells.
    """
    import csv
    from io import StringIO

    lines = csv.reader(StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        header = next(lines, [])
        for column in needs:
            if header.count(column) != 1:
                how = "is there twice" if column in header else "is missing"
                raise Refused(f"the column '{column}' {how}.", at=file, do=mend)
        if "" in header or len(set(header)) < len(header):
            raise Refused("a column has no name, or two have the same.", at=file, do=mend)
        rows = []
        for line in lines:
            if len(line) != len(header):
                raise Refused(
                    f"has {len(line)} cells for {len(header)} columns; the last one is '{header[-1]}'.",
                    at=f"{file} line {lines.line_num}",
                    do=mend,
                )
            rows.append(dict(zip(header, line, strict=True)))
    except csv.Error as trouble:
        raise Refused(
            f"is not a CSV table ({trouble}).", at=f"{file} line {lines.line_num}", do=mend
        ) from None
    return tuple(rows)


def table_of(name: str) -> FactTable:
    """The table of that name. Raises Refused, with the names that there are, for another."""
    if name not in tables():
        raise Refused(f"there is no table of facts '{name}'.", do=f"There are {', '.join(tables())}.")
    return tables()[name]


def _text(name: str) -> str:
    from pkgutil import get_data  # importlib.resources does the same and costs 17 ms more

    try:
        return (get_data("ropa.reference", f"data/{name}.csv") or b"").decode("utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise Refused("the table cannot be read.", at=f"{name}.csv", do=_MEND) from trouble
