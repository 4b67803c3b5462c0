"""The sheets of the Article 30 workbook, in their order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.sheets.article30 import cover, facts, further, measures, openpoints, parts, records
from ropa.sheets.layout import Asked
from ropa.sheets.proof.stamp import as_properties, foot_of, stamp_of, written_at
from ropa.sheets.saying import Words
from ropa.sheets.table import Table
from ropa.sheets.xlsx.book import Book


def write_workbook(asked: Asked, file: BinaryIO) -> None:
    """Cover first, then the records by role, their data, recipients, transfers, the rest, open points, facts."""
    words = Words(asked.register, asked.on)
    activities = [one for one in asked.register.activities.values() if asked.entity in (None, one.entity)]
    asked = replace(asked, findings=openpoints.concerning(asked, activities))
    ours = ours_of(asked, activities)
    sheets = _sheets(words, asked, activities)
    stamp = stamp_of(asked, "article30")
    names = ", ".join(one.name for one in ours)
    with Book(
        file,
        title=f"{cover.TITLE}: {names}" if names else cover.TITLE,
        subject="Article 30 GDPR",
        at=written_at(asked),
        facts=as_properties(stamp),
        foot=foot_of(asked),
    ) as book:
        front = book.keep_page(cover.NAME)
        for sheet in sheets:
            book.add_table(sheet)
        book.write_page(front, cover.cover(words, asked, ours, activities, sheets, stamp=stamp))


def _sheets(words: Words, asked: Asked, activities: Sequence[Activity]) -> list[Table]:
    by_role = {
        role: [one for one in activities if one.role == role] for role in ("controller", "processor", None)
    }
    sheets = [
        records.controller_records(words, by_role["controller"]),
        records.processor_records(words, by_role["processor"]),
    ]
    if by_role[None]:
        sheets.append(records.records_without_role(words, by_role[None]))
    sheets += [
        parts.data_lines(words, activities),
        parts.recipient_lines(words, activities),
        parts.transfer_lines(words, activities),
        measures.measures_used(words, activities),
    ]
    if asked.further:
        sheets.append(further.further_information(words, activities))
    if asked.findings is not None:
        sheets.append(openpoints.open_points(words, asked.findings))
    return [*sheets, facts.facts_used(words, activities)]


def ours_of(asked: Asked, activities: Sequence[Activity]) -> list[Organisation]:
    """The organisation asked for; else all of ours, and any other that an activity says it belongs to."""
    every = asked.register.organisations
    if asked.entity is not None:
        return [every[asked.entity]]
    named = {one.entity for one in activities}
    return [one for ref, one in every.items() if one.ours or ref in named]
