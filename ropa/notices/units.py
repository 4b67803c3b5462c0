"""Lines put together into units: a label that a line end broke, and a list that goes on, are whole again."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from ropa.notices import labels
from ropa.notices.heads import leading_service
from ropa.notices.labels import ENTRY_KINDS, WINDOW, Hit
from ropa.notices.reading import Lines, Told
from ropa.notices.source import Line, has_words
from ropa.notices.values import is_term, known_place, sentence_end
from ropa.reference.catalogue import known_vendor
from ropa.words import fold

NEVER_LAST = frozenset(
    "the a an of and or to in for with by is are der die das des und oder von mit le la les du et ou est il lo gli di con per el los y es het van en del della dei al".split()
)
"""Words after which more must follow: a line that ends with one is no heading, and no end of a list."""
_OPEN_END = re.compile(r"(?:[;,(/&]|\s[-–—])\s*$")
_GOES_ON = re.compile(r"\s*(?:[;,)]|[^\W\d_A-ZÀ-ÖØ-Þ])")
_LASTS = re.compile(r"[^\s:]{1,80}(?: [^\s:]{1,30}){0,3}\s?:\s?\S.{0,60}$")
_SEPARATOR = re.compile(r"[:：|]")
_DASH = re.compile(r"\s+[-–—]\s*")
_LAST_ITEM = re.compile(r"[^;,]*$")
_FIRST_ITEM = re.compile(r"[^;,.]*")
_TITLES: tuple[labels.Kind, ...] = ("purpose", "section", "definitions", "controller", "dpo")
_MOST_LINES = 400
_WRAPPED_AT = 50  # a line this long without a full stop may go on in the next one
_WORDS_OF_A_SENTENCE = 4
_PIECES_OF_A_LABEL = 3
_LONGEST_VALUE = 20_000


@dataclass(slots=True)
class Unit:
    """Words that belong together, the lines they came from, and the labels in them."""

    text: str
    level: int
    bullet: bool
    starts: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    hits: tuple[Hit, ...] = ()

    def lines(self, start: int = 0, end: int | None = None) -> Lines:
        """The first and last line of text[start:end]."""
        stop = len(self.text) if end is None else end
        first = self.numbers[max(0, bisect_right(self.starts, start) - 1)]
        return first, self.numbers[max(0, bisect_right(self.starts, max(start, stop - 1)) - 1)]

    def told(self, start: int = 0, end: int | None = None) -> Told:
        """text[start:end] without outer spaces, with its lines."""
        stop = len(self.text) if end is None else end
        raw = self.text[start:stop]
        lead = len(raw) - len(raw.lstrip())
        return Told(raw.strip(), self.lines(start + lead, start + len(raw.rstrip())))

    def add(self, line: Line, joint: str) -> None:
        """Appends a line."""
        if joint == "; ":
            self.text = self.text.rstrip(" ;,.")
            joint = joint if not self.text.endswith(":") else " "
        self.starts.append(len(self.text) + len(joint))
        self.numbers.append(line.number)
        self.text += joint + line.text
        self.hits = labels.find(self.text)

    def value(self, index: int) -> tuple[int, int]:
        """Where the value of label number `index` starts and ends."""
        stop = self.hits[index + 1].start if index + 1 < len(self.hits) else len(self.text)
        return self.hits[index].end, stop


def units(lines: tuple[Line, ...]) -> list[Unit]:
    """All lines with words, as units in reading order. Every such line is in exactly one unit."""
    rows = [line for line in lines if has_words(line.text)]
    done: list[Unit] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        unit = Unit(row.text, row.level, row.bullet, [0], [row.number], labels.find(row.text))
        index = _absorb(unit, rows, index + 1)
        done.append(unit)
    return done


def _absorb(unit: Unit, rows: list[Line], index: int) -> int:
    """Adds to a unit the lines that go on with it; gives the index of the first line that does not."""
    while (
        index < len(rows)
        and _adjacent(unit, rows[index])
        and _is_broken(unit, rows[index : index + _PIECES_OF_A_LABEL])
    ):
        unit.add(rows[index], " ")
        index += 1
    label = _open_label(unit)
    if label and not unit.text[label.end :].strip():
        index = _absorb_items(unit, label, rows, index)
    while index < len(rows) and (label := _open_label(unit)):
        broken = _adjacent(unit, rows[index]) and _is_broken(unit, rows[index : index + _PIECES_OF_A_LABEL])
        joint = " " if broken else _joint(label, unit, rows[index])
        if joint is None:
            break
        unit.add(rows[index], joint)
        index += 1
    return index


def _open_label(unit: Unit) -> Hit | None:
    """The label whose value the unit ends with, while there is room for more."""
    last = unit.hits[-1] if unit.hits else None
    full = len(unit.numbers) >= _MOST_LINES or len(unit.text) > _LONGEST_VALUE
    return last if last and last.kind in ENTRY_KINDS and not full else None


def _may_follow(line: Line) -> bool:
    starts_label = any(not has_words(line.text[: hit.start]) for hit in labels.find(line.text))
    return not line.level and not starts_label and len(line.text) <= _LONGEST_VALUE


def _adjacent(unit: Unit, line: Line) -> bool:
    return line.number == unit.numbers[-1] + 1 and not line.bullet and _may_follow(line)


def _absorb_items(unit: Unit, label: Hit, rows: list[Line], index: int) -> int:
    """The value of a label that stands alone: the list below it, or else the one line below it."""
    durations = label.kind in {"retention", "storage", "trackers_duration"}
    first = index
    while index < len(rows) and _open_label(unit) and _may_follow(rows[index]):
        row = rows[index]
        if not (row.bullet or (durations and _LASTS.match(row.text))):
            break
        unit.add(row, "; ")
        index += 1
    if index == first and index < len(rows) and _may_follow(rows[index]):
        unit.add(rows[index], " ")
        index += 1
    return index


def _joint(label: Hit, unit: Unit, following: Line) -> str | None:
    """What stands between a value and the line after it when the value goes on there, else None."""
    if not _may_follow(following) or following.bullet:
        return None
    if following.number != unit.numbers[-1] + 1 or sentence_end(
        value := unit.text[label.end :].strip()
    ) < len(value):
        return None
    if label.kind == "place" and _is_place_line(following.text, value):
        return "; "
    if _OPEN_END.search(value) or value.count("(") > value.count(")") or _hangs(value):
        return " "
    if value.endswith("."):
        return None
    if _GOES_ON.match(following.text):
        return " "
    last, first = _LAST_ITEM.search(value), _FIRST_ITEM.match(_DASH.split(following.text)[0])
    whole = f"{last[0].strip()} {first[0].strip()}" if last and first else ""
    if label.kind == "data":
        alone = is_term(first[0].strip()) if first else True
        return " " if last and is_term(whole) and not (alone and is_term(last[0].strip())) else None
    return " " if last and known_place(whole) and not known_place(last[0].strip()) else None


def _is_place_line(text: str, value: str) -> bool:
    """True for "Ireland – Privacy Policy" below a place: a known one, or one with a remark that stood there before."""
    head, *rest = _DASH.split(text.strip(" ."), maxsplit=1)
    before = {fold(part.strip(" .")) for part in _DASH.split(value)[1:]}
    return known_place(head.strip()) is not None or bool(rest and fold(rest[0]) in before)


def _is_broken(unit: Unit, rows: list[Line]) -> bool:
    """True where a label, or a sentence of a paragraph set in short lines, goes on in the following line."""
    tail, following = unit.text[-WINDOW:], rows[0].text
    ahead = " ".join(row.text[:WINDOW] for row in rows)
    if _SEPARATOR.search(ahead) and any(
        hit.start < len(tail) < hit.end for hit in labels.find(f"{tail} {ahead}")
    ):
        return True
    if unit.hits or unit.level or len(unit.numbers) >= _MOST_LINES or len(unit.text) > _LONGEST_VALUE:
        return False
    if len(unit.text) <= WINDOW and _is_half_a_name(unit.text, following):
        return True
    sentence = len(unit.text) - unit.starts[-1] >= _WRAPPED_AT or (
        unit.text[0].isupper() and len(unit.text.split()) >= _WORDS_OF_A_SENTENCE and unit.text[-1] != ")"
    )
    ended = unit.text.endswith((".", ":", ";", "!", "?", "|"))
    goes_on = sentence and bool(_GOES_ON.match(following))
    return not ended and not _is_title(unit.text) and (goes_on or _hangs(unit.text))


def _hangs(text: str) -> bool:
    """Whether a text ends in the middle of a phrase."""
    words = text[-WINDOW:].split()
    return len(words) > 1 and words[-1] in NEVER_LAST


def _is_half_a_name(text: str, following: str) -> bool:
    """Whether a heading, or a service with its company, goes on in the following line."""
    if _is_title(text):
        return False
    open_bracket = text.count("(") > text.count(")") and ")" in following[:WINDOW]
    if open_bracket or following.startswith("(") or _is_title(f"{text} {following}"):
        return True
    head = leading_service(following)
    return known_vendor(f"{text} {head.name if head else following[:WINDOW]}") is not None


def _is_title(text: str) -> bool:
    """Whether the family knows the whole text as a heading."""
    return len(text) <= 2 * WINDOW and any(labels.is_a(kind, text) for kind in _TITLES)
