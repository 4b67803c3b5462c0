"""Copies of a register: one state of it while others write, proven after it was written; and those made by themselves."""

import glob
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ropa.errors import Refused
from ropa.store.faults import plainly, refused
from ropa.store.file import connected
from ropa.store.open import Store
from ropa.whole import appearing

if TYPE_CHECKING:
    from ropa.store.verify import Verdict

FOLDER = "backups"
"""The folder beside a register that holds the copies made by themselves."""
KEPT = 5
"""Of these copies so many stay: a week's work of somebody who notices late, and not the history of the disk."""
IMPORT, MIGRATION = "before-import", "before-migration"
MANY = 60
"""Changes of an import without a copy before it: so many records the preview shows; of more, somebody said yes unseen."""
_NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC)
"""What the disk says that takes no more: only the copy is written to."""


@dataclass(frozen=True)
class Copied:
    """A copy: its file, and the revision and hash at which it stands."""

    path: Path
    revision: int
    hash: str


def backup(store: Store, to: Path, *, force: bool = False) -> Copied:
    """Copy the register, as it stands at one moment, to a file, or to a dated name in a folder; prove the copy, then let it appear.

    Who may not read the register may not read the copy. Raises Refused where the copy does not prove itself: it is the
    register that is damaged then.
    """
    source = file_of(store, "backed up")
    path = dated(to, source.stem) if to.is_dir() else to
    if path.exists() and path.samefile(source):
        raise Refused("this is the register itself.", at=str(to), do="Name another file, or a folder.")
    with _copy(source, path, force=force) as draft:
        verdict = proven(
            draft,
            store.place,
            "no copy was made of it",
            "See what is wrong: ropa verify. What can be saved of it: ropa rescue",
        )
    return Copied(path, verdict.revision, verdict.hash)


def keep_copy(store: Store, occasion: str) -> Path | None:
    """The copy that is made by itself before a migration or a large import; the oldest of more than five such go.

    None for the database of a server: its keeper backs it up. Raises Refused where no copy can be made.
    """
    if not store.file:
        return None
    source = Path(store.file).resolve()
    folder = source.parent / FOLDER
    try:
        folder.mkdir(mode=source.parent.stat().st_mode & 0o777, exist_ok=True)
        path = dated(folder, source.stem, f"-{occasion}")
        with _copy(source, path) as draft:
            _sound(draft, store.place)
    except OSError as trouble:
        raise _no_copy(occasion, f"{trouble.strerror or trouble}.", str(folder)) from trouble
    except Refused as trouble:
        raise _no_copy(occasion, trouble.what, trouble.at, trouble.do) from trouble
    for old in own_copies(store)[KEPT:]:
        with suppress(OSError):  # the copy was made; one too many does no harm
            old.unlink(missing_ok=True)
    return path


def own_copies(store: Store) -> list[Path]:
    """The copies that were made by themselves of this register, newest first; told by their names."""
    if not store.file:
        return []
    source = Path(store.file).resolve()
    ours = re.compile(
        rf"{re.escape(source.stem)}-(\d{{4}}-\d\d-\d\d-\d{{6}})-(?:{IMPORT}|{MIGRATION})(?:-(\d+))?\.db"
    )
    there = [(ours.fullmatch(path.name), path) for path in (source.parent / FOLDER).glob("*.db")]
    by_age = [(m[1], int(m[2] or 1), path) for m, path in there if m and not path.is_symlink()]
    return [path for *_, path in sorted(by_age, reverse=True)]


def copies_beside(store: Store) -> list[Path]:
    """Every copy of this register that lies beside it or in its folder of copies, by whomever made."""
    if not store.file:
        return []
    source = Path(store.file).resolve()
    folders = (source.parent / FOLDER, source.parent)
    return sorted(path for folder in folders for path in folder.glob(f"{glob.escape(source.stem)}-*.db"))


def file_of(store: Store, deed: str) -> Path:
    """The file of a register. Raises Refused for the database of a server."""
    if not store.file:
        raise Refused(
            f"this is the database of a server; it is not {deed} here.",
            at=store.place,
            do="Use the server's own tools; the register as a text: ropa export --layout json",
        )
    return Path(store.file)


def dated(folder: Path, stem: str, occasion: str = "") -> Path:
    """A name with this moment in it (UTC) that no file in the folder has."""
    name = f"{stem}-{datetime.now(UTC):%Y-%m-%d-%H%M%S}{occasion}"
    there = [re.fullmatch(rf"{re.escape(name)}(?:-(\d+))?\.db", path.name) for path in folder.iterdir()]
    last = max((int(m[1] or 1) for m in there if m), default=0)
    return folder / (f"{name}-{last + 1}.db" if last else f"{name}.db")


@contextmanager
def _copy(source: Path, path: Path, *, force: bool = False) -> Iterator[Path]:
    with appearing(path, force=force, private=True) as draft:
        snapshot(source, draft, path)
        yield draft
        shutil.copymode(source, draft)


def snapshot(source: Path, draft: Path, path: Path) -> None:
    """Fill a draft with one state of an SQLite file, page by page, while others write before and after. path: as messages name it.

    In one step: copied in several, it begins anew with each write of somebody else.
    """
    with closing(connected(str(draft), "rw")) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # of the draft nothing but the whole is ever wanted
        try:
            with closing(connected(str(source), "rw")) as register:
                register.execute("BEGIN")
                register.execute("select 1 from sqlite_master").fetchone()  # waits for who is writing
                register.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # whatever the register's file says of it
        except sqlite3.Error as trouble:
            if trouble.sqlite_errorcode in _NO_ROOM:
                raise Refused(
                    "cannot be written: the disk takes no more.",
                    at=str(path),
                    do="Make room, or name a place on another disk.",
                ) from trouble
            raise refused(trouble, str(source)) from trouble


def proven(draft: Path, place: str, so: str, do: str) -> "Verdict":
    """The verdict of a copy whose chain and replay hold. Raises Refused, which names the place it was copied from, for another."""
    from ropa.store.verify import verify

    try:
        verdict = verify(Store(str(draft)))
    except Refused as trouble:
        raise Refused(f"{trouble.what.rstrip('.')}; {so}.", at=place, do=do) from trouble
    if not verdict.ok:
        first, more = verdict.problems[0], len(verdict.problems) - 1
        where = "" if first.where == str(draft) else f"{first.where}: "
        what = f"{where}{first.what}{f', and {more} more' if more else ''}"
        raise Refused(f"does not prove itself ({what}); {so}.", at=place, do=do)
    return verdict


def _sound(draft: Path, place: str) -> None:
    """Raise Refused for a copy that SQLite finds damaged: tables of an earlier version cannot be proven by this one."""
    with plainly(place), closing(connected(str(draft), "ro")) as copy:
        (answer,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise Refused(f"is damaged: {answer}.", at=place, do="What can be saved of it: ropa rescue")


def _no_copy(occasion: str, what: str, at: str, do: str = "") -> Refused:
    deed = "an import" if occasion == IMPORT else "the migration"
    return Refused(
        f"no copy could be made before {deed}, so nothing was changed: {what}",
        at=at,
        do=do or "Make room, or mend the rights of the folder.",
    )
