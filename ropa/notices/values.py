"""Values after a label: lists of terms, places, and where a value's sentence ends."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ropa.errors import Refused
from ropa.notices.labels import is_a, key, words_of
from ropa.reference.catalogue import known_data
from ropa.reference.countries import countries, country
from ropa.words import fold

MAILBOX = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
"""An e-mail address in running text."""
_DASH = re.compile(r"\s+[-–—]\s*|\s*[–—]\s+")
_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])")
_ARTICLE = re.compile(
    r"(?:the|der|die|das|den|dem|le|la|les|il|lo|gli|i|el|los|las|de|het)\s+|(?:l|gl)['’]\s*(?=\w)",
    re.IGNORECASE,
)
_LONGEST_PLACE = 100
_CODE = 2
_ABBREVIATIONS = frozenset({"inc", "ltd", "corp", "co", "bv", "no", "art", "nr", "llc", "dr"})


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a value: its words and the offsets they have in the value."""

    text: str
    start: int
    end: int


def known_place(text: str) -> str | None:
    """The code of a place, or None: a place that nobody can name for sure stays as written."""
    text = text[:_LONGEST_PLACE].strip()
    if fold(text) not in _place_words() and (article := _ARTICLE.match(text)):
        text = text[article.end() :]
    # Without its capitals a code is a word ("In addition …"); the look-up spares the search for near spellings.
    if fold(text) not in _place_words() or (len(text) == _CODE and not text.isupper()):
        return None
    try:
        return country(text).code
    except Refused:
        return None


@cache
def _place_words() -> frozenset[str]:
    known = countries().values()
    return frozenset(
        fold(word) for one in known for word in (one.code, one.alpha3, one.name, *one.aliases) if word
    )


def is_term(text: str) -> bool:
    """True for a term of the catalogue or of the family itself."""
    return len(text) <= 300 and (known_data(text) is not None or is_a("term", text))


def sentence_end(value: str) -> int:
    """The offset after the first sentence of a value: its words, without what was said after it."""
    for found in _SENTENCE.finditer(value):
        head = value[: found.start()]
        if head.count("(") > head.count(")"):
            continue
        last = head.split()[-1] if head.split() else ""
        short = "." in last or (len(last) <= 2 and last.isupper())
        if short or key(last) in _ABBREVIATIONS or not value[found.end()].isupper():
            continue
        return found.end()
    return len(value)


def terms(value: str, languages: frozenset[str]) -> tuple[Item, ...]:
    """The terms of a list: by ";" where there is one, else by commas, and by "and" before the last one.

    Nothing inside brackets is split, and no term that is known as a whole.
    """
    return _list(value, is_term, languages)


def places(value: str, languages: frozenset[str]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The places of a value, and the words after them ("Privacy Policy", "Opt Out", other remarks)."""
    found: list[Item] = []
    remarks: list[Item] = []
    for segment in _split(Item(value, 0, len(value)), ";"):
        head, *rest = _dashes(segment)
        stop = sentence_end(head.text)
        if stop < len(head.text) and known_place(_bare(head.text)) is None:
            rest.insert(0, _item(value, head.start + stop, head.end))
            head = _item(value, head.start, head.start + stop)
        if known_place(_bare(head.text)) is not None:
            found.append(_trimmed(head))
        else:
            pieces = _list(head.text, lambda text: known_place(text) is not None, languages)
            found.extend(
                Item(piece.text, head.start + piece.start, head.start + piece.end) for piece in pieces
            )
        remarks.extend(sentence for remark in rest for sentence in _sentences(remark))
    return tuple(found), tuple(item for remark in remarks if (item := _trimmed(remark)).text)


def _list(value: str, known: Callable[[str], bool], languages: frozenset[str]) -> tuple[Item, ...]:
    whole = _trimmed(_item(value, 0, len(value)))
    if not whole.text or known(whole.text):
        return (whole,) if whole.text else ()
    semicolons = [_trimmed(part) for part in _split(whole, ";")]
    if len(semicolons) > 1:
        return tuple(part for part in semicolons if part.text)
    commas = _rejoined(value, [_trimmed(part) for part in _split(whole, ",") if part.text.strip(" .")], known)
    joined = tuple(sorted(words_of("and", languages)))
    last = _at_and(value, commas[-1], known, joined, listed=len(commas) > 1)
    return tuple(part for part in (*commas[:-1], *last) if part.text)


def _rejoined(value: str, parts: list[Item], known: Callable[[str], bool]) -> list[Item]:
    """Puts two neighbours together again where only together they are a known term."""
    done: list[Item] = []
    for part in parts:
        if done and known(value[done[-1].start : part.end]):
            done[-1] = _item(value, done[-1].start, part.end)
        else:
            done.append(part)
    return done


def _at_and(
    value: str, last: Item, known: Callable[[str], bool], joiners: tuple[str, ...], *, listed: bool
) -> Iterator[Item]:
    """The last part of a list in two, at its "and"; or without the "and" that follows the last comma."""
    word = rf"(?:{'|'.join(joiners)})"
    if listed and (led := re.match(rf"{word}\s+", last.text, re.IGNORECASE)):
        last = _item(value, last.start + led.end(), last.end)
    joints = [
        joint
        for joint in re.finditer(rf"\s+{word}\s+", last.text, re.IGNORECASE)
        if last.text.count("(", 0, joint.start()) == last.text.count(")", 0, joint.start())
    ]
    if known(last.text) or not joints:
        yield last
        return
    yield _item(value, last.start, last.start + joints[-1].start())
    yield _item(value, last.start + joints[-1].end(), last.end)


def _split(item: Item, mark: str) -> Iterator[Item]:
    """The parts between the marks; what stands in brackets is whole, unless a bracket was forgotten."""
    guarded = item.text.count("(") == item.text.count(")")
    depth, start = 0, 0
    for offset, character in enumerate(item.text):
        if guarded and character in "()":
            depth += 1 if character == "(" else -1
        elif character == mark and depth <= 0:
            yield Item(item.text[start:offset], item.start + start, item.start + offset)
            start = offset + 1
    yield Item(item.text[start:], item.start + start, item.end)


def _dashes(item: Item) -> list[Item]:
    parts, start = [], 0
    for found in _DASH.finditer(item.text):
        if item.text.count("(", 0, found.start()) == item.text.count(")", 0, found.start()):
            parts.append(
                Item(item.text[start : found.start()], item.start + start, item.start + found.start())
            )
            start = found.end()
    return [*parts, Item(item.text[start:], item.start + start, item.end)]


def _sentences(item: Item) -> Iterator[Item]:
    start = 0
    while start < len(item.text):
        stop = start + sentence_end(item.text[start:])
        yield Item(item.text[start:stop], item.start + start, item.start + stop)
        start = stop


def _item(value: str, start: int, end: int) -> Item:
    return Item(value[start:end], start, end)


def _bare(text: str) -> str:
    return text.strip(" .,:")


def _trimmed(item: Item) -> Item:
    """Without spaces and without the full stop that ends a list; the stop of "U.S." and "etc." stays."""
    text = item.text.strip(" ,;")
    start = item.start + item.text.find(text) if text else item.start
    last = text.rsplit(" ", 1)[-1]
    if text.endswith(".") and "." not in last[:-1]:
        text = text[:-1].rstrip()
    return Item(text, start, start + len(text))
