"""A long history: proving it, looking back, writing one more revision, and the room that it takes."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path

from ropa.compare import Change
from ropa.model.canonical import canonical, plain
from ropa.store.append import Left, append, head_of
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import Store, open_store
from ropa.store.story import story
from ropa.store.verify import verify
from tests.benchmarks.measure import Measured, Prepared, Run, best, ready
from tests.benchmarks.stored import FOLDER, everything, place, register

ACTIVITIES = 200
LONG, LONGEST = 10_000, 50_000
IN_GIT = 300
"""Revisions that are put into git as well: each takes it three processes."""
_turn = count()


def measured(full: bool) -> Iterator[Measured]:
    """Bounds of a history of 10,000 revisions, and of one more revision behind 50,000."""
    store = open_store(str(long_history(LONG)))
    middle = LONG // 2
    seconds = best(
        3,
        verify=ready(lambda: verify(store)),
        hash=ready(lambda: _hashed(store)),
        past=ready(lambda: load(store, middle).whole()),
        now=ready(lambda: everything(store)),
    )
    floor = "reading the same bytes, and hashing them"
    yield Measured(f"verify {LONG:,} revisions", floor, seconds["verify"], seconds["hash"], at_most=3)
    yield Measured(f"load as of r{middle:,}", "load", seconds["past"], seconds["now"], at_most=2)
    yield from _growing(LONGEST if full else LONG)
    yield from _room()


def _growing(many: int) -> Iterator[Measured]:
    """One commit, and the story of one record, in a young register and in one with a long history."""
    short, long = (open_store(str(path)) for path in (place(ACTIVITIES), long_history(many)))
    seconds = best(
        20,
        short=_one_more(short),
        long=_one_more(long),
        told=ready(lambda: _told(short)),
        many=ready(lambda: _told(long)),
    )
    yield Measured(
        f"commit of one record after {many:,} revisions", "after one", seconds["long"] * 1000, seconds["short"] * 1000,
        unit="ms", at_most=1.5,
    )  # fmt: skip
    yield Measured(
        f"log of one record with 2 revisions among {many:,}", "among 3", seconds["many"] * 1000, seconds["told"] * 1000,
        unit="ms", at_most=1.5,
    )  # fmt: skip


def _room() -> Iterator[Measured]:
    """Bytes a revision, in the file and in a git repository of the same records as JSON files, packed."""
    young, old = place(ACTIVITIES), long_history(LONG)
    own = (old.stat().st_size - young.stat().st_size) / LONG
    loose, packed = _in_git()
    for name, other in (("as git writes them", loose), ("git, packed with gc --aggressive", packed)):
        yield Measured("room for one revision", name, own / 1000, other / 1000, unit="kB")


def long_history(many: int) -> Path:
    """A register with so many revisions more, each of which changes one activity; the last ones give them back what they say now."""
    path = FOLDER / f"history-{many}.db"
    if not path.exists():
        shutil.copyfile(place(ACTIVITIES), path)
        activities = list(register(ACTIVITIES).activities.values())[1:]
        with Store(str(path)).writing() as connection:
            for n in range(many):
                one = activities[n % len(activities)]
                last = n >= many - len(activities)
                said = one if last else one.model_copy(update={"notes": f"Looked at, turn {n}."})
                who = {
                    "actor": "bench",
                    "why": "the yearly review",
                    "command": f"ropa activity set {one.ref}",
                }
                append(connection, head_of(connection), who, [Left("activity", one.ref, canonical(said))])
    return path


def _hashed(store: Store) -> list[str]:
    """All that the proof goes over, read as it is stored, and hashed text by text, as the format has it."""
    found: list[str] = []
    with closing(sqlite3.connect(store.file)) as raw:
        for table in ("revision", "change", *_live(raw)):
            for row in raw.execute(f'select * from "{table}"'):
                found += (
                    [hashlib.sha256(value.encode()).hexdigest() for value in row if isinstance(value, str)]
                    if table in ("revision", "change")
                    else [""]
                )
    return found


def _live(raw: sqlite3.Connection) -> list[str]:
    names = raw.execute("select name from sqlite_master where type = 'table'").fetchall()
    return [name for (name,) in names if name not in ("revision", "change", "redaction", "alembic_version")]


def _one_more(store: Store) -> Prepared:
    def prepare() -> Run:
        now = load(store)
        one = now.activities["PA-0002"]
        change = Change(one, one.model_copy(update={"notes": f"Looked at, {next(_turn)}."}))
        return lambda: commit(store, [change], based_on=now.revision, actor="bench", why="the yearly review")

    return prepare


def _told(store: Store) -> object:
    """The story of the first activity, which nobody changed since."""
    return story(store, "activity", next(iter(_refs())))


@cache
def _refs() -> tuple[str, ...]:
    return tuple(register(ACTIVITIES).activities)


def _in_git() -> tuple[float, float]:
    """Bytes a revision in a git repository: as commits leave it, and packed."""
    folder = FOLDER / "git"
    folder.mkdir()
    _git(folder, "init", "--quiet")
    for one in register(ACTIVITIES):
        (folder / f"{one.kind}-{one.ref}.json").write_text(json.dumps(plain(one), indent=1), "utf-8")
    _commit(folder)
    _git(folder, "gc", "--quiet", "--aggressive")
    before = _size(folder)
    activities = list(register(ACTIVITIES).activities.values())
    for n in range(IN_GIT):
        one = activities[n % len(activities)].model_copy(update={"notes": f"Looked at, turn {n}."})
        (folder / f"activity-{one.ref}.json").write_text(json.dumps(plain(one), indent=1), "utf-8")
        _commit(folder)
    loose = (_size(folder) - before) / IN_GIT
    _git(folder, "gc", "--quiet", "--aggressive")
    return loose, (_size(folder) - before) / IN_GIT


def _commit(folder: Path) -> None:
    _git(folder, "add", ".")
    _git(
        folder,
        "-c",
        "user.name=bench",
        "-c",
        "user.email=bench@example.org",
        "commit",
        "--quiet",
        "-m",
        "the yearly review",
    )


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / ".git" / "objects").rglob("*") if path.is_file())
