"""Which facts a command goes by: the organisation's own tables before the shipped ones, as known today or on another day."""

import re
from datetime import date
from typing import TYPE_CHECKING

from ropa.cli.options import as_of_state, day_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from ropa.model.register import Register
    from ropa.reference.shelf import Shelf
    from ropa.store.open import Store

_NAMED = re.compile(r"(?:r(\d{1,11}))?(?:, )?(?:as known on (\d{4}-\d\d-\d\d))?")


def use_facts(
    store: "Store", register: "Register", state: "date | int | None" = None, facts_as_of: str = ""
) -> None:
    """Go by the tables that the register holds now, also where a past state of it is looked at.

    register: as it is at `state`. facts_as_of: as they were known on that day instead.
    """
    from ropa.model.ownfacts import OwnFacts
    from ropa.model.ownshelf import shelf_of
    from ropa.reference.shelf import put
    from ropa.store.load import load

    then = as_of_state(facts_as_of, "--facts-as-of")
    held = register if state is None and then is None else load(store, then, (OwnFacts.kind,))
    put(shelf_of(held, None if then is None else day_of(then, held.at)))
    _say_unfit()


def facts_named(words: str, store: "Store") -> "Shelf":
    """The facts that a workbook says it was made with: "r12, as known on 2026-03-31"; the shipped ones where it says none.

    Raises Refused for words that say neither.
    """
    from ropa.errors import Refused
    from ropa.model.ownfacts import OwnFacts
    from ropa.model.ownshelf import shelf_of
    from ropa.model.register import Register
    from ropa.store.load import load

    found = _NAMED.fullmatch(words)
    if not found:
        raise Refused(
            "which facts it was made with was altered and cannot be read.", do="Take it as it was written."
        )
    number, day = found.groups()
    held = load(store, int(number), (OwnFacts.kind,)) if number else Register()
    return shelf_of(held, date.fromisoformat(day) if day else None)


def use_facts_of(register: "Register", known_by: "date | None" = None) -> None:
    """Go by the tables that a register in memory holds, as they were known on a day."""
    from ropa.model.ownshelf import shelf_of
    from ropa.reference.shelf import put

    put(shelf_of(register, known_by))
    _say_unfit()


def say_facts_of_today(register: "Register", state: "date | int | None", facts_as_of: str) -> None:
    """Say of a past state that it is judged by the facts of today, where some of them were not known then.

    register: as it was at `state`.
    """
    from ropa.cli.console import talk

    if state is None or facts_as_of:
        return
    day = day_of(state, register.at)
    if _known_otherwise(register, day):
        talk(
            f"Judged by the rules and facts of today, some of which were not known on {day}: --facts-as-of {day}"
        )


def _known_otherwise(then: "Register", day: date) -> bool:
    """Whether facts by which something is judged differ from those that the register, and the law, held on a day."""
    from ropa.model.ownshelf import shelf_of
    from ropa.reference.facts import table
    from ropa.reference.knownby import JUDGING
    from ropa.reference.shelf import using

    now = {name: table(name) for name in JUDGING}
    with using(shelf_of(then, day)):
        return any(table(name) != rows for name, rows in now.items())


def say_whose(names: "Collection[str]") -> None:
    """Say which of these tables are the organisation's own: what follows rests on them."""
    from ropa.cli.console import talk
    from ropa.reference.shelf import in_use

    for name in names:
        if name in in_use().own:
            talk(
                f"'{name}' is your own table, gone through on {in_use().own[name].checked_on}: ropa facts show {name}"
            )


def _say_unfit() -> None:
    from ropa.cli.console import talk
    from ropa.reference.shelf import in_use

    for name, why in in_use().unfit.items():
        talk(f"Your own table '{name}' is not used, for {why} Give a newer one: ropa facts use FILE")
