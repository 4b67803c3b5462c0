"""What one revision touched, as it was before it and after it."""

from pydantic import ValidationError
from sqlalchemy import Connection, select

from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.redacted import read_past
from ropa.model.register import KINDS, Register
from ropa.store.history import refuse_unknown
from ropa.store.open import Store
from ropa.store.tables import CHANGES


def around(store: Store, number: int) -> tuple[Register, Register]:
    """The records that a revision touched, before it and after it; no others. Raises Refused where there is no such one."""
    row = CHANGES.c
    before: list[Documented] = []
    after: list[Documented] = []
    with store.reading() as connection:
        touched = connection.execute(
            select(row.kind, row.ref, row.record).where(row.revision == number).order_by(row.position)
        ).all()
        if not touched:
            refuse_unknown(connection, number, store.place)
            raise Refused(f"r{number} took something out of the history: nobody can bring that back.")
        for kind, ref, text in touched:
            before += _read(kind, _text_before(connection, kind, ref, number), store.place)
            after += _read(kind, text, store.place)
    return Register.of(before), Register.of(after)


def _text_before(connection: Connection, kind: str, ref: str, number: int) -> str | None:
    row = CHANGES.c
    wanted = select(row.record).where((row.kind == kind) & (row.ref == ref) & (row.revision < number))
    found: str | None = connection.execute(wanted.order_by(row.revision.desc()).limit(1)).scalar()
    return found


def _read(kind: str, text: str | None, place: str) -> list[Documented]:
    """The record of a text of the history; none where it was not there."""
    if text is None:
        return []
    try:
        return [read_past(KINDS[kind], text)]
    except (ValidationError, ValueError) as error:
        raise Refused(
            "the history is damaged: a record does not read.", at=place, do="See what is wrong: ropa verify"
        ) from error
