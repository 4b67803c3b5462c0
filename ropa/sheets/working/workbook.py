"""Writing the working workbook: cover, a grid for each kind of record and of part, the lists that drop down."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from ropa.model.codes import vocabulary
from ropa.model.register import KINDS, Register
from ropa.reference.countries import countries
from ropa.sheets.layout import Asked
from ropa.sheets.proof.stamp import (
    AS_OF,
    DIGEST,
    HASH,
    LAID_OUT,
    REVISION,
    Stamp,
    as_properties,
    foot_of,
    laid_out_as,
    stamp_of,
    written_at,
)
from ropa.sheets.table import DigestHere, Page
from ropa.sheets.working.cells import Names
from ropa.sheets.working.plan import NAMED, OWNER, Column, Plan, plans
from ropa.sheets.working.read import ONLY
from ropa.sheets.working.rows import rows
from ropa.sheets.working.slice import slice_of
from ropa.sheets.xlsx.book import Book
from ropa.sheets.xlsx.grid import Grid, GridColumn, Lists, add_grid

_LETTER = re.compile(r"30\(\d\)\([a-g]\)")
"""Where a field answers a letter of Article 30. What is only asked of an exception (Art. 49) is not marked: most rows have none."""
NAME = "Cover"
TITLE = "Working workbook of the register"


def write_workbook(asked: Asked, file: BinaryIO) -> None:
    """Every sheet that has rows, or in which a first row may be wanted."""
    register = slice_of(asked.register, asked.only)
    names = Names(asked.register)
    lists = Lists(dict(_lists(asked.register, register, names)))
    shown = [plan for plan in plans().values() if _wanted(plan, register)]
    stamp = stamp_of(asked, "register")
    with Book(
        file,
        title=TITLE,
        subject="Article 30 GDPR",
        at=written_at(asked),
        facts=as_properties(stamp),
        foot=foot_of(asked),
    ) as book:
        cover = book.keep_page(NAME)
        for plan in shown:
            add_grid(book, _grid(plan, register, names), lists)
        lists.write(book)
        book.write_page(cover, _cover(asked, shown, stamp))


def _wanted(plan: Plan, register: Register) -> bool:
    """Statements and sources of what is no activity: only where there are any."""
    if plan.part is None or plan.kind == "activity" or plan.name == plan.part.title:
        return True
    name = plan.part.name
    return any(getattr(record, name) for record in register.records.get(plan.kind, {}).values())


def _grid(plan: Plan, register: Register, names: Names) -> Grid:
    columns = [_column(plan, column) for column in plan.columns]
    title = f"{plan.name}: one row for each {_of(plan)}"
    return Grid(
        plan.name, plan.key, title, columns, ((row.id, row.cells) for row in rows(plan, register, names)), 2
    )


def _of(plan: Plan) -> str:
    return plan.cls.noun if plan.part is None else f"part of a record of {plan.cls.plural}"


def _column(plan: Plan, column: Column) -> GridColumn:
    said = column.said
    asked = bool(said and (not said.blank or (_LETTER.match(said.answers) and "49" not in said.answers)))
    return GridColumn(
        column.key,
        column.heading,
        column.help,
        column.width,
        choices=_choices(plan, column),
        day=bool(said and said.shape == "day"),
        asked=asked,
        read=bool(column.sheet) or column.key == NAMED,
    )


def _choices(plan: Plan, column: Column) -> str:
    """The list that drops down; several values in one cell cannot be chosen from a list."""
    said = column.said
    if column.key == OWNER:
        return f"{plan.kind} ref"
    if said is None or said.many:
        return ""
    return said.vocabulary or said.names or (said.shape if said.shape in ("country", "yes/no") else "")


def _lists(whole: Register, register: Register, names: Names) -> Iterator[tuple[str, Sequence[str]]]:
    """What drops down. whole: may be chosen from; register: may get further parts."""
    wanted = {_choices(plan, column) for plan in plans().values() for column in plan.columns} - {""}
    for name in sorted(wanted):
        if name == "country":
            yield name, sorted(one.name for one in countries().values())
        elif name == "yes/no":
            yield name, ("yes", "no")
        elif name in KINDS:
            yield name, sorted(names.of(name)[ref] for ref in whole.records.get(name, {}))
        elif name.endswith(" ref"):
            yield name, sorted(register.records.get(name.removesuffix(" ref"), {}))
        else:
            words = vocabulary(name)
            yield name, [words.label(code) for code in words.codes]


def _cover(asked: Asked, shown: Sequence[Plan], stamp: Stamp) -> Page:
    register = asked.register
    lines = [
        ("title", TITLE, ""),
        ("subtitle", f"As of {asked.on.day} {asked.on:%B %Y}. To be edited, and given back.", ""),
        ("line", "", ""),
        ("heading", "How to work in it", ""),
        *(("line", label, text) for label, text in _HOW.items()),
        ("line", "", ""),
        ("heading", "The sheets", ""),
        *(("line", plan.name, _told(plan)) for plan in shown),
        ("line", "", ""),
        ("heading", "What this is a copy of", ""),
        ("line", AS_OF, asked.on.isoformat()),
        (
            "line",
            REVISION,
            f"{register.revision}, made {register.at[:16].replace('T', ' ')} UTC"
            if register.revision
            else "none: from records that were not stored",
        ),
        ("line", HASH, register.hash),
        *([("line", ONLY, ", ".join(sorted(asked.only)))] if asked.only is not None else ()),
        ("line", LAID_OUT, laid_out_as(stamp)),
        ("line", DIGEST, DigestHere("waits for the other cells")),
    ]
    return Page(NAME, NAME, lines)


_HOW: Mapping[str, str] = {
    "Change a cell": "Type into it. Where a list drops down, choose; what is not in the list is a new word, and is asked about.",
    "Blank": "Not recorded. It never means no. Yellow: Article 30 asks for it.",
    "Grey": "A summary of what stands on another sheet, or a name to read by. Change it there.",
    "New row": "Write below the last one. A part says whose it is in its first column; a record needs a name, and gets its number when it comes home.",
    "Copy a row": "The copy becomes a new record, with its parts where their summary is copied along.",
    "Delete a row": "When the workbook comes home it is asked whether the record, or the part, is to go.",
    "Move things": "Sort, filter, add columns of your own, move columns: nothing is lost. Leave the hidden first row and first column in their places.",
    "Several values": "With a semicolon between them.",
}


def _told(plan: Plan) -> str:
    if plan.part is None:
        return f"one row for each {plan.cls.noun}"
    return f"{plan.part.help} One row each, for all {plan.cls.plural}."
