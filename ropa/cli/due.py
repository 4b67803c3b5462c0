"""`ropa due`: what falls due, overdue first."""

from typing import Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, as_of_state, day_of


def due(
    within: Annotated[int, typer.Option("--within", metavar="DAYS", min=0, help="How many days ahead.")] = 30,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """Reviews, agreements, certificates and waivers that are overdue or fall due soon. No interval is assumed.

    Example: ropa due --within 90
    """
    from ropa.cli import console, tables
    from ropa.cli.session import loaded
    from ropa.model.due import falls_due

    register = loaded(db, as_of)
    on = day_of(as_of_state(as_of), register.at)
    found = falls_due(register, on, within_days=within)
    if as_json:
        return console.print_json(
            [
                {
                    "on": d.on.isoformat(),
                    "days": (d.on - on).days,
                    "what": d.what,
                    "ref": d.ref,
                    "name": d.name,
                }
                for d in found
            ]
        )
    if as_csv:
        rows = [[d.on.isoformat(), str((d.on - on).days), d.ref, d.name, d.what] for d in found]
        return console.print_csv(["on", "days", "ref", "name", "what"], rows)
    return tables.table(
        ["Day", "Left", "Ref", "Name", "What"],
        [[d.on.isoformat(), _left((d.on - on).days), d.ref, d.name, d.what] for d in found],
        empty=f"Nothing is overdue or falls due within {within} days.",
    )


def _left(days: int) -> str:
    """Days that are left, in words; negative ones are gone."""
    if not days:
        return "today"
    return f"{abs(days)} {'day' if abs(days) == 1 else 'days'} {'left' if days > 0 else 'ago'}"
