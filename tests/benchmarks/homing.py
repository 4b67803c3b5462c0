"""The working workbook, out and home again: against bare cells, and against reading cells, loading and comparing."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from ropa.cli.homecoming import brought_home
from ropa.compare import compare
from ropa.errors import Refused
from ropa.model.register import Register
from ropa.sheets.layouts import lay_out
from ropa.sheets.working.read import Workbook, read_working
from ropa.store.load import load
from ropa.store.open import Store, open_store
from tests.benchmarks.checking import ON
from tests.benchmarks.exporting import cells_of, with_openpyxl
from tests.benchmarks.measure import Measured, best, ready
from tests.benchmarks.stored import FOLDER, everything, place
from tests.benchmarks.storing import N


def measured(full: bool) -> Iterator[Measured]:
    """Laying it out; bringing it home unchanged, as `ropa import` does it; comparing two registers."""
    store = open_store(str(place(N)))
    register = everything(store)
    book = FOLDER / "home.xlsx"
    book.write_bytes(lay_out(register, "register", on=ON))
    sheets = cells_of(book.read_bytes())
    seconds = best(
        3 if full else 1,
        export=ready(lambda: lay_out(register, "register", on=ON)),
        openpyxl=ready(lambda: with_openpyxl(sheets)),
        home=ready(lambda: _home(book, store)),
        cells=ready(lambda: _cells(book)),
        load=ready(lambda: everything(store)),
        past=ready(lambda: load(store, register.revision).whole()),
        compare=lambda: _comparing(store),
    )
    cells = sum(len(row) for rows in sheets.values() for row in rows)
    yield Measured(
        f"register layout, {N:,}, {cells / 1e6:.1f} million cells",
        "openpyxl write-only, no style",
        seconds["export"],
        seconds["openpyxl"],
        at_most=1.7,
    )
    floor = seconds["cells"] + seconds["load"] + seconds["past"] + seconds["compare"]
    yield Measured(
        f"import of that workbook, unchanged, {N:,}",
        "reading its cells with calamine, loading and comparing the two registers",
        seconds["home"],
        floor,
        at_most=2.0,
    )
    yield Measured(
        f"compare two registers of {N:,}", "loading one", seconds["compare"], seconds["load"], at_most=1.0
    )


def _home(path: Path, store: Store) -> object:
    found = brought_home(_book(path), str(path), everything(store), store=store, remove=None, theirs=None)
    if found.changes or found.unread:
        raise Refused("an unchanged workbook came home with changes.", at=str(path))
    return found


def _book(path: Path) -> Workbook:
    found = read_working(path.read_bytes(), str(path))
    if found is None:
        raise Refused("is no working workbook.", at=str(path))
    return found


def _cells(path: Path) -> list[object]:
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _comparing(store: Store) -> "_Compared":
    return _Compared(everything(store), everything(store))


class _Compared:
    """Two registers that were loaded apart, to be compared: their records are equal, and none is the same object."""

    def __init__(self, one: Register, other: Register) -> None:
        self._two = one, other

    def __call__(self) -> object:
        return compare(*self._two)
