"""The working workbook: unchanged it is no change; what people do in it is what comes home, and nothing else."""

import os
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ropa.compare import compare, merge
from ropa.model.canonical import plain
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from ropa.sheets.layout import Asked
from ropa.sheets.layouts import lay_out
from ropa.sheets.proof.stamp import AS_OF, DIGEST, LAID_OUT, laid_out_as, stamp_of
from ropa.sheets.working.cells import Names
from ropa.sheets.working.home import Home, come_home
from ropa.sheets.working.plan import plans
from ropa.sheets.working.read import read_working, working_of
from ropa.sheets.working.rows import rows
from tests.strategies import registers

FUZZ = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 1
TODAY = date(2026, 11, 26)


def home(content: bytes, base: Register, now: Register | None = None) -> Home:
    """What a workbook says, read beside the register from which it was made."""
    book = read_working(content, "register.xlsx")
    assert book is not None
    return come_home(book, base, now or base)


@settings(max_examples=30 * FUZZ, deadline=None)
@given(registers())
def test_unchanged_is_no_change(register: Register) -> None:
    """Whatever a register holds, texts like formulas and control characters too: its workbook comes home as it went."""
    came = home(lay_out(register, "register", on=TODAY), register)
    assert compare(came.base, came.theirs) == []
    assert (list(came.gone), list(came.unread), dict(came.anew)) == ([], [], {})


Cells = list[list[Any]]


def tables_of(register: Register) -> dict[str, Cells]:
    """The sheets as they are written, without a file: keys, headings, rows."""
    names = Names(register)
    stamp = stamp_of(Asked(register, TODAY), "register")
    cover = [[AS_OF, TODAY.isoformat()], [LAID_OUT, laid_out_as(stamp)], [DIGEST, "0"]]
    sheets = {
        plan.name: [
            [plan.key, *(c.key for c in plan.columns)],
            ["id", *(c.heading for c in plan.columns)],
            *([row.id, *row.cells] for row in rows(plan, register, names)),
        ]
        for plan in plans().values()
    }
    return {"Cover": cover, **sheets}


@dataclass(frozen=True)
class Spot:
    """A text of a record or of a part that can be edited: where it is in the records, and in the sheets."""

    kind: str
    ref: str
    parts: str
    number: int
    name: str
    sheet: str
    row: int
    column: int


def spots(register: Register, tables: dict[str, Cells]) -> list[Spot]:
    """Every field of free text of every record and part."""
    found = []
    for plan in plans().values():
        for place, column in enumerate(plan.columns, 1):
            said = column.said
            if (
                said is None
                or column.way
                or said.many
                or said.shape != "text"
                or column.key in ("ref", "name", "about")
            ):
                continue
            for n, row in enumerate(tables[plan.name][2:], 2):
                ref, _, number = str(row[0]).partition(" ")
                found.append(
                    Spot(
                        plan.kind,
                        ref,
                        plan.part.name if plan.part else "",
                        int(number or 0),
                        said.name,
                        plan.name,
                        n,
                        place,
                    )
                )
    return found


def changed(register: Register, edits: dict[Spot, str]) -> Register:
    """The register with these texts put into its records."""
    said = {(one.kind, one.ref): plain(one) for one in register}
    for spot, text in edits.items():
        holder = said[spot.kind, spot.ref]
        if spot.parts:
            holder = holder[spot.parts][spot.number - 1]
        holder[spot.name] = text
    return Register.of([read_record(KINDS[kind], one) for (kind, _), one in said.items()])


@settings(
    max_examples=80 * FUZZ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(registers(), st.data())
def test_both_sides_come_together(register: Register, data: st.DataObject) -> None:
    """The register and the workbook change; rows are sorted, a column is put in, a sheet copied: all of both is there, or a conflict says so."""
    tables = tables_of(register)
    every = spots(register, tables)
    assume(every)
    theirs = {
        s: f"theirs {n}"
        for n, s in enumerate(data.draw(st.lists(st.sampled_from(every), max_size=6, unique=True)))
    }
    ours = {
        s: f"ours {n}"
        for n, s in enumerate(data.draw(st.lists(st.sampled_from(every), max_size=6, unique=True)))
    }
    for spot, text in theirs.items():
        tables[spot.sheet][spot.row][spot.column] = text
    for name, cells in list(tables.items())[1:]:
        head, body = cells[:2], data.draw(st.permutations(cells[2:])) if len(cells) < 8 else cells[:1:-1]
        place = data.draw(st.integers(1, 3))
        tables[name] = [
            [*row[:place], "own" if n == 1 else None, *row[place:]] for n, row in enumerate([*head, *body])
        ]
    tables["Activities (2)"] = [list(row) for row in tables["Activities"]]
    book = working_of(tables)
    assert book is not None
    now = changed(register, ours)
    came = come_home(book, register, now)
    merged, clashes = merge(came.base, now, came.theirs)
    both = {s for s in theirs if s in ours}
    wanted = changed(register, ours | {s: text for s, text in theirs.items() if s not in both})
    # A part that each side changed elsewhere may be the same part no more, to who compares them: that is a conflict, and no loss.
    each = [{(s.kind, s.ref, s.parts, s.number) for s in side if s.parts} for side in (theirs, ours)]
    lists = {(kind, ref, parts) for kind, ref, parts, _ in each[0] & each[1]}
    told = {(c.record.kind, c.record.ref, c.field.partition(".")[0]) for c in clashes}
    differs = {
        (change.record.kind, change.record.ref, said.name)
        for change in compare(merged, wanted)
        for said, _, _ in change.fields()
    }
    assert differs <= told & lists
    assert {(s.kind, s.ref, s.parts or s.name) for s in both} <= told
    assert len(clashes) == len(both) or told & lists
    assert not came.gone
