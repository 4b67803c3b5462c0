"""PDF to lines: the text layer page by page, read in a process of its own that has a limit of time and of memory.

A PDF is a program in disguise: a page of a few bytes can ask for hours of work. So the reading is done by another process,
which can be ended, and whose memory has a ceiling where the system knows one. Nothing outside the file is ever fetched.
"""

import json
import re
import subprocess
import sys
from collections import Counter

from ropa.errors import Refused
from ropa.notices.source import Line, clean, has_words, strip_bullet

MOST_PAGES = 400
_SECONDS = 60
_EDGE_ROWS = 3
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")
_TRIES = "Open it in a PDF reader, copy its text into a .txt file, and import that."
_TROUBLES = {
    "encrypted": (
        "is encrypted: without its password nothing can be read.",
        "Save a copy without a password.",
    ),
    "pages": (
        f"has more than {MOST_PAGES} pages, so it is no privacy notice.",
        "Save the pages of the notice as a file of their own.",
    ),
    "text": ("would unpack to more text than any notice has; it was not read.", _TRIES),
    "damaged": ("is damaged, or no PDF that can be read.", _TRIES),
    "memory": ("needs more memory than a notice does; it was not read.", _TRIES),
}


def pdf_lines(content: bytes, name: str) -> tuple[Line, ...]:
    """The rows of a PDF's text layer in the order of the file, without the heads and feet that its pages repeat.

    Raises Refused, naming the file, where it is encrypted, damaged, has more than MOST_PAGES pages or no text (a scan),
    and where reading takes more than a minute.
    """
    pages = [page.split("\n") for page in _pages(content, name)]
    if not any(has_words(row) for page in pages for row in page):
        raise Refused(
            "has no text: it is a scan, or a picture of a page.",
            at=name,
            do="Run text recognition (OCR) over it, look through what it gives, and import that.",
        )
    rows = [clean(row) for page in _without_edges(pages) for row in page]
    words = (strip_bullet(row) for row in rows if has_words(row))
    return tuple(Line(number, row, 0, bullet) for number, (row, bullet) in enumerate(words, start=1))


def _pages(content: bytes, name: str) -> list[str]:
    """The text of each page. Another process reads it; -P keeps a file in the user's folder from posing as a package."""
    command = [sys.executable, "-P", "-m", "ropa.notices.pdf_reader", str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 (our own module; the file is its input and no part of the command)
    except subprocess.TimeoutExpired:
        raise Refused(f"cannot be read within {_SECONDS} seconds.", at=name, do=_TRIES) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {"trouble": "memory" if done.returncode < 0 else "damaged"}
    if trouble := answer.get("trouble"):
        what, do = _TROUBLES[trouble]
        raise Refused(what, at=name, do=do)
    return [str(page) for page in answer["pages"]]


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the rows at their head and foot that most of them have, page numbers aside."""
    worded = [[row for row in page if has_words(row)] for page in pages]
    if len(worded) < _FEWEST_PAGES:
        return worded
    seen = Counter(key for page in worded for key in {_key(row) for row in _edges(page)})
    repeated = {key for key, times in seen.items() if times >= _FEWEST_PAGES and times * 2 > len(worded)}
    return [_trimmed(page, repeated) for page in worded]


def _trimmed(page: list[str], repeated: set[str]) -> list[str]:
    first, last = 0, len(page)
    while first < min(_EDGE_ROWS, last) and _key(page[first]) in repeated:
        first += 1
    while last > first and len(page) - last < _EDGE_ROWS and _key(page[last - 1]) in repeated:
        last -= 1
    return page[first:last]


def _edges(page: list[str]) -> list[str]:
    return [*page[:_EDGE_ROWS], *page[-_EDGE_ROWS:]]


def _key(row: str) -> str:
    return _DIGITS.sub("#", clean(row))
