"""Whether somebody is named and can be reached: what Article 30 asks of everybody whom it wants named."""

from collections.abc import Iterator

from ropa.gaps.case import Case, Reachable
from ropa.gaps.rule import Gap
from ropa.gaps.texts import blank, shown
from ropa.model.organisation import DataProtectionOfficer, Organisation, Representative


def unreachable(who: Organisation, field: str) -> Iterator[Gap]:
    """The gap of an organisation that is named and has no address, mailbox or telephone."""
    fix = f"ropa {'entity' if who.ours else 'vendor'} set {who.ref} email='…'"
    yield from _unreachable(who, shown(who.name), field, fix, who.ref)


def person_gaps(who: DataProtectionOfficer | Representative, field: str, called: str) -> Iterator[Gap]:
    """What keeps an officer or representative of the record itself from being named and reached.

    field: where it stands ("dpo"). called: what it is called ("officer").
    """
    if blank(who.name):
        fix = f"ropa {{noun}} set {{ref}} {field}.name='…'"
        yield Gap(f"{field}.name", f"The {called} has no name.", shown(who.name), fix=fix, otherwise="")
    yield from _unreachable(
        who, f"the {called}", f"{field}.email", f"ropa {{noun}} set {{ref}} {field}.email='…'"
    )


def _unreachable(who: Reachable, whose: str, field: str, fix: str, seen: str = "") -> Iterator[Gap]:
    if not Case.reachable(who):
        say = f"No address, mailbox or telephone of {whose} is recorded."
        yield Gap(field, say, seen, fix=fix, otherwise="")
