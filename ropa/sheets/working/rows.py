"""The rows of each sheet: what every cell shows, and the hidden id by which the row is known when it comes home."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ropa.model.common import Documented
from ropa.model.redacted import said_in
from ropa.model.register import Register
from ropa.model.speech import part_in_words
from ropa.model.walk import FieldSaid, field
from ropa.sheets.celltext import CELL_LIMIT, cell_text
from ropa.sheets.working.cells import CUT, Names, Shown, shown
from ropa.sheets.working.plan import NAMED, NUMBER, OWNER, Column, Plan
from ropa.steps import steps


class Row(NamedTuple):
    """A row as it is written. id: "PA-0001" for a record, "PA-0001 2" for its second part. cells: as many as the plan has columns."""

    id: str
    cells: Sequence[Shown]


def rows(plan: Plan, register: Register, names: Names) -> Iterator[Row]:
    """The rows of a sheet, in the order in which the records and their parts stand."""
    records = register.records.get(plan.kind, {})
    for record in steps(records.values(), f"Rows of {plan.name}", len(records)):
        if plan.part is None:
            yield Row(record.ref, [_of_record(record, column, register, names) for column in plan.columns])
            continue
        for number, part in enumerate(said_in(record, plan.part) or (), 1):
            yield Row(
                part_id(record.ref, number),
                [_of_part(record, number, part, column, names) for column in plan.columns],
            )


def part_id(ref: str, number: int) -> str:
    """The hidden id of a part."""
    return f"{ref} {number}"


def _of_record(record: Documented, column: Column, register: Register, names: Names) -> Shown:
    if column.sheet:
        known = field(type(record), column.key)
        parts = said_in(record, known) if known else ()
        return summed(parts or (), register)
    return _reached(record, column, names)


def summed(parts: Sequence[Any], register: Register) -> str:
    """The parts of a record in one cell, numbered lines."""
    lines = [f"{n}. {part_in_words(part, register)}" for n, part in enumerate(parts, 1)]
    text = cell_text("\n".join(lines))
    return text if len(text) <= CELL_LIMIT // 2 else text[: CELL_LIMIT // 2] + CUT


def _of_part(record: Documented, number: int, part: Any, column: Column, names: Names) -> Shown:
    if column.key == OWNER:
        return record.ref
    if column.key == NAMED:
        return cell_text(record.name)
    if column.key == NUMBER:
        return number
    return _reached(part, column, names)


def _reached(holder: Any, column: Column, names: Names) -> Shown:
    for step in column.way:
        holder = getattr(holder, step)
        if holder is None:
            return ""
    said: FieldSaid | None = column.said
    return shown(said_in(holder, said), said, names) if said else ""
