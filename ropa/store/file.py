"""An SQLite file, opened with Python's own sqlite3."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ropa.errors import Conflict

WAIT = 10.0
"""Seconds that a writer waits for another one."""


def connected(path: str, mode: str) -> sqlite3.Connection:
    """A connection that begins no transaction by itself. mode: rw, rwc to make the file, or ro.

    Foreign keys are on; every commit is on the disk before it counts; nothing in the file's own schema is trusted.
    """
    uri = f"file:{quote(str(Path(path).absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA trusted_schema = OFF")
    except UnicodeDecodeError as error:  # Python cannot read what SQLite says of a damaged list of tables
        connection.close()
        raise corrupt("malformed database schema") from error
    except BaseException:
        connection.close()
        raise
    return connection


def corrupt(what: str) -> sqlite3.DatabaseError:
    """The error of SQLite for a damaged file."""
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


@contextmanager
def staying(path: str) -> Iterator[Callable[[], None]]:
    """What raises Conflict where the file at a path is no more the one that it was at the beginning. path: "" for no file."""
    at_first = _which(path)

    def still_there() -> None:
        if at_first and _which(path) != at_first:
            raise Conflict(
                "another file was put in the register's place while this ran; nothing was written.",
                at=path,
                do="Look at the register, then do this again.",
            )

    yield still_there


def _which(path: str) -> tuple[int, int] | None:
    """What tells one file from another, whatever their names; None where there is none (yet)."""
    try:
        found = Path(path).stat() if path else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


class _Texts(dict[bytes, str]):
    """Bytes of a text as the file has them → the text, made once: tens of thousands of rows say the same few words.

    A register takes less room so, and what is looked at again and again is at hand.
    """

    def __missing__(self, raw: bytes) -> str:
        try:
            found = self[raw] = raw.decode()
        except UnicodeDecodeError as error:
            raise sqlite3.OperationalError("Could not decode to UTF-8") from error  # as without sharing
        return found


@contextmanager
def one_view(path: str, *, sharing: bool = False) -> Iterator[sqlite3.Connection]:
    """A transaction that reads: what others commit meanwhile is not seen. sharing: equal texts are one text in memory."""
    with closing(connected(path, "rw")) as connection:
        if sharing:
            connection.text_factory = _Texts().__getitem__
        connection.execute("BEGIN")
        yield connection


def cut_short(ask: Callable[[str], Iterable[Any]]) -> str:
    """What a file lacks at its end, in words; "" for a whole one. SQLite itself takes what is missing of a page for zeros."""
    ((pages,),), ((size,),) = ask("pragma page_count"), ask("pragma page_size")
    *_, path = next(iter(ask("pragma database_list")))
    missing = pages * size - Path(path).stat().st_size
    return f"its end is missing, {missing:,} bytes" if missing > 0 else ""


def version_in(path: str) -> str | None:
    """The version at which the tables of a file stand; None where it holds no register."""
    with one_view(path) as connection:
        if not connection.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone():
            return None
        found = connection.execute("select version_num from alembic_version").fetchone()
        return str(found[0]) if found else ""
