"""A workbook of what changed between two states: a row a fact, before beside after, and the revisions that did it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from ropa.sheets.table import Answer, Column, DigestHere, Page, Table

TITLE = "What changed in the records of processing activities"
CHANGES = (
    Column("No.", 16),
    Column("Record", 22),
    Column("Kind", 13),
    Column("Change", 9),
    Column("What", 22),
    Column("Before", 36),
    Column("After", 36),
    Column("Where the GDPR asks it", 14),
)
REVISIONS = (
    Column("Revision", 10),
    Column("When (UTC)", 18),
    Column("Who", 26),
    Column("Why", 45),
    Column("Command", 60),
)
UNREAD = (Column("Where", 50), Column("What it says there", 45), Column("What of it", 55))


@dataclass(frozen=True)
class Compared:
    """What the workbook tells. before, after: name, value of what there is to say of each state; at: the time of the later one.

    changes, revisions, unread: rows for the columns above. revisions: None where no history leads from the one to the other.
    """

    between: str
    before: Sequence[tuple[str, str]]
    after: Sequence[tuple[str, str]]
    at: datetime
    summary: str
    changes: Sequence[Sequence[str]]
    revisions: Sequence[Sequence[str]] | None
    unread: Sequence[Sequence[str]]


def write_changes(told: Compared, file: BinaryIO) -> None:
    """Cover, changes, revisions, and what was not read where there is such."""
    from ropa.sheets.xlsx.book import (
        Book,
    )  # the room's modules are loaded to look for layouts, which loads nothing heavy

    sheets = list(_sheets(told))
    with Book(file, title=TITLE, subject="Article 30 GDPR", at=told.at, facts={}, foot=told.between) as book:
        cover = book.keep_page("Cover")
        for sheet in sheets:
            book.add_table(sheet)
        book.write_page(cover, _cover(told, sheets))


def _sheets(told: Compared) -> Iterator[Table]:
    nothing = ("", Answer(f"Nothing changed {told.between}."), *[""] * (len(CHANGES) - 2))
    yield Table("Changes", "What was before, what is after", CHANGES, told.changes or [nothing])
    if told.revisions is not None:
        yield Table("Revisions", "Who wrote what changed, when and why", REVISIONS, told.revisions, keys=1)
    if told.unread:
        yield Table("Not read", "What a file says that was not kept as a value", UNREAD, told.unread, keys=1)


def _cover(told: Compared, sheets: Sequence[Table]) -> Page:
    lines = [
        ("title", TITLE, ""),
        ("subtitle", told.summary, ""),
        ("line", "", ""),
        ("heading", "Before", ""),
        *(("line", name, value) for name, value in told.before),
        ("line", "", ""),
        ("heading", "After", ""),
        *(("line", name, value) for name, value in told.after),
        ("line", "", ""),
        ("heading", "The sheets", ""),
        *(("line", sheet.name, sheet.title) for sheet in sheets),
        ("line", "", ""),
        ("heading", "How to read them", ""),
        (
            "line",
            "No.",
            "What a record is found by in the register. Where that changed, the row says the one before.",
        ),
        ("line", "Before, after", "Empty where nothing was, or is, recorded. That never means no."),
        (
            "line",
            "Own file only",
            "An internal note of the organisation, which stands on no authority's form.",
        ),
        ("line", "Digest of the cells", DigestHere("waits for the other cells")),
    ]
    return Page("Cover", "Cover", lines)
