"""How long the Tab key takes: from the shell's question to the refs, against an import that completion does without."""

import os
import subprocess
import sys
from collections.abc import Iterator

from ropa.compare import compare
from ropa.model.register import Register
from ropa.store.commit import commit
from tests.benchmarks.measure import Measured, Run, best, process, ready
from tests.benchmarks.stored import empty, register

_MANY = 3_000


def measured(_: bool) -> Iterator[Measured]:
    """The refs of 3,000 activities, and the values of a field."""
    store = empty("completion")
    commit(store, compare(Register(), register(_MANY)), based_on=0, actor="bench")
    db = str(store.place)
    seconds = best(
        12,
        ref=ready(_asked(db, "activity", "show", "PA-00")),
        value=ready(_asked(db, "activity", "set", "PA-0001", "recipients+=")),
        sqlmodel=ready(process("-c", "import sqlmodel")),
    )
    floor = "python -c 'import sqlmodel'"
    yield Measured(f"a ref, {_MANY:,} activities", floor, seconds["ref"], seconds["sqlmodel"], at_most=1.0)
    yield Measured("recipients+=", floor, seconds["value"], seconds["sqlmodel"], at_most=1.0)


def _asked(db: str, *words: str) -> Run:
    """The question of a shell, to its answer, which has to be one."""
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    asked = {"_ROPA_COMPLETE": "fish", "_ROPA_WORDS": "\n".join(["ropa", *words]) + ".", "ROPA_DB": db}

    def run() -> None:
        done = subprocess.run(
            [sys.executable, "-m", "ropa"], check=True, capture_output=True, env=surroundings | asked
        )
        if not done.stdout:
            raise RuntimeError(f"nothing follows {' '.join(words)}")

    return run
