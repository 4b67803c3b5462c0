"""The floor of loading: fetch the rows, and let pydantic make the records from plain data that are ready in memory."""

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from ropa.model.canonical import plain
from ropa.model.register import KINDS, Register
from ropa.store.open import Store
from ropa.store.tables import tables


def fetched(store: Store) -> list[Any]:
    """Every row of every table of records, in no order."""
    with store.reading() as connection:
        return [
            connection.execute(select(table)).all()
            for kind in tables().values()
            for table in (kind.main, *(part.table for part in kind.parts))
        ]


def as_data(register: Register) -> dict[str, list[dict[str, Any]]]:
    """Every record as plain data: what the rows hold, already put together."""
    return {kind: [plain(record) for record in by_ref.values()] for kind, by_ref in register.records.items()}


def made_of(data: dict[str, list[dict[str, Any]]]) -> list[Any]:
    """The records that the data describe, validated."""
    return [TypeAdapter(list[KINDS[kind]]).validate_python(said) for kind, said in data.items()]  # type: ignore[valid-type]
