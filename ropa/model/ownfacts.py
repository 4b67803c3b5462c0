"""A table of dated facts that the organisation keeps itself: a record like any other, so that it has a history and a proof."""

from ropa.model.base import Part, listed, needed, said
from ropa.model.common import Documented
from ropa.model.values import DayDone, Line, Slug, Text, Word


class FactRow(Part):
    """One row of the table."""

    head = ("row",)
    in_bulk = True

    row: Word = needed("Row", "What tells it from the other rows.", answers="5(2)")
    says: Text = said("Says", "Its cells in the order of the columns, as a line of CSV.", answers="5(2)")


class OwnFacts(Documented):
    """A table of facts in place of the one that ropa ships: its ref says which."""

    kind = "own_facts"
    noun = "table of facts"
    plural = "tables of facts"
    word = "facts"
    shown = ("ref", "name", "checked_on")

    ref: Slug = needed("Ref", "The table, such as adequacy.")
    name: Line = needed("Name", "What it holds.")
    checked_on: DayDone = said(
        "Checked on", "The day on which all of it was last gone through.", answers="5(2)"
    )
    columns: Text = said("Columns", "The names of its columns, with commas between.", answers="5(2)")
    rows: tuple[FactRow, ...] = listed("Rows", "The facts.", answers="5(2)")
