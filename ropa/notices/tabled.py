"""Notices with a table of processing: its columns are recognised by their titles, and each row is an entry.

A row counts only where it has as many cells as the head has titles: an empty cell is often left out of a page, and then
nobody can say which column a word stands in.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from ropa.notices import generated, topics
from ropa.notices.labels import key
from ropa.notices.prose import in_catalogue
from ropa.notices.reading import Block, NoticeReading, Procedure, Told, Understood, read_lines
from ropa.notices.section_values import listed
from ropa.notices.source import Line, Source, clean, has_words
from ropa.notices.topic_facts import companies
from ropa.notices.values import known_place

NAME = "notice with a table"
LOOKED_FOR = 'a table with columns such as "Purpose", "Personal data", "Legal basis", "Retention" (also in German, French, Dutch)'
_FEWEST = 2
_NEEDED = frozenset({"purposes", "bases", "retention"})
_LONGEST_ITEM = 8
_SAME = re.compile(
    r"(?:the )?same|ditto|idem|s\. ?o\.?|siehe oben|wie oben|see above|as above|n/?a|same as above",
    re.IGNORECASE,
)
"""A cell that refers to the one above it: which words those are is for a person to say."""
_HEADING = "heading or label of the family"
Cells = list[tuple[str, str]]


def read(source: Source) -> NoticeReading | None:
    """Reads a notice that has such a table, and its prose beside it; None where it has none."""
    blocks: list[Block] = []
    heads: list[Understood] = []
    for head, rows in _tables(source):
        made = [block for row in rows if (block := _entry(row, head[1]))]
        if made:
            heads.append(Understood(_HEADING, head[0].text, (head[0].number, head[0].number)))
            blocks += made
    if not blocks:
        return None
    entries = generated.read(source)
    if entries and len(entries.blocks) >= len(blocks):
        return None
    prose = topics.read(source)
    base = prose or NoticeReading(source.text, source.kind, _language(source), NAME)
    kept = [block for block in base.blocks if not _is_within(block, blocks)]
    numbered = [replace(block, number=n) for n, block in enumerate([*blocks, *kept], start=1)]
    reading = replace(
        base, family=NAME, blocks=tuple(numbered), understood=(*base.understood, *heads), unread=()
    )
    known = read_lines(reading)
    numbered_rows = enumerate(source.text.split("\n"), start=1)
    whole = tuple(
        Told(text.strip(), (n, n)) for n, text in numbered_rows if has_words(text) and n not in known
    )
    within = base.unread if prose else ()
    lines = {told.lines for told in whole}
    left = (told for told in within if told.lines[0] not in known or told.lines not in lines)
    unread = sorted(
        {*whole, *(told for told in left if not _in_entry(told, blocks))}, key=lambda one: one.lines
    )
    return replace(reading, unread=tuple(unread))


def _is_within(block: Block, entries: list[Block]) -> bool:
    return any(one.lines[0] <= block.lines[0] <= one.lines[1] for one in entries)


def _in_entry(told: Told, entries: list[Block]) -> bool:
    return any(one.lines[0] <= told.lines[0] <= one.lines[1] for one in entries)


def _language(source: Source) -> str:
    votes = [
        language
        for line in source.lines
        for title in _cells(line.text)
        for language in _columns().get(key(title), {}).values()
    ]
    return max(sorted(set(votes)), key=votes.count) if votes else ""


def _tables(source: Source) -> Iterator[tuple[tuple[Line, list[str]], list[Line]]]:
    """Each table with recognised titles: its head with the kinds of its columns, and the rows that fit it."""
    head: tuple[Line, list[str]] | None = None
    rows: list[Line] = []
    for line in source.lines:
        cells = _cells(line.text)
        kinds = _kinds(cells)
        if kinds:
            if head:
                yield head, rows
            head, rows = (line, kinds), []
        elif head and len(cells) == len(head[1]):
            rows.append(line)
        elif head and has_words(line.text) and "|" not in line.text:
            yield head, rows
            head, rows = None, []
    if head:
        yield head, rows


def _cells(text: str) -> list[str]:
    return [clean(cell) for cell in text.split("|")] if "|" in text else []


def _kinds(cells: list[str]) -> list[str]:
    """The kind of each column, "" for one that is not known; nothing where the row is no head of such a table."""
    kinds = [next(iter(_columns().get(key(cell), {})), "") for cell in cells]
    known = [kind for kind in kinds if kind]
    doubled = len(known) != len(set(known))
    return kinds if len(known) >= _FEWEST and _NEEDED & set(known) and not doubled else []


@cache
def _columns() -> dict[str, dict[str, str]]:
    """Folded title → kind → a language that uses it so."""
    found: dict[str, dict[str, str]] = {}
    with files("ropa.notices").joinpath("table_columns.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for title in row["title"].split("|"):
                found.setdefault(key(title), {}).setdefault(row["kind"], row["language"])
    return found


def _entry(line: Line, kinds: list[str]) -> Block | None:
    lines = (line.number, line.number)
    cells: Cells = [
        (kind, cell) for kind, cell in zip(kinds, _cells(line.text), strict=True) if has_words(cell)
    ]
    block = Block(0, lines)
    for kind, cell in cells:
        told = Told(cell, lines)
        match kind:
            case "purposes":
                block = replace(block, purposes=tuple(_items(cell, lines, commas=False)))
            case "data":
                block = replace(block, data=tuple(_items(cell, lines, commas=True)))
            case "subjects":
                block = replace(block, subjects=tuple(_items(cell, lines, commas=True)))
            case "bases":
                block = replace(block, legal_basis=told)
            case "retention" if not _SAME.fullmatch(cell):
                block = replace(block, retention=told)
            case "recipients":
                block = replace(block, procedures=tuple(_recipients(cell, lines)))
            case _:
                block = replace(block, description=(*block.description, told))
    if not (block.data or block.purposes):
        return None
    places = [code for kind, cell in cells if kind == "countries" and (code := known_place(cell))]
    if places and len(block.procedures) == 1:
        block = replace(block, procedures=(replace(block.procedures[0], country=places[0]),))
    return block


def _items(cell: str, lines: tuple[int, int], *, commas: bool) -> Iterator[Told]:
    """The terms of a cell; one that reads like a sentence is one term."""
    items = [item.text for item in listed(cell, commas=commas)]
    if any(len(item.split()) > _LONGEST_ITEM for item in items):
        items = [cell]
    yield from (Told(item, lines) for item in items)


def _recipients(cell: str, lines: tuple[int, int]) -> Iterator[Procedure]:
    """The companies of a cell, by their legal form or because the catalogue knows them."""
    spans = list(companies(cell)) or list(in_catalogue(cell))
    for start, end in spans:
        name = Told(cell[start:end], lines)
        yield Procedure(name, lines, provider=name)
