"""Lines put together into paragraphs for the family of sections: a value that a margin breaks, or that is a list, is whole."""

import re

from ropa.notices.parts import is_heading
from ropa.notices.section_labels import section_labels
from ropa.notices.source import Kind, Line, has_words
from ropa.notices.units import Unit

_WRAPPED: frozenset[Kind] = frozenset({"text", "markdown", "pdf"})
"""Kinds in which one paragraph may stand on several lines."""
_WRAPPED_AT = 50
_MOST_LINES = 400
_LONGEST = 20_000
_OPEN_END = re.compile(r"(?:[;,(/&]|\s[-–—])\s*$")
_NOT_DIVIDED = re.compile(r"(?:und|oder|bzw|and|or)\b")


def paragraphs(lines: tuple[Line, ...], kind: Kind) -> list[Unit]:
    """All lines with words, as units in reading order. Every such line is in exactly one unit."""
    done: list[Unit] = []
    alone = False  # whether the last unit is a label whose list is still being read
    for line in (one for one in lines if has_words(one.text)):
        last = done[-1] if done else None
        full = last is not None and (len(last.numbers) >= _MOST_LINES or len(last.text) > _LONGEST)
        if last is None or full or line.level or last.level or _starts(line):
            alone = _is_label_alone(line)
            done.append(_new(line))
        elif alone and (line.bullet or len(last.numbers) == 1):
            _add(last, line, "; " if line.bullet and len(last.numbers) > 1 else " ")
            alone = line.bullet
        elif kind in _WRAPPED and _goes_on(last, line):
            _add(last, line, " ")
        else:
            alone = False
            done.append(_new(line))
    return done


def is_title(unit: Unit) -> bool:
    """Whether a paragraph is a heading."""
    return is_heading(unit) and not section_labels(unit.text)


def _new(line: Line) -> Unit:
    return Unit(line.text, line.level, line.bullet, [0], [line.number])


def _add(unit: Unit, line: Line, joint: str) -> None:
    divided = unit.text.endswith("-") and line.text[0].islower() and not _NOT_DIVIDED.match(line.text)
    if divided and unit.text[-2:-1].islower():
        unit.text, joint = unit.text[:-1], ""
    unit.starts.append(len(unit.text) + len(joint))
    unit.numbers.append(line.number)
    unit.text += joint + line.text


def _starts(line: Line) -> bool:
    found = section_labels(line.text)
    return (bool(found) and found[0].start == 0 and not line.bullet) or bool(line.bullet and found)


def _is_label_alone(line: Line) -> bool:
    found = section_labels(line.text)
    return len(found) == 1 and not has_words(line.text[: found[0].start] + line.text[found[0].end :])


def _goes_on(unit: Unit, line: Line) -> bool:
    """Whether a line is the rest of the paragraph above it."""
    if line.bullet or line.number != unit.numbers[-1] + 1 or "|" in line.text or "|" in unit.text:
        return False  # the rows of a table are no paragraph
    if unit.text.count("(") > unit.text.count(")") or _OPEN_END.search(unit.text):
        return True
    long = len(unit.text) - unit.starts[-1] >= _WRAPPED_AT
    return long and not unit.text.endswith((".", ":", "!", "?"))
