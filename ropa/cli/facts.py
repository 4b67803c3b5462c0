"""`ropa facts`: the dated facts that rules, forms and lists rest on, each with its source and the day it was checked."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli import filters
from ropa.cli.manners import LISTING, Options, taking
from ropa.cli.options import commands, today

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ropa.reference.facts import FactTable

app = commands()

_FIRST = 2
"""Columns of a table that stand before how old and how sure its rows are: a narrow window leaves out what comes last."""
UNCHECKED = "unchecked"
"""What stands in place of the day of checking where there was none."""
_LOOKING: Options = {
    "where": (filters.Where, None),
    "text": (filters.Text, ""),
    **{name: option for name, option in LISTING.items() if name not in ("as_of", "db")},
}
Table = Annotated[str, typer.Argument(help="The table, such as adequacy.", metavar="TABLE")]


@app.command(
    "list",
    epilog="Example: ropa facts list\n\nExample: ropa facts list --where stale=yes\n\n"
    "Example: ropa facts list --sort -checked_on --csv",
)
@taking(_LOOKING)
def list_(**options: Any) -> None:
    """Every table: its rows, when all of it was gone through, how long that holds, how sure its rows are."""
    from ropa.model.factviews import TABLES_SHOWN, FactsView, table_view
    from ropa.reference.facts import tables

    views = [table_view(one, today()) for one in tables().values()]
    _print(views, FactsView, TABLES_SHOWN, options, empty="No table fits.")


@app.command(
    "show",
    epilog="Example: ropa facts show adequacy\n\nExample: ropa facts show adequacy eu-us-dpf\n\n"
    "Example: ropa facts show adequacy --where destination=US --columns ref,decision,ended_on\n\n"
    "Example: ropa facts show retention_examples --where country=DE --text applicants",
)
@taking(_LOOKING)
def show(
    table: Table,
    row: Annotated[str, typer.Argument(help="One row in full, such as eu-us-dpf.", metavar="[ROW]")] = "",
    **options: Any,
) -> None:
    """The rows of a table, each with the day it was checked and how sure it is; or one row in full, with its source.

    --csv gives every column, as the table is kept.
    """
    from ropa.model.factviews import row_class, row_views
    from ropa.reference.facts import table_of

    of = table_of(table.strip().lower().replace("-", "_"))
    if row:
        return _show_row(of, row, as_json=options["as_json"])
    usual = ("ref", *of.shown[:_FIRST], "checked_on", "sure", *of.shown[_FIRST:])
    plain = options["as_json"] or options["as_csv"]
    return _print(
        list(row_views(of)),
        row_class(of.columns),
        of.columns if options["as_csv"] else usual,
        options,
        empty="No row fits.",
        head=None if plain else lambda: _head(of, today()),
    )


def _print(
    views: list[Any],
    cls: Any,
    usual: tuple[str, ...],
    options: dict[str, Any],
    *,
    empty: str,
    head: "Callable[[], None] | None" = None,
) -> None:
    """The views that fit, as any list is printed. head: says to a person what comes before them."""
    from ropa.cli.records import Layout, print_records
    from ropa.model.register import Register
    from ropa.model.select import fitting

    layout = Layout(**{name: options[name] for name in Layout.__annotations__})
    none = Register()
    found = fitting(none, cls, views, {}, text=options["text"], where=options["where"] or ())
    if head:
        head()
    shown = {"checked_on": ("Checked on", lambda view: view.checked_on or UNCHECKED)} if head else {}
    print_records(found, cls, none, layout, shown, usual=usual, empty=empty, as_plain=_plain)


def _plain(view: Any) -> dict[str, Any]:
    plain: dict[str, Any] = view.model_dump(mode="json")
    return plain


def _head(of: "FactTable", on: "date") -> None:
    """What a person must know before the rows: how old they are."""
    from ropa.cli.console import say

    say(of.title, style="bold")
    say(f"  {age(of, on)}")


def age(of: "FactTable", on: "date") -> str:
    """When a table was gone through, and whether that still counts, in words."""
    if of.holds_until is None:
        return f"gone through on {of.checked_on}; holds until the law changes"
    if on > of.holds_until:
        return (
            f"gone through on {of.checked_on}; OUT OF DATE since {of.holds_until}: hold it against its source"
        )
    return f"gone through on {of.checked_on}; holds until {of.holds_until}"


def _show_row(of: "FactTable", words: str, *, as_json: bool) -> None:
    from ropa.cli import console, tables
    from ropa.errors import Refused
    from ropa.model.factviews import row_ref
    from ropa.words import listing, nearest

    known = {row_ref(of, row): row for row in of.rows}
    found = known.get(words) or next(
        (row for ref, row in known.items() if ref.lower() == words.lower()), None
    )
    if found is None:
        near = nearest(words, list(known))
        do = f"Did you mean {listing(near, 'or')}?" if near else f"See them: ropa facts show {of.name}"
        raise Refused(f"there is no row '{words}' in {of.name}.", do=do)
    if as_json:
        return console.print_json(
            {"ref": row_ref(of, found), **{name: cell or None for name, cell in found.items()}}
        )
    _head(of, today())
    console.say()
    said = [
        (name.replace("_", " ").capitalize(), cell.replace("|", ", ")) for name, cell in found.items() if cell
    ]
    tables.pairs(said)
    if not found["checked_on"]:
        console.say("  Held against no source: check it before you lean on it.")
    return None
