"""`ropa facts`: the dated facts that rules, forms and lists rest on, each with its source and the day it was checked."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli import filters
from ropa.cli.manners import FACTS, LISTING, WRITING, Options, taking
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
_LOOKING: Options = {"where": (filters.Where, None), "text": (filters.Text, ""), **LISTING, **FACTS}
Table = Annotated[str, typer.Argument(help="The table, such as adequacy.", metavar="TABLE")]


@app.command(
    "list",
    epilog="Example: ropa facts list\n\nExample: ropa facts list --where stale=yes\n\n"
    "Example: ropa facts list --sort -checked_on --csv",
)
@taking(_LOOKING)
def list_(**options: Any) -> None:
    """Every table: its rows, whose it is, when all of it was gone through, how long that holds, how sure its rows are."""
    from ropa.model.factviews import TABLES_SHOWN, FactsView, table_view
    from ropa.reference.facts import tables

    on = _go_by(options)
    views = [table_view(one, on) for one in tables().values()]
    _print(views, FactsView, TABLES_SHOWN, options, empty="No table fits.")


@app.command(
    "show",
    epilog="Example: ropa facts show adequacy\n\nExample: ropa facts show adequacy eu-us-dpf\n\n"
    "Example: ropa facts show adequacy --where destination=US --columns ref,decision,ended_on\n\n"
    "Example: ropa facts show adequacy --facts-as-of 2019-12-31 --where destination=US\n\n"
    "Example: ropa facts show retention_examples --where country=DE --text applicants",
)
@taking(_LOOKING)
def show(
    table: Table,
    row: Annotated[str, typer.Argument(help="One row in full, such as eu-us-dpf.", metavar="[ROW]")] = "",
    **options: Any,
) -> None:
    """The rows of a table, each with the day it was checked and how sure it is; or one row in full, with its source.

    --csv gives every column: a file to mend and to take into use.
    """
    from ropa.model.factviews import row_class, row_views

    on = _go_by(options)
    of = _table(table)
    if row:
        return _show_row(of, row, on, as_json=options["as_json"])
    usual = ("ref", *of.shown[:_FIRST], "checked_on", "sure", *of.shown[_FIRST:])
    plain = options["as_json"] or options["as_csv"]
    return _print(
        list(row_views(of)),
        row_class(of.columns),
        of.columns if options["as_csv"] else usual,
        options,
        empty="No row fits.",
        head=None if plain else lambda: _head(of, on),
    )


@app.command(
    "use",
    epilog="Example: ropa facts use adequacy.csv --dry-run\n\n"
    "Example: ropa facts use adequacy.csv --checked 2026-11-25 --why 'the decision on Kenya'",
)
@taking(WRITING)
def use(
    file: Annotated[
        str, typer.Argument(help="The whole table as CSV, with the columns of: ropa facts show TABLE --csv")
    ],
    table: Annotated[
        str, typer.Option(metavar="TABLE", help="Which table it is, where the file's name does not say.")
    ] = "",
    checked: Annotated[
        str,
        typer.Option(
            metavar="DATE", help="When all of it was gone through; else the earliest day among its rows."
        ),
    ] = "",
    **manners: Any,
) -> None:
    """Go by a table of your own in place of the shipped one. Shows what differs; what is wrong in it is refused by its row.

    It becomes a part of the register, with its history. Take it back with: ropa facts unuse TABLE
    """
    from ropa.cli.ownfacts import take_into_use

    take_into_use(file, table, checked, **manners)


@app.command("unuse", epilog="Example: ropa facts unuse adequacy --why 'the new version of ropa has it'")
@taking(WRITING)
def unuse(table: Table, **manners: Any) -> None:
    """Go by the shipped table again. Shows what differs."""
    from ropa.cli.ownfacts import take_back

    take_back(_table(table).name, **manners)


@app.command("diff", epilog="Example: ropa facts diff adequacy")
@taking({name: option for name, option in LISTING.items() if name in ("as_json", "as_csv", "as_of", "db")})
def diff(
    table: Annotated[
        str, typer.Argument(help="The table; all of your own where none is named.", metavar="[TABLE]")
    ] = "",
    **options: Any,
) -> None:
    """Row by row what your own tables say otherwise than the shipped ones. Exit 1 where something differs."""
    from ropa.cli.ownfacts import against_shipped

    against_shipped(_table(table).name if table else "", **options)


def _go_by(options: dict[str, Any]) -> "date":
    """Go by the facts of the register that is here, as it is or was; without one by the shipped ones. Returns the day of that."""
    from ropa.cli.factsinuse import use_facts_of
    from ropa.cli.options import as_of_state, day_of
    from ropa.cli.session import loaded
    from ropa.model.register import Register

    db, as_of, facts_as_of = options["db"], options["as_of"], options["facts_as_of"]
    state, then = as_of_state(as_of), as_of_state(facts_as_of, "--facts-as-of")
    if not (db or as_of or register_is_here()):
        use_facts_of(Register(), None if then is None else day_of(then, ""))
        return today()
    register = loaded(db, as_of, facts_as_of)
    if not facts_as_of:
        use_facts_of(register)
    return day_of(state, register.at)


def register_is_here() -> bool:
    """Whether there is a register in this folder or above it."""
    from ropa.cli.session import where
    from ropa.errors import Refused

    try:
        return bool(where(""))
    except Refused:
        return False


def _table(words: str) -> "FactTable":
    from ropa.reference.facts import table_of

    return table_of(words.strip().lower().replace("-", "_"))


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
    """What a person must know before the rows: whose they are, and how old."""
    from ropa.cli.console import say

    say(f"{of.title}{', your own table' if of.own else ''}", style="bold")
    say(f"  {age(of, on)}")


def age(of: "FactTable", on: "date") -> str:
    """When a table was gone through, and whether that still counts, in words."""
    from ropa.reference.knownby import DATED
    from ropa.reference.shelf import in_use

    known = in_use().known_by
    said = f"gone through on {of.checked_on}"
    if known and not of.own:
        how = (
            "as far as its rows are dated"
            if of.name in DATED
            else "but its rows bear no date: as known today"
        )
        said += f"; as known on {known}, {how}"
    if of.holds_until is None:
        return f"{said}; holds until the law changes"
    if on > of.holds_until:
        return f"{said}; OUT OF DATE since {of.holds_until}: hold it against its source"
    return f"{said}; holds until {of.holds_until}"


def _show_row(of: "FactTable", words: str, on: "date", *, as_json: bool) -> None:
    from ropa.cli import console, tables
    from ropa.errors import Refused
    from ropa.model.ownshelf import row_ref
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
    _head(of, on)
    console.say()
    said = [
        (name.replace("_", " ").capitalize(), cell.replace("|", ", ")) for name, cell in found.items() if cell
    ]
    tables.pairs(said)
    if not found["checked_on"]:
        console.say("  Held against no source: check it before you lean on it.")
    return None
