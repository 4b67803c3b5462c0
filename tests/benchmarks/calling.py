"""The call "we now use a new newsletter service, in the US": its keys and seconds, against a workbook's rows.

The form is run through a pseudo-terminal at 80×24 with the keys of a test's script. The rows hold the same facts, and
nothing else: a row a record or part, the ref of what it belongs to in front, a cell a fact.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from ropa.cli.shipped import example_register
from ropa.compare import Change, compare
from ropa.model.canonical import plain
from ropa.model.register import Register
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import open_store
from tests.benchmarks.measure import Measured
from tests.benchmarks.stored import empty
from tests.cli.form.calls import NEWSLETTER
from tests.cli.form.screen import Screen

_NAME = "Newsmail"
_ROUNDS = 3
_A_KEY = 0.2
"""Seconds a key, of a good typist who does not stop to think."""
_TO_A_ROW = 3
"""Keys to the sheet, to its last row, and below it."""


def measured(_: bool) -> Iterator[Measured]:
    """Keys; seconds of typing and waiting."""
    with TemporaryDirectory() as folder:
        store = empty("call")
        commit(store, compare(Register(), example_register()), based_on=0, actor="bench")
        before = load(store)
        rounds = [_call(Path(folder) / str(n), Path(store.place)) for n in range(_ROUNDS)]
        after = load(open_store(str(_register(Path(folder) / "0"))))
    keys, seconds = rounds[0][0], min(took for _, took in rounds)
    rows = [row for change in compare(before, after) for row in _rows(change)]
    typed = sum(_TO_A_ROW + sum(len(cell) + 1 for cell in row) for row in rows)
    floor = f"{len(rows)} rows, {sum(map(len, rows))} cells of a workbook"
    yield Measured("keys of the call", floor, keys, typed, unit="keys", at_most=1.0)
    yield Measured(
        f"seconds of the call, {_A_KEY:g} a key", floor, keys * _A_KEY + seconds, typed * _A_KEY, at_most=1.0
    )
    yield Measured(
        "of these, the program's own", "the minute that the call may take", seconds, 60.0, at_most=1.0
    )


def _register(folder: Path) -> Path:
    return folder / "data" / "register.db"


def _call(folder: Path, register: Path) -> tuple[int, float]:
    """Keys, and seconds from the start to the end of the command; those keys come as soon as they are asked for."""
    _register(folder).parent.mkdir(parents=True)
    shutil.copy(register, _register(folder))
    start = perf_counter()
    screen = Screen(folder, "vendor", "add", _NAME)
    for asked, keys in NEWSLETTER:
        screen.say(asked, keys)
    screen.wait_for("What now?")
    screen.press("w\r")
    if screen.end():
        raise RuntimeError(screen.screen)
    return screen.keys + len(f"ropa vendor add {_NAME}\n"), perf_counter() - start


def _rows(change: Change) -> Iterator[list[str]]:
    """The rows that say what a change says: the record with its plain fields, if it is new, and each new part."""
    old: dict[str, Any] = plain(change.before) if change.before else {}
    new: dict[str, Any] = plain(change.record)
    if not old:
        yield [_cell(value) for value in new.values() if not _is_parts(value)]
    for name, value in new.items():
        for part in value if _is_parts(value) else ():
            if part not in old.get(name, ()):
                yield [new["ref"], *map(_cell, part.values())]


def _is_parts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _cell(value: Any) -> str:
    """A value as it is typed: a list with commas between."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
