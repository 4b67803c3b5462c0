"""What can still be read of a damaged register, row by row, put into the tables of a new one. The damaged file stays as it is."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ropa.errors import Refused
from ropa.store.tables import metadata
from ropa.store.version import VERSION
from ropa.whole import DRAFT

_PAGES, _FREE = slice(28, 32), slice(32, 40)
"""In the header of an SQLite file: how many pages it has, and which of them are free."""


def salvage(damaged: Path, draft: Path) -> set[str]:
    """Fill the empty register `draft` with the rows that can be read. The names of the tables that lost some.

    Raises Refused for the register of another version.
    """
    broken = set()
    with _at_work(damaged, draft) as copy, closing(sqlite3.connect(draft)) as new, new:
        if not _opens(copy):
            _with_page_one_of(draft, copy)
        with closing(sqlite3.connect(copy)) as old:
            _refuse_other_version(old, damaged)
            for name, table in metadata().tables.items():
                columns = ", ".join(f'"{column.name}"' for column in table.c)
                if not _copied(old, new, name, columns):
                    broken.add(name)
    return broken


@contextmanager
def _at_work(damaged: Path, draft: Path) -> Iterator[Path]:
    """A copy with what SQLite keeps beside it, so that the journal of a killed program is played into the copy alone."""
    folder = draft.with_name(f".rescue.{secrets.token_hex(4)}{DRAFT}")
    folder.mkdir(mode=0o700)
    try:
        for end in ("", "-journal", "-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(f"{damaged}{end}", folder / f"register.db{end}")
        yield folder / "register.db"
    finally:
        shutil.rmtree(folder)


def _opens(copy: Path) -> bool:
    try:
        with closing(sqlite3.connect(copy)) as old:
            return bool(
                old.execute("select count(*) from sqlite_master where name = 'revision'").fetchone()[0]
            )
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _with_page_one_of(sound: Path, copy: Path) -> None:
    """Put the first page of a new register, which says where each table begins, in the place of the destroyed one.

    Where the tables of the damaged one began elsewhere, nothing that is read there will prove itself.
    """
    for end in ("-journal", "-wal"):
        copy.with_name(f"{copy.name}{end}").unlink(missing_ok=True)
    with sound.open("rb") as file:
        size = int.from_bytes(file.read(18)[16:], "big")
        file.seek(0)
        page = bytearray(file.read(size))
    page[_PAGES] = (copy.stat().st_size // size).to_bytes(4, "big")
    page[_FREE] = bytes(8)
    with copy.open("r+b") as file:
        file.write(page)


def _refuse_other_version(old: sqlite3.Connection, damaged: Path) -> None:
    try:
        found = old.execute("select version_num from alembic_version").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return
    if found and found[0] != VERSION:
        raise Refused(
            f"was written by another version of ropa (its tables stand at {found[0]}, these at {VERSION}).",
            at=str(damaged),
            do="Rescue it with that ropa.",
        )


def _copied(old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: str) -> bool:
    """Copy the rows from the first on, and, where these end in damage, from the last on. Whether all could be read."""
    if _read(old, new, table, columns, "asc"):
        return True
    _read(old, new, table, columns, "desc")
    return False


def _read(old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: str, order: str) -> bool:
    """Names of tables and columns come from the model alone. Past the index: it may be damaged, too."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    put = f'insert or ignore into "{table}" ({columns}) values ({marks})'
    whole = True
    try:
        for row in old.execute(f'select {columns} from "{table}" not indexed order by rowid {order}'):
            whole = bool(new.execute(put, row).rowcount) and whole
    except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError):
        return False
    return whole
