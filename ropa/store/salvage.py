"""What can still be read of a damaged register, row by row, put into the tables of a new one. The damaged file stays as it is."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ropa.errors import Refused
from ropa.store.begins import opens, with_new_list
from ropa.store.tables import metadata
from ropa.store.version import VERSION
from ropa.whole import DRAFT

_TABLES = "select name, sql from sqlite_master where type = 'table'"


def salvage(damaged: Path, draft: Path) -> set[str]:
    """Fill the empty register `draft` with the rows that can be read. The names of the tables that lost some.

    Raises Refused for the register of another version.
    """
    broken = set()
    with _at_work(damaged, draft) as copy, closing(sqlite3.connect(draft)) as new, new:
        if not opens(copy, set(metadata().tables)):
            with_new_list(copy, draft)
        with closing(sqlite3.connect(copy)) as old:
            _refuse_other_version(old, new, damaged)
            for name, table in metadata().tables.items():
                if not _copied(old, new, name, [column.name for column in table.c]):
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


def _refuse_other_version(old: sqlite3.Connection, new: sqlite3.Connection, damaged: Path) -> None:
    """By the version that the tables bear and by what they are: a version alone may be damage, too."""
    try:
        found = old.execute("select version_num from alembic_version").fetchone()
        alike = {*old.execute(_TABLES)} == {*new.execute(_TABLES)}
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return
    if found and found[0] != VERSION and not alike:
        raise Refused(
            f"was written by another version of ropa (its tables stand at {found[0]}, these at {VERSION}).",
            at=str(damaged),
            do="Rescue it with that ropa.",
        )


def _copied(old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: list[str]) -> bool:
    """Copy the rows from the first on, and, where these end in damage, from the last on. Whether all could be read."""
    if _read(old, new, table, columns, "asc"):
        return True
    _read(old, new, table, columns, "desc")
    return False


def _read(
    old: sqlite3.Connection, new: sqlite3.Connection, table: str, columns: list[str], order: str
) -> bool:
    """Names of tables and columns come from the model alone. Past the index: it may be damaged, too.

    Each column is named with its table: SQLite takes the name of one that is not there for a text, if it stands alone.
    """
    into = ", ".join(f'"{column}"' for column in columns)
    named = ", ".join(f'"{table}"."{column}"' for column in columns)
    put = f'insert or ignore into "{table}" ({into}) values ({", ".join("?" * len(columns))})'
    whole = True
    try:
        for row in old.execute(f'select {named} from "{table}" not indexed order by rowid {order}'):
            whole = bool(new.execute(put, row).rowcount) and whole
    except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError):
        return False
    return whole
