"""The commands of a day on 3,000 activities, each a process of its own, against an import that writing cannot do without."""

from collections.abc import Iterator
from itertools import count

from ropa.compare import compare
from ropa.model.register import Register
from ropa.store.commit import commit
from tests.benchmarks.measure import Measured, Run, best, process, ready
from tests.benchmarks.stored import empty, register

_MANY = 3_000


def measured(_: bool) -> Iterator[Measured]:
    """`ropa activity list`, `show`, `find` and `set` of one field of one record, which is written with its history."""
    store = empty("daily")
    commit(store, compare(Register(), register(_MANY)), based_on=0, actor="bench")
    ropa = ("-m", "ropa", "--db", store.place)
    numbers = count(1)

    def setting() -> Run:
        return process(*ropa, "activity", "set", "PA-0001", f"owner=Desk {next(numbers)}", "--actor", "bench")

    seconds = best(
        12,
        list=ready(process(*ropa, "activity", "list")),
        show=ready(process(*ropa, "activity", "show", "PA-0001")),
        find=ready(process(*ropa, "find", "newsletter")),
        set=setting,
        sqlmodel=ready(process("-c", "import sqlmodel")),
    )
    for name in ("activity list", "activity show PA-0001", "find newsletter", "activity set PA-0001 owner=…"):
        word = name.removeprefix("activity ").partition(" ")[0]
        yield Measured(
            f"ropa {name}", "python -c 'import sqlmodel'", seconds[word], seconds["sqlmodel"], at_most=2.0
        )
