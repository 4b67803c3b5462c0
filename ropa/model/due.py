"""What falls due: reviews, agreements, certificates, waivers. A list of days, not of gaps."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from ropa.model.notice import Waiver
from ropa.model.register import Register

_UNITS = re.compile(r"(\d+)([YMWD])")


@dataclass(frozen=True)
class Due:
    """Something that falls due on a day."""

    on: date
    what: str
    ref: str
    name: str


def falls_due(register: Register, on: date, *, within_days: int = 30) -> list[Due]:
    """What is overdue on that day or falls due within so many days, in the order of the days.

    A review is due only where the record says how often: no interval is assumed.
    """
    found = [*_reviews(register), *_papers(register), *_waivers(register)]
    return sorted((d for d in found if d.on <= on + timedelta(days=within_days)), key=lambda d: (d.on, d.ref))


def _reviews(register: Register) -> list[Due]:
    return [
        Due(plus(a.reviewed_on, a.review_every), "review", a.ref, a.name)
        for a in register.activities.values()
        if a.status in ("active", "suspended") and a.reviewed_on and a.review_every
    ]


def _papers(register: Register) -> list[Due]:
    found = []
    for one in register.organisations.values():
        found += [
            Due(a.valid_until, f"end of agreement ({a.kind or 'kind not said'})", one.ref, one.name)
            for a in one.agreements
            if a.valid_until
        ]
        found += [
            Due(c.until, f"end of certificate ({c.scheme or 'scheme not said'})", one.ref, one.name)
            for c in one.certifications
            if c.until
        ]
    return found


def _waivers(register: Register) -> list[Due]:
    return [Due(w.until, "end of waiver", w.ref, w.name) for w in register.all(Waiver).values() if w.until]


def plus(day: date, period: str) -> date:
    """The day after an ISO 8601 period of years, months, weeks, days; the last of the month where the day is missing."""
    parts = {unit: int(number) for number, unit in _UNITS.findall(period)}
    months = day.year * 12 + day.month - 1 + parts.get("Y", 0) * 12 + parts.get("M", 0)
    year, month = min(months // 12, date.max.year), months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    moved = date(year, month, min(day.day, last))
    return moved + min(timedelta(weeks=parts.get("W", 0), days=parts.get("D", 0)), date.max - moved)
