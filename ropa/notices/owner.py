"""Name and address of the controller out of what stands below its heading, or after its label."""

import re
from dataclasses import dataclass

from ropa.notices import labels
from ropa.notices.legal_forms import FORM, LONG_FORM
from ropa.notices.reading import Told
from ropa.notices.source import has_words
from ropa.notices.units import Unit
from ropa.notices.values import known_place
from ropa.reference.countries import Country, countries
from ropa.words import fold

_SMALL = frozenset(
    "of and & the for voor tot zu zum zur im am de du des van der den het en von für und la le les et del della di e y i da do".split()
)
_MARK = re.compile(r",\s+|\s*;\s+|\s*[|·•]\s*|\s+-\s+|\s*[–—]\s+|\s+[–—]\s*")
"""What parts a name from its address, and the lines of an address."""
_BRACKETS = re.compile(r"\s*\(([^()]{2,60})\)$")
_HOUSE = re.compile(r"\d")
_STREET = re.compile(
    r"(?:via|viale|vicolo|piazza|corso|largo|rue|avenue|calle|avenida|plaza|paseo)\b|.*(?:stra(?:ß|ss)e|straat|\b(?:street|road|weg|allee))\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\d{4}")
_CARE_OF = re.compile(r"(?<!\w)c/o(?!\w)", re.IGNORECASE)
_NO_ADDRESS = re.compile(
    r"(?:p\.? ?iva|partita iva|c\.? ?f\b|cod(?:ice)?\.? fisc|vat\b|ust|tel|phone|fax|mobil|e-?mail|pec\b|rea\b|hrb|siret|kvk|cif\b|nif\b|btw)",
    re.IGNORECASE,
)
"""How a number for the tax office, a register or a telephone begins."""
_EDGE = " ,;|·•-–—"
_MOST_LOWER = 3
_LONGEST_ROW = 200
_LONGEST_CODE = 3
_PLAIN = frozenset({"UK", "USA"})
"""Short names that end the addresses of one country only."""
_STATES_TOO = frozenset({"georgia"})


@dataclass(frozen=True, slots=True)
class Owner:
    """What the rows about the owner give. left: the rows, or what of them, are neither, or may be either."""

    name: Told | None = None
    address: Told | None = None
    left: tuple[Told, ...] = ()


def rows_of_owner(below: list[Unit], *, needed: bool) -> list[Unit]:
    """The rows about the owner: down to the contact address, or a heading. needed: the first is one in any case."""
    rows: list[Unit] = []
    for unit in below:
        if any(hit.kind == "contact" for hit in unit.hits):
            return rows
        if (unit.level or unit.hits or labels.is_a("section", unit.text)) and not (needed and not rows):
            break
        rows.append(unit)
    return rows[:1] if needed else []


def read_owner(rows: list[Told]) -> Owner:
    """The name that the first row begins with, and the address: the rest of that row and the rows after it.

    Where the name cannot be told from the address for certain, or there are two of them, all rows are left as written.
    """
    first, below = rows[0], rows[1:]
    found = _split(first.text.strip().rstrip(","))
    if found is None or any(_names_company(row.text) for row in below):
        return Owner(left=tuple(rows))
    name, rest, said = found
    if _POSTCODE.search(name) or (_HOUSE.search(name) and not any(_HOUSE.search(row.text) for row in below)):
        return Owner(left=tuple(rows))
    told = [Told(rest, first.lines)] if has_words(rest) else []
    while below and _NO_ADDRESS.match(below[-1].text):
        below = below[:-1]
    skipped = 0
    while not told and skipped < len(below) and _NO_ADDRESS.match(below[skipped].text):
        skipped += 1
    told += below[skipped:]
    kept = next((n for n, row in enumerate(told) if not _is_address(row.text)), len(told))
    left = (row for row in (*rows[1:], *told[kept:]) if row not in told[:kept])
    remark = (Told(said, first.lines),) if has_words(said) else ()
    return Owner(Told(name, first.lines), _joined(told[:kept]), (*remark, *dict.fromkeys(left)))


def _joined(parts: list[Told]) -> Told | None:
    if not parts:
        return None
    text = ", ".join(part.text.strip(_EDGE) for part in parts)
    return Told(text, (parts[0].lines[0], parts[-1].lines[1]))


def country_in(address: str) -> str | None:
    """The country that an address ends with by its full name, as it is written there; None where it names none.

    A code is not taken: CA ends addresses in California, DE in Delaware. Nor is the name of a state of the USA, nor a
    country's name with other words before it: "Northern Ireland" and "New Mexico" are elsewhere.
    """
    lines = [part.strip(" .") for part in _MARK.split(address.strip(" ."))]
    while lines and _NO_ADDRESS.match(lines[-1]):
        lines.pop()
    if not lines:
        return None
    brackets = _BRACKETS.search(lines[-1])
    return _country(brackets[1] if brackets else lines[-1].rpartition(")")[2].strip(" ."))


def _country(words: str) -> str | None:
    code = known_place(words)
    if code is None or fold(words) in _STATES_TOO:
        return None
    place = countries()[code]
    return words if place.kind in ("country", "territory") and fold(words) in _names(place) else None


def _names(place: Country) -> set[str]:
    """The names of a place that no code of three letters is."""
    return {
        fold(name) for name in (place.name, *place.aliases) if len(name) > _LONGEST_CODE or name in _PLAIN
    }


def _split(text: str) -> tuple[str, str, str] | None:
    """Name, address and what else a row says; None where they cannot be told apart."""
    form = next((found for found in FORM.finditer(text) if found.start()), None)
    if form is None:
        return _split_at_street(text)
    name, rest = text[: form.end()], text[form.end() :]
    parted = _MARK.match(rest)
    bare = rest[parted.end() :] if parted else rest.strip(" .")
    brackets = _BRACKETS.fullmatch(rest)
    if brackets and is_name(text[: form.start()]) and _is_short_for(brackets[1], name):
        return name, "", bare
    if (
        _MARK.search(text[: form.start()].rstrip(" ,"))
        or not is_name(text[: form.start()])
        or _names_company(bare)
    ):
        return None
    if not has_words(rest) or parted:
        return name, bare, ""
    if brackets := _BRACKETS.match(rest):
        return (name, brackets[1], "") if _country(brackets[1]) else (name, "", bare)
    if bare[0].islower():
        return name, "", bare
    # "Example GmbH Berlin" may be a name; with the number of a house after the form it is none.
    return (name, bare, "") if _HOUSE.search(bare) and not _lower(bare) else None


def _split_at_street(text: str) -> tuple[str, str, str] | None:
    """Without a legal form: a name alone, or one before a comma after which a street with its number follows."""
    mark = _MARK.search(text)
    if mark is None:
        return (text, "", "") if is_name(text) else None
    name, rest = text[: mark.start()], text[mark.end() :]
    street = _MARK.split(rest)[0]
    parted = mark[0].startswith(",") and (_HOUSE.search(street) or _STREET.match(street))
    # "Name Surname - Via Roma, 2": with one dash only, or it parts the lines of the address.
    dashed = mark[0].strip() == "-" and " - " not in rest and _STREET.match(street)
    if is_name(name) and (parted or dashed):
        return name, rest, ""
    return None


def _is_short_for(bracket: str, name: str) -> bool:
    """Whether a bracket behind a name repeats it: "Modellflugclub Beispiel e.V. (MFC Beispiel e.V.)"."""
    return bool({*fold(FORM.sub("", bracket)).split()} & {*fold(FORM.sub("", name)).split()})


def _names_company(text: str) -> bool:
    """Whether a company stands in what should be an address: one more controller, or the owner's real name."""
    form = LONG_FORM.search(text)
    return form is not None and not _CARE_OF.search(text[: form.start()])


def _is_address(text: str) -> bool:
    """Whether a row may be one of an address: a sentence has more small words, and no row holds a mailbox."""
    return len(text) <= _LONGEST_ROW and "@" not in text and _lower(text) <= _MOST_LOWER


def _lower(text: str) -> int:
    """How many words begin small, other than those of names."""
    return sum(word[0].islower() and word not in _SMALL for word in text.split())


def is_name(text: str) -> bool:
    """Whether all words begin as those of a name do: nobody is called "is the controller of this site"."""
    words = text.split()
    return (
        0 < len(words) <= 10
        and ":" not in text
        and all(word in _SMALL or word != word.lower() or not word[0].isalpha() for word in words)
        and any(word not in _SMALL for word in words)
    )
