"""What falls due: reviews, agreements, certificates, waivers. A list of days, not of gaps."""

from dataclasses import dataclass
from datetime import date, timedelta

from ropa.days import day_after
from ropa.model.notice import Waiver
from ropa.model.register import Register


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
        Due(day_after(a.reviewed_on, a.review_every), "review", a.ref, a.name)
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
