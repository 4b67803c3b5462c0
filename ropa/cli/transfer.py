"""`ropa transfer list|show`: a view of the transfer legs of all activities, with what the dated facts say on the day."""

from typing import Annotated, Any

import typer

from ropa.cli.fieldhelp import with_filters
from ropa.cli.manners import FACTS, FILTERING, LISTING, taking
from ropa.cli.noun import Noun
from ropa.cli.options import AsJson, AsOf, Db, FactsAsOf, as_of_state, commands, day_of

app = commands()
_OF_LEG = ("country", "vendor")
"""Filters that look at the transfer itself; the others look at its activity."""


@app.command(
    "list",
    cls=with_filters(Noun("transfer", "activity")),
    epilog="Example: ropa transfer list --owner 'Head of IT' --sort mechanism\n\n"
    "Example: ropa transfer list --group-by mechanism",
)
@taking(FILTERING, LISTING, FACTS)
def list_(**options: Any) -> None:
    """Where to, to whom, on what ground, and what is known of each destination on the day.

    The filters are those of activities; --country, --vendor, --text and --where look at the transfer itself.
    Under the table: what is known to be outside the EEA without a transfer for it on record.
    """
    from ropa.cli.factsinuse import say_facts_of_today
    from ropa.cli.filters import chosen
    from ropa.cli.records import Layout, print_records
    from ropa.cli.session import loaded
    from ropa.model.activity import Activity
    from ropa.model.legs import Leg
    from ropa.model.select import fitting, select

    wanted, rest = chosen(options)
    layout = Layout(**{name: rest.pop(name) for name in Layout.__annotations__})
    register = loaded(rest["db"], rest["as_of"], rest["facts_as_of"])
    say_facts_of_today(register, as_of_state(rest["as_of"]), rest["facts_as_of"])
    on = day_of(as_of_state(rest["as_of"]), register.at)
    of_leg = {name: wanted.pop(name) for name in _OF_LEG}
    activities = select(register, Activity, wanted)
    fewer = len(activities) < len(register.activities)
    narrowed = any(of_leg.values()) or rest["where"] or rest["text"]
    legs = fitting(
        register, Leg, _legs(register, activities, on), of_leg, text=rest["text"], where=rest["where"] or ()
    )
    known = (
        {}
        if narrowed or layout.as_json or layout.as_csv or layout.group_by
        else _unrecorded(register, activities, on)
    )
    print_records(
        legs,
        Leg,
        register,
        layout,
        {},
        usual=Leg.shown,
        empty="No transfers fit."
        if register.activities and (narrowed or fewer)
        else "No activity records a transfer.",
        as_plain=_leg_as_plain,
    )
    _print_unrecorded(known)


@app.command("show", epilog="Example: ropa transfer show US")
def show(
    country: Annotated[str, typer.Argument(help="A country, by code or name.")],
    as_json: AsJson = False,
    as_of: AsOf = "",
    facts_as_of: FactsAsOf = "",
    db: Db = "",
) -> None:
    """What goes to one country, what the dated facts say of it, who is there, and for whom no transfer is on record."""
    from ropa.cli import console, tables
    from ropa.cli.factsinuse import say_facts_of_today
    from ropa.cli.session import loaded
    from ropa.model.columns import column
    from ropa.model.legs import Leg
    from ropa.model.speech import country_name
    from ropa.model.values import parse_country

    code = parse_country(country)
    register = loaded(db, as_of, facts_as_of)
    say_facts_of_today(register, as_of_state(as_of), facts_as_of)
    on = day_of(as_of_state(as_of), register.at)
    activities = list(register.activities.values())
    legs = [leg for leg in _legs(register, activities, on) if leg.destination == code]
    if as_json:
        return console.print_json([_leg_as_plain(leg) for leg in legs])
    from ropa.cli.abroad import facts, law_of

    console.say(f"{country_name(code)} ({code}) on {on}", style="bold")
    for law in dict.fromkeys(law_of(register, a.entity) for a in activities) or ("EU GDPR",):
        for line in facts(law, code, on):
            console.say(f"  {line}" if law == "EU GDPR" else f"  under the {law}: {line}")
    console.say()
    columns = [column(Leg, name) for name in ("recipient", "mechanism", "activity", "name")]
    tables.table(
        [one.title for one in columns],
        [[one.words(leg, register) for one in columns] for leg in legs],
        empty=f"No activity records a transfer to {country_name(code)}.",
    )
    _print_there(register, code)
    return _print_unrecorded(
        {
            ref: [place for place in places if place.country == code]
            for ref, places in _unrecorded(register, activities, on).items()
        }
    )


def _legs(register: Any, activities: Any, on: Any) -> list[Any]:
    from ropa.cli.abroad import facts_of, law_of
    from ropa.model.legs import legs_of

    legs = legs_of(activities, lambda a, leg: facts_of(a, leg, law_of(register, a.entity), on))
    return sorted(legs, key=lambda leg: (leg.destination or "", leg.activity, leg.leg))


def _leg_as_plain(leg: Any) -> dict[str, Any]:
    from ropa.model.canonical import plain
    from ropa.model.parts import Transfer

    said = {name: value for name, value in plain(leg).items() if name in Transfer.model_fields}
    return {"activity": leg.activity, "name": leg.name, "leg": leg.leg, **said, "facts": list(leg.facts)}


def _unrecorded(register: Any, activities: Any, on: Any) -> dict[str, Any]:
    """Ref and name of each activity that has not ended → the places outside the EEA to which it records no transfer."""
    from ropa.gaps.case import Case
    from ropa.gaps.outside import unrecorded_clients, unrecorded_places

    case = Case(register, on)
    return {
        f"{a.ref} {a.name}": [
            *unrecorded_places(a, case),
            *(place for _, _, place in unrecorded_clients(a, case)),
        ]
        for a in activities
        if a.status != "ended" and not case.other_law(a)
    }


def _print_unrecorded(known: dict[str, Any]) -> None:
    from ropa.cli import console

    lines = [(who, place.say) for who, places in known.items() for place in places]
    if lines:
        console.say()
        console.say("Outside the EEA, and no transfer there is on record", style="bold")
        for who, place in lines:
            console.say(f"  {who}: {place}")


def _print_there(register: Any, code: str) -> None:
    from ropa.cli import console
    from ropa.cli.abroad import who_is_in
    from ropa.cli.tables import pairs

    lines = list(who_is_in(register, code))
    if lines:
        console.say()
        console.say("Vendors and systems there", style="bold")
        pairs(lines)
