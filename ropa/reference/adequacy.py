"""Adequacy by the law of the exporter, the destination and the day (Art. 45 GDPR and its like)."""

from dataclasses import dataclass
from datetime import date

from ropa.errors import Refused
from ropa.reference.countries import country, in_eea
from ropa.reference.facts import Source, day, source_of, table
from ropa.reference.shelf import kept
from ropa.words import listing

_SAME_AS = {"Regulation (EU) 2018/1725": "EU GDPR"}
"""Its Art. 47 rests on the decisions made under Art. 45 GDPR."""


@dataclass(frozen=True, slots=True)
class Adequacy:
    """One decision or regulation, for one destination.

    scope_kind: all, sector, organisations (each recipient must be checked). in_force_since: first day, None:
    not known. valid_until: last day. ended_on: first day on which it cannot be used.
    """

    id: str
    regime: str
    destination: str
    scope_kind: str
    scope: str
    condition_to_check: str
    decision: str
    adopted: date | None
    in_force_since: date | None
    valid_until: date | None
    ended_on: date | None
    last_review: date | None
    next_review: date | None
    status: str
    note: str
    source: Source

    @property
    def end(self) -> date | None:
        """The day on which it ends or ended; None where none is set."""
        return self.ended_on or self.valid_until

    def holds_on(self, on: date) -> bool:
        """True where it could be used on that day. One whose start is not known cannot be relied on."""
        return (
            self.in_force_since is not None
            and self.in_force_since <= on
            and (self.valid_until is None or on <= self.valid_until)
            and (self.ended_on is None or on < self.ended_on)
        )


def decisions(regime: str, destination: str, on: date) -> list[Adequacy]:
    """What could be relied on for that destination on that day; empty: no adequacy.

    regime: EU GDPR, UK GDPR, Swiss FADP or Regulation (EU) 2018/1725. destination: a code of the countries
    table; one in the EEA is also found under EEA. Raises Refused for a regime or a destination that is not
    known.
    """
    regime = _SAME_AS.get(regime, regime)
    if regime not in _by_destination():
        raise Refused(
            f"'{regime}' is not a law that ropa knows.", do=f"It is one of {listing(_laws(), 'or')}."
        )
    place = country(destination)
    known = _by_destination()[regime]
    found = list(known.get(place.code, ()))
    if place.code != "EEA" and place.kind != "organisation" and in_eea(place.code, on):
        found.extend(known.get("EEA", ()))
    return [one for one in found if one.holds_on(on)]


def last_to_end(regime: str, destination: str, on: date) -> Adequacy | None:
    """Of the decisions on a destination that began by a day the one that ends last; None where one has no end, or there is none.

    Inside the EEA there is nothing to end. Takes the same words as `decisions`.
    """
    if in_eea(destination, on):
        return None
    known = _by_destination().get(_SAME_AS.get(regime, regime), {}).get(destination, ())
    begun = {one: one.end for one in known if one.in_force_since and one.in_force_since <= on}
    ends = {one: end for one, end in begun.items() if end}
    return max(ends, key=lambda one: ends[one]) if ends and len(ends) == len(begun) else None


@kept
def _by_destination() -> dict[str, dict[str, tuple[Adequacy, ...]]]:
    found: dict[str, dict[str, tuple[Adequacy, ...]]] = {}
    for one in history():
        places = found.setdefault(one.regime, {})
        if one.destination:
            places[one.destination] = (*places.get(one.destination, ()), one)
    return found


@kept
def history() -> tuple[Adequacy, ...]:
    """Every row of the table: what holds, what ended, and rules that name no destination."""
    return tuple(_adequacy(row) for row in table("adequacy"))


def _adequacy(row: dict[str, str]) -> Adequacy:
    return Adequacy(
        id=row["id"],
        regime=row["regime"],
        destination=row["destination"],
        scope_kind=row["scope_kind"],
        scope=row["scope"],
        condition_to_check=row["condition_to_check"],
        decision=row["decision"],
        adopted=day("adequacy", row, "adopted"),
        in_force_since=day("adequacy", row, "in_force_since"),
        valid_until=day("adequacy", row, "valid_until"),
        ended_on=day("adequacy", row, "ended_on"),
        last_review=day("adequacy", row, "last_review"),
        next_review=day("adequacy", row, "next_review"),
        status=row["status"],
        note=row["note"],
        source=source_of("adequacy", row),
    )


def _laws() -> tuple[str, ...]:
    return (*_by_destination(), *_SAME_AS)
