"""SQLAlchemy's way into a register: for all writing, for the past, and for any other database than an SQLite file."""

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from ropa.errors import Refused
from ropa.store.file import connected


def engine_of_file(path: str, *, create: bool) -> Engine:
    """The engine of an SQLite file."""
    engine = create_engine(
        "sqlite://", creator=lambda: connected(path, "rwc" if create else "rw"), poolclass=NullPool
    )
    event.listen(engine, "begin", _begin)
    return engine


def engine_of_url(url: str) -> Engine:
    """The engine of any database."""
    try:
        return create_engine(url, poolclass=NullPool)
    except (ArgumentError, ImportError) as error:  # an unknown database, or one whose driver is not installed
        raise Refused(
            f"this is no database that can be opened here: {error}.",
            at=url,
            do="Name the path of a register.",
        ) from error


def _begin(connection: Connection) -> None:
    """A writer takes the pen at once, so that what it read before it writes cannot change in between."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def version_in(engine: Engine) -> str | None:
    """The version at which the tables of a database stand; None where it holds no register."""
    with engine.connect() as connection, connection.begin():
        if not inspect(connection).has_table("alembic_version"):
            return None
        return str(connection.execute(text("select version_num from alembic_version")).scalar())


def is_empty(engine: Engine) -> bool:
    """Whether a database has no tables."""
    with engine.connect() as connection, connection.begin():
        return not inspect(connection).get_table_names()
