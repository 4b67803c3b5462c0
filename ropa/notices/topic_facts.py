"""What a sentence of prose states outright: companies by their legal form, periods of keeping, countries of transfers."""

import re
from collections.abc import Iterator

from ropa.notices.legal_forms import FORM
from ropa.notices.reading import Place
from ropa.notices.section_values import place_of
from ropa.notices.topic_words import pattern
from ropa.notices.units import Unit
from ropa.notices.values import known_place
from ropa.reference.countries import countries

_PART_OF_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-Þ0-9][\w&.+'’-]*|&|[a-z]{1,3}[A-Z]\w*)$")
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.’'-]*(?: [A-ZÀ-ÖØ-Þ][\w.’'-]*){0,3}")
_COOKIE = re.compile(r"cookie", re.IGNORECASE)
_MOST_WORDS = 5
_SMALL_NAME = re.compile(r"(?:^|: ?)(?P<name>[a-z][\w.&-]{2,40}) $")
_SOCIETY = re.compile(r"\b(?:Gesellschaft|Verein|Institut|Zentrum|Stiftung|Verband|Büro) (?:für|zur|der) $")
_MOST_SMALL = 2
_JOINS = frozenset("für of for voor pour und and et en & zur".split())
_ADDRESS = re.compile(r"[^();]{5,200}")
_NO_NAME = frozenset(
    "der die das den dem des ein eine einer the a an by of our from and von bei durch mit an und firma la le les de het een".split()
)
_FORMS_OF_WORDS = frozenset({"as", "co", "sa", "se", "ag", "ab", "limited", "inc", "company"})


def companies(text: str) -> Iterator[tuple[int, int]]:
    """The spans of companies' names that end with a legal form: "GitHub, Inc.", "1&1 Mail & Media GmbH"."""
    for form in FORM.finditer(text):
        if form[0].strip(".").casefold() in _FORMS_OF_WORDS and form[0] == form[0].lower():
            continue
        start = form.start()
        taken = 0
        while taken < _MOST_WORDS:
            before = text[:start].rstrip(" ,") if taken == 0 else text[:start].rstrip(" ")
            word = before[before.rfind(" ") + 1 :].lstrip("(„“\"'")
            if not word or not _PART_OF_NAME.match(word) or word.casefold() in _NO_NAME or word[-1] in ".,:;":
                break
            start = len(before) - len(word)
            taken += 1
        if not taken:
            # "Anbieter: manitu GmbH": a name in small letters that begins a row, or stands after a colon.
            small = _SMALL_NAME.search(text, 0, form.start())
            start = small.start("name") if small else start
            taken = 1 if small and small["name"].casefold() not in _NO_NAME else 0
        if taken:
            yield _whole_start(text, start, form.end()), form.end()


def _whole_start(text: str, start: int, end: int) -> int:
    """Where a name begins whose first words are small, or that holds a preposition: else it would be half a name."""
    if found := _SOCIETY.search(text, 0, start):
        return found.start()
    first = text[:start].split()
    small = 0 < len(first) <= _MOST_SMALL and not any(word.casefold() in _NO_NAME for word in first)
    if small and all(word.isalnum() and word[0].islower() for word in first):
        return len(text) - len(text.lstrip())
    alone = not text[end:].strip(" .,") and 0 < len(first) <= _MOST_WORDS and first[0][0].isupper()
    alone = alone and all(word[0].isupper() or word in _JOINS for word in first)
    return len(text) - len(text.lstrip()) if alone and ":" not in text[:start] else start


def periods(text: str, language: str) -> bool:
    """Whether a sentence says how long something is kept."""
    if _COOKIE.search(text):
        return False  # how long a cookie lives is not how long the controller keeps data
    return bool(pattern(language, "period").search(text) and pattern(language, "keeps").search(text))


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    """The countries among the capitalised words; a region such as the Union is none."""
    for run in _CAPITALISED.finditer(text):
        words = [
            (run.start() + word.start(), run.start() + word.end()) for word in re.finditer(r"\S+", run[0])
        ]
        first = 0
        while first < len(words):
            step = 1
            for last in range(len(words) - 1, first - 1, -1):
                start, end = words[first][0], words[last][1]
                name = text[start:end].rstrip(".,'’")
                code = known_place(name)
                if code and countries()[code].kind in ("country", "territory"):
                    yield start, start + len(name), code
                    step = last - first + 1
                    break
            first += step


def countries_named(text: str, unit: Unit, offset: int, language: str) -> Iterator[Place]:
    """The countries to which a sentence says that data go, and those that end the address of a company in it."""
    if pattern(language, "not").search(text):
        return
    seen: set[str] = set()
    if pattern(language, "transfers").search(text):
        for start, end, code in _places(text):
            if code not in seen:
                seen.add(code)
                told = unit.told(offset + start, offset + end)
                yield Place(told.text, told.lines, code)
    for start, end in companies(text):
        rest = _ADDRESS.match(text, end)
        address = rest[0].strip(" ,.") if rest else ""
        where = place_of(address) if address else None
        if where and where not in seen:
            seen.add(where)
            told = unit.told(offset + start, offset + end + len(rest[0] if rest else ""))
            yield Place(told.text, told.lines, where)
