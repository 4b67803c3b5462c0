"""`ropa sql`: a question to the tables, for those who like SQL."""

from typing import Annotated, Any

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, as_of_state


def sql(
    question: Annotated[
        str, typer.Argument(help="One select; without it the tables and their columns.", metavar="[QUESTION]")
    ] = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """Ask the tables of the register in SQL. The connection can only read; nothing can be written, attached or set.

    A record's table bears its kind, and a list of it is a table of its own with owner and position: activity,
    activity_recipients. Alone it lists them all. Example: ropa sql "select status, count(*) from activity group by status"
    """
    from ropa.cli import console, tables
    from ropa.cli.session import opened
    from ropa.store.query import query, shape

    store = opened(db)
    if question.strip():
        columns, rows = query(store, question, as_of_state(as_of))
    else:
        columns = ["table", "columns"]
        rows = [(name, ", ".join(own)) for name, own in shape().items()]
    if as_json:
        return console.print_json([dict(zip(columns, map(_plain, row), strict=True)) for row in rows])
    cells = [["" if value is None else str(_plain(value)) for value in row] for row in rows]
    if as_csv:
        return console.print_csv(columns, cells)
    if not question.strip():
        return tables.pairs([(name, own) for name, own in rows], indent=0)
    return tables.table(columns, cells, empty="No rows.")


def _plain(value: Any) -> Any:
    """A value that JSON has a word for: bytes as hex digits, a day as its text."""
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, (str, int, float)) or value is None else str(value)
