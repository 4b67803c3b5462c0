"""Which values of a record a path names that is to be taken out of the past: purposes.1.text, purposes.*.text, owner."""

import re
from dataclasses import dataclass
from functools import cached_property

from ropa.errors import Refused
from ropa.model.columns import column
from ropa.model.common import Documented
from ropa.model.walk import FieldSaid, fields
from ropa.words import listing


@dataclass(frozen=True)
class Redactable:
    """A field of a record or of its parts. numbers: for each step the part that is meant, as it was typed; "" for any."""

    path: str
    steps: tuple[FieldSaid, ...]
    numbers: tuple[str, ...]

    @property
    def last(self) -> FieldSaid:
        """The field that holds the value."""
        return self.steps[-1]

    @cached_property
    def here(self) -> re.Pattern[str]:
        """The paths of the values that are named."""
        return self._pattern(self.numbers)

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """The paths of such values in any part: a part has another number when others go."""
        return self._pattern(("",) * len(self.steps))

    def _pattern(self, numbers: tuple[str, ...]) -> re.Pattern[str]:
        steps = [
            re.escape(one.name) + (rf"\.{number or '[0-9]+'}" if one.many else "")
            for one, number in zip(self.steps, numbers, strict=True)
        ]
        return re.compile(r"\.".join(steps))


def redactable(cls: type[Documented], path: str) -> Redactable:
    """What a path names. Raises Refused for no such field, for a part with fields of its own, and for what a record needs to be read."""
    typed: list[str] = []
    numbers: list[str] = []
    for step in path.split("."):
        if typed and (step == "*" or step.isdecimal()):
            numbers[-1] = "" if step == "*" else str(int(step))
        else:
            typed.append(step)
            numbers.append("")
    found = column(cls, ".".join(typed))
    if found.counts:
        raise Refused(f"'{path}' is a count, and no field.", do="Name the field that holds the value.")
    last = found.steps[-1]
    if last.part:
        own = listing([f"{path}.{one.name}" for one in fields(last.part)], "or")
        raise Refused(f"'{path}' is a part with fields of its own.", do=f"Say which: {own}.")
    for one, number in zip(found.steps, numbers, strict=True):
        if number and not one.many:
            raise Refused(f"'{path}' numbers '{one.name}', of which there is only one.")
    if last.shape != "text" and not (last.blank and cls_default(cls, found.steps) in (None, ())):
        raise Refused(f"'{path}' says nothing of a person, and a record cannot be read without it.")
    return Redactable(path, found.steps, tuple(numbers))


def cls_default(cls: type[Documented], steps: tuple[FieldSaid, ...]) -> object:
    """What a record says there where nobody said anything."""
    of: type = cls
    for one in steps[:-1]:
        of = one.part or of
    return of.model_fields[steps[-1].name].default  # type: ignore[attr-defined]
