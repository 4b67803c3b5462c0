"""Values of the family of sections: lists, legal bases by their article, providers with their address, grounds of transfers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.notices.legal_forms import FORM
from ropa.notices.owner import country_in
from ropa.notices.source import has_words
from ropa.notices.values import Item, known_place

_LAW = r"(?=\)?\s*(?:EU-?)?\s*(?:DS-?GVO|GDPR|RGPD|AVG))"
_ARTICLE = re.compile(
    r"\b(?:Art(?:\.|ikel|icles?)?\s*)(?P<article>[69])\s*(?:\(\s*(?P<p1>\d)\s*\)|(?:Abs\.?|para(?:graph|\.)?|Par\.?|Absatz|lid)\s*\(?(?P<p2>\d)\)?),?\s*"
    r"(?:(?:S\.|Satz|sentence|s\.|clause)\s*1\s*,?\s*)?"
    r"(?:\(\s*(?P<l1>[a-j])\s*\)|(?:lit\.?|letter|Buchst\.?|Buchstabe|point|onder|sub)\s*\(?(?P<l2>[a-j])\b|(?P<l3>[a-j])(?:\)|\b"
    + _LAW
    + r"))",
    re.IGNORECASE,
)
_NAME_OF_LAW = re.compile(
    r"\)?\s*(?:of the |du |de la |der |van de )?(?:EU-?)?\s*(?:DS-?GVO|GDPR|RGPD|AVG)\b", re.IGNORECASE
)
_LUXEMBOURG = re.compile(r"(?<!\w)L-?\s?\d{4} Lux[ea]mb(?:o?u)rg$", re.IGNORECASE)
"""The city, with the letter that stands before postcodes of that country alone."""
_DOTTED = re.compile(
    r"(?:\bArt(?:\.|icles?|ikel)?\s*)?(?<![\d.])(?P<article>[69])\.(?P<p1>\d)\.?\s?(?P<l1>[a-j])\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r",\s+")
_STOP = re.compile(r"\.\s+(?=[A-ZÄÖÜ])")
_ABBREVIATED = re.compile(r"(?:\b(?:z\.\s?B|d\.\s?h|u\.\s?a|bzw|Abs|Art|Nr|S|e\.g|i\.e|etc|inkl|ggf|vgl))$")
_MOST_SMALL = 2
_LONGEST_NAME = 90
_GROUNDS = (
    (re.compile(r"data privacy framework|\bDPF\b|angemessenheitsbeschl|adequacy decision", re.IGNORECASE), "45"),
    (re.compile(r"standardvertragsklausel|standard(?:ised)? contractual clauses?|\bSCCs?\b|standarddatenschutzklausel", re.IGNORECASE), "46-2-c"),
    (re.compile(r"binding corporate rules|verbindliche interne datenschutzvorschriften", re.IGNORECASE), "46-2-b"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provider:
    """Who renders a service, as a notice writes it: the spans of name and address in the value; country: an ISO code."""

    name: Item
    address: Item | None
    country: str | None


def listed(value: str, *, commas: bool = False) -> Iterator[Item]:
    """The items of a list: parted by semicolons, or by the full stop that ends each of them. Brackets are whole.

    commas: a comma parts them too, unless it stands after the first half of a word ("Meta-, Kommunikationsdaten").
    """
    depth, start = 0, 0
    for offset, character in enumerate(value):
        if character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
        ends = (
            character == ";"
            or (character == "." and _STOP.match(value, offset) and not _ABBREVIATED.search(value, 0, offset))
            or (commas and character == "," and value[offset - 1 : offset] not in ("-", ""))
        )
        if ends and depth == 0:
            yield from _item(value, start, offset)
            start = offset + 1
    yield from _item(value, start, len(value))


def _item(value: str, start: int, end: int) -> Iterator[Item]:
    raw = value[start:end]
    text = raw.strip(" .,;|\u00a0")
    if has_words(text):
        at = start + raw.index(text)
        yield Item(text, at, at + len(text))


def bases(value: str) -> tuple[str, ...]:
    """The legal bases that a value names by article, as codes ("6(1)(f)"), each once."""
    return tuple(dict.fromkeys(code for code, _ in based(value)))


def based(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each legal basis that a text names by article, as a code with its span. Several letters after one "Art." count once."""
    for one in _ARTICLE.finditer(text):
        letter = one["l1"] or one["l2"] or one["l3"]
        yield f"{one['article']}({one['p1'] or one['p2']})({letter.lower()})", _with_law(text, one)
    if "GDPR" in text or "RGPD" in text or "GVO" in text or "Art" in text or "art" in text:
        for one in _DOTTED.finditer(text):
            yield f"{one['article']}({one['p1']})({one['l1'].lower()})", _with_law(text, one)


def _with_law(text: str, one: re.Match[str]) -> tuple[int, int]:
    """The span of an article with the name of the law, if that follows."""
    law = _NAME_OF_LAW.match(text, one.end())
    return one.start(), law.end() if law else one.end()


def grounds(value: str) -> tuple[str, ...]:
    """The grounds of a transfer that a value names, as codes of the mechanisms, each once."""
    return tuple(code for pattern, code in _GROUNDS if pattern.search(value))


def provider(value: str) -> Provider | None:
    """The company at the head of a value, and its address; None for a sentence, such as "on servers of our own"."""
    parts = [part.end() for part in _PARTS.finditer(value)]
    starts = [0, *parts]
    stops = [*(part.start() for part in _PARTS.finditer(value)), len(value)]
    last = 0
    # "PayPal (Europe) S.à r.l. et Cie, S.C.A.": a legal form after a comma is part of the name.
    while last + 1 < len(starts) and _is_form(value[starts[last + 1] : stops[last + 1]]):
        last += 1
    name = value[: stops[last]].strip()
    small = [word for word in name.split() if word[0].islower()]
    if not has_words(name) or len(name) > _LONGEST_NAME or len(small) > _MOST_SMALL or ":" in name:
        return None
    rest = value[starts[last + 1] :] if last + 1 < len(starts) else ""
    address = Item(rest, starts[last + 1], len(value)) if has_words(rest) else None
    return Provider(Item(name, 0, len(name)), address, place_of(rest) if address else None)


def place_of(address: str) -> str | None:
    """The code of the country that an address ends with; None where it names none for certain."""
    if _LUXEMBOURG.search(address.strip(" .")):
        return "LU"
    name = country_in(address)
    return known_place(name) if name else None


def _is_form(text: str) -> bool:
    return bool(FORM.fullmatch(text.strip())) or text.strip() in {"S.C.A.", "SCA"}
