"""What touches a record: who names it, what that one names in turn, and which activities it serves."""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.model.walk import Mention

CARRIERS = ("organisation", "system", "data_category", "subject_category")
"""Kinds through which a record reaches activities: a vendor through its clients and systems, a category through its parent."""


@dataclass(frozen=True)
class Touch:
    """An activity that a record reaches: where the activity names it, or the record through which it does."""

    activity: Activity
    path: str
    through: tuple[Documented, ...] = ()


def touches(register: Register, record: Documented) -> Iterator[Touch]:
    """Every activity that a record reaches, each place once; the direct ones first, then those through others.

    A sub-processor reaches the activities of the processor that engages it, a vendor those of its systems, a measure those
    of the systems that it protects, a category those of the categories under it (it is the wider one).
    """
    seen = {(record.kind, record.ref)}
    level: list[tuple[Documented, tuple[Documented, ...]]] = [(record, ())]
    while level:
        further: list[tuple[Documented, tuple[Documented, ...]]] = []
        for at, through in level:
            for other, mention in register.named_by.get((at.kind, at.ref), ()):
                if isinstance(other, Activity):
                    yield Touch(other, mention.path, through)
                elif other.kind in CARRIERS and _carries(mention, at) and (other.kind, other.ref) not in seen:
                    seen.add((other.kind, other.ref))
                    further.append((other, (other, *through)))
        level = further


def _carries(mention: Mention, at: Documented) -> bool:
    """A company of the same group is not its parent's sub-processor; the narrower category belongs to the wider one."""
    return not (isinstance(at, Organisation) and mention.path == "parent")


def activities_of(register: Register, record: Documented) -> dict[str, Activity]:
    """The activities that a record reaches, by ref."""
    return {touch.activity.ref: touch.activity for touch in touches(register, record)}
