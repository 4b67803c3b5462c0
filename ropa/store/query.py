"""A question in SQL, asked of a connection that cannot write.

Not the words of the question are trusted but the connection: an SQLite file is opened read-only, and everything but reading
(a write, ATTACH, PRAGMA, an extension) is denied before it runs; another database is asked within a read-only transaction.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

from ropa.errors import Refused
from ropa.store.faults import plainly
from ropa.store.file import connected
from ropa.store.load import AsOf
from ropa.store.open import Store
from ropa.store.past_tables import past_tables
from ropa.store.tables import metadata
from ropa.words import nearest

_READS = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE)
_STEPS = 10_000
"""Steps of SQLite's machine between two looks at the keyboard."""
_LONGEST = 100_000_000
"""Bytes of one value: none in a register is longer."""
_ONE = "Ask one question at a time."
_MOST = 500_000
"""Rows of an answer."""
_UNKNOWN = re.compile(r"no such (table|column): (?:\w+\.)?(\w+)")


def shape() -> dict[str, list[str]]:
    """Every table of a register with its columns."""
    return {name: [column.name for column in table.columns] for name, table in metadata().tables.items()}


def query(store: Store, question: str, as_of: AsOf | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The names of the columns and the rows of the answer; of the tables as they are now, or as they were.

    Raises Refused for what is no question, more than one, or an answer of more rows than anybody reads. Ctrl-C ends it.
    """
    with plainly(store.place):
        if as_of is not None:
            return _ask(past_tables(store, as_of), question)
        return _ask(connected(store.file, "ro"), question) if store.file else _ask_other(store, question)


def _ask(opened: sqlite3.Connection, question: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with closing(opened) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.set_authorizer(_allowed)
        connection.set_progress_handler(lambda: None, _STEPS)  # Python looks whether Ctrl-C was pressed
        with _refusing():
            cursor = connection.execute(question)
            return _answer(cursor.description, cursor.fetchmany(_MOST + 1))


def _allowed(action: int, _: str | None, name: str | None, *__: str | None) -> int:
    function = action == sqlite3.SQLITE_FUNCTION and name != "load_extension"
    return sqlite3.SQLITE_OK if function or action in _READS else sqlite3.SQLITE_DENY


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what SQLite says of a question into one line."""
    try:
        yield
    except sqlite3.Error as error:
        said, code = str(error), getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from error
        if code == sqlite3.SQLITE_AUTH or "not authorized" in said:
            raise Refused(
                "only questions are answered here: nothing is written, attached or set.",
                do="Begin with select. What changes a record: ropa NOUN set.",
            ) from error
        if isinstance(error, sqlite3.ProgrammingError) and "one statement" in said:
            raise Refused("that is more than one statement.", do=_ONE) from error
        if code in (None, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG):
            raise Refused(f"{said.rstrip('.')}.", do=_meant(said)) from error
        raise
    except sqlite3.Warning as error:
        raise Refused("that is more than one statement.", do=_ONE) from error


def _meant(said: str) -> str:
    """The tables or columns whose names are like one that is not there."""
    found = _UNKNOWN.search(said)
    if not found:
        return "The tables and their columns: ropa sql"
    names = list(shape()) if found[1] == "table" else sorted({c for own in shape().values() for c in own})
    near = nearest(found[2], names, 3)
    return f"Did you mean {', '.join(near)}? All: ropa sql" if near else "All of them: ropa sql"


def _ask_other(store: Store, question: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The same of a server. It might run several statements, of which one ends the transaction: one alone goes to it."""
    if ";" in question.strip().rstrip(";"):
        raise Refused(
            "that is more than one statement.", do="Ask one question at a time, without semicolons."
        )
    try:
        with store.reading() as connection:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            answer = connection.exec_driver_sql(question, execution_options={"no_parameters": True})
            if not answer.returns_rows:
                return _answer(None, [])
            rows = [tuple(row) for row in answer.fetchmany(_MOST + 1)]
            return _answer([(name,) for name in answer.keys()], rows)  # noqa: SIM118  it is no mapping
    except DBAPIError as error:
        raise Refused(f"the database refuses: {error.orig}.", at=store.place) from error


def _answer(description: Any, rows: list[tuple[Any, ...]]) -> tuple[list[str], list[tuple[Any, ...]]]:
    if description is None:
        raise Refused(
            "that is no question.", do='Ask, for instance: ropa sql "select ref, name from activity"'
        )
    if len(rows) > _MOST:
        raise Refused(f"the answer has more than {_MOST:,} rows.", do="Add a limit, or let it count them.")
    return _told_apart([str(column[0]) for column in description]), rows


def _told_apart(names: list[str]) -> list[str]:
    """Names of columns, each once: a second "name" is "name_2"."""
    found: list[str] = []
    for name in names:
        new, number = name, 1
        while new in found:
            number += 1
            new = f"{name}_{number}"
        found.append(new)
    return found
