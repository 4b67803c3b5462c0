"""`ropa rules` and `ropa rules show`: the catalogue of the gap analysis."""

from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, commands

if TYPE_CHECKING:
    from ropa.gaps import Rule

app = commands(invoke_without_command=True, epilog="Example: ropa rules --csv")


@app.callback()
def rules(context: typer.Context, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """The rules of the gap analysis, with their law."""
    if context.invoked_subcommand:
        return None
    from ropa.cli import console, tables
    from ropa.gaps import RULES

    columns = ["id", "severity", "title", "law"]
    if as_json:
        return console.print_json([_plain(found) for found in RULES.values()])
    rows = [[getattr(r, c) for c in columns] for r in RULES.values()]
    if as_csv:
        return console.print_csv(columns, rows)
    tables.table([c.title() for c in columns], rows, empty="")
    return None


def _plain(rule: "Rule") -> dict[str, str]:
    said = ("id", "severity", "title", "law", "sure", "applies", "why", "good", "bad")
    commands = {"fix": rule.sample(rule.fix), "otherwise": rule.sample(rule.otherwise)}
    return {name: getattr(rule, name) for name in said} | commands


@app.command("show", epilog="Example: ropa rules show A104")
def show(
    rule: Annotated[str, typer.Argument(help="Its id, such as A104.", metavar="ID")], as_json: AsJson = False
) -> None:
    """One rule in full: its question and law, whom it asks, an entry that is good and one that is not, the mending."""
    from ropa.cli import console, tables
    from ropa.gaps import rule_of

    found = rule_of(rule)
    if as_json:
        return console.print_json(_plain(found))
    console.say(f"{found.id}  {found.title}", style="bold")
    tables.pairs(
        [
            ("Severity", found.severity),
            ("Law", found.law),
            ("How sure", found.sure),
            ("Applies", found.applies),
            ("Why", found.why),
            ("Good", found.good),
            ("Bad", found.bad),
            ("Mend", found.sample(found.fix)),
            *([("Or", found.sample(found.otherwise))] if found.otherwise else []),
        ]
    )
    return None
