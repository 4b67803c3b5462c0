"""`ropa init`: a new register in this folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import Actor, Db

if TYPE_CHECKING:
    from ropa.model.register import Register


def init(
    name: Annotated[str, typer.Option(metavar="NAME", help="Name of your organisation.")] = "",
    country: Annotated[str, typer.Option(metavar="COUNTRY", help="Where it is established.")] = "",
    example: Annotated[
        bool, typer.Option("--example", help="Fill it with the shipped example organisation.")
    ] = False,
    actor: Actor = "",
    db: Db = "",
) -> None:
    """Make a new register: data/register.db in this folder, unless --db names another place.

    An existing register is never touched. Example: ropa init --name 'Acme GmbH' --country DE
    """
    from ropa.cli.console import say, talk
    from ropa.cli.session import DEFAULT, command_line, refuse_contradictions, who
    from ropa.cli.shipped import example_register
    from ropa.compare import compare
    from ropa.errors import Refused
    from ropa.model.register import Register
    from ropa.store.commit import commit
    from ropa.store.open import create_store

    if example and (name or country):
        raise Refused(
            "--example is an invented organisation; under your name its records would be said of you.",
            do="Leave --name and --country out, or leave --example out for a register of your own.",
        )
    if country and not name:
        raise Refused("a country without a name.", do="Say --name too.")
    place = db or str(Path.cwd() / DEFAULT)
    first = example_register() if example else _own(name, country)
    changes, begun_by = compare(Register(), first), who(actor)
    refuse_contradictions(changes, first)
    store = create_store(place)
    commit(store, changes, based_on=0, actor=begun_by, why="the register begins", command=command_line())
    say(f"A new register: {db or DEFAULT}")
    if example:
        talk(
            f"It holds an invented organisation: {len(first)} records, {len(first.activities)} activities. Next: ropa status"
        )
    elif name:
        talk("Next: ropa import NOTICE, or ropa activity add NAME.")
    else:
        talk(
            "Next: say whose it is, ropa entity add NAME; or let your privacy notice say it, ropa import NOTICE."
        )


def _own(name: str, country: str) -> "Register":
    from ropa.model.explain import read_record
    from ropa.model.find import slug
    from ropa.model.organisation import Organisation
    from ropa.model.register import Register

    if not name:
        return Register()
    said = {"ref": slug(name) or "entity", "name": name, "ours": True, "country": country}
    return Register.of([read_record(Organisation, said)])
