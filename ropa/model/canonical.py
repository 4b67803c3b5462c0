"""A record as canonical JSON (RFC 8785), and back.

What is not said is left out, so that a field added in a later version does not change the text, and with it the digest,
of any record written before.

RFC 8785 wants sorted keys, no white space, short escapes and shortest numbers. Records hold texts, whole numbers, yes/no,
lists and objects whose keys are ASCII names; for these orjson gives exactly that form (a test holds it against an
independent implementation), many times quicker than Python's own encoder, on which proving a long history waits.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
from pydantic import BaseModel

from ropa.model.base import Record
from ropa.model.redacted import marked, said_in
from ropa.model.walk import fields


def plain(record: BaseModel) -> dict[str, Any]:
    """What a record or part says, as plain data: days as ISO texts, blanks left out, fields in the schema's order."""
    said: dict[str, Any] = {}
    known = not marked(record)
    for f in fields(type(record)):
        value = getattr(record, f.name) if known else said_in(record, f)
        if value is None or value == ():
            continue
        if f.part:
            value = [plain(part) for part in value] if f.many else plain(value)
            if value == {}:
                continue
        elif f.many:
            value = list(value)
        elif isinstance(value, date):
            value = value.isoformat()
        said[f.name] = value
    return said


_PLAIN_ONLY = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


def canonical_json(value: Any, *, default: Callable[[Any], Any] | None = None) -> str:
    """The canonical JSON of plain data of the kinds that records hold. default: makes plain what is not."""
    return canonical_bytes(value, default=default).decode()


def canonical_bytes(value: Any, *, default: Callable[[Any], Any] | None = None) -> bytes:
    """The same as UTF-8, which is what a digest covers."""
    return orjson.dumps(value, default, _PLAIN_ONLY)


def canonical(record: Record) -> str:
    """The canonical JSON of a record. Equal records have equal texts."""
    return canonical_json(plain(record))
