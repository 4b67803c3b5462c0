"""Periods as people write them, kept as ISO 8601 durations: "10 years" is P10Y."""

import re

from ropa.errors import Refused
from ropa.words import fold

UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "Y": "year years yr yrs jahr jahre jahren an ans annee annees jaar jaren ano anos anno anni",
        "M": "month months monat monate monaten mois maand maanden mes meses mese mesi",
        "W": "week weeks woche wochen semaine semaines weken semana semanas settimana settimane",
        "D": "day days tag tage tagen jour jours dag dagen dia dias giorno giorni",
    }.items()
    for word in words.split()
}
"""Names of years, months, weeks and days in six languages, folded, with the letter of ISO 8601."""

NUMBERS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "a an one ein eine einem einen un une een uno una",
            "two zwei deux twee dos due",
            "three drei trois drie tres tre",
            "four vier quatre cuatro quattro",
            "five funf cinq vijf cinco cinque",
            "six sechs zes seis sei",
            "seven sieben sept zeven siete sette",
            "eight acht huit ocho otto",
            "nine neun neuf negen nueve nove",
            "ten zehn dix tien diez dieci",
            "eleven elf onze once undici",
            "twelve zwolf douze twaalf doce dodici",
        ),
        start=1,
    )
    for word in words.split()
}
"""Numbers in words in six languages, folded: nobody writes more than twelve in letters."""

_HALF_YEAR = re.compile(r"half a year|half year|(?:ein )?halbes jahr|een half jaar|medio ano|mezzo anno")
_EVERY: dict[str, str] = {
    word: period
    for period, words in {
        "P1Y": ("yearly", "annually", "jahrlich", "annuellement", "jaarlijks", "anualmente", "annualmente"),
        "P6M": ("half yearly", "twice a year", "halbjahrlich", "halfjaarlijks"),
        "P3M": ("quarterly", "vierteljahrlich", "trimestriellement", "trimestralmente"),
        "P1M": ("monthly", "monatlich", "mensuellement", "maandelijks", "mensualmente", "mensilmente"),
    }.items()
    for word in words
}
"""How often, in one word, folded. "Biannual" is left out: half of those who say it mean every two years."""
_EACH = re.compile(r"(?:every|each|alle|jedes|jeden|tous les|toutes les|elke|ieder|cada|ogni) (.+)$")

_ISO = re.compile(r"P(?=\d)(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?$")
_WORDED = re.compile(r"(\d{1,5}) ?([^\W\d]+)")
_HOURS = re.compile(r"\d+ ?(?:h|hrs?|hours?|stunden?|heures?|uren|uur|horas?|ore)$")
_JOINTS = {"and", "und", "et", "en", "y", "e"}
_UNIT_AFTER = re.compile(r"([^\W\d]+) (?=([^\W\d]+))")


def parse_period(text: str) -> str:
    """The ISO 8601 duration that a text names: "P10Y", "10 years", "1 Jahr 6 Monate", "two weeks", "half a year".

    Raises Refused for a bare number, an unknown unit, and hours or less: a time limit of Art. 30(1)(f) is counted in
    days at the least.
    """
    compact = text.strip().upper()
    if _ISO.match(compact):
        return compact
    folded = fold(text)
    if _HALF_YEAR.fullmatch(folded):
        return "P6M"
    folded = _UNIT_AFTER.sub(_in_digits, folded)
    if folded.isdigit():
        raise Refused(
            f"'{text}' says no unit.", do=f"Write '{folded} years', '{folded} months' or '{folded} days'."
        )
    parts: dict[str, int] = {}
    for number, word in _WORDED.findall(folded):
        unit = UNITS.get(word)
        if unit is None or unit in parts:
            break
        parts[unit] = int(number)
    if _HOURS.match(folded):
        raise Refused(
            f"'{text}' is said in hours, and a time limit is counted in days.",
            do="Write it in days ('3 days'), or say it as the criterion.",
        )
    negative = re.search(r"-\s*\d", text)
    left_over = [w for w in _WORDED.sub(" ", folded).split() if w not in _JOINTS]
    if negative or not parts or left_over or len(parts) != len(_WORDED.findall(folded)):
        raise Refused(f"'{text}' is not a period.", do="Write '10 years', '6 months', '30 days' or P10Y.")
    return "P" + "".join(f"{parts[unit]}{unit}" for unit in "YMWD" if unit in parts)


def _in_digits(found: re.Match[str]) -> str:
    word, following = found.groups()
    return f"{NUMBERS[word]} " if word in NUMBERS and following in UNITS else found[0]


def parse_interval(text: str) -> str:
    """How often something is done, as the ISO 8601 duration between two times: "yearly", "every 6 months", "P1Y".

    Raises Refused as parse_period does.
    """
    folded = fold(text)
    if folded in _EVERY:
        return _EVERY[folded]
    if found := _EACH.match(folded):
        each = f"1 {found[1]}" if found[1] in UNITS else found[1]
        return parse_period(each)
    return parse_period(text)


def in_words(period: str) -> str:
    """An ISO 8601 duration as a person says it: "10 years", "1 year 6 months"."""
    names = {"Y": "year", "M": "month", "W": "week", "D": "day"}
    parts = re.findall(r"(\d+)([YMWD])", period)
    return " ".join(f"{int(n)} {names[unit]}{'' if int(n) == 1 else 's'}" for n, unit in parts)
