"""What if: a register and facts in memory as they would be, and the gaps that would open and close. Nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from ropa.errors import Refused
from ropa.gaps.checking import check
from ropa.gaps.outcome import Outcome
from ropa.gaps.report import Report
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.notice import Waiver
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.model.renumber import taken_out
from ropa.model.walk import Mention
from ropa.reference.adequacy import history
from ropa.reference.countries import country
from ropa.reference.facts import checked, table
from ropa.reference.shelf import OwnTable, Row, in_use, using
from ropa.words import listing

_ADEQUACY = "adequacy"


@dataclass
class Supposed:
    """A register as it would be. day: on which it is judged. said: what is supposed, in words. own: tables of facts as they would be."""

    register: Register
    day: date
    said: list[str] = field(default_factory=list)
    own: dict[str, tuple[Row, ...]] = field(default_factory=dict)

    def ended(self, words: str, on: date) -> None:
        """Suppose that the adequacy decisions for a country, or the one of that id, cannot be used from a day on.

        Raises Refused for an unknown country, or one for which none is in force the day before.
        """
        known = {one.id: one for one in history()}
        place = "" if words in known else country(words).code
        eve = on - timedelta(days=1)
        going = [
            one for one in known.values() if words == one.id or one.destination == place if one.holds_on(eve)
        ]
        if not going:
            raise Refused(
                f"no adequacy decision for '{words}' is in force on {eve}.",
                do="See: ropa facts show adequacy",
            )
        ids = {one.id for one in going}
        rows = self.own.get(_ADEQUACY, table(_ADEQUACY))
        self.own[_ADEQUACY] = tuple(
            row | {"ended_on": on.isoformat(), "status": "ended"} if row["id"] in ids else row for row in rows
        )
        laws = listing(dict.fromkeys(one.regime for one in going))
        what = f"the adequacy of {country(place).name}" if place else going[0].decision
        self.said.append(f"{what} cannot be used from {on} on ({laws})")

    def removed(self, vendor: Organisation) -> None:
        """Suppose that a vendor is gone from every record that names it, and its waivers with it."""
        gone = (vendor.kind, vendor.ref)
        changed: dict[tuple[str, str], Documented] = {}
        naming: dict[tuple[str, str], list[Mention]] = {}
        for record, mention in self.register.named_by.get(gone, ()):
            naming.setdefault((record.kind, record.ref), []).append(mention)
        for (kind, ref), mentions in naming.items():
            changed[kind, ref] = _without(self.register.records[kind][ref], mentions)
        self.register = _put(self.register, changed, {gone, *_waived(self.register, gone)})
        self.said.append(f"{vendor.name} is no vendor any more")

    def lapsed(self, vendor: Organisation, on: date, number: int | None = None) -> None:
        """Suppose that the agreements with a vendor, or the one of that number, have run out by a day.

        Raises Refused where there is none that holds until then.
        """
        said, eve = plain(vendor), on - timedelta(days=1)
        each = vendor.agreements
        those = [n for n in range(1, len(each) + 1) if number in (None, n)]
        holding = [n for n in those if (end := each[n - 1].valid_until) is None or end > eve]
        if not holding:
            what = f"agreement {number}" if number else "agreement"
            raise Refused(
                f"{vendor.name} has no {what} that holds on {eve}.", do=f"See: ropa vendor show {vendor.ref}"
            )
        for n in holding:
            said["agreements"][n - 1]["valid_until"] = eve.isoformat()
        after = type(vendor).model_validate(said)
        self.register = _put(self.register, {(vendor.kind, vendor.ref): after}, set())
        which = "the agreement" if len(holding) == 1 else f"{len(holding)} agreements"
        self.said.append(f"{which} with {vendor.name} ended on {eve}")

    def report(self) -> Report:
        """What the rules say of it."""
        own = {name: OwnTable(rows, checked(name)) for name, rows in self.own.items()}
        with using(replace(in_use(), own={**in_use().own, **own}, memory={}) if own else in_use()):
            return check(self.register, self.day)


def _without(record: Documented, mentions: Sequence[Mention]) -> Documented:
    """A record that names somebody no more: parts in lists that do so go, any other field becomes blank."""
    said: dict[str, Any] = plain(record)
    places = [mention.path.split(".") for mention in mentions]
    parts = {(steps[0], int(steps[1])) for steps in places if len(steps) > 2 and steps[1].isdecimal()}
    for name, number in sorted(parts, reverse=True):
        said[name].pop(number - 1)
        taken_out(said, type(record), name, number)
    for steps in places:
        if (steps[0], *steps[1:2]) not in {(name, str(number)) for name, number in parts}:
            said.pop(steps[0], None)
    return type(record).model_validate({name: value for name, value in said.items() if value != []})


def _waived(register: Register, of: tuple[str, str]) -> Iterator[tuple[str, str]]:
    return (
        (one.kind, one.ref) for one in register.all(Waiver).values() if (one.record_kind, one.record) == of
    )


def _put(
    register: Register, changed: dict[tuple[str, str], Documented], gone: set[tuple[str, str]]
) -> Register:
    records = {kind: dict(each) for kind, each in register.records.items()}
    for (kind, ref), record in changed.items():
        records[kind][ref] = record
    for kind, ref in gone:
        records[kind].pop(ref, None)
    return replace(register, records=records)


def opened(before: Report, after: Report) -> list[Outcome]:
    """What is open after and was not before, each finding with just its new gaps; the worst first."""
    known = {_key(one, gap.say, before.as_of) for one in before.findings if one.open for gap in one.gaps}
    found = (
        one._replace(gaps=tuple(gap for gap in one.gaps if _key(one, gap.say, after.as_of) not in known))
        for one in after.findings
        if one.open and one.rule.severity != "info"
    )
    return [one for one in found if one.gaps]


def _key(one: Outcome, say: str, on: date) -> tuple[str, ...]:
    """What tells gaps apart. Not their paths: the numbers of parts move when one is taken out. Nor the day on which they are judged."""
    return one.rule.id, one.record.kind, one.record.ref, say.replace(on.isoformat(), "")
