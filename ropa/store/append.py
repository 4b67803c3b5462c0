"""One more revision at the end of the chain, within a transaction that writes."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from ropa.model.canonical import canonical_json
from ropa.store.chain import FORMAT, SAID, SALT_BYTES, change_text, digest, revision_hash, said_text
from ropa.store.tables import CHANGES, REDACTIONS, REVISIONS


@dataclass(frozen=True)
class Revision:
    """What a commit made: its number, its UTC time in ISO 8601, its hash."""

    number: int
    at: str
    hash: str


@dataclass(frozen=True)
class Left:
    """A record as a revision leaves it: its canonical JSON, or None where it goes."""

    kind: str
    ref: str
    record: str | None


@dataclass(frozen=True)
class Remains:
    """What remains of a text of the past: where it stands, and which fields were taken out of it.

    text: as it is digested. left: as it is stored, the record or who, why or command. ref: of the record from now on; "" as it was.
    """

    past: int
    place: str
    fields: tuple[str, ...]
    text: str
    left: str | None
    ref: str = ""


def head_of(connection: Connection) -> Row[Any] | None:
    """The last revision; None where there is none yet."""
    return connection.execute(select(REVISIONS).order_by(REVISIONS.c.number.desc()).limit(1)).first()


def append(
    connection: Connection,
    head: Row[Any] | None,
    said: dict[str, str],
    changes: Sequence[Left] = (),
    redactions: Sequence[Remains] = (),
) -> Revision:
    """Write the revision after `head`. said: actor, why and command.

    Its time is the clock's, but never before the time of the revision before: where a clock was set back, time stands still
    until it is caught up with, so that the state at any moment is the one of the last revision up to it.
    """
    number, previous = (head.number + 1, head.hash) if head else (1, "")
    at = max(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), head.at if head else "")
    said = {name: _storable(said[name]) for name in SAID}
    salts = {name: os.urandom(SALT_BYTES) for name in SAID}
    digests = {name: digest(salts[name], said_text(name, said[name])) for name in SAID}
    changed = [_row(number, position, one) for position, one in enumerate(changes, 1)]
    redacted = [_redacted(number, position, one) for position, one in enumerate(redactions, 1)]
    header: dict[str, int | str] = {"number": number, "at": at, "previous": previous}
    hash_ = revision_hash(
        header,
        digests,
        [row["digest"] for row in changed],
        [
            (one.past, one.place, one.fields, row["digest"])
            for one, row in zip(redactions, redacted, strict=True)
        ],
    )
    salted = {f"{name}_salt": salts[name] for name in SAID} | {
        f"{name}_digest": digests[name] for name in SAID
    }
    row = {**header, **said, **salted, "format": FORMAT, "hash": hash_}
    connection.execute(insert(REVISIONS), [row])
    for table, rows in ((CHANGES, changed), (REDACTIONS, redacted)):
        if rows:
            connection.execute(insert(table), rows)
    return Revision(number, at, hash_)


def _row(number: int, position: int, one: Left) -> dict[str, Any]:
    salt = os.urandom(SALT_BYTES)
    text = change_text(one.kind, one.ref, one.record)
    return {
        "revision": number,
        "position": position,
        "kind": one.kind,
        "ref": one.ref,
        "salt": salt,
        "record": one.record,
        "digest": digest(salt, text),
    }


def _redacted(number: int, position: int, one: Remains) -> dict[str, Any]:
    salt = os.urandom(SALT_BYTES)
    return {
        "revision": number,
        "position": position,
        "past": one.past,
        "place": one.place,
        "fields": canonical_json(list(one.fields)),
        "salt": salt,
        "digest": digest(salt, one.text),
    }


def _storable(text: str) -> str:
    """A text that every database keeps and UTF-8 can write: a file name on a command line may be neither."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")
