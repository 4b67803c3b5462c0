"""The shipped facts as somebody could know them on a past day, as far as their rows are dated.

A decision that was not taken yet is not known, nor is an end that came later, a later review, or what was noted since. What bears
no date is taken as it is known today.
"""

from collections.abc import Mapping
from datetime import date

from ropa.reference.shelf import Row

_BEGINS: Mapping[str, tuple[str, ...]] = {
    "adequacy": ("adopted", "in_force_since"),
    "mechanisms": ("in_force_since",),
    "region_membership": ("since",),
    "retention_examples": ("in_force_since",),
}
"""Table → the columns of which the first that is filled says when a row came to be."""
_EVENTS = ("ended_on", "last_review")
"""Columns of what happened to a row afterwards, announced by nothing in the row itself."""
_SINCE = ("next_review", "note")
"""Columns that were written with what happened afterwards."""
DATED = tuple(_BEGINS)
JUDGING = ("adequacy", "mechanisms", "region_membership")
"""Of these the tables by which rules judge."""


def known_rows(name: str, rows: tuple[Row, ...], by: date) -> tuple[Row, ...]:
    """The rows of a table that were known by a day, as they were known."""
    if name not in _BEGINS:
        return rows
    day = by.isoformat()  # days in a table are ISO 8601, and sort as texts
    return tuple(
        _as_known(row, day) for row in rows if next((row[c] for c in _BEGINS[name] if row[c]), "") <= day
    )


def _as_known(row: Row, day: str) -> Row:
    later = {column: "" for column in _EVENTS if row.get(column, "") > day}
    if not later:
        return row
    later |= {column: "" for column in _SINCE if column in row}
    if "ended_on" in later and "status" in row:
        later["status"] = "in force"
    return row | later
