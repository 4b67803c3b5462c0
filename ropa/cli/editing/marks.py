"""What is wrong with a text, said within the text: on top, and above the line concerned."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

MARK = "#!"
"""Begins each line that ropa puts into a text, and takes out of it again."""
_WIDTH = 76


@dataclass(frozen=True)
class Mistake:
    """Something to mend. line: the one concerned, from 1; 0 where it is the whole."""

    line: int
    what: str


def marked(text: str, mistakes: Sequence[Mistake], heading: str) -> tuple[str, list[Mistake]]:
    """The text with each mistake above its line and all of them on top; and the mistakes at the lines they stand at there."""
    above = defaultdict[int, list[str]](list)
    own = text.split("\n")
    # YAML ends lines at more signs than an editor does, and may count further.
    mistakes = [Mistake(min(one.line, len(own)), one.what) for one in mistakes]
    for one in mistakes:
        if one.line:
            above[one.line] += _comment(one.what)
    lines: list[str] = []
    places: dict[int, int] = {}
    for n, line in enumerate(own, 1):
        lines += above.get(n, [])
        places[n] = len(lines) + 1
        lines.append(line)
    top: list[str] = []
    there: list[Mistake] = []
    # The numbers count the lines on top as well, and how many these are is known after the first time.
    for _ in range(2):
        there = [Mistake(places[one.line] + len(top) if one.line else 0, one.what) for one in mistakes]
        top = _top(there, heading)
    return "\n".join([*top, *lines]), there


def _top(mistakes: Sequence[Mistake], heading: str) -> list[str]:
    lines = _comment(heading)
    for one in mistakes:
        lines += _comment(f"line {one.line}: {one.what}" if one.line else one.what, "  ")
    return [*lines, MARK]


def unmarked(text: str) -> str:
    """The text without what ropa said in it."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(MARK))


def has_marks(text: str) -> bool:
    """Whether ropa said something in the text that still stands there."""
    return any(line.startswith(MARK) for line in text.split("\n"))


def says_something(text: str) -> bool:
    """Whether there is more in a text than comments and blank lines."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))


def _comment(words: str, indent: str = "") -> list[str]:
    plain = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    lines = wrap(plain, _WIDTH - len(indent), break_on_hyphens=False, break_long_words=False) or [""]
    return [f"{MARK} {indent}{'' if n == 0 else '  '}{line}" for n, line in enumerate(lines)]
