"""All rules over everything."""

from collections.abc import Iterator
from datetime import date

from ropa.gaps import check
from ropa.store.open import open_store
from tests.benchmarks.measure import Measured, Run, best, ready
from tests.benchmarks.stored import everything, place
from tests.benchmarks.storing import N

ON = date(2026, 11, 24)


def measured(_: bool) -> Iterator[Measured]:
    """The whole gap analysis of a register in memory, against loading it."""
    store = open_store(str(place(N)))

    def fresh() -> Run:
        register = everything(
            store
        )  # a new one each time, so that nothing which it keeps for later is there already
        return lambda: check(register, ON)

    seconds = best(3, check=fresh, load=ready(lambda: everything(store)))
    yield Measured(f"all rules over {N:,}", "loading them", seconds["check"], seconds["load"], at_most=1.0)
