"""`ropa rules` and `ropa rules show`: the catalogue of the gap analysis."""

from typing import Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, commands

app = commands(invoke_without_command=True)


@app.callback()
def rules(context: typer.Context, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """The rules of the gap analysis, with their law.

    Example: ropa rules, or one of them: ropa rules show A104
    """
    if context.invoked_subcommand:
        return None
    from ropa.cli import console, tables
    from ropa.gaps import RULES

    columns = ["id", "severity", "title", "law"]
    if as_json:
        return console.print_json(
            [
                {c: getattr(r, c) for c in (*columns, "applies", "why", "good", "bad", "fix", "sure")}
                for r in RULES.values()
            ]
        )
    rows = [[getattr(r, c) for c in columns] for r in RULES.values()]
    if as_csv:
        return console.print_csv(columns, rows)
    tables.table([c.title() for c in columns], rows, empty="")
    return None


@app.command("show", epilog="Example: ropa rules show A104")
def show(rule: Annotated[str, typer.Argument(help="Its id, such as A104.", metavar="ID")]) -> None:
    """One rule: what it asks, the law, when it applies, a good and a bad example, how to mend."""
    from ropa.cli import console, tables
    from ropa.gaps import rule_of

    found = rule_of(rule)
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
            ("Mend", _template(found.fix)),
            *([("Or", _template(found.otherwise))] if found.otherwise else []),
        ]
    )


def _template(command: str) -> str:
    """A rule's command with words for what a finding would fill in."""
    return command.replace("{noun}", "NOUN").replace("{ref}", "REF").replace("{field}", "FIELD")
