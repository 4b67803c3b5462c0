"""A record as canonical JSON (RFC 8785), and back.

What is not said is left out, so that a field added in a later version does not change the text, and with it the digest,
of any record written before.

RFC 8785 wants sorted keys, no white space, short escapes and shortest numbers. Records hold texts, whole numbers, yes/no,
lists and objects whose keys are ASCII names; for these Python's own encoder gives exactly that form (a test holds it
against an independent implementation).
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

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


def canonical_json(value: Any, *, default: Callable[[Any], Any] | None = None) -> str:
    """The canonical JSON of plain data of the kinds that records hold. default: makes plain what is not."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=default
    )


def canonical(record: Record) -> str:
    """The canonical JSON of a record. Equal records have equal texts."""
    return canonical_json(plain(record))
