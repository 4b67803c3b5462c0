"""`ropa transfer list|show`: a view of the transfer legs of all activities, with what the dated facts say today."""

from datetime import date
from typing import Annotated, Any

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, as_of_state, commands, day_of

app = commands()


@app.command("list", epilog="Example: ropa transfer list --csv")
def list_(as_json: AsJson = False, as_csv: AsCsv = False, as_of: AsOf = "", db: Db = "") -> None:
    """Destinations, recipients, activities, mechanisms, and what the dated facts say of each."""
    from ropa.cli.session import loaded

    register = loaded(db, as_of)
    on = day_of(as_of_state(as_of), register.at)
    _print(
        register, _legs(register), on, as_json=as_json, as_csv=as_csv, empty="No activity records a transfer."
    )


@app.command("show", epilog="Example: ropa transfer show US")
def show(
    country: Annotated[str, typer.Argument(help="A country, by code or name.")],
    as_json: AsJson = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """What goes to one country, and what the dated facts say of it."""
    from ropa.cli import console
    from ropa.cli.session import loaded
    from ropa.model.speech import country_name
    from ropa.model.values import parse_country

    code = parse_country(country)
    register = loaded(db, as_of)
    on = day_of(as_of_state(as_of), register.at)
    if not as_json:
        console.say(f"{country_name(code)} ({code}) on {on}", style="bold")
        for line in _facts(code, on):
            console.say(f"  {line}")
    legs = [(a, n, leg) for a, n, leg in _legs(register) if leg.destination == code]
    _print(
        register,
        legs,
        on,
        as_json=as_json,
        as_csv=False,
        empty=f"No activity records a transfer to {country_name(code)}.",
    )


def _legs(register: Any) -> list[tuple[Any, int, Any]]:
    legs = [(a, n, leg) for a in register.activities.values() for n, leg in enumerate(a.transfers, 1)]
    return sorted(legs, key=lambda found: (found[2].destination or "", found[0].ref, found[1]))


def _print(
    register: Any, legs: list[tuple[Any, int, Any]], on: date, *, as_json: bool, as_csv: bool, empty: str
) -> None:
    from ropa.cli import console, tables
    from ropa.model.canonical import plain
    from ropa.model.parts import Transfer
    from ropa.model.speech import spoken
    from ropa.model.walk import field

    if as_json:
        return console.print_json(
            [
                {
                    "activity": a.ref,
                    "name": a.name,
                    "leg": n,
                    **plain(leg),
                    "facts": _facts(leg.destination, on),
                }
                for a, n, leg in legs
            ]
        )
    shown = [field(Transfer, name) for name in ("destination", "recipient", "mechanism")]
    rows = []
    for activity, number, leg in legs:
        words = [spoken(getattr(leg, f.name), f, register) for f in shown if f]
        place = words[0] or leg.international_organisation or ""
        rows.append(
            [
                place,
                words[1],
                f"{activity.ref} {activity.name}",
                str(number),
                words[2],
                "; ".join(_facts(leg.destination, on)),
            ]
        )
    columns = ["Destination", "Recipient", "Activity", "Leg", "Mechanism", f"Facts on {on}"]
    if as_csv:
        return console.print_csv([c.split(" on ")[0].lower() for c in columns], rows)
    tables.table(columns, rows, empty=empty)
    return None


def _facts(code: str | None, on: date) -> list[str]:
    """What the dated facts say of a destination on a day, each with when it was checked."""
    from ropa.reference.adequacy import decisions
    from ropa.reference.countries import in_eea
    from ropa.reference.facts import checked, stale

    if not code:
        return ["no destination recorded"]
    if in_eea(code, on):
        return ["inside the EEA: no transfer under Chapter V"]
    old = " (older than its shelf life)" if stale("adequacy", on) else ""
    found = [_said(d) for d in decisions("EU GDPR", code, on)] or ["no adequacy decision in force"]
    return [f"{one}; checked {checked('adequacy')}{old}" for one in found]


def _said(decision: Any) -> str:
    """An adequacy decision in a line; one of limited scope never reads as if it covered everybody."""
    if decision.scope_kind == "all":
        return f"adequacy decision in force: {decision.decision}"
    return f"adequacy decision in force for some only ({decision.scope}): {decision.decision}"
