"""A damaged register saved: the history as far as it proves itself, and behind it what the tables still say."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from ropa.compare import compare
from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.register import KINDS, Register
from ropa.store.backup import proven
from ropa.store.commit import commit
from ropa.store.load import live_register
from ropa.store.migrate import upgrade
from ropa.store.open import Store
from ropa.store.past import past_register
from ropa.store.replay import Replay
from ropa.store.rows import rows_of
from ropa.store.salvage import salvage
from ropa.store.tables import tables
from ropa.whole import appearing
from ropa.words import listing

_HISTORY = ("revision", "change", "redaction")
_BACKUP = "Take a backup, or an exported workbook or text."
Records = dict[str, dict[str, Documented]]


@dataclass(frozen=True)
class Rescued:
    """A new register out of a damaged one: its file, its last revision and hash.

    kept: the last revision of the old history. whole: whether no later one is known to be lost. from_tables: the records that
    only the tables still say as they are, in a revision of their own. lost: what is gone or in doubt, in words.
    """

    path: Path
    revision: int
    hash: str
    kept: int
    whole: bool
    from_tables: tuple[str, ...]
    lost: tuple[str, ...]


def rescue(damaged: Path, to: Path, *, actor: str, command: str = "") -> Rescued:
    """Save what can be saved into a new file, which appears whole and proven or not at all. The damaged one stays as it is.

    Where the history is whole the tables are made from it. Where it breaks off, what the tables say beyond it becomes one
    revision more. Raises Refused where nothing can be saved.
    """
    if not damaged.is_file():
        raise Refused("there is no such file.", at=str(damaged), do="Name the file of a damaged register.")
    if to.exists():
        raise Refused("is there already; nothing was written.", at=str(to), do="Give another name.")
    with appearing(to, private=True) as draft:
        store = Store(str(draft))
        upgrade(store)
        broken = salvage(damaged, draft)
        seen, kept = _seen(draft), _cut(store)
        found, unread = _said_by_tables(store)
        past = _made_from_history(store, kept)
        whole = seen == kept and not broken.intersection(_HISTORY)
        doubtful = {kind for kind in KINDS if kind in unread or broken.intersection(_tables_of(kind))}
        lost: list[str] = []
        named: tuple[str, ...] = ()
        if not whole:
            wanted, more = _beyond(past, found, doubtful)
            lost = [_broken_off(kept, seen), *unread.values(), *more]
            changes = compare(past, Register({kind: dict(wanted[kind]) for kind in KINDS}))
            why = f"Rescued from the tables of {damaged.name}"
            commit(store, changes, based_on=kept, actor=actor, why=why, command=command)
            named = tuple(change.record.ref for change in changes)
        if not kept and not named:
            raise Refused("nothing of this can be saved.", at=str(damaged), do=_BACKUP)
        verdict = proven(draft, str(damaged), "nothing was saved", _BACKUP)
        shutil.copymode(damaged, draft)
    return Rescued(to, verdict.revision, verdict.hash, kept, whole, named, tuple(lost))


def _seen(draft: Path) -> int:
    """The last revision of which anything could be read."""
    with closing(sqlite3.connect(draft)) as raw:
        return int(raw.execute("select coalesce(max(number), 0) from revision").fetchone()[0])


def _cut(store: Store) -> int:
    """Take out of the history what does not prove itself, and all that follows it. The last revision that stays."""
    kept: int | None = None
    while True:
        replay = Replay()
        with store.asking() as ask:
            problem = next(replay.run(ask), None)
        if problem is None:
            return replay.number
        # A problem of the whole history is found behind its end: then the end goes, until it is no more.
        kept = replay.number if kept is None or replay.number < kept else max(kept - 1, 0)
        with closing(sqlite3.connect(store.file)) as raw, raw:
            raw.execute("delete from redaction where revision > ?", (kept,))
            raw.execute("delete from change where revision > ? or revision < 1", (kept,))
            raw.execute("delete from revision where number > ? or number < 1", (kept,))


def _said_by_tables(store: Store) -> tuple[Records, dict[str, str]]:
    """The records that the tables still hold, and for each kind of which one cannot be read, the first such in words."""
    found: Records = {kind: {} for kind in KINDS}
    unread: dict[str, str] = {}
    with store.asking() as ask:
        live = live_register(ask, store.place)
        for kind in KINDS:
            for ref in live.records[kind]:
                try:
                    found[kind][ref] = live.records[kind][ref]
                except Refused as trouble:
                    unread.setdefault(kind, f"{kind} {ref}: {trouble.what}")
    return found, unread


def _made_from_history(store: Store, number: int) -> Register:
    """Make all live tables anew from the history. The register that they say then."""
    past = past_register(store, number)
    with closing(sqlite3.connect(store.file)) as raw, raw:
        for kind in KINDS:
            for table in _tables_of(kind):
                raw.execute(f'delete from "{table}"')
    with store.writing() as connection:
        for into, rows in rows_of(past).items():
            connection.execute(insert(into), rows)
    return past


def _tables_of(kind: str) -> list[str]:
    own = tables()[kind]
    return [own.main.name, *(part.table.name for part in own.parts)]


def _beyond(past: Register, found: Records, doubtful: set[str]) -> tuple[Records, list[str]]:
    """The records as they are to be, and what is in doubt. past: as the history says; found: as the tables say.

    Of a kind whose tables lost rows a record may lack parts: what the history says of it is the safer word.
    """
    lost, wanted = [], {}
    for kind in KINDS:
        own, new = dict(past.records.get(kind, {})), found[kind]
        wanted[kind] = {**new, **own} if kind in doubtful else dict(new)
        if kind in doubtful:
            older = f"; as they were at r{past.revision}: {listing(own, 'and')}" if own else ""
            newer = f"; these may lack parts: {listing(sorted(new.keys() - own.keys()), 'and')}"
            lost.append(f"rows of {KINDS[kind].plural}{older}{newer if new.keys() - own.keys() else ''}")
    return wanted, lost + _without_dangling(past, wanted)


def _without_dangling(past: Register, wanted: Records) -> list[str]:
    """Make the records whole that name what is lost: by what the history knows of either, else without them; each in words."""
    lacking: dict[tuple[str, str], list[str]] = {}
    while dangling := list(Register({kind: dict(each) for kind, each in wanted.items()}).dangling()):
        for record, mention in dangling:
            older = past.records.get(mention.kind, {}).get(mention.ref)
            if older is not None:
                wanted[mention.kind][mention.ref] = older
                continue
            lacking.setdefault((record.kind, record.ref), []).append(f"{mention.kind} {mention.ref}")
            before = past.records.get(record.kind, {}).get(record.ref)
            if before is None or before == wanted[record.kind].get(record.ref):
                wanted[record.kind].pop(record.ref, None)
            else:
                wanted[record.kind][record.ref] = before
    return [
        f"{kind} {ref}{'' if ref in wanted[kind] else ', left out'}: it names {listing(list(dict.fromkeys(named)), 'and')}"
        for (kind, ref), named in lacking.items()
    ]


def _broken_off(kept: int, seen: int) -> str:
    after = f"what came after r{kept}" if kept else "from its beginning"
    more = f"; up to r{seen} something can be read, but not proven" if seen > kept else ""
    return f"the history, {after}{more}"
