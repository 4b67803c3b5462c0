"""Takes the owner of PA-0001 out of the history of a copy of a register, and is killed at the nth step of the database; again for each n.

python killed_redacting.py REGISTER FOLDER STEP: prints how many copies there are; the last one was not killed.
"""

import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import NoReturn

from ropa.model.activity import Activity
from ropa.model.redactable import redactable
from ropa.store import engine, file, redacting
from ropa.store.open import open_store
from ropa.store.planning import plan_field


def redact_until(place: str, most: int, step: int) -> NoReturn:
    left = most

    def one(*_: object) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def watched(path: str, mode: str) -> sqlite3.Connection:
        connection = file.connected(path, mode)
        connection.set_trace_callback(one)
        connection.set_progress_handler(one, step)
        return connection

    store = open_store(place)
    plan = plan_field(store, "activity", "PA-0001", redactable(Activity, "owner"))
    engine.connected = redacting.connected = watched
    vars(store).pop("engine", None)
    redacting.redact(store, plan, actor="DPO", why="x", command="ropa redact")
    os._exit(0)


def main(register: str, folder: str, step: str) -> None:
    done, n = False, 0
    while not done:
        copy = Path(folder) / f"{n:04d}" / "register.db"
        copy.parent.mkdir()
        shutil.copy(register, copy)
        if (child := os.fork()) == 0:
            redact_until(str(copy), n, int(step))
        done = os.waitpid(child, 0)[1] == 0
        n += 1
    print(n)


if __name__ == "__main__":
    main(*sys.argv[1:])
