"""What a layout is, and what it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from ropa.model.register import Register

if TYPE_CHECKING:
    # The rules are many, and listing the layouts needs none of them.
    from ropa.gaps import Outcome


Days = Mapping[str, tuple[date, date]]


@dataclass(frozen=True)
class Asked:
    """What is to be laid out.

    on: the day for which it speaks. findings: those of the gap analysis, worst first, or None where they are left out. entity: the ref of the
    one organisation of ours whose records are wanted, or None for all. further: with what the register holds beside the form. only: the refs of the activities that are
    wanted, of a layout that comes home; None for all. days: by ref of an activity, the days on which it came into the register and was
    last changed, as far as they are known.
    """

    register: Register
    on: date
    findings: "Sequence[Outcome] | None" = None
    entity: str | None = None
    further: bool = True
    only: frozenset[str] | None = None
    days: Days = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """A form in which a register leaves the program.

    name: what it is asked for by. what: one line. suffix: of its file. whole: True where it holds everything, internal
    notes included, and is for the organisation's own use; False where nothing internal leaves. write: writes it. sure: of an
    authority's form, how sure its headings are; role: whose activities it holds, "" for all. points: whether the open points of
    the gap analysis can stand in it.
    """

    name: str
    title: str
    what: str
    suffix: str
    whole: bool
    write: Callable[[Asked, BinaryIO], None]
    sure: str = ""
    role: str = ""
    points: bool = False
