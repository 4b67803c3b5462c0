"""Units taken apart: headings, services with their company, running text, and labels with their values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ropa.notices import labels
from ropa.notices.labels import Hit
from ropa.notices.reading import Lines, Told
from ropa.notices.units import Unit
from ropa.notices.values import known_place, sentence_end

PartKind = Literal["heading", "service", "prose", "label"]

_NAMED = re.compile(
    r"(?P<name>[^\s(:;!?][^(:;!?]{0,99}?)\s*\((?P<company>[^()]{1,100}(?:\([^()]{0,40}\)[^()]{0,40})?)\)\s*(?P<rest>.*)",
    re.DOTALL,
)
_NUMBERING = re.compile(r"\s*\d{1,3}[.)]\s+")
_LEGAL_FORM = re.compile(
    r"(?<!\w)(?:inc|llc|llp|ltd|limited|gmbh|ag|se|kg|b\.?v|n\.?v|s\.?r\.?l|s\.?p\.?a|s\.?a\.?s?|s\.?l\.?u?|sarl|corp|"
    r"corporation|company|co|plc|pty|oy|ab|a/s|aps|as|sp\. z o\.o|platforms|technologies|e\.?v)\.?(?!\w)",
    re.IGNORECASE,
)
_LONGEST_PROSE_HEAD = 400


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a unit. start, end are its offsets there; company is set for a service that names one."""

    kind: PartKind
    text: str
    start: int
    end: int
    unit: Unit
    company: str | None = None
    own: bool = False
    hit: Hit | None = None

    def told(self) -> Told:
        """The words with their lines."""
        return Told(self.text, self.lines)

    @property
    def lines(self) -> Lines:
        """First and last line."""
        return self.unit.lines(self.start, self.end)


def parts(unit: Unit) -> Iterator[Part]:
    """The pieces of a unit in order. Words after a value's first sentence are running text again."""
    first = unit.hits[0].start if unit.hits else len(unit.text)
    yield from _words(unit, 0, first, whole=not unit.hits)
    for index, hit in enumerate(unit.hits):
        start, stop = unit.value(index)
        value = unit.text[start:stop]
        if hit.kind == "data":
            cut = start + sentence_end(value)
        elif hit.kind == "place":
            cut = start + _place_end(value)
        else:
            cut = stop
        yield Part("label", unit.text[start:cut].strip(), start, cut, unit, hit=hit)
        yield from _words(unit, cut, stop, whole=False)


def is_own(text: str) -> bool:
    """True for the words a notice uses for itself in brackets ("this Application")."""
    return labels.is_a("self", text)


def _place_end(value: str) -> int:
    """The end of a place's value: further short sentences are remarks on it, up to one that names a service."""
    stop = 0
    while stop < len(value):
        rest = value[stop:]
        if stop and (_service(rest) or len(rest) > 60):
            break
        stop += sentence_end(rest)
        if stop < len(value) and known_place(value[:stop].strip(" .")) and len(value) - stop > 60:
            break
    return stop


def _words(unit: Unit, start: int, stop: int, *, whole: bool) -> Iterator[Part]:
    text = unit.text[start:stop].strip(" |")
    start += len(unit.text[start:stop]) - len(unit.text[start:stop].lstrip(" |"))
    text = text.rstrip(" –—-") if not whole else text
    if not any(character.isalnum() for character in text):
        return
    found = _service(text)
    if found:
        name_start = start + found.start("name")
        name_end = start + found.end("company") + 1
        company = found["company"].strip()
        own = is_own(company)
        yield Part(
            "service", found["name"].strip(), name_start, name_end, unit, None if own else company, own
        )
        rest_start = start + found.start("rest")
        rest = found["rest"].strip(" :–—-.")
        if rest:
            yield Part("prose", rest, rest_start, start + len(text), unit)
    else:
        kind: PartKind = "heading" if whole and is_heading(unit) else "prose"
        yield Part(kind, text, start, start + len(text), unit)


def _service(text: str) -> re.Match[str] | None:
    """A service with its company at the start of a text: alone, before a colon or dash, or before its own name."""
    head = text[:_LONGEST_PROSE_HEAD]
    numbering = _NUMBERING.match(head)
    found = _NAMED.match(text, numbering.end() if numbering else 0) if "(" in head else None
    if not found or labels.is_a("purpose", text) or len(found["name"].split()) > 10:
        return None
    rest, company = found["rest"], found["company"]
    if not rest.strip(" :–—-"):
        return (
            found
            if len(text) <= 160 and not text.endswith((".", ";", ","))
            else found
            if _is_firm(company)
            else None
        )
    if not _is_firm(company):
        return None
    introduced = rest.startswith((":", "–", "—", "-", ".")) or rest.casefold().startswith(
        found["name"].casefold()
    )
    return found if introduced else None


def _is_firm(company: str) -> bool:
    return is_own(company) or bool(_LEGAL_FORM.search(company))


def is_heading(unit: Unit) -> bool:
    """True for a title: marked as one, or short, with a capital and without the marks of a sentence."""
    text = unit.text
    if unit.level:
        return True
    if labels.is_a("purpose", text) or labels.is_a("section", text) or labels.is_a("definitions", text):
        return True
    short = len(text) <= 90 and len(text.split()) <= 10
    return short and not unit.bullet and text[0].isupper() and text[-1] not in ".;,!?:" and "@" not in text
