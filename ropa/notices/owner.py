"""Name and address of the controller out of what stands below its heading."""

import re

from ropa.notices.heads import LEGAL_FORM
from ropa.notices.reading import Told
from ropa.notices.values import known_place
from ropa.reference.countries import Country, countries
from ropa.words import fold

_SMALL = frozenset(
    "of and & the for de du des van der den het en von für und la le les et del della di e y i da do".split()
)
_COMMA = re.compile(r",\s+")
_LONGEST_CODE = 3
_PLAIN = frozenset({"UK", "USA"})
"""Short names that end the addresses of one country only."""
_STATES_TOO = frozenset({"georgia"})


def name_and_address(rows: list[Told]) -> tuple[Told | None, Told | None]:
    """The name that the first row begins with, and the address: the rest of that row and the rows after it.

    Both are None where the first row is a sentence that no name with its legal form begins.
    """
    name, rest = _split(rows[0].text.strip().rstrip(","))
    if not name:
        return None, None
    parts = [Told(rest, rows[0].lines)] if rest else []
    parts += rows[1:]
    address = ", ".join(part.text.strip().rstrip(",.") for part in parts)
    lines = (parts[0].lines[0], parts[-1].lines[1]) if parts else (0, 0)
    return Told(name, rows[0].lines), Told(address, lines) if parts else None


def country_in(address: str) -> str | None:
    """The country that an address ends with by its full name, as it is written there; None where it names none.

    A code is not taken: CA ends addresses in California, DE in Delaware. Nor is the name of a state of the USA.
    """
    last = _COMMA.split(address.strip(" ."))[-1].strip()
    code = known_place(last)
    if code is None or fold(last) in _STATES_TOO:
        return None
    place = countries()[code]
    return last if place.kind in ("country", "territory") and fold(last) in _names(place) else None


def _names(place: Country) -> set[str]:
    """The names of a place that no code of three letters is."""
    return {
        fold(name) for name in (place.name, *place.aliases) if len(name) > _LONGEST_CODE or name in _PLAIN
    }


def _split(text: str) -> tuple[str, str]:
    """Name and rest of a row: cut at the first comma that no legal form follows; a sentence gives no rest."""
    for comma in _COMMA.finditer(text):
        head, tail = text[: comma.start()], text[comma.end() :]
        form = LEGAL_FORM.match(tail)
        if form and (form.end() == len(tail) or tail[form.end()] in " ,"):
            continue
        if is_name(head):
            return head, tail if len(tail) <= 200 and not re.search(r"[.!?]\s+[^\W\d_a-z]\w{3}", tail) else ""
        break
    if is_name(text):
        return text, ""
    form = LEGAL_FORM.search(text)
    head = text[: form.end()] if form else ""
    return (head, "") if head and is_name(head) else ("", "")


def is_name(text: str) -> bool:
    """Whether all words begin as those of a name do: nobody is called "is the controller of this site"."""
    words = text.split()
    return 0 < len(words) <= 10 and all(word in _SMALL or not word[0].islower() for word in words)
