"""The gap analysis: all rules, in proportion, the command, and which rules cost most."""

from collections.abc import Iterator
from datetime import date
from time import perf_counter

from ropa.cli.shipped import example_register
from ropa.compare import compare
from ropa.gaps import RULES, check
from ropa.gaps.asked import asked
from ropa.gaps.case import Case
from ropa.model.register import Register
from ropa.pause import no_collecting
from ropa.store.commit import commit
from ropa.store.open import open_store
from tests.benchmarks.measure import Measured, Run, best, process, ready
from tests.benchmarks.stored import empty, everything, place
from tests.benchmarks.storing import N

ON = date(2026, 11, 24)
_DEAREST = 3


def measured(full: bool) -> Iterator[Measured]:
    """All rules against loading; an activity in a large register against one in a small one; `ropa gaps`; the dearest rules."""
    each = {n: _seconds(n) for n in ((1_000, N, 50_000) if full else (1_000, N))}
    yield Measured(f"all rules over {N:,}", "loading them", each[N]["check"], each[N]["load"], at_most=0.7)
    for n in each:
        if n > 1_000:
            yield Measured(
                f"rules: time an activity at {n:,}", "at 1,000", each[n]["check"] / n * 1000, each[1_000]["check"],
                unit="ms", at_most=1.25,
            )  # fmt: skip
    yield _command()
    costs = sorted(_costs().items(), key=lambda item: -item[1])
    total = sum(seconds for _, seconds in costs)
    for rule, seconds in costs[:_DEAREST]:
        yield Measured(f"{rule}, of the dearest over {N:,}", "all rules", seconds, total)


def _seconds(n: int) -> dict[str, float]:
    store = open_store(str(place(n)))

    def fresh() -> Run:
        register = everything(store)  # a new one each time: nothing that it keeps for later is there already
        return lambda: check(register, ON)

    return best(3 if n <= N else 1, check=fresh, load=ready(lambda: everything(store)))


def _command() -> Measured:
    store = empty("example-gaps")
    commit(store, compare(Register(), example_register()), based_on=0, actor="bench")
    seconds = best(
        8,
        gaps=ready(process("-m", "ropa", "--db", store.place, "gaps", ends=(0, 1))),
        sqlmodel=ready(process("-c", "import sqlmodel")),
    )
    return Measured(
        "ropa gaps, the example",
        "python -c 'import sqlmodel'",
        seconds["gaps"],
        seconds["sqlmodel"],
        at_most=1.6,
    )


@no_collecting()
def _costs() -> dict[str, float]:
    """Rule → seconds of its calls over all records that it may ask, each rule by itself."""
    case = Case(everything(open_store(str(place(N)))), ON)
    records = [(record, targets) for record, _, targets in asked(case)]
    costs = {}
    for one in RULES.values():
        those = [record for record, targets in records if not set(one.on).isdisjoint(targets)]
        start = perf_counter()
        for record in those:
            one.judge(record, case)
        costs[one.id] = perf_counter() - start
    return costs
