"""Names of draft activities: the notice's heading or service, else its data and lines. Nothing is made up."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ropa.notices.draft_desk import same, words_of
from ropa.notices.reading import Block, Lines, StatedPurpose

Entry = Block | StatedPurpose
"""What becomes an activity: an entry of the notice, or a purpose that its running text states."""

_MOST_TERMS = 3
_LONGEST = 80
_WHERE = re.compile(r" \((?:formerly )?notice lines? \d+(?:–\d+)?(?:, entry \d+)?\)$")


def names(entries: Sequence[Entry]) -> Iterator[str]:
    """A name for each entry; no two are equal."""
    stems = [_stem(entry) for entry in entries]
    lines = Counter((same(stem), entry.lines) for stem, entry in zip(stems, entries, strict=True))
    seen: set[str] = set()
    for number, (stem, entry) in enumerate(zip(stems, entries, strict=True), 1):
        name, key = stem, same(stem)
        if key in seen or not _is_titled(entry):
            name = f"{stem} ({_where(entry.lines)})"
            if lines[(key, entry.lines)] > 1:
                name = f"{stem} ({_where(entry.lines)}, entry {number})"
        seen.add(key)
        yield name


def without_lines(name: str) -> str:
    """A name without the lines that tell it from its like."""
    return _WHERE.sub("", name)


def formerly(name: str) -> str:
    """The name of an activity that the notice no longer has: its lines are those of an earlier version."""
    return (
        f"{name.removesuffix(found[0])} (formerly {found[0][2:]}" if (found := _WHERE.search(name)) else name
    )


def _is_titled(entry: Entry) -> bool:
    return isinstance(entry, StatedPurpose) or bool(_titles(entry))


def _stem(entry: Entry) -> str:
    if isinstance(entry, StatedPurpose):
        return _short(entry.text, _LONGEST) or "Purpose"
    if titles := _titles(entry):
        return _short(": ".join(titles), _LONGEST)
    listed = [words for told in entry.data if (words := words_of(told))]
    terms = [_short(words, _LONGEST if len(listed) == 1 else _LONGEST // 2) for words in listed]
    more = len(terms) - _MOST_TERMS
    if more > 1:
        return f"{', '.join(terms[:_MOST_TERMS])} and {more} more"
    return ", ".join(terms) or _short(", ".join(words_of(entry.company).split()), _LONGEST) or "Entry"


def _titles(entry: Block) -> list[str]:
    """What an entry is called: by its purpose and service, or by the heading of the section that it is."""
    above = (
        (entry.heading,)
        if entry.purposes or entry.procedures or entry.in_prose
        else (entry.purpose, entry.service)
    )
    return [words for told in above if (words := words_of(told))]


def _short(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1].rstrip()}…"


def _where(lines: Lines) -> str:
    first, last = lines
    return f"notice line {first}" if first == last else f"notice lines {first}–{last}"
