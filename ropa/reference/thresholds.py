"""Numbers of persons on which a duty depends, as they were on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ropa.reference.facts import Source, day, source_of, table
from ropa.reference.shelf import kept


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number of persons that a law names.

    rule: the duty that depends on it, "record" (Art. 30(5) GDPR) or "officer" (Art. 37(4) and national law). counts: who is
    counted. country: ISO 3166 code of the Member State whose law it is, "" for the Union.
    """

    rule: str
    country: str
    persons: int
    counts: str
    source: Source


def threshold(rule: str, on: date, country: str = "") -> Threshold | None:
    """The number that was in force for a duty on a day, of the Union or of a Member State; None where none is known."""
    return next(
        (
            one
            for one, since, until in _all()
            if (one.rule, one.country) == (rule, country) and since <= on <= until
        ),
        None,
    )


@kept
def _all() -> tuple[tuple[Threshold, date, date], ...]:
    return tuple(_read())


def _read() -> Iterator[tuple[Threshold, date, date]]:
    for row in table("thresholds"):
        known = Threshold(
            row["rule"], row["country"], int(row["persons"]), row["counts"], source_of("thresholds", row)
        )
        since = day("thresholds", row, "valid_from") or date.min
        yield known, since, day("thresholds", row, "valid_until") or date.max
