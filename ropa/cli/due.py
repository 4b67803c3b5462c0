"""`ropa due`: what falls due, overdue first, each with what to do about it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, as_of_state, day_of, day_said

if TYPE_CHECKING:
    from ropa.model.due import Due
    from ropa.model.notice import Waiver
    from ropa.model.register import Register

DAYS = 30
"""How far ahead is looked, unless somebody says."""
_LONG = 730
_FEW = 3
"""Reviews of one day that are listed one by one."""


def due(
    within: Annotated[
        int | None, typer.Option("--within", metavar="DAYS", min=0, help=f"How many days ahead; else {DAYS}.")
    ] = None,
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Up to which day.")] = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """What is overdue or falls due soon, each with what to do about it.

    Reviews, announced ends, agreements, certificates, waivers, and adequacy decisions on which transfers rest. No interval is assumed.
    What a waiver accepts stands apart.

    Example: ropa due

    Example: ropa due --within 90 --csv

    Example: ropa due --until 2031-12-31
    """
    from ropa.cli import console
    from ropa.cli.factsinuse import say_whose
    from ropa.cli.session import loaded
    from ropa.model.due import ADEQUACY

    register = loaded(db, as_of)
    on = day_of(as_of_state(as_of), register.at)
    last = _last_day(on, within, until)
    every = due_and_waivers(register, on, last)
    if as_json:
        return console.print_json([as_plain(*one, on) for one in every])
    if as_csv:
        words = ("on", "days", "ref", "name", "what", "do", "command", "waiver")
        rows = [[str(as_plain(*one, on)[word] or "") for word in words] for one in every]
        return console.print_csv(words, rows)
    if not every:
        return console.talk(
            f"Nothing is overdue or falls due by {last}. Look further ahead: ropa due --within 365"
        )
    found = [one for one, waiver in every if not waiver]
    _print("Overdue", [d for d in found if d.on < on], on)
    _print(f"Until {last}", [d for d in found if d.on >= on], on)
    _print_accepted([(one, waiver) for one, waiver in every if waiver])
    if any(one.sort == ADEQUACY for one, _ in every):
        say_whose(("adequacy", "region_membership"))
    return None


def due_and_waivers(register: "Register", on: date, last: date) -> "list[tuple[Due, Waiver | None]]":
    """What falls due by a day, each with the waiver by which somebody lives with it."""
    from ropa.gaps.waivers import accepted, waivers
    from ropa.model.due import falls_due

    made = waivers(register, on)
    return [(one, accepted(register, made, one, on)) for one in falls_due(register, on, last)]


def as_plain(one: "Due", waiver: "Waiver | None", on: date) -> dict[str, object]:
    """Something due as a program reads it."""
    return {
        "on": one.on.isoformat(),
        "days": (one.on - on).days,
        "what": one.what,
        "ref": one.ref,
        "name": one.name,
        "do": one.do,
        "command": one.command,
        "waiver": waiver and waiver.ref,
    }


def left(days: int) -> str:
    """Days that are left, in words; negative ones are gone. From two years on, in whole years."""
    if not days:
        return "today"
    number, unit = (abs(days), "day") if abs(days) < _LONG else (abs(days) // 365, "year")
    return f"{number} {unit if number == 1 else f'{unit}s'} {'left' if days > 0 else 'ago'}"


def _last_day(on: date, within: int | None, until: str) -> date:
    from ropa.errors import Refused

    if until and within is not None:
        raise Refused("--within and --until cannot both be had.", do="Say one of them.")
    if until:
        last = day_said(until, "--until", on)
        if last < on:
            raise Refused(f"{last} is before {on}.", at="--until", do="Name a later day.")
        return last
    days = DAYS if within is None else within
    return on + timedelta(days=min(days, (date.max - on).days))


def _print(title: str, found: "list[Due]", on: date) -> None:
    """A heading, and for each thing: when, what and of which record; under it what to do, and the command."""
    from itertools import groupby

    from ropa.cli import console
    from ropa.cli.tables import hanging
    from ropa.model.due import REVIEW

    if not found:
        return
    console.say(f"{title}: {len(found)}", style="bold")
    wide = max(len(left((one.on - on).days)) for one in found)
    for (day, what, do), group in groupby(found, key=lambda one: (one.on, one.what, one.do)):
        alike = list(group)
        many = len(alike) > _FEW and what == REVIEW
        for one in alike[:1] if many else alike:
            of = f"{len(alike)} activities" if many else f"{one.ref} {one.name}"
            hanging(f"  {day}  {left((day - on).days):<{wide}}  ", f"{what}: {of}")
            console.say(f"      {do}")
            command = f"ropa activity list --due {day}" if many else one.command
            console.say(f"      {command}", whole=True)


def _print_accepted(waived: "list[tuple[Due, Waiver]]") -> None:
    """What is due and nobody need do, with the waiver and its end: that day is due in its turn."""
    from ropa.cli import console
    from ropa.cli.tables import hanging

    if waived:
        console.say(f"Accepted by a waiver: {len(waived)}", style="bold")
    for one, by in waived:
        until = f"until {by.until}" if by.until else "for good"
        hanging(f"  {one.on}  ", f"{one.what}: {one.ref} {one.name} ({by.ref}, {until}: {by.reason})")
