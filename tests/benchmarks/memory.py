"""Memory at its peak, each step in a process of its own. `python -m tests.benchmarks.memory STEP FILE` is that process."""

import gc
import json
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator

from tests.benchmarks.measure import Measured, in_process
from tests.benchmarks.stored import FOLDER, everything, place
from tests.benchmarks.storing import N

_MB = 1_000_000


def measured(_: bool) -> Iterator[Measured]:
    """Peak of load, commit and verify against the register that they hold; the whole process of a command."""
    for step in ("load", "commit", "verify"):
        said = json.loads(in_process("memory", step, place(N), FOLDER / "memory.db"))
        yield Measured(
            f"{step} {N:,}, peak memory", "the records alone", said["peak"], said["kept"], unit="MB"
        )
    listing = json.loads(in_process("memory", "process", "-m", "ropa", "--db", place(N), "activity", "list"))
    bare = json.loads(in_process("memory", "process", "-c", "import sqlmodel"))
    yield Measured(
        f"ropa activity list, {N:,}: whole process", "python -c 'import sqlmodel'", listing, bare, unit="MB"
    )


def _traced(step: str, path: str, new: str) -> dict[str, float]:
    """Peak of a step and size of the records alone, in MB of what Python allocates."""
    from ropa.compare import compare
    from ropa.model.register import Register
    from ropa.store.commit import commit
    from ropa.store.load import load
    from ropa.store.open import create_store, open_store
    from ropa.store.verify import verify

    store = open_store(path)
    load(store, 0)  # what is made once a process, such as the tables, is no part of the figure
    tracemalloc.start()
    register = everything(store)
    gc.collect()
    kept, peak = tracemalloc.get_traced_memory()
    if step == "verify":
        del register
        gc.collect()
        tracemalloc.reset_peak()
        verify(store)
    elif step == "commit":
        fresh = create_store(new)
        changes = compare(Register(), register)
        tracemalloc.reset_peak()
        commit(fresh, changes, based_on=0, actor="bench")
    return {
        "kept": kept / _MB,
        "peak": (tracemalloc.get_traced_memory()[1] if step != "load" else peak) / _MB,
    }


def _whole(words: list[str]) -> float:
    """The largest size of a process, in MB."""
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / _MB


if __name__ == "__main__":
    print(json.dumps(_whole(sys.argv[2:]) if sys.argv[1] == "process" else _traced(*sys.argv[1:])))
