"""Load, commit, verify: against floors, and as the register grows."""

from collections.abc import Iterator

from ropa.compare import Change
from ropa.store.commit import commit
from ropa.store.open import open_store
from ropa.store.verify import verify
from tests.benchmarks import orm, plainest
from tests.benchmarks.measure import Measured, Prepared, Run, best, ready, unhindered
from tests.benchmarks.stored import changes, empty, everything, place, register

N = 10_000


def loading(_: bool) -> Iterator[Measured]:
    """Loading everything: against the plainest making of the same records, and against ORM relationships."""
    store = open_store(str(place(N)))
    data = plainest.as_data(register(N))
    seconds = best(
        8,
        load=ready(lambda: everything(store)),
        fetch=ready(unhindered(lambda: plainest.fetched(store))),
        make=ready(unhindered(lambda: plainest.made_of(data))),
    )
    seconds |= best(
        1, orm=ready(lambda: orm.records(store)), best=ready(unhindered(lambda: orm.records(store)))
    )
    name, floor = f"load {N:,}", seconds["fetch"] + seconds["make"]
    yield Measured(
        name, "fetch the rows, make the records of ready data", seconds["load"], floor, at_most=1.5
    )
    through = "the same records through ORM relationships"
    yield Measured(f"{name}, times faster", through, seconds["load"], seconds["orm"], at_least=3)
    yield Measured(f"{name}, part of", f"{through}, collector off", seconds["load"], seconds["best"])


def committing(_: bool) -> Iterator[Measured]:
    """Commit of all with history, and a second one that changes all; verify."""
    store = open_store(str(place(N)))
    seconds = best(
        2,
        first=_first(N),
        all=_every(N),
        load=ready(lambda: everything(store)),
        verify=ready(lambda: verify(store)),
    )
    yield Measured(f"commit {N:,} new, with history", "loading them", seconds["first"], seconds["load"])
    yield Measured(f"commit {N:,} changed, with history", "loading them", seconds["all"], seconds["load"])
    yield Measured(f"verify {N:,}", "loading them", seconds["verify"], seconds["load"])


def growing(full: bool) -> Iterator[Measured]:
    """Seconds an activity, in a register ten (and fifty) times as large."""
    small, sizes = 1_000, (N, 50_000) if full else (N,)
    each = {n: _each(n, 5 if n == small else 2 if n == N else 1) for n in (small, *sizes)}
    for n in sizes:
        for step in ("load", "commit", "verify"):
            yield Measured(
                f"{step}: time an activity at {n:,}", f"at {small:,}", each[n][step] * 1000, each[small][step] * 1000,
                unit="ms", at_most=1.25,
            )  # fmt: skip


def _each(n: int, rounds: int) -> dict[str, float]:
    """Seconds an activity of each step."""
    store = open_store(str(place(n)))
    seconds = best(
        rounds, load=ready(lambda: everything(store)), commit=_first(n), verify=ready(lambda: verify(store))
    )
    return {step: value / n for step, value in seconds.items()}


def _first(n: int) -> Prepared:
    def prepare() -> Run:
        store, all_ = empty("committed"), changes(n)
        return lambda: commit(store, all_, based_on=0, actor="bench", why="the register begins")

    return prepare


def _every(n: int) -> Prepared:
    def prepare() -> Run:
        store = empty("changed")
        commit(store, changes(n), based_on=0, actor="bench", why="the register begins")
        noted = [
            Change(record, record.model_copy(update={"notes": "Looked at again."})) for record in register(n)
        ]
        return lambda: commit(store, noted, based_on=1, actor="bench", why="the yearly review")

    return prepare
