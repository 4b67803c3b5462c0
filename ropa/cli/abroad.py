"""A country outside: what the dated facts say of it, and which vendors and systems are there."""

from collections.abc import Iterator, Sequence
from datetime import date

from ropa.cli.console import talk
from ropa.compare import Change
from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.catalogue import System
from ropa.model.common import Documented
from ropa.model.organisation import Organisation
from ropa.model.parts import Transfer
from ropa.model.register import Register
from ropa.model.touching import activities_of
from ropa.reference.adequacy import Adequacy, decisions
from ropa.reference.countries import country, in_eea
from ropa.reference.facts import aged, checked


def law_of(register: Register, entity: str | None) -> str:
    """The law under which an entity of ours transfers; the EU GDPR where nobody said another."""
    one = register.organisations.get(entity or "")
    return (one.jurisdiction if one else None) or "EU GDPR"


def say_no_transfer(changes: Sequence[Change], register: Register, on: date) -> None:
    """Say of a destination within the EEA, recorded anew, that what goes there is no transfer (Art. 44 GDPR)."""
    for change in changes:
        record, before = change.after, change.before
        if not isinstance(record, Activity) or law_of(register, record.entity) != "EU GDPR":
            continue
        known = {leg.destination for leg in before.transfers} if isinstance(before, Activity) else set()
        for n, leg in enumerate(record.transfers, 1):
            code = leg.destination
            if code and code not in known and not leg.international_organisation and in_eea(code, on):
                talk(
                    f"{record.ref}: {country(code).name} is in the EEA: what goes there is no transfer (Art. 44)."
                )
                talk(f"  To take it out: ropa activity set {record.ref} transfers-={n}. The recipient stays.")


def facts_of(activity: Activity, leg: Transfer, law: str, on: date) -> tuple[str, ...]:
    """What there is to know of a leg on a day: whether it still goes, and what the dated facts say of its destination."""
    gone = []
    if activity.status == "ended":
        gone.append("the activity has ended")
    elif leg.until and leg.until < on:
        gone.append(f"ended on {leg.until}")
    elif leg.since and leg.since > on:
        gone.append(f"begins on {leg.since}")
    code = leg.destination
    if leg.international_organisation:
        try:
            code = country(leg.international_organisation).code
        except Refused:
            return (*gone, "the facts do not know this organisation")
    return (*gone, *facts(law, code, on))


def facts(law: str, code: str | None, on: date) -> list[str]:
    """What the dated facts say of a destination under a law on a day, each with when it was checked."""
    if not code:
        return ["no destination recorded"]
    if law == "EU GDPR" and in_eea(code, on):
        return ["inside the EEA: no transfer under Chapter V"]
    found = [_said(one) for one in decisions(law, code, on)] or ["no adequacy decision in force"]
    return [f"{one}; checked {checked('adequacy')}{aged('adequacy', on)}" for one in found]


def _said(decision: Adequacy) -> str:
    """An adequacy decision in a line; one of limited scope never reads as if it covered everybody."""
    ends = f", until {decision.end}" if decision.end else ""
    if decision.scope_kind == "all":
        return f"adequacy decision in force: {decision.decision}{ends}"
    return f"for some only ({decision.scope}): adequacy decision in force, {decision.decision}{ends}"


def who_is_in(register: Register, code: str) -> Iterator[tuple[str, str]]:
    """Each vendor and system in a country: its name, and the activities that it reaches, through others too."""
    hosted = [one for one in register.all(System).values() if code in one.hosting_countries]
    there: list[Documented] = [
        *(one for one in register.organisations.values() if not one.ours and _is_in(register, one, code)),
        *hosted,
    ]
    for one in there:
        reached = activities_of(register, one)
        yield one.name, "; ".join(f"{ref} {reached[ref].name}" for ref in sorted(reached)) or "no activity"


def _is_in(register: Register, one: Organisation, code: str) -> bool:
    """Whether it is established there, processes there, or is engaged there by somebody as a sub-processor."""
    if one.country == code or any(code in service.countries for service in one.services):
        return True
    return any(
        sub.organisation == one.ref and sub.country == code
        for other, _ in register.named_by.get((one.kind, one.ref), ())
        if isinstance(other, Organisation)
        for sub in other.sub_processors
    )
