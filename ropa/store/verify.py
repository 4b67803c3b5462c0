"""The proof that nothing was altered: the chain recomputed, the history replayed, the tables held against it."""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.errors import Refused
from ropa.model.canonical import canonical
from ropa.model.common import Documented
from ropa.model.later import Later
from ropa.model.register import KINDS
from ropa.pause import no_collecting
from ropa.store.file import cut_short
from ropa.store.open import Store, is_url
from ropa.store.replay import Problem, Replay
from ropa.store.unread import Ask, kind_of


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
    if missing := cut_short(ask):
        yield Problem(store.place, missing)
    for (answer,) in ask("pragma integrity_check"):
        if answer != "ok":
            yield Problem(store.place, answer)
    for table, row, parent, _ in ask("pragma foreign_key_check"):
        yield Problem(f"table {table}, row {row}", f"names a record of {parent} that is not there")
    for sort, name in ask("select type, name from sqlite_master where type in ('trigger', 'view')"):
        yield Problem(f"{sort} {name}", "is none of ropa's: take it out")


def _tables(ask: Ask, store: Store, replayed: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """The live tables against the end of the history."""
    live = {kind: kind_of(ask, kind, store.place) for kind in KINDS}
    here = {(kind, ref) for kind, records in live.items() for ref in records}
    for kind, ref in sorted(here | replayed.keys()):
        where, text = f"{kind} {ref}", replayed.get((kind, ref))
        if text is None:
            yield Problem(where, "is not in the history")
        elif (kind, ref) not in here:
            yield Problem(where, "is not in the tables")
        else:
            yield from _record(live[kind], where, ref, text)


def _record(live: Later[Documented], where: str, ref: str, text: str) -> Iterator[Problem]:
    """A record of the tables against its last text. What the model reads in several spellings has to be in the one of a commit."""
    written = live.written(ref, text)
    try:
        same = canonical(live[ref]) == text
    except Refused as trouble:
        yield Problem(where, trouble.what)
        return
    if not (same and written):
        yield Problem(where, "differs between the tables and the history")
