"""A spreadsheet as drafts beside a register, with an account of every cell, and the mapping that led there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.register import Register
from ropa.sheets.foreign.cells import sheets_of
from ropa.sheets.foreign.drafts import Draft, drafts_of, notes_of
from ropa.sheets.foreign.headings import targets
from ropa.sheets.foreign.shelf import Shelf
from ropa.sheets.foreign.tables import Table, tables_of

NOTE = "note"
"""What a mapping says of a column that is kept as a note."""


@dataclass(frozen=True)
class Account:
    """Where the cells with content went. cells: all of them; headings, fields, notes, outside: those that were labels, became values, stand in the notes of their record, or stood in no row of a table and are in the notes of the first record."""

    cells: int
    headings: int
    fields: int
    notes: int
    outside: int

    @property
    def adds_up(self) -> bool:
        """Whether no cell was lost or counted twice."""
        return self.cells == self.headings + self.fields + self.notes + self.outside


@dataclass(frozen=True)
class Foreign:
    """What a spreadsheet gives. records: new ones, shared ones before the activities that name them. mapping: sheet, heading, field."""

    records: Sequence[Documented]
    activities: Sequence[Documented]
    mapping: Sequence[tuple[str, str, str]]
    account: Account


def read_foreign(content: bytes, name: str, register: Register, mapping: Mapping[str, str]) -> Foreign:
    """The activities of a spreadsheet, as drafts.

    mapping: heading → field, or "note", as a person decided; the others are proposed. Raises Refused where no table of
    processing activities is found, and for a mapping that names no field.
    """
    decided = {heading: _field(heading, word) for heading, word in mapping.items()}
    sheets = sheets_of(content, name)
    tables = tables_of(sheets, decided)
    known = [table for table in tables if table.known]
    if not known:
        raise Refused(
            "no table of processing activities was found in it.",
            at=name,
            do="Its headings may be unknown: name them with --mapping FILE. ropa's own workbook: ropa export --layout register",
        )
    shelf = Shelf(register, name)
    made: list[Documented] = []
    drafts = [(table, draft) for table in known for draft in drafts_of(table, shelf)]
    outside = _outside(tables)
    for n, (table, draft) in enumerate(drafts):
        made.append(shelf.activity(_said(draft, table, name, outside if n == 0 else [])))
    account = Account(
        cells=sum(bool(cell) for rows in sheets.values() for row in rows for cell in row),
        headings=sum(table.headings for table in known),
        fields=sum(draft.fields for _, draft in drafts),
        notes=sum(len(draft.notes) for _, draft in drafts),
        outside=len(outside),
    )
    return Foreign(shelf.made, made, _mapping(known), account)


def _field(heading: str, word: str) -> str:
    if word == NOTE:
        return ""
    if word not in targets():
        raise Refused(
            f"'{word}' is no field that a column can be.",
            at=f"the mapping of '{heading}'",
            do=f"There are {', '.join(targets())} and {NOTE}.",
        )
    return word


def _outside(tables: Sequence[Table]) -> list[tuple[str, str]]:
    """Cells of no row: above a table, or where there is none. They are kept with the first record."""
    return [(f"{table.sheet}, {cell}", text) for table in tables for cell, text in table.outside]


def _said(draft: Draft, table: Table, name: str, outside: list[tuple[str, str]]) -> dict[str, object]:
    """The plain data of an activity with its notes and where it comes from."""
    notes = notes_of([*draft.notes, *([("Outside the tables", "")] if outside else []), *outside])
    said = {key: value for key, value in draft.said.items() if value not in ([], "")}
    if notes:
        said["notes"] = notes
    said["provenance"] = [{"source": name, "sheet": table.sheet, "cell": draft.at}]
    return said


def _mapping(known: Sequence[Table]) -> list[tuple[str, str, str]]:
    rows = [
        (t.sheet, c.heading, c.target or NOTE)
        for t in known
        for c in t.columns
        if _holds(t, c.place, c.heading)
    ]
    return list(dict.fromkeys(rows))


def _holds(table: Table, place: int, heading: str) -> bool:
    return any(c.place == place and c.heading == heading for entry in table.entries for c, _ in entry.cells)
