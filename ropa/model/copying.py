"""A draft out of a record that exists: what it says of the matter, without what speaks of the original alone."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from ropa.model.common import Documented
from ropa.model.walk import fields


def copied(record: Documented, ref: str, name: str, *, day: date, revision: int) -> tuple[Any, list[str]]:
    """A new record that says the same, and the titles of what was left out.

    Left out is what the fields themselves call their record's own: statements, which somebody signed for the original;
    reviews, impact assessments, contracts, certificates, breaches, notices, names and numbers. So is every day, and every
    part that has ended. A status begins anew. Its provenance says of what it is a copy.
    """
    left: dict[str, None] = {}
    said = _kept(record, day, left)
    said |= {
        "ref": ref,
        "name": name,
        "provenance": [{"source": f"copy of {record.ref} {record.name}, r{revision}"}],
    }
    return type(record).model_validate(said), list(left)


def _kept(of: BaseModel, day: date, left: dict[str, None]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for field in fields(type(of)):
        value = getattr(of, field.name)
        if value is None or value == () or type(of).model_fields[field.name].default not in (None, ()):
            continue
        if field.own or field.shape == "day":
            left[field.title] = None
        elif field.part and field.many:
            now = [part for part in value if not _ended(part, day)]
            if len(now) < len(value):
                left[f"{field.title} that have ended"] = None
            kept[field.name] = [_kept(part, day, left) for part in now]
        elif field.part:
            kept[field.name] = _kept(value, day, left)
        else:
            kept[field.name] = list(value) if field.many else value
    return kept


def _ended(part: BaseModel, day: date) -> bool:
    until = getattr(part, "until", None)
    return until is not None and until < day
