"""Dates as notices write them, in six languages; a date that can be read in two ways is none."""

import re
from datetime import date

from ropa.words import fold

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
}
_SHORT |= {"nov": 11, "dec": 12, "janner": 1, "setiembre": 9}
_NUMBER_OF = _SHORT | {name: n for names in _MONTHS.values() for n, name in enumerate(names.split(), start=1)}

_LEAD = r"\s*(?:(?:on|the|am|vom|le|op|il|el|del|den)\s+)*"
_FORMS = tuple(
    re.compile(_LEAD + form, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?![\d-])",
        r"(?P<name>[^\W\d_]{3,10})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)",
        r"(?P<d>\d{1,2})(?:\.|er|º|°|st|nd|rd|th)?\s+(?:de\s+|of\s+)?(?P<name>[^\W\d_]{3,10})\.?,?\s+(?:de\s+|del\s+)?(?P<y>\d{4})(?!\d)",
        r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4})(?!\d)",
    )
)


def leading_date(text: str, language: str) -> date | None:
    """The date that a text begins with, or None where there is none or more than one reading.

    03/04/2026 is the 3rd of April to some and the 4th of March to others, so it is None. With full stops it is
    taken as day, month, year in German, where that is the standard form (DIN 5008).
    """
    for form in _FORMS:
        if found := form.match(text[:80]):
            parts = found.groupdict()
            month, day = _month_and_day(parts, language)
            return _date(int(parts["y"]), month, day)
    return None


def _month_and_day(parts: dict[str, str], language: str) -> tuple[int, int]:
    if "name" in parts:
        return _NUMBER_OF.get(fold(parts["name"]), 0), int(parts["d"])
    if "m" in parts:
        return int(parts["m"]), int(parts["d"])
    first, second = int(parts["a"]), int(parts["b"])
    if first == second or first > 12 or (parts["mark"] == "." and language == "de"):
        return second, first
    return (first, second) if second > 12 else (0, 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
