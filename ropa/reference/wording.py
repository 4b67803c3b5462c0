"""Wording that says nothing, or something in particular: vague phrases, placeholders and telling words, per language.

Where a sentence goes on to say something concrete, a phrase in it is no hit. What counts as concrete is a rule of thumb: a number
with a measure of time beside a retention phrase, or enough words that carry a meaning of their own beside any
phrase.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ropa.reference.facts import Source, source_of, table
from ropa.reference.shelf import Row
from ropa.words import fold

FIELDS = (
    "retention",
    "purpose",
    "recipient",
    "data",
    "transfer",
    "measure",
    "legal_basis",
    "subject",
    "source",
    "processing",
)
_SHORT = 1000
_TELLING = 3
_WORD_LENGTH = 3
_X = re.compile(r"x+(?: x+)*$|y{3,}$|z{3,}$")


@dataclass(frozen=True, slots=True)
class VagueHit:
    """A vague phrase that was found.

    field: the sort of text it makes worthless, or any. match: whole (all of the text) or within. strength:
    strong, or hint (asks a question, fires no rule alone).
    """

    id: str
    phrase: str
    language: str
    field: str
    match: str
    strength: str
    why: str
    instead: str
    acceptable_when: str
    source: Source


def vague(text: str, field: str, languages: Iterable[str] | None = None) -> tuple[VagueHit, ...]:
    """The vague phrases of a text, strong ones first; empty where it has none or is concrete beside them.

    field: retention, purpose, recipient, data, transfer, measure, legal_basis, subject, source or processing. languages:
    ISO 639-1 codes to look in; None: all six. Raises ValueError for another field.
    """
    chosen = None if languages is None else frozenset(languages)
    return (_vague_short if len(text) <= _SHORT else _vague)(text, field, chosen)


def placeholder(text: str) -> bool:
    """True for a text that only keeps the place of an answer: "n/a", "???", "xxx". False for a blank."""
    return bool(text) and len(text) <= _SHORT and _placeholder(text)


def department(text: str) -> bool:
    """True for a text that is the name of a department and nothing more: "HR", "Vertrieb"."""
    return fold(text) in _words("department") if len(text) <= _SHORT else False


def tells(text: str, kind: str) -> bool:
    """Whether a text holds a telling word of a kind, such as endless, treaty or staff data.

    A text over a thousand characters is read up to there. Raises ValueError for another kind.
    """
    return bool(_telling(kind).search(f" {fold(text[:_SHORT])} "))


def without_denied(text: str, kind: str) -> str:
    """The text, folded, without the telling words of a kind that are turned round: "HR, non-HR data" is "hr data"."""
    denied, words = _telling("not").pattern, _telling(kind).pattern
    return " ".join(re.sub(f"{denied} *{words}", " ", f" {fold(text[:_SHORT])} ").split())


def _vague(text: str, field: str, languages: frozenset[str] | None) -> tuple[VagueHit, ...]:
    folded = fold(text)
    whole, within = _phrases(field, languages)
    if folded in whole:
        return (whole[folded],)
    spaced = f" {folded} "
    found = {phrase: hit for phrase, hit in within.items() if phrase in spaced}
    if not found or _concrete(spaced, field):
        return ()
    return tuple(
        hit for phrase, hit in found.items() if not any(phrase in other for other in found if other != phrase)
    )


_vague_short = lru_cache(maxsize=65536)(_vague)


def _concrete(spaced: str, field: str) -> bool:
    """True where a text says enough beside its vague phrases for somebody to act on it."""
    if field == "retention" and _period().search(spaced):
        return True
    for phrase in _all_phrases():
        if phrase in spaced:
            spaced = spaced.replace(phrase, " ")
    filling = _words("filler")
    telling = {word for word in spaced.split() if len(word) > _WORD_LENGTH and word not in filling}
    return len(telling) > _TELLING


@lru_cache(maxsize=65536)
def _placeholder(text: str) -> bool:
    if text[:2].isascii() and text[:2].isalpha() and text[:2].lower() not in _beginnings():
        return False
    folded = fold(text)
    if not folded:
        return not text.isspace()
    return folded in _words("placeholder") or folded.startswith("lorem ipsum") or bool(_X.match(folded))


@cache
def _beginnings() -> frozenset[str]:
    """The first two signs of every placeholder. Folding leaves two plain letters as they are: most texts end here."""
    return frozenset(word[:2] for word in (*_words("placeholder"), "lorem ipsum", "x", "xx", "yyy", "zzz"))


@cache
def _phrases(
    field: str, languages: frozenset[str] | None
) -> tuple[Mapping[str, VagueHit], Mapping[str, VagueHit]]:
    """Phrases for a field, strong ones first: what all of a text may be, and what to look for within it."""
    if field not in FIELDS:
        raise ValueError(f"no words are listed for the field {field!r}")
    hits = [
        hit
        for hit in _hits()
        if hit.field in (field, "any") and (languages is None or hit.language in languages)
    ]
    hits.sort(key=lambda hit: (hit.strength != "strong", hit.field == "any"))
    whole: dict[str, VagueHit] = {}
    within: dict[str, VagueHit] = {}
    for hit in hits:
        if folded := fold(hit.phrase):
            whole.setdefault(folded, hit)
            if hit.match == "within":
                within.setdefault(f" {folded} ", hit)
    return whole, within


@cache
def _hits() -> tuple[VagueHit, ...]:
    return tuple(_hit(row) for row in table("vague_words"))


def _hit(row: Row) -> VagueHit:
    return VagueHit(
        id=row["id"],
        phrase=row["phrase"],
        language=row["language"],
        field=row["field"],
        match=row["match"],
        strength=row["strength"],
        why=row["why"],
        instead=row["instead"],
        acceptable_when=row["acceptable_when"],
        source=source_of("vague_words", row),
    )


@cache
def _all_phrases() -> tuple[str, ...]:
    """Every phrase, the longest first, so that a part of one does not hide the rest of it."""
    return tuple(
        sorted({f" {fold(hit.phrase)} " for hit in _hits() if fold(hit.phrase)}, key=len, reverse=True)
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in table("plain_words") if row["kind"] == kind)


@cache
def _telling(kind: str) -> re.Pattern[str]:
    """The words of a kind in a folded text that has a space at either end."""
    rows = [row for row in table("telling_words") if row["kind"] == kind]
    if not rows:
        raise ValueError(f"no words are listed of the kind {kind!r}")
    around = {"word": "(?<= ){}(?= )", "ending": "(?<=[^ ]){0}(?= )|(?<= ){0}(?= )", "part": "{}"}
    return re.compile(
        "(?:" + "|".join(around[row["match"]].format(re.escape(fold(row["word"]))) for row in rows) + ")"
    )


@cache
def _period() -> re.Pattern[str]:
    """A number, in figures or in words, with a measure of time: "three years", "P3Y"."""
    units = _either(_words("measure of time"))
    numbers = _either(_words("number"))
    return re.compile(rf" (?:\d+|{numbers}) (?:\w+ )?(?:{units}) | p\d+[ymwd] ")


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
