"""Text as a cell can hold it: nothing in it is a formula, nothing breaks the file, what cannot be seen is shown."""

import re
from collections.abc import Iterator
from functools import cache

CELL_LIMIT = 32_000
"""UTF-16 units in one cell. Excel holds 32,767; the rest is left for the words "continues in the next row"."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_FORMULA = frozenset("=+-@\t\r")
_BROAD = "\u2e80"
"""From here on (Chinese, Japanese, Korean, emoji) most letters are twice as broad."""


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
    """How many lines the text takes in a column of that width, wrapped at words; 1 for an empty one."""
    if len(text) <= width and text.isascii() and "\n" not in text:
        return 1
    return len(_wrapped(text, width)) or 1


def pieces(text: str, width: int, lines: int) -> Iterator[str]:
    """The text cut into pieces of at most so many lines, and of what a cell holds; joined they are the text again."""
    piece, taken, units = "", 0, 0
    for line in _wrapped(text, width):
        more = len(line.encode("utf-16-le")) // 2
        if piece and (taken == lines or units + more > CELL_LIMIT):
            yield piece
            piece, taken, units = "", 0, 0
        piece, taken, units = piece + line, taken + 1, units + more
    if piece:
        yield piece


def _wrapped(text: str, width: int) -> list[str]:
    """The lines as a program breaks them, each with the blank or line feed that ends it.

    A column as wide as n digits of 11 points holds about 1.35 n letters of 10 points; 1.25 leaves room for broader fonts.
    """
    broad = not text.isascii() and max(text) >= _BROAD
    room = int(width * (0.55 if broad else 1.25))
    found: list[str] = _wrapping(max(room, 1)).findall(text)
    return found


@cache
def _wrapping(room: int) -> re.Pattern[str]:
    """As many whole words as fit; a word longer than a line is cut, but not within a composed character."""
    composed = (
        r"(?:(?<=\u200d)[^\n])?(?:[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[^\n]){0,20}"
    )
    return re.compile(rf"(?=[\s\S])(?:[^\n]{{0,{room}}}(?:\n| |\Z)|[^\n]{{{room}}}{composed})")
