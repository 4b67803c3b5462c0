"""What the database says when it fails, in the user's words. Told apart by SQLite's result codes, never by its wording."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

from ropa.errors import Refused

_BUSY = "Wait for it to end, then do this again; nothing was changed."
_VERIFY = "See what is wrong: ropa verify"
_WORDS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_READONLY_DBMOVED: (
        "another file was put in the register's place while this ran; nothing was written.",
        "Look at the register, then do this again.",
    ),
    sqlite3.SQLITE_BUSY: ("another program is writing to the register.", _BUSY),
    sqlite3.SQLITE_LOCKED: ("another program is writing to the register.", _BUSY),
    sqlite3.SQLITE_READONLY: (
        "the register may not be written here.",
        "Mend the rights of the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the register cannot be opened.",
        "Check that the file is there and that you may read it.",
    ),
    sqlite3.SQLITE_PERM: ("the register may not be read.", "Mend the rights of the file."),
    sqlite3.SQLITE_FULL: (
        "there is no room left on the disk; nothing was changed.",
        "Make room, then do this again.",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk failed while the register was read or written; nothing was changed.",
        "Copy the file to another disk, then look at it there.",
    ),
    sqlite3.SQLITE_IOERR_DIR_FSYNC: (
        "the disk failed at the end of writing: the change may be in the register, or not.",
        "Look whether it is: ropa log. Then copy the file to another disk.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "this is not a register, or it is damaged.",
        "Name another file with --db, or restore a backup. What can be saved without one: ropa rescue",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the register is damaged.",
        "Keep the file as it is, and restore a backup. What can be saved without one: ropa rescue",
    ),
}


@contextmanager
def plainly(place: str) -> Iterator[None]:
    """Turn a failure of the database, and a text in it that does not read, into one line that names the register."""
    try:
        yield
    except JSONDecodeError as error:  # the register's own texts are the only JSON that is read here
        raise damage("a text of its history does not read", place) from error
    except Exception as error:
        if _of_database(error) is None:
            raise
        raise refused(error, place) from error


def refused(error: Exception, place: str) -> Refused:
    """The failure in words; an unknown one keeps the database's own."""
    original = _of_database(error) or error
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None and (words := _WORDS.get(code) or _WORDS.get(code & 0xFF)):
        what, do = words
        return Refused(what, at=place, do=do)
    if code is None and isinstance(original, sqlite3.OperationalError):  # Python's own: the bytes are no text
        return damage("it holds a text that is none", place)
    return Refused(f"the database refuses: {original}.", at=place, do=_VERIFY)


def damage(what: str, place: str) -> Refused:
    """What is told where something in the register cannot be as a command wrote it."""
    return Refused(f"the register is damaged: {what}.", at=place, do=_VERIFY)


def _of_database(error: Exception) -> BaseException | None:
    """What the database itself raised; None where it did not."""
    if isinstance(error, sqlite3.Error):
        return error
    wrapped = sys.modules.get("sqlalchemy.exc")  # where it was not loaded, it raised nothing
    return error.orig if wrapped and isinstance(error, wrapped.DBAPIError) else None
