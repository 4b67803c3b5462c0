"""The proof that nothing was altered: the chain recomputed, the history replayed, the tables held against it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.errors import Refused
from ropa.model.canonical import canonical
from ropa.pause import no_collecting
from ropa.store.load import live_register
from ropa.store.open import Store, is_url
from ropa.store.replay import Problem, Replay
from ropa.store.unread import Ask


@dataclass(frozen=True)
class Verdict:
    """The outcome: the last revision, its hash, what is wrong, and how many texts of the past were redacted.

    Nothing wrong, and the register proves itself. at: the time of the last revision.
    """

    revision: int
    hash: str
    problems: tuple[Problem, ...]
    redacted: int = 0
    at: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@no_collecting()
def verify(store: Store) -> Verdict:
    """Recompute the chain, replay the history, and hold the live tables against it."""
    replay = Replay()
    with store.asking() as ask:
        problems = [*_file(ask, store), *replay.run(ask)]
        problems += _tables(ask, store, replay.texts)
    return Verdict(replay.number, replay.hash, tuple(problems), replay.redacted, replay.at)


def _file(ask: Ask, store: Store) -> Iterator[Problem]:
    """What SQLite itself finds wrong with the file, and what ropa never puts there."""
    if is_url(store.place):
        return
    for (answer,) in ask("pragma integrity_check"):
        if answer != "ok":
            yield Problem(store.place, answer)
    for table, row, parent, _ in ask("pragma foreign_key_check"):
        yield Problem(f"table {table}, row {row}", f"names a record of {parent} that is not there")
    for sort, name in ask("select type, name from sqlite_master where type in ('trigger', 'view')"):
        yield Problem(f"{sort} {name}", "is none of ropa's: take it out")


def _tables(ask: Ask, store: Store, replayed: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """The live tables against the end of the history."""
    try:
        live = {(record.kind, record.ref): canonical(record) for record in live_register(ask, store.place)}
    except Refused as trouble:
        yield Problem(trouble.at, trouble.what)
        return
    for key in sorted(live.keys() | replayed.keys()):
        if live.get(key) != replayed.get(key):
            kind, ref = key
            what = (
                "is not in the history"
                if key not in replayed
                else "is not in the tables"
                if key not in live
                else "differs between the tables and the history"
            )
            yield Problem(f"{kind} {ref}", what)
