"""The options that many commands share, hung on a command in one word, so that each list of them stands once."""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from ropa.cli import filters
from ropa.cli.options import Actor, AsCsv, AsJson, AsOf, Db, DryRun, FactsAsOf, Why, Yes

Options = Mapping[str, tuple[Any, Any]]
"""Name of a parameter → its annotation, as typer reads it, and its default."""

WRITING: Options = {
    "as_json": (AsJson, False),
    "why": (Why, ""),
    "actor": (Actor, ""),
    "dry_run": (DryRun, False),
    "yes": (Yes, False),
    "db": (Db, ""),
}
"""What every command that writes takes; `write` in ropa/cli/session.py takes the same, but for `db`."""
LISTING: Options = {
    "sort": (filters.Sort, ""),
    "columns": (filters.Columns, ""),
    "group_by": (filters.GroupBy, ""),
    "as_json": (AsJson, False),
    "as_csv": (AsCsv, False),
    "as_of": (AsOf, ""),
    "db": (Db, ""),
}
"""What every list takes, besides filters."""
FACTS: Options = {"facts_as_of": (FactsAsOf, "")}
"""What a list takes besides that shows what the facts say."""
FILTERING: Options = {
    **{name: (said, None) for name, said in filters.BY_WORD.items()},
    "where": (filters.Where, None),
    "text": (filters.Text, ""),
}
"""What chooses among records."""

SLICING: Options = {name: FILTERING[name] for name in ("department", "owner", "tag")}
"""What chooses the activities of a slice."""

MERGING: Options = {
    "ours": (
        Annotated[
            bool,
            typer.Option("--ours", help="Of a workbook: where both changed, the register's value stands."),
        ],
        False,
    ),
    "theirs": (
        Annotated[
            bool,
            typer.Option("--theirs", help="Of a workbook: where both changed, the workbook's value stands."),
        ],
        False,
    ),
    "remove_missing": (
        Annotated[
            bool | None,
            typer.Option(
                "--remove-missing/--keep-missing",
                help="Of a workbook: what was taken out of it goes, or stays, unasked.",
            ),
        ],
        None,
    ),
}
"""How a workbook that comes home is merged where only a person can say."""

REVIEWED: Options = {"due": (filters.Due, "")}
"""What the list of activities takes besides, which alone are reviewed."""

SHIPPED: Options = {"shipped": (filters.Shipped, False)}
"""What the list of a noun takes for which a catalogue is shipped."""


def taking(*shared: Options) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a command take shared options too; they reach it in its `**` parameter, by name."""
    added = {name: said for each in shared for name, said in each.items()}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command)
        own = [p for p in signature.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
        more = [
            inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=said)
            for name, (said, default) in added.items()
        ]
        command.__signature__ = signature.replace(parameters=[*own, *more])  # type: ignore[attr-defined]
        command.__annotations__ |= {name: said for name, (said, _) in added.items()}
        return command

    return decorate
