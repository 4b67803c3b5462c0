"""A ropa that knows one migration more: there is no real one to try yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from ropa.store.open import Store
from ropa.store.version import VERSION

NEXT = "9999"


def _up(store: Store) -> None:
    """Copies a table into a new one, puts that into its place, and adds a column: what a migration in SQLite does."""
    with store.writing() as connection:
        for statement in (
            "create table waiting as select * from activity_data",
            "delete from activity_data",
            "insert into activity_data select * from waiting",
            "drop table waiting",
            "alter table measure add column later text",
            f"update alembic_version set version_num = '{NEXT}'",
        ):
            connection.exec_driver_sql(statement)


@contextmanager
def known() -> Iterator[None]:
    """The migration is known in here."""
    with (
        mock.patch("ropa.store.open.VERSION", NEXT),
        mock.patch("ropa.store.open.EARLIER", (VERSION,)),
        mock.patch("ropa.store.migrate.upgrade", _up),
    ):
        yield


def main(words: list[str]) -> None:
    """The program, as that ropa would run it."""
    from ropa.cli import main

    with known():
        main(words)
