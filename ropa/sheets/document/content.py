"""What stands in the document: whose record it is, the activities in a table, a section for each, what is open, the annexes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.sheets.article30 import cover, facts, further, measures, openpoints, parts, records
from ropa.sheets.article30.workbook import ours_of
from ropa.sheets.document.blocks import Block, Content, Fields, Grid, Heading, Paragraph
from ropa.sheets.layout import Asked
from ropa.sheets.proof.stamp import foot_of, written_at
from ropa.sheets.saying import Words
from ropa.sheets.table import NOT_RECORDED, Partly, Table
from ropa.steps import steps

_ROLES = {"controller": "As controller, Art. 30(1)", "processor": "As processor, Art. 30(2)"}
_NO_ROLE = "Role not recorded"
_KEYS = 3
"""Columns of a sheet of parts that tell which activity a row is about: the section says it already."""


def content_of(asked: Asked) -> Content:
    """The document for what is asked."""
    words = Words(asked.register, asked.on)
    activities = [one for one in asked.register.activities.values() if asked.entity in (None, one.entity)]
    asked = replace(asked, findings=openpoints.concerning(asked, activities))
    ours = ours_of(asked, activities)
    names = ", ".join(one.name for one in ours)
    return Content(
        title=cover.TITLE,
        subtitle=f"{names or NOT_RECORDED}. Article 30 GDPR, as of {asked.on.day} {asked.on:%B %Y}",
        blocks=_blocks(words, asked, ours, activities),
        foot=foot_of(asked),
        at=written_at(asked),
    )


def _blocks(
    words: Words, asked: Asked, ours: Sequence[Organisation], activities: Sequence[Activity]
) -> Iterator[Block]:
    yield from _front(words, asked, ours, activities)
    yield from _overview(words, activities)
    for one in steps(activities, "Writing activities", len(activities)):
        yield from _section(words, one, further_too=asked.further)
    if asked.findings is not None:
        table = openpoints.open_points(words, asked.findings)
        yield Heading(table.title, fresh=True)
        yield _as_grid(table, (9, 17, 9, 9, 34, 14, 8))
    yield Heading("Annex: security measures", fresh=True)
    yield _as_grid(measures.measures_used(words, activities), (16, 30, 11, 11, 14, 18))
    yield Heading("Annex: reference facts used in this document", fresh=True)
    yield Paragraph(
        "What the words of this document rest on that is not the organisation's own: law and decisions, dated."
    )
    yield _as_grid(facts.facts_used(words, activities), (13, 16, 33, 20, 11, 7))


def _front(
    words: Words, asked: Asked, ours: Sequence[Organisation], activities: Sequence[Activity]
) -> Iterator[Block]:
    for one in ours:
        yield Heading(one.name, 2)
        yield Fields([(label, text) for _, label, text in cover.organisation(words, one) if text])
    if not ours:
        yield Fields([("Organisation", NOT_RECORDED)])
    register = asked.register
    yield Heading("This document", 2)
    made = (
        f"{register.revision}, hash {register.hash}"
        if register.revision
        else "none: not out of a stored register"
    )
    rows = [("As of", asked.on.isoformat()), ("Revision", made)]
    rows += [(label, text) for _, label, text in cover.content(asked, activities) if text]
    rows += [
        (str(NOT_RECORDED).capitalize(), "On yellow: nobody has recorded it yet. It never means no."),
        ("Does not apply", "In italics: the point was considered and does not apply, for the reason given."),
        ("Form", "Article 30 prescribes no form; this is no authority's official one."),
    ]
    yield Fields(rows)


def _overview(words: Words, activities: Sequence[Activity]) -> Iterator[Block]:
    """The table of activities, which stands for a table of contents: each number leads to its section."""
    yield Heading("The activities", fresh=True)
    rows = [
        (
            one.ref,
            one.name,
            words.say(one, "role") or NOT_RECORDED,
            words.say(one, "department") or NOT_RECORDED,
            words.say(one, "status"),
        )
        for one in activities
    ]
    if rows:
        headings = ("No.", "Activity", "We act as", "Department", "Status")
        yield Grid(headings, (11, 40, 14, 21, 14), rows, leads=[one.ref for one in activities])
    else:
        yield Paragraph("No activities are recorded.")


def _section(words: Words, one: Activity, *, further_too: bool) -> Iterator[Block]:
    yield Heading(f"{one.ref} {one.name}", anchor=one.ref, fresh=True)
    yield Fields([("Role", _ROLES.get(one.role or "", _NO_ROLE)), *_points(words, one)])
    lines = (
        ("Data and time limits", parts.data_lines, parts.DATA),
        ("Recipients", parts.recipient_lines, parts.RECIPIENTS),
        ("Transfers", parts.transfer_lines, parts.TRANSFERS),
    )
    for title, table_of, shown in lines:
        rows = [row[_KEYS:] for row in table_of(words, [one]).rows]
        if rows:
            headings = [column.heading for column in table_of(words, []).columns][_KEYS:]
            yield Heading(title, 2)
            yield _compact(headings, rows, [n for n, column in enumerate(shown) if column.asked])
    if further_too:
        said = [(row[2], row[3]) for row in further.further_information(words, [one]).rows]
        if said:
            yield Heading("Further information", 2)
            yield Fields(said)


def _points(words: Words, one: Activity) -> Iterator[tuple[str, str]]:
    """The lettered points; of a processor those of each controller it serves, one after another."""
    if one.role != "processor":
        yield from ((point.column.heading, point.cell(words, one)) for point in records.CONTROLLER)
        return
    table = records.processor_records(words, [one])
    headings = [column.heading for column in table.columns]
    said: list[tuple[str, str]] = []
    for row in table.rows:
        said += [pair for pair in zip(headings[2:], row[2:], strict=True) if pair not in said and pair[1]]
    yield from said


def _compact(headings: Sequence[str], rows: Sequence[Sequence[str]], asked: Sequence[int]) -> Grid:
    """What Article 30 asks in columns of its own, the rest in one beside them: a page is narrow. asked: which columns it asks."""
    widths = {1: (40, 60), 2: (28, 24, 48)}.get(len(asked), (15, 19, 26, 40))
    beside = [n for n in range(len(headings)) if n not in asked]
    shown = [
        (*(row[n] for n in asked), _rest([headings[n] for n in beside], [row[n] for n in beside]))
        for row in rows
    ]
    return Grid((*(headings[n] for n in asked), "More"), widths, shown)


def _rest(headings: Sequence[str], cells: Sequence[str]) -> str:
    both = zip(headings, cells, strict=True)
    said = [(heading.partition(" — ")[0], cell) for heading, cell in both if cell]
    text = "; ".join(f"{heading}: {cell}" for heading, cell in said)
    return Partly(text) if any(cell == NOT_RECORDED for _, cell in said) else text


def _as_grid(table: Table, widths: Sequence[int]) -> Grid:
    return Grid([column.heading for column in table.columns], widths, list(table.rows))
