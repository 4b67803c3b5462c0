"""Text as a cell can hold it: nothing in it is a formula, nothing breaks the file, what cannot be seen is shown."""

import re
from collections.abc import Iterator
from unicodedata import combining

CELL_LIMIT = 32_000
"""UTF-16 units in one cell. Excel holds 32,767; the rest is left for the words "continues in the next row"."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORMULA = frozenset("=+-@\t\r")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")
_BROAD = "\u1100"
"""From here on most letters are twice as broad."""


def cell_text(text: str) -> str:
    """The text with line ends as line feeds and other control characters as signs that can be seen (␀ … ␡, <U+0085>).

    Tabs and line feeds stay. Half characters (lone surrogates) and non-characters, which XML cannot hold, are shown too.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable() and _UNSEEN.search(text):
        text = _UNSEEN.sub(_shown, text)
    # The writer takes a text in these brackets for ready-made XML; a blank at the end makes it text again.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def looks_like_formula(text: str) -> bool:
    """True where a program might run the text when somebody touches the cell or saves the sheet as CSV."""
    return text[:1] in _FORMULA


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def depth(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width, wrapped: rather one too many than one too few.

    A column as wide as n digits of 11 points holds about 1.25 n letters of 10 points; what wrapping at words leaves empty
    at the end of a line is less than that.
    """
    if len(text) <= width and "\n" not in text and text.isascii():
        return 1
    return sum(1 + max(_breadth(line) - 1, 0) // width for line in text.split("\n"))


def pieces(text: str, width: int, lines: int) -> Iterator[str]:
    """The text cut into pieces that each take at most so many lines; joined they are the text again.

    Cut after a line, else after a word, else (a word that fills a page) anywhere but within a composed character.
    """
    start = 0
    while start < len(text):
        end = _reach(text, start, width, lines)
        if end < len(text):
            end = _good_cut(text, start, end)
        yield text[start:end]
        start = end


def _breadth(line: str) -> int:
    """How many characters' room a line takes: Chinese, Japanese, Korean letters and emoji take two."""
    if line.isascii() or max(line) < _BROAD:
        return len(line)
    return sum(2 if c >= _BROAD else 1 for c in line)


def _reach(text: str, start: int, width: int, lines: int) -> int:
    """The place up to which the text fits, if cut anywhere; counted as `depth` does. One sign at the least."""
    above, breadth, units = 0, 0, 0
    for at in range(start, len(text)):
        c = text[at]
        units += 2 if c > "\uffff" else 1
        if c == "\n":
            above, breadth = above + 1 + max(breadth - 1, 0) // width, 0
        else:
            breadth += 2 if c >= _BROAD else 1
        if above + 1 + max(breadth - 1, 0) // width > lines or units > CELL_LIMIT:
            return max(at, start + 1)
    return len(text)


def _good_cut(text: str, start: int, end: int) -> int:
    half = start + (end - start) // 2
    for mark in ("\n", " "):
        found = text.rfind(mark, half, end)
        if found >= 0:
            return found + 1
    cut = end
    while cut > half and (combining(text[cut]) or text[cut] in _JOINERS or text[cut - 1] in _JOINERS):
        cut -= 1
    return cut if cut > half else end
