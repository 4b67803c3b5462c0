"""Opening a register: an SQLite file by path, or any database by SQLAlchemy URL. Only `create` makes one."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from ropa.errors import Refused
from ropa.store.faults import plainly, refused
from ropa.store.version import VERSION

WAIT = 10.0
"""Seconds that a writer waits for another one."""


@dataclass(frozen=True)
class Store:
    """An open register: its engine, and the place as messages name it."""

    engine: Engine
    place: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the register."""
        with plainly(self.place), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the only pen: all of it is written, or nothing."""
        with (
            plainly(self.place),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection


def is_url(where: str) -> bool:
    """Whether `where` is a database URL and not a path."""
    return "://" in where


def open_store(where: str) -> Store:
    """The register at a path or URL. Raises Refused where there is none, or one of another version."""
    if not is_url(where):
        path = Path(where)
        if not path.exists():
            raise Refused("there is no register here.", at=where, do="Make one: ropa init")
        if path.is_dir():
            raise Refused("this is a folder.", at=where, do="Name the file of a register with --db.")
    store = Store(_engine(where, create=False), where)
    _refuse_other_version(store)
    return store


def create_store(where: str) -> Store:
    """A new, empty register. Raises Refused where something is there already; a failure leaves no file."""
    from ropa.store.migrate import upgrade

    if is_url(where):
        store = Store(_engine(where, create=True), where)
        with store.reading() as connection:
            if inspect(connection).get_table_names():
                raise Refused("this database is not empty.", at=where, do="Name an empty one.")
        upgrade(store)
        return store
    path = Path(where)
    if path.exists():
        raise Refused("there is a register already; it stays as it is.", at=where, do="Use another folder.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"the folder cannot be made: {error.strerror}.", at=str(path.parent)) from error
    store = Store(_engine(where, create=True), where)
    try:
        upgrade(store)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return store


def _engine(where: str, *, create: bool) -> Engine:
    if is_url(where):
        return _engine_of_url(where)
    uri = f"file:{quote(str(Path(where).absolute()))}?mode={'rwc' if create else 'rw'}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None),
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _engine_of_url(url: str) -> Engine:
    try:
        return create_engine(url, poolclass=NullPool)
    except (ArgumentError, ImportError) as error:  # an unknown database, or one whose driver is not installed
        raise Refused(
            f"this is no database that can be opened here: {error}.",
            at=url,
            do="Name the path of a register.",
        ) from error


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Foreign keys on; every commit on the disk before it counts; nothing in the file's own schema is trusted."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA trusted_schema = OFF")


def _begin(connection: Connection) -> None:
    """A writer takes the pen at once, so that what it read before it writes cannot change in between."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_other_version(store: Store) -> None:
    try:
        with store.engine.connect() as connection, connection.begin():
            if not inspect(connection).has_table("alembic_version"):
                raise Refused(
                    "this database holds no register.", at=store.place, do="Name another with --db."
                )
            version = connection.execute(text("select version_num from alembic_version")).scalar()
    except Refused:
        raise
    except Exception as error:
        raise refused(error, store.place) from error
    if version != VERSION:
        raise Refused(
            f"the register was written by another version of ropa (its tables stand at {version}, these at {VERSION}); "
            "it stays as it is.",
            at=store.place,
            do="Use a newer ropa.",
        )
