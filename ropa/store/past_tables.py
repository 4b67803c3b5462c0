"""The tables as they were: the register of a past state and its history up to there, in an SQLite database in memory."""

import sqlite3

from sqlalchemy import create_engine, insert, select
from sqlalchemy.pool import StaticPool

from ropa.store.load import AsOf
from ropa.store.open import Store
from ropa.store.past import past_register
from ropa.store.rows import rows_of
from ropa.store.tables import CHANGES, REDACTIONS, REVISIONS, metadata


def past_tables(store: Store, as_of: AsOf) -> sqlite3.Connection:
    """A connection to them; they go when it is closed."""
    register = past_register(store, as_of)
    made = sqlite3.connect(":memory:", isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: made, poolclass=StaticPool)
    with engine.begin() as connection, store.reading() as source:
        metadata().create_all(connection)
        for table, rows in rows_of(register).items():
            connection.execute(insert(table), rows)
        for number in (REVISIONS.c.number, CHANGES.c.revision, REDACTIONS.c.revision):
            table = number.table
            found = source.execute(select(table).where(number <= register.revision).order_by(number))
            if rows := [dict(row._mapping) for row in found]:  # noqa: SLF001  the row as SQLAlchemy names it
                connection.execute(insert(table), rows)
    return made
