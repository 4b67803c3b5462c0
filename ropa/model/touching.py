"""What touches a record: who names it, what that one names in turn, and which activities it serves."""

from collections.abc import Iterator
from dataclasses import dataclass

from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.register import Register
from ropa.model.walk import Mention, mentions

_CARRIES = frozenset(
    {
        ("organisation", "sub_processors"),
        ("system", "vendor"),
        ("system", "measures"),
        ("data_category", "parent"),
        ("subject_category", "parent"),
    }
)
"""Kind and field that name a record → it reaches what the naming record reaches. A party to an agreement, a company of the
same group or the notice that a record was read from does not: no data flow along these."""


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
                elif _carries(other, mention) and (other.kind, other.ref) not in seen:
                    seen.add((other.kind, other.ref))
                    further.append((other, (other, *through)))
        level = further


def hands_on(register: Register, record: Documented) -> Iterator[Documented]:
    """To whom a record hands on what it gets, however often: its sub-processors, its vendor. The same way, downstream."""
    seen = {(record.kind, record.ref)}
    level = [record]
    while level:
        named = [(m.kind, m.ref) for at in level for m in mentions(at) if _carries(at, m)]
        level = []
        for kind, ref in named:
            found = register.records.get(kind, {}).get(ref)
            if found is not None and (kind, ref) not in seen:
                seen.add((kind, ref))
                level.append(found)
                yield found


def _carries(naming: Documented, mention: Mention) -> bool:
    return (naming.kind, mention.path.partition(".")[0]) in _CARRIES


def activities_of(register: Register, record: Documented) -> dict[str, Activity]:
    """The activities that a record reaches, by ref."""
    return {touch.activity.ref: touch.activity for touch in touches(register, record)}
