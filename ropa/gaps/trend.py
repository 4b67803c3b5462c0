"""How the open gaps moved: what was open at the end of each month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ropa.gaps.report import Report, Score
from ropa.gaps.rule import MISSING

MONTHS = 12
"""How many month ends are judged anew: each costs a whole gap analysis."""


@dataclass(frozen=True)
class Point:
    """What was open at the end of a day: severity → how many gaps; and the share of what was asked that was answered."""

    day: date
    open: Mapping[str, int]
    score: Score

    @property
    def total(self) -> int:
        """All open gaps; remarks are none."""
        return sum(self.open.values())


def point(report: Report) -> Point:
    """The report as one point of the trend."""
    counted = {severity: counts[MISSING] for severity, counts in report.summary.items() if severity != "info"}
    return Point(report.as_of, counted, report.score)


def month_ends(before: date) -> list[date]:
    """The last days of the twelve months before a day's own, the earliest first."""
    ends: list[date] = []
    day = before
    for _ in range(MONTHS):
        day = day.replace(day=1) - timedelta(days=1)
        ends.append(day)
    return ends[::-1]
