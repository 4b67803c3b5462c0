"""A workbook as a side of a comparison: the register at the revision that it was made from, and the cells altered since.

Cells are not read back as records. What was altered is told by the record and the column that it stands in.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ropa import __version__
from ropa.cli.sides import Side
from ropa.errors import Refused
from ropa.words import listing

if TYPE_CHECKING:
    from ropa.sheets.proof.difference import Difference
    from ropa.sheets.proof.read import Workbook
    from ropa.sheets.proof.sheet import Cell
    from ropa.sheets.proof.stamp import Stamp
    from ropa.store.open import Store

Altered = tuple[tuple[str, str, str], ...]
_OF_A_DAY = ("Open points", "Facts")
"""Sheets that speak of a day, and not of records."""
_ELSEWHERE = "Compare it where its register is kept, or name that register: ropa --db FILE diff …"


def side_in_workbook(word: str, store: "Store", beside: Side | None) -> Side:
    """What a workbook says. beside: what one is held against that does not say where it comes from; it cannot be the first.

    Raises Refused for one that was made from another register, or that ropa did not lay out.
    """
    from ropa.sheets.proof.origin import origin_of
    from ropa.sheets.proof.read import read_workbook

    book = read_workbook(Path(word))
    found = origin_of(book)
    return _without_origin(word, book, beside) if found is None else _made_here(word, book, found[0], store)


def _made_here(word: str, book: "Workbook", stamp: "Stamp", store: "Store") -> Side:
    from ropa.cli.session import say_unknown
    from ropa.cli.workbook_proof import against_register, not_ours, other_version
    from ropa.sheets.proof.origin import digest_cell
    from ropa.sheets.proof.stamp import ALL
    from ropa.store.load import load

    for problem in not_ours(Path(word), stamp, store):
        raise Refused(f"{problem.what}.", at=word, do=_ELSEWHERE)
    register = load(store, int(stamp.revision))
    say_unknown(register)
    altered = [
        one for one in against_register(book, stamp, register, store) if one.where != digest_cell(book)
    ]
    told = tuple(_told(book, altered))
    if told and stamp.version != __version__:
        told = ((word, "", other_version(stamp)), *told)
    entity = "" if stamp.entity == ALL else stamp.entity
    made = f"{word} was made from this register at r{stamp.revision}; its cells are as they were written."
    return Side(word, register, store, altered=told, entity=entity, remark="" if told else made)


def _without_origin(word: str, book: "Workbook", beside: Side | None) -> Side:
    """A workbook without its cover and properties: those of its sheets that have the headings of ours, held against the first side."""
    from ropa.cli.options import today
    from ropa.sheets.layouts import lay_out
    from ropa.sheets.proof.difference import differences
    from ropa.sheets.proof.read import workbook_in

    if beside is None:
        raise Refused(
            "does not say which register it was made from: it is no export of ropa, or its cover is gone.",
            at=word,
            do=f"Hold it against a state: ropa diff now {word}",
        )
    on = date.fromisoformat(beside.register.at[:10]) if beside.register.at else today()
    expected = workbook_in(BytesIO(lay_out(beside.register, "article30", on=on)))
    alike = _alike(book, expected)
    if not alike:
        raise Refused(
            "does not say which register it was made from, and no sheet of it has the headings of an Article 30 workbook of "
            "ropa: its cells cannot be told as records and fields.",
            at=word,
            do="Compare an export of ropa, or the text of a register (JSON, YAML).",
        )
    given, wanted = _only(book, alike), _only(expected, alike)
    altered = tuple(_told(book, differences(given, wanted, beside.word)))
    sheets = listing([name for name in book.names if name in alike])
    remark = f"{word} does not say which register it was made from. Held against {beside.word}, cell by cell: {sheets}."
    return Side(word, beside.register, altered=altered, remark=remark)


def _alike(book: "Workbook", expected: "Workbook") -> set[str]:
    """The sheets of records that have the same headings in both: not the cover, nor what speaks of a day."""
    headings = {sheet.name: _headings(sheet.cells) for sheet in expected.sheets[1:]}
    return {
        sheet.name
        for sheet in book.sheets
        if headings.get(sheet.name) == _headings(sheet.cells) and sheet.name not in _OF_A_DAY
    }


def _headings(cells: "Mapping[tuple[int, int], Cell]") -> list[str]:
    return [cell.value for (row, _), cell in sorted(cells.items()) if row == 0]


def _only(book: "Workbook", names: set[str]) -> "Workbook":
    from ropa.sheets.proof.read import Workbook

    return Workbook(tuple(sheet for sheet in book.sheets if sheet.name in names))


def _told(book: "Workbook", altered: "Iterable[Difference]") -> Iterator[tuple[str, str, str]]:
    """Place, text and reason of each: by record and column where it is a cell in a row of a record."""
    sheets = {sheet.name: sheet.cells for sheet in book.sheets}
    for one in altered:
        if one.cell is None:
            yield one.where, "", one.what
            continue
        name, row, column = one.cell
        cells = sheets[name]
        told = [cells[at].value for at in ((row, 0), (row, 1), (0, column)) if at in cells] if row else []
        place = f"{' '.join(told[:-1])}, {told[-1]} [{one.where}]" if len(told) == 3 else one.where
        text = cells[row, column].value if (row, column) in cells else ""
        yield place, text, one.what
