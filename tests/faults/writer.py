"""A process that writes: `python -m tests.faults.writer REGISTER NAME MANY`.

Each of its commits makes a measure of its own; every fifth also adds one to the number in a measure that all writers share. Where
somebody else was faster it is told, reads anew, and does it again: in the end the number has to be the sum of all.
"""

import sys

from ropa.compare import Change
from ropa.errors import Refused
from ropa.model.explain import read_record
from ropa.model.register import KINDS
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import Store, open_store

SHARED = "shared"
EVERY = 5


def write(store: Store, name: str, n: int) -> bool:
    """Commit once. Returns False where it was told that it could not be, and so nothing was written."""
    register = load(store)
    own = read_record(KINDS["measure"], {"ref": f"{name}-{n}", "name": f"{name} {n}"})
    changes = [Change(None, own)]
    if n % EVERY == 0:
        shared = register.records["measure"][SHARED]
        more = shared.model_copy(update={"notes": str(int(shared.notes or "0") + 1)})
        changes.append(Change(shared, more))
    try:
        commit(store, changes, based_on=register.revision, actor=name, why=str(n))
    except Refused as told:
        if SHARED in str(told) or "another program is writing" in str(told):
            return False
        raise
    return True


def main(place: str, name: str, many: int) -> None:
    """Make so many commits, each as often as it takes."""
    store = open_store(place)
    for n in range(many):
        while not write(store, name, n):
            pass


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
