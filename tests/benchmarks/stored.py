"""Made registers in files, each size made once a run."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ropa.compare import Change, compare
from ropa.model.register import Register
from ropa.pause import no_collecting
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import Store, create_store
from tests.benchmarks.made import made

_FOLDER = TemporaryDirectory(prefix="ropa-bench-")
FOLDER = Path(_FOLDER.name)
"""Where the files of this run lie; it goes with the run."""


@cache
def register(activities: int) -> Register:
    """The made register of that size, in memory."""
    return made(activities)


@cache
def changes(activities: int) -> list[Change]:
    """All of it as records that are added."""
    return compare(Register(), register(activities))


def place(activities: int) -> Path:
    """Its file, committed when it is first asked for."""
    path = FOLDER / f"{activities}.db"
    if not path.exists():
        commit(
            create_store(str(path)), changes(activities), based_on=0, actor="bench", why="the register begins"
        )
    return path


def empty(name: str) -> Store:
    """A new register under that name, in place of any before it."""
    path = FOLDER / f"{name}.db"
    path.unlink(missing_ok=True)
    return create_store(str(path))


@no_collecting()
def everything(store: Store) -> Register:
    """The whole register, every record read: as the program does it, which hardly ever searches for garbage."""
    return load(store).whole()
