"""Markdown to lines: marks are taken off, the numbers stay those of the file."""

import html
import re

from ropa.notices.source import Line, clean, has_words, strip_bullet

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
_QUOTE = re.compile(r"(?:\s{0,3}>\s?)+")
_LINK = re.compile(
    r"!?\[([^\[\]]{0,500})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,300}\")?\)|\[[^\[\]]{0,100}\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)?[^\s<>]{3,500}[.@:][^\s<>]{1,500})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_STARS = re.compile(r"(?<=\S)\*{1,3}|\*{1,3}(?=\S)|`+")
_UNDERSCORES = re.compile(r"(?<!\w)(_{1,2})(?=\S)([^_\n]{1,300})(?<=\S)\1(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MOST_SETTINGS = 60
_ANCHOR = re.compile(r"\s*\{[#.:][^{}]{0,200}\}\s*$")
_LINE_BREAK = re.compile(r"(?<=[^\s,;:.])\s*<br\s*/?>\s*(?=\S)", re.IGNORECASE)
_KEPT = str.maketrans({chr(0xE000 + code): chr(code) for code in range(33, 127)})


def markdown_lines(text: str) -> tuple[Line, ...]:
    """One Line per line of the file, blank ones included; words without the marks of Markdown."""
    rows = text.split("\n")
    first = _front_matter(rows)
    head = (Line(index + 1, clean(row.strip("-+"))) for index, row in enumerate(rows[:first]))
    return (*head, *(_line(rows, index) for index in range(first, len(rows))))


def _front_matter(rows: list[str]) -> int:
    """How many rows the settings take that many sites keep at the top of a page, between two lines of dashes."""
    mark = rows[0].strip()
    if mark not in ("---", "+++"):
        return 0
    ends = (index + 1 for index, row in enumerate(rows[1:_MOST_SETTINGS], start=1) if row.strip() == mark)
    return next(ends, 0)


def _line(rows: list[str], index: int) -> Line:
    row = _QUOTE.sub("", rows[index], count=1) if rows[index].lstrip().startswith(">") else rows[index]
    heading = _HEADING.match(row)
    if heading:
        return Line(index + 1, _words(_ANCHOR.sub("", heading[2])), len(heading[1]))
    words, bullet = strip_bullet(row)
    below = _UNDERLINE.match(rows[index + 1]) if index + 1 < len(rows) else None
    level = (1 if below[1].startswith("=") else 2) if below and has_words(row) and not bullet else 0
    return Line(index + 1, _words(words), level, bullet)


def _words(row: str) -> str:
    # An escaped character is put where no mark can be taken for it, and brought back at the end.
    row = _ESCAPE.sub(lambda found: chr(0xE000 + ord(found[1])), row)
    row = _LINE_BREAK.sub(", ", row)
    row = _TAG.sub(" ", _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", row)))
    row = _UNDERSCORES.sub(r"\2", _STARS.sub("", row))
    return clean(html.unescape(row).translate(_KEPT)).strip("| ")
