"""A record under a new ref, and all that names it following: also statements of waivers, sub-processors, sources."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from ropa.model.common import Documented
from ropa.model.notice import Waiver
from ropa.model.register import Register
from ropa.model.walk import fields

R = TypeVar("R", bound=Documented)


def renamed(record: R, kind: str, old: str, new: str) -> R:
    """The record as it stands after the record of that kind went from one ref to another; itself where it does not care."""
    followed = _followed(record, kind, old, new)
    if (record.kind, record.ref) == (kind, old):
        followed = followed.model_copy(update={"ref": new})
    if isinstance(followed, Waiver) and (followed.record_kind, followed.record) == (kind, old):
        name = followed.name.replace(f" of {old} ", f" of {new} ", 1)
        followed = followed.model_copy(update={"record": new, "name": name})
    return followed


def following(register: Register, record: Documented) -> Iterator[Documented]:
    """The other records that change when this one gets a new ref: all that name it, and the waivers of its gaps."""
    seen = {(record.kind, record.ref)}
    for one, _ in register.named_by.get((record.kind, record.ref), ()):
        if (one.kind, one.ref) not in seen:
            seen.add((one.kind, one.ref))
            yield one
    for waiver in register.all(Waiver).values():
        if (waiver.record_kind, waiver.record) == (record.kind, record.ref):
            yield waiver


M = TypeVar("M", bound=BaseModel)


def _followed(of: M, kind: str, old: str, new: str) -> M:
    """A record or part in which every mention of the old ref is one of the new."""
    taken: dict[str, Any] = {}
    for said in fields(type(of)):
        value = getattr(of, said.name)
        if not value or not (said.part or said.names == kind):
            continue
        each = value if said.many else (value,)
        if said.part:
            anew = tuple(_followed(part, kind, old, new) for part in each)
        else:
            anew = tuple(new if ref == old else ref for ref in each)
        if anew != tuple(each):
            taken[said.name] = anew if said.many else anew[0]
    return of.model_copy(update=taken) if taken else of
