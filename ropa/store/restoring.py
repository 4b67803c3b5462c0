"""A backup put in the place of the register. The present one stays beside it; at no moment is there none, or half of one."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from ropa.errors import Conflict, Refused
from ropa.store.backup import dated, proven, snapshot
from ropa.store.faults import plainly
from ropa.store.file import connected
from ropa.store.open import Store, version_of
from ropa.store.version import VERSION
from ropa.whole import appearing, sync_folder

_COMPANIONS = ("-journal", "-wal", "-shm")
"""Files that SQLite keeps beside one in use: each belongs to that file alone, and would spoil another of its name."""


@dataclass(frozen=True)
class Step:
    """A revision, as far as two histories are told apart by it."""

    number: int
    at: str
    actor: str
    why: str
    hash: str


@dataclass(frozen=True)
class Exchange:
    """What a restore would do: both histories, oldest first. present: None where that register cannot be read.

    common: the last revision that both have. missing: why there is no present history.
    """

    backup: tuple[Step, ...]
    present: tuple[Step, ...] | None
    missing: str = ""

    @property
    def common(self) -> int:
        """How many revisions both histories begin with."""
        pairs = zip(self.backup, self.present or (), strict=False)
        return next((n for n, (one, other) in enumerate(pairs) if one.hash != other.hash), self._shorter)

    @property
    def _shorter(self) -> int:
        return min(len(self.backup), len(self.present or ()))

    @property
    def lost(self) -> tuple[Step, ...]:
        """The revisions that only the present register has."""
        return (self.present or ())[self.common :]

    @property
    def gained(self) -> tuple[Step, ...]:
        """The revisions that only the backup has."""
        return self.backup[self.common :]


def restore(backup: Path, place: str, agree: Callable[[Exchange], None]) -> Path | None:
    """Prove the backup, and put it in the place of the register. Where the register that was there is now; None for none.

    agree: is shown what would happen; what it raises ends this, and nothing changes. The backup stays as it is.
    Raises Refused for what is no register or does not prove itself, Conflict where somebody wrote meanwhile.
    """
    path = Path(place)
    real = path.resolve()
    if not backup.is_file():
        raise Refused("there is no such file.", at=str(backup), do="Name the file of a backup.")
    if real.exists() and backup.samefile(real):
        raise Refused("this is the register itself.", at=str(backup), do="Name the file of a backup.")
    version = version_of(Store(str(backup)))
    kept = None
    with ExitStack() as held, appearing(path, force=True, private=True) as draft:
        snapshot(backup, draft, path)
        exchange = _compared(draft, backup, place, earlier=version != VERSION)
        agree(exchange)
        shutil.copymode(real if real.exists() else backup, draft)
        if real.exists():
            held.enter_context(_pen(real))
            _refuse_if_moved(place, exchange)
            kept = held.enter_context(_set_aside(real))
    return kept


def _compared(draft: Path, backup: Path, place: str, *, earlier: bool) -> Exchange:
    if earlier:
        from ropa.store.migrate import upgrade

        upgrade(Store(str(draft)))
    proven(
        draft,
        str(backup),
        "nothing was restored",
        f"Take another backup. What can be saved of this one: ropa rescue {quote(str(backup))}",
    )
    if not Path(place).exists():
        return Exchange(_steps(str(draft)), (), "there is no register here now")
    try:
        return Exchange(_steps(str(draft)), _steps(place))
    except Refused as trouble:
        return Exchange(_steps(str(draft)), None, trouble.what)


def _steps(place: str) -> tuple[Step, ...]:
    wanted = (
        "select number, at, actor, coalesce(nullif(why, ''), command), hash from revision order by number"
    )
    with plainly(place), closing(connected(place, "rw")) as register:
        return tuple(Step(*row) for row in register.execute(wanted))


@contextmanager
def _pen(real: Path) -> Iterator[None]:
    """Nobody else writes into the register meanwhile; what a killed program left half-written is taken back first.

    A file that is no database any more cannot be held; nobody can write into it either.
    """
    with plainly(str(real)), ExitStack() as held:
        try:
            register = held.enter_context(closing(connected(str(real), "rw")))
            register.execute("PRAGMA journal_mode = DELETE")
            register.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as trouble:
            if trouble.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise
        if os.name == "nt":  # Windows replaces no file that is open
            held.close()
        yield


def _refuse_if_moved(place: str, shown: Exchange) -> None:
    try:
        now = _steps(place)
    except Refused:
        return
    if shown.present is not None and now != shown.present:
        raise Conflict(
            "somebody wrote into the register meanwhile; nothing was restored.", at=place, do="Do this again."
        )


@contextmanager
def _set_aside(real: Path) -> Iterator[Path]:
    """The register under a second name, with its companions; undone where the exchange then fails."""
    kept = dated(real.parent, real.stem, "-before-restore")
    try:
        os.link(real, kept)
    except OSError:  # a file system without links
        with appearing(kept, private=True) as draft:
            shutil.copyfile(real, draft)
            shutil.copystat(real, draft)
    companions = [(Path(f"{real}{end}"), Path(f"{kept}{end}")) for end in _COMPANIONS]
    moved = [(own, new) for own, new in companions if own.exists()]
    try:
        for own, new in moved:
            own.rename(new)
        sync_folder(real.parent)
        yield kept
    except BaseException:
        for own, new in moved:
            if new.exists():
                new.rename(own)
        with suppress(OSError):  # `ropa doctor` names a file that has two names
            kept.unlink(missing_ok=True)
        raise
