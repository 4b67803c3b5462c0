"""What a text begins with: a service and its company, or the title of a purpose that the family knows."""

import re
from dataclasses import dataclass
from itertools import islice

from ropa.notices import labels
from ropa.notices.legal_forms import COMPANY_WORD
from ropa.notices.source import has_words
from ropa.reference.catalogue import known_vendor

NUMBERING = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])\s+")

_WINDOW = 600
_LONGEST_HEADING = 160
_MOST_WORDS = 10
_WORDS_OF_A_TITLE = 3
_NAMED = re.compile(
    r"(?P<name>[^\s(:;!?][^(:;!?]{0,99}?(?: \([^()]{1,20}\))?)\s*\((?P<company>[^()]{1,100}(?:\([^()]{0,40}\)[^()]{0,40})?)\)\s*"
)
_WORDS_TOO = frozenset({"company", "platforms", "technologies"})
"""Last words of many company names, and of much else that stands in brackets."""
_ENDS = re.compile(r"[.!?]\s")
_EDGE = " :–—-."


@dataclass(frozen=True, slots=True)
class Head:
    """A heading at the start of a text: text[start:end] are its words, text[rest:] what follows.

    company: as written in brackets; None for a purpose, and for a service of the notice's owner ("this Application").
    """

    kind: str
    name: str
    start: int
    end: int
    rest: int
    company: str | None = None


def leading_service(text: str) -> Head | None:
    """A service with its company: alone, before a colon or dash, or before a sentence about it.

    A bracket that holds no company, as in "Survey (optional)", is part of the words before it.
    """
    window = text[:_WINDOW]
    numbering = NUMBERING.match(window)
    found = _NAMED.match(window, numbering.end() if numbering else 0) if "(" in window else None
    if (
        not found
        or len(found["name"].split()) > _MOST_WORDS
        or _ENDS.search(found["name"])
        or labels.is_a("purpose", window)
        or _begins_with_purpose(found["name"])
    ):
        return None
    company, rest = found["company"].strip(), text[found.end() :]
    own = labels.is_a("self", company)
    repeated = found["name"].casefold().startswith(f"{company.casefold()} ")  # "Amazon Payments (Amazon)"
    if not own and not repeated and not is_company(company):
        return None
    alone = not rest.strip(_EDGE) and len(text) <= _LONGEST_HEADING and not rest.startswith((".", ";", ","))
    introduces = not rest or rest[0] in _EDGE or rest[0].isupper()
    if not (alone or introduces):
        return None
    following = found.end() + len(rest) - len(rest.lstrip(_EDGE))
    return Head(
        "service",
        found["name"].strip(),
        found.start("name"),
        found.end(),
        following,
        None if own else company,
    )


def _begins_with_purpose(name: str) -> bool:
    """Whether the title of a purpose was run together with a name: "Analytics Google Analytics", not "Analytics Suite"."""
    head = leading_purpose(name)
    if head is None or known_vendor(name):
        return False
    return len(head.name.split()) >= _WORDS_OF_A_TITLE or known_vendor(name[head.rest :]) is not None


def is_company(text: str) -> bool:
    """True for a name that ends in a legal form, written as one, and for a company of the shipped vendors."""
    if known_vendor(text) is not None:
        return True
    return any(
        has_words(text[: form.start()])
        and (form[0] != form[0].lower() or "." in form[0])
        and form[0].rstrip(".").casefold() not in _WORDS_TOO
        and not text[form.end() :].lstrip()[:1].isalnum()
        for form in COMPANY_WORD.finditer(text)
    )


def leading_purpose(text: str) -> Head | None:
    """The title of one of the family's purposes, run together with the sentence that follows it."""
    words = list(islice(re.finditer(r"\S+", text[:_WINDOW]), _MOST_WORDS + 1))
    for count in range(len(words) - 1, 0, -1):
        end, following = words[count - 1].end(), words[count]
        if following[0][0].isupper() and labels.is_a("purpose", text[:end]):
            return Head("heading", text[:end], 0, end, following.start())
    return None
