"""The tables of a register, made from their shape (`ropa.store.shape`), so that a field is stated once.

What a record names is a foreign key, checked at the end of the transaction.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlmodel import Field, SQLModel

from ropa.model.register import KINDS
from ropa.model.walk import FieldSaid
from ropa.store.file import corrupt
from ropa.store.shape import shape

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name from the first day, because SQLite can alter only named ones (Alembic's batch mode)."""

_TYPES: dict[str, type[Any]] = {"yes/no": Boolean, "number": Integer, "day": Date}
"""Shape of a field → its type in SQL; any other is text."""


class RegisterTable(SQLModel):
    """Base of all tables. A SQLModel table class does not validate: only `ropa.store.commit` writes, validated records."""

    metadata = MetaData(naming_convention=NAMES)
    model_config = {"defer_build": True}


@dataclass(frozen=True)
class PartTable:
    """The table of one list of parts or of refs. part: the class of the part; None for a list of refs."""

    field: FieldSaid
    table: Table

    @property
    def part(self) -> type[BaseModel] | None:
        """The class of the part; None for a list of refs."""
        return self.field.part


@dataclass(frozen=True)
class KindTables:
    """The tables of one kind of record."""

    main: Table
    parts: tuple[PartTable, ...]


def _link(kind: str) -> ForeignKey:
    return ForeignKey(f"{kind}.ref", deferrable=True, initially="DEFERRED")


def _column(said: FieldSaid, *, primary_key: bool = False) -> Column[Any]:
    if said.many:
        return Column(JSON(none_as_null=True), nullable=True)
    links = (_link(said.names),) if said.names else ()
    return Column(_TYPES.get(said.shape, Text)(), *links, nullable=said.blank, primary_key=primary_key)


def _table(name: str, columns: dict[str, Column[Any]]) -> Table:
    """A plain table: nothing queries through a class of it, and making classes takes time at each start (decision 0012)."""
    for key, column in columns.items():
        column.name = column.key = key
    return Table(name, RegisterTable.metadata, *columns.values())


def _owned(kind: str) -> dict[str, Column[Any]]:
    """The key of a row that belongs to a record: whose it is, and its place in the list, counted from 1."""
    return {
        "owner": Column(
            Text(),
            ForeignKey(f"{kind}.ref", ondelete="CASCADE", deferrable=True, initially="DEFERRED"),
            primary_key=True,
        ),
        "position": Column(Integer(), primary_key=True, autoincrement=False),
    }


def _kind_tables(kind: str) -> KindTables:
    own = shape(kind)
    main = _table(kind, {c.name: _column(c.field, primary_key=c.name == "ref") for c in own.columns})
    parts = []
    for part in own.parts:
        said = (
            {"ref": Column(Text(), _link(part.field.names), nullable=False)}
            if part.columns is None
            else {c.name: _column(c.field) for c in part.columns}
        )
        parts.append(PartTable(part.field, _table(part.name, _owned(kind) | said)))
    return KindTables(main, tuple(parts))


@cache
def tables() -> dict[str, KindTables]:
    """The tables of every kind."""
    return {kind: _kind_tables(kind) for kind in KINDS}


class PastText(TypeDecorator[str]):
    """A text of the history. SQLite gives a damaged one as a number or as bytes, whatever the type of the column."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        """The text; raises where the file holds something else."""
        if value is None or isinstance(value, str):
            return value
        raise corrupt("a text of the history is none")


class Revision(RegisterTable, table=True):
    """One committed set of changes. Its hash covers the digests of what it says and changed, and the hash before it.

    A salt is null where its text was redacted; the digest stays (`ropa.store.chain`).
    """

    number: int = Field(primary_key=True)
    format: str = Field(sa_type=PastText)
    at: str = Field(sa_type=PastText)
    """UTC, ISO 8601 with microseconds and Z; never earlier than the revision before."""
    actor: str = Field(sa_type=PastText)
    actor_salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    actor_digest: str = Field(sa_type=PastText)
    why: str = Field(sa_type=PastText)
    why_salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    why_digest: str = Field(sa_type=PastText)
    command: str = Field(sa_type=PastText)
    command_salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    command_digest: str = Field(sa_type=PastText)
    previous: str = Field(sa_type=PastText)
    hash: str = Field(sa_type=PastText)


class Change(RegisterTable, table=True):
    """One record after a revision, as canonical JSON; null where it was removed. digest: of salt, kind, ref and record."""

    __table_args__ = (Index("ix_change_kind_ref", "kind", "ref", "revision"),)

    revision: int = Field(sa_column=Column(Integer, ForeignKey("revision.number"), primary_key=True))
    position: int = Field(primary_key=True)
    kind: str = Field(sa_type=PastText)
    ref: str = Field(sa_type=PastText)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    record: str | None = Field(default=None, sa_type=PastText)
    digest: str = Field(sa_type=PastText)


class Redaction(RegisterTable, table=True):
    """One text of the past out of which a revision took something, and the proof of what it left of it.

    past, place: the revision in which the text stands, and in it the number of the change, or actor, why or command.
    fields: what was taken out, a JSON array. digest: of salt and what remains; the salt is null once more was taken out.
    """

    __table_args__ = (Index("ix_redaction_past", "past", "place"),)

    revision: int = Field(sa_column=Column(Integer, ForeignKey("revision.number"), primary_key=True))
    position: int = Field(primary_key=True)
    past: int = Field(sa_column=Column(Integer, ForeignKey("revision.number"), nullable=False))
    place: str = Field(sa_type=PastText)
    fields: str = Field(sa_type=PastText)
    salt: bytes | None = Field(default=None, sa_type=LargeBinary)
    digest: str = Field(sa_type=PastText)


REVISIONS: Table = Revision.__table__  # type: ignore[attr-defined]
CHANGES: Table = Change.__table__  # type: ignore[attr-defined]
REDACTIONS: Table = Redaction.__table__  # type: ignore[attr-defined]


def metadata() -> MetaData:
    """Every table of a register, for migrations."""
    tables()
    return RegisterTable.metadata
