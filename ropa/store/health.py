"""How the file of a register stands: its version, its soundness, its copies, and what a killed program left beside it."""

import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

from ropa.errors import Refused
from ropa.store.backup import FOLDER, KEPT
from ropa.store.faults import refused
from ropa.store.file import cut_short, one_view, version_in
from ropa.store.open import Store, version_of
from ropa.store.version import VERSION
from ropa.whole import DRAFT, SHEETS

OK, LOOK, WRONG = "ok", "look", "wrong"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
SQLITE = sqlite3.sqlite_version
_PART = re.compile(rf"\..+\.[0-9a-f]{{8}}{re.escape(DRAFT)}(-journal)?|{re.escape(SHEETS)}\w{{8}}")
_CONFLICT = re.compile("conflict|konflikt|conflit|conflicto", re.IGNORECASE)
_FEW = 3
"""Names that are told at most of files that are alike."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what it is about, how it stands (ok, look, wrong), in words, and what to do about it."""

    about: str
    state: str
    what: str
    do: str = ""


def health(store: Store) -> Iterator[Finding]:
    """The register itself, then what lies beside it. Never raises for a damaged one."""
    if not store.file:
        yield _version(store)
        return
    real = Path(store.file).resolve()
    journal = Path(f"{real}-journal")
    interrupted = journal.exists() and journal.stat().st_size > 0
    try:
        version_in(store.file)  # the first look takes back what a killed program left half-written
    except sqlite3.Error as trouble:
        found = [_unread(trouble, store)]
    else:
        found = [_version(store), *_soundness(store)]
    yield from found
    if interrupted:
        yield _interrupted(journal)
    yield from _beside(real)
    yield _copies(real, sound=all(one.state != WRONG for one in found))


def _version(store: Store) -> Finding:
    try:
        version = version_of(store)
    except Refused as trouble:
        return Finding("Tables", WRONG, trouble.what, trouble.do)
    if version != VERSION:
        return Finding(
            "Tables",
            LOOK,
            f"they stand at {version}, this ropa's at {VERSION}: the next command copies the register, then brings them up.",
            "See that everybody who uses the register has this ropa: an older one will refuse it then.",
        )
    return Finding("Tables", OK, f"at {VERSION}, as this ropa wants them")


def _soundness(store: Store) -> Iterator[Finding]:
    try:
        with one_view(store.file) as register:
            found = [str(row[0]) for row in register.execute("PRAGMA quick_check(3)")]
            missing = cut_short(register.execute)
            (mode,) = register.execute("PRAGMA journal_mode").fetchone()
    except sqlite3.Error as trouble:
        yield _unread(trouble, store)
        return
    if missing or found != ["ok"]:
        yield _damaged(f"the file is damaged: {missing or '; '.join(found)}")
    else:
        yield Finding("Soundness", OK, "the file reads from end to end; the whole proof: ropa verify")
    if mode != "delete":
        yield Finding(
            "Journal",
            LOOK,
            f"another program set the journal mode {mode}: a plain copy of the file alone may lack the last changes.",
            "Copy it with: ropa backup FILE",
        )


def _unread(trouble: sqlite3.Error, store: Store) -> Finding:
    """A file that could not be looked at: at work, damaged, or out of reach; a colleague who writes is no fault of the file."""
    words, code = refused(trouble, store.place), trouble.sqlite_errorcode & 0xFF
    if code in _DAMAGE:
        return _damaged(words.what)
    return Finding("Soundness", LOOK if code in _BUSY else WRONG, words.what, words.do)


def _damaged(what: str) -> Finding:
    do = (
        "Leave the file as it is, and put a backup in its place (this one stays beside it): ropa restore FILE"
    )
    return Finding("Soundness", WRONG, what, do)


def _interrupted(journal: Path) -> Finding:
    if journal.exists() and journal.stat().st_size:
        return Finding(
            "Leftovers",
            LOOK,
            f"{journal.name}: a command is writing, or was killed and could not be taken back yet.",
            "If no command is running: mend the rights of the folder, and run ropa doctor again.",
        )
    return Finding(
        "Leftovers", OK, "a command was killed while it wrote; what it had begun was taken back just now."
    )


def _beside(real: Path) -> Iterator[Finding]:
    """What lies beside the register and belongs to no finished command."""
    if real.is_file() and real.stat().st_nlink > 1:
        yield Finding(
            "Leftovers",
            LOOK,
            "the file has a second name, as a restore that was killed leaves it: changes reach both.",
            f"See which: ls -li {real.parent}. Delete the name that is not the register's.",
        )
    conflicts = [
        p
        for p in _in(real.parent)
        if p.name != real.name and p.name.startswith(real.stem) and _CONFLICT.search(p.name)
    ]
    if conflicts:
        yield Finding(
            "Leftovers",
            LOOK,
            f"copies that a sync program made of two states at once: {_names(conflicts)}.",
            "See what they hold with --db, record by hand what is missing, then delete them.",
        )


def unfinished(folders: Iterator[Path]) -> Finding:
    """Files that a killed program was still writing, in these folders."""
    found = sorted({p.resolve() for folder in folders for p in _in(folder) if _unfinished(p)})
    if not found:
        return Finding("Unfinished", OK, "no half-written file was left")
    return Finding(
        "Unfinished",
        LOOK,
        f"half-written, by a command that was killed or is running now: {', '.join(map(str, found))}.",
        "If no command is running, delete what is named here; nothing needs it.",
    )


def _unfinished(path: Path) -> bool:
    # The system's temporary files are everybody's: what another user's program writes there is not for this one to judge.
    return bool(_PART.fullmatch(path.name)) and (path.name.startswith(".") or os.access(path, os.R_OK))


def _copies(real: Path, *, sound: bool) -> Finding:
    """The copies in the folder beside the register, by whomever made, and those set aside by a restore.

    sound: whether the register can be copied; of a damaged one the newest copy is what is wanted.
    """
    folder = real.parent / FOLDER
    copies = [p for p in _in(folder) if p.suffix == ".db" and p.name.startswith(f"{real.stem}-")]
    aside = [
        p for p in _in(real.parent) if p.name.startswith(f"{real.stem}-") and "-before-restore" in p.name
    ]
    more = f"; set aside by a restore: {_names(aside)}" if aside else ""
    if not copies:
        return Finding(
            "Backups",
            LOOK,
            f"none in {folder}{more}. What you copied elsewhere is not seen from here.",
            "Make one on another disk: ropa backup FOLDER" if sound else "Look for one on your other disks.",
        )
    newest = max(copies, key=lambda p: p.stat().st_mtime)
    on = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    return Finding(
        "Backups",
        OK,
        f"{len(copies)} in {folder}, the newest of {on:%Y-%m-%d %H:%M} UTC{more}. Of those made by themselves {KEPT} stay; "
        "what you copied elsewhere is not seen from here.",
        "" if sound else f"ropa restore {quote(str(newest))} --db {quote(str(real))} --dry-run",
    )


def _in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _names(paths: list[Path]) -> str:
    more = f" and {len(paths) - _FEW} more" if len(paths) > _FEW else ""
    return ", ".join(p.name for p in paths[:_FEW]) + more
