"""Days and periods counted on the calendar."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

_PART = re.compile(r"(\d+)([YMWD])")


@lru_cache(maxsize=1024)
def _counts(period: str) -> Mapping[str, int]:
    return {unit: int(number) for number, unit in _PART.findall(period)}


@lru_cache(maxsize=8192)
def day_after(start: date, period: str) -> date:
    """The day that lies an ISO 8601 period of years, months, weeks and days after another.

    A day that a month lacks becomes its last one; what lies beyond the calendar is its last day.
    """
    return _away(start, period, 1)


@lru_cache(maxsize=8192)
def day_before(start: date, period: str) -> date:
    """The day that lies such a period before another, on the same terms."""
    return _away(start, period, -1)


def _away(start: date, period: str, sign: int) -> date:
    counts = _counts(period)
    months = start.year * 12 + start.month - 1 + sign * (12 * counts.get("Y", 0) + counts.get("M", 0))
    year, month = divmod(months, 12)
    end = date.max if sign > 0 else date.min
    if not date.min.year <= year <= date.max.year:
        return end
    day = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    try:
        return day + sign * timedelta(weeks=counts.get("W", 0), days=counts.get("D", 0))
    except OverflowError:
        return end


def years(period: str) -> float:
    """How many years a period is, a year taken as 365.25 days."""
    counts = _counts(period)
    days = 7 * counts.get("W", 0) + counts.get("D", 0)
    return counts.get("Y", 0) + counts.get("M", 0) / 12 + days / 365.25
