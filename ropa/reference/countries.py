"""Countries, territories and regions by any of their names, and who was in the EU and the EEA on a day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType

from ropa.errors import Ambiguous, Refused
from ropa.reference.facts import Source, cells, day, source_of, table
from ropa.reference.shelf import kept
from ropa.words import fold, listing, nearest

_LIKE_A_WORD = frozenset({"no", "na", "si", "tbd", "non", "nan"})
"""Small-letter codes that a cell is more likely to mean as a word: "no" is rarely Norway."""


@dataclass(frozen=True, slots=True)
class Country:
    """A place that a record can name.

    code: ISO 3166-1 alpha-2, or EU, EEA, EFTA, EPO, EUI (codes of our own). kind: country, territory, region,
    organisation. group: EU, EEA (the EFTA states in it), CH, UK or third, today.
    """

    code: str
    alpha3: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    group: str
    group_since: date | None
    notes: str
    source: Source


@cache
def countries() -> Mapping[str, Country]:
    """All of them by code, in the order of the table."""
    return MappingProxyType(
        {
            row["code"]: Country(
                row["code"],
                row["alpha3"],
                row["name"],
                cells(row["aliases"]),
                row["kind"],
                row["group"],
                day("countries", row, "group_since"),
                row["notes"],
                source_of("countries", row),
            )
            for row in table("countries")
        }
    )


def country(text: str) -> Country:
    """The country, territory or region that a text names: by code, or by a name in one of six languages.

    Raises Ambiguous, with the choices, for a word that names several ("Korea"); Refused, with near spellings,
    for one that names none.
    """
    return countries().get(text) or _by_words(text)


def group_on(code: str, on: date | None = None) -> str:
    """EU, EEA, CH, UK or third on a day; None: as the table says for today.

    The United Kingdom counts as EU until the end of 2020 (Art. 126 and 127 of the Withdrawal Agreement).
    Raises Refused for a code that is not known.
    """
    place = country(code)
    spans = _memberships().get(place.code)
    if on is None or spans is None:
        return place.group
    return next((group for group, since, until in spans if since <= on <= until), "third")


@kept
def in_eea(code: str, on: date | None = None) -> bool:
    """True where data that go there stay in the EU or the EEA on that day: no transfer takes place (Art. 44).

    EU, EEA and the Union's institutions count as inside. EFTA is no legal area for transfers: False.
    """
    return group_on(code, on) in ("EU", "EEA")


@kept
def _memberships() -> Mapping[str, tuple[tuple[str, date, date], ...]]:
    spans: dict[str, tuple[tuple[str, date, date], ...]] = {}
    for row in table("region_membership"):
        since = day("region_membership", row, "since") or date.min
        until = day("region_membership", row, "until") or date.max
        group = row["group"].removesuffix("-transition")
        spans[row["code"]] = (*spans.get(row["code"], ()), (group, since, until))
    return spans


@lru_cache(maxsize=8192)
def _by_words(text: str) -> Country:
    word = text.strip()
    folded = fold(word)
    if folded in _unclear():
        codes, why = _unclear()[folded]
        raise Ambiguous(f"'{word}' {why}", do=f"Say which: {listing(map(_spoken, codes), 'or')}.")
    if found := _codes().get(word.upper() if word.lower() not in _LIKE_A_WORD else word):
        return found
    if found := _names().get(folded) or _names().get(folded.removeprefix("the ")) or _named_twice(word):
        return found
    raise Refused(f"'{word}' is not a country that ropa knows.", do=_near(word))


def _named_twice(word: str) -> Country | None:
    """The country of "KR (South Korea)" and "Germany (DE)": two names of one place."""
    parts = re.fullmatch(r"([^()]+)\(([^()]+)\)", word)
    if not parts:
        return None
    first, second = (_codes().get(part.strip()) or _names().get(fold(part)) for part in parts.groups())
    return first if first is second else None


@cache
def _codes() -> Mapping[str, Country]:
    """Alpha-2, alpha-3 and our own codes, in capitals."""
    return {code: one for one in countries().values() for code in (one.code, one.alpha3) if code}


@cache
def _names() -> Mapping[str, Country]:
    return {fold(name): one for one in countries().values() for name in (one.name, *one.aliases)}


@cache
def _unclear() -> Mapping[str, tuple[tuple[str, ...], str]]:
    return {
        fold(row["word"]): (cells(row["choices"]), row["why"])
        for row in table("unclear")
        if row["vocabulary"] == "countries"
    }


def _spoken(code: str) -> str:
    return f"{code} ({countries()[code].name})"


def _near(word: str) -> str:
    spellings = {name: one.code for one in countries().values() for name in (one.name, *one.aliases)}
    codes = dict.fromkeys(spellings[name] for name in nearest(word, list(spellings), 8))
    if codes:
        return f"Did you mean {listing(map(_spoken, list(codes)[:3]), 'or')}?"
    return "Give its name in English, German, French, Dutch, Spanish or Italian, or its ISO code such as DE."
