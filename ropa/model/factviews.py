"""The dated facts as records: a view, so that tables and rows are chosen, sorted and counted as any record is."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from ropa.model.base import needed, said
from ropa.model.ownshelf import row_ref
from ropa.model.values import Day, Line, Number, Text, YesNo
from ropa.reference import facts
from ropa.reference.facts import FactTable


class FactsView(BaseModel):
    """A table of facts: how old it is, how long that holds, how sure its rows are."""

    model_config = ConfigDict(frozen=True)

    ref: Line = needed("Table", "Its name.")
    title: Line = needed("Title", "What it holds.")
    rows: Number = said("Rows", "How many facts.")
    checked_on: Day = said("Checked on", "The day on which all of it was last gone through.")
    whose: Text = said("Whose", "Shipped with ropa, or your own.")
    shelf_life: Text = said("Shelf life", "How long that holds; blank: until the law changes.")
    holds_until: Day = said("Holds until", "The last day on which it can be taken as fresh.")
    stale: YesNo = said("Out of date", "Whether it is older than its shelf life.")
    high: Number = said("High", "Rows of which we are sure.")
    medium: Number = said("Medium", "Rows to be looked at again.")
    low: Number = said("Low", "Rows of which we are not sure.")
    unchecked: Number = said("Unchecked", "Rows from memory, held against no source.")


TABLES_SHOWN = (
    "ref",
    "checked_on",
    "holds_until",
    "high",
    "medium",
    "low",
    "unchecked",
    "whose",
    "title",
    "rows",
)
"""What a list of the tables shows."""


def table_view(table: FactTable, on: date) -> FactsView:
    """A table as it stands on a day."""
    sure = Counter(row["sure"] for row in table.rows)
    return FactsView(
        ref=table.name,
        title=table.title,
        rows=len(table.rows),
        checked_on=table.checked_on,
        whose="your own" if table.own else "shipped",
        shelf_life=table.shelf_life,
        holds_until=table.holds_until,
        stale=facts.stale(table.name, on),
        high=sure["high"],
        medium=sure["medium"],
        low=sure["low"],
        unchecked=sum(not row["checked_on"] for row in table.rows),
    )


@cache
def row_class(columns: tuple[str, ...]) -> Any:
    """The class of the rows of a table with these columns: each a text, before them what tells the rows apart."""
    texts: Any = {
        name: (Text, said(name.replace("_", " ").capitalize(), f"The column {name}.")) for name in columns
    }
    texts["ref"] = (Line, needed("Row", "What tells it from the other rows."))
    return create_model("Fact", __config__=ConfigDict(frozen=True), **texts)


def row_views(table: FactTable) -> Iterable[Any]:
    """The rows of a table, blanks as blanks."""
    made = row_class(table.columns)
    for row in table.rows:
        yield made.model_construct(
            ref=row_ref(table, row), **{name: cell or None for name, cell in row.items()}
        )
