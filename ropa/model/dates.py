"""Days as people write them, read strictly: what could be two days is refused, never guessed."""

import re
from calendar import monthrange
from datetime import date, timedelta

from ropa.days import day_after, day_before
from ropa.errors import Ambiguous, Refused
from ropa.model.periods import parse_period
from ropa.words import fold

MONTHS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar janner janvier januari enero ene gennaio gen",
            "february feb februar fevrier fevr fev februari febrero febbraio",
            "march mar marz mars maart marzo mrz mrt",
            "april apr avril avr abril abr aprile",
            "may mai mei mayo maggio mag",
            "june jun juni juin junio giugno giu",
            "july jul juli juillet juil julio luglio lug",
            "august aug aout augustus agosto ago",
            "september sep sept septembre septiembre settembre set",
            "october oct oktober okt octobre octubre ottobre ott",
            "november nov novembre noviembre",
            "december dec dezember dez decembre diciembre dic dicembre",
        ),
        start=1,
    )
    for word in words.split()
}
"""Names and short forms of the months in English, German, French, Dutch, Spanish and Italian, folded."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})$")
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|o)?|([^\W\d]+))\s(?:de |of )?(?:([^\W\d]+)|(\d{1,2})(?:st|nd|rd|th)?)\s(?:de |del )?(\d{4})$"
)


_AWAY: dict[str, int] = {
    word: away
    for away, words in {
        0: ("today", "heute", "aujourd hui", "vandaag", "hoy", "oggi"),
        -1: ("yesterday", "gestern", "hier", "gisteren", "ayer", "ieri"),
        1: ("tomorrow", "morgen", "demain", "manana", "domani"),
    }.items()
    for word in words
}
"""Days in words, folded → how many days away."""
_LATER = re.compile(r"in (.+)$")
_AGO = re.compile(r"(.+) ago$")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"(last|next) ({'|'.join(_WEEKDAYS)})$")
_END_OF = re.compile(r"(?:the )?end of (the|this|next|last) (month|quarter|year)$")
_END = re.compile(
    r"(?:end of|ende|fin|einde|eind|fine|final|finales) (?:de |di )?(?:([^\W\d]+) )?(?:de |del )?(\d{4})$"
)
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


def parse_day(text: str) -> date:
    """The day that a text names: 2026-11-02, 2.11.2026, 2 November 2026, November 2, 2026, end of March 2027, in six languages.

    Raises Ambiguous for 03/04/2026 (day or month first?), Refused for what is no day.
    """
    text = text.strip()
    if found := _ISO.match(text) or _YEAR_FIRST.match(text):
        year, month, day = (int(n) for n in found.groups())
        return _day(text, year, month, day)
    if found := _DOTTED.match(text):
        day, month, year = (int(n) for n in found.groups())
        return _day(text, year, month, day)
    if found := _SLASHED.match(text):
        return _slashed(text, *(int(n) for n in found.groups()))
    if found := _WORDED.match(fold(text)):
        day_first, month_first, month_second, day_second, year_text = found.groups()
        name, number = month_second or month_first, day_first or day_second
        if name in MONTHS and number:
            return _day(text, int(year_text), MONTHS[name], int(number))
    if (found := _END.match(fold(text))) and (not found[1] or found[1] in MONTHS):
        year, month = int(found[2]), MONTHS[found[1]] if found[1] else 12
        return _day(text, year, month, monthrange(max(year, 1), month)[1])
    if _names_no_year(text):
        raise Refused(f"'{text}' names no year.", do="Write the year, too.")
    raise Refused(
        f"'{text}' is not a day that can be read.", do="Write it as year-month-day, such as 2026-11-02."
    )


def _names_no_year(text: str) -> bool:
    found = _WORDED.match(f"{fold(text)} 2000")
    return bool(found and not MONTHS.keys().isdisjoint(found.groups()))


def _slashed(text: str, first: int, second: int, year: int) -> date:
    if first <= 12 and second <= 12 and first != second:
        one, two = date(year, second, first), date(year, first, second)
        raise Ambiguous(f"'{text}' could be {one} or {two}.", do=f"Write {one} or {two}.")
    day, month = (first, second) if second <= 12 else (second, first)
    return _day(text, year, month, day)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(f"'{text}' is not a day of the calendar.", do="Write it as year-month-day.") from None


def day_in_words(text: str, today: date) -> date | None:
    """The day that words name as seen from today: yesterday, in 3 months, two weeks ago, end of the quarter, next Monday.

    None for any other text. For what a person says now, and never for what a file says: there it would be another
    day tomorrow. Raises Ambiguous for a weekday of the week that runs, which one person calls "next" and another "this".
    """
    words = fold(text) if len(text) < 40 else ""
    if words in _AWAY:
        return today + timedelta(days=_AWAY[words])
    if found := _WEEKDAY.match(words):
        return _weekday(text, found[1], found[2], today)
    if found := _END_OF.match(words):
        return _end_of(found[1], _MONTHS_IN[found[2]], today)
    for form, counted in ((_LATER, day_after), (_AGO, day_before)):
        if found := form.match(words):
            try:
                return counted(today, parse_period(found[1]))
            except Refused:
                return None
    return None


def _weekday(text: str, which: str, name: str, today: date) -> date:
    this_weeks = today + timedelta(days=_WEEKDAYS.index(name) - today.weekday())
    week = timedelta(days=7 if which == "next" else -7)
    if this_weeks != today and (this_weeks > today) == (which == "next"):
        one, two = sorted((this_weeks, this_weeks + week))
        raise Ambiguous(f"'{text}' could be {one} or {two}.", do=f"Write {one} or {two}.")
    return this_weeks + week


def _end_of(which: str, months: int, today: date) -> date:
    running = (today.year * 12 + today.month - 1) // months + {"next": 1, "last": -1}.get(which, 0)
    year, month = divmod(running * months + months - 1, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
