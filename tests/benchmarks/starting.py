"""How long a command takes to begin, against the imports that it cannot do without."""

from collections.abc import Iterator
from pathlib import Path

from ropa.cli.shipped import example_register, shipped_data
from ropa.compare import compare
from ropa.model.register import Register
from ropa.store.commit import commit
from tests.benchmarks.measure import Measured, best, process, ready
from tests.benchmarks.stored import empty, register


def measured(_: bool) -> Iterator[Measured]:
    """`ropa --help`, and `ropa activity list` on the example."""
    example = example_register() if shipped_data().joinpath("example").is_dir() else register(25)
    store = empty("example")
    commit(store, compare(Register(), example), based_on=0, actor="bench")
    seconds = best(
        12,
        help=ready(process("-m", "ropa", "--help")),
        typer=ready(process("-c", "import typer, rich")),
        list=ready(process("-m", "ropa", "--db", str(Path(store.place)), "activity", "list")),
        sqlmodel=ready(process("-c", "import sqlmodel")),
    )
    yield Measured(
        "ropa --help", "python -c 'import typer, rich'", seconds["help"], seconds["typer"], at_most=1.3
    )
    yield Measured(
        f"ropa activity list, {len(example.activities)} activities", "python -c 'import sqlmodel'",
        seconds["list"], seconds["sqlmodel"], at_most=1.5,
    )  # fmt: skip
