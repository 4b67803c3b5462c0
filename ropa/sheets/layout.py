"""What a layout is, and what it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Protocol

from ropa.model.register import Register


class OpenPoint(Protocol):
    """A finding of the gap analysis, as far as a layout shows it."""

    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def ref(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def law(self) -> str: ...
    @property
    def fix(self) -> str: ...


@dataclass(frozen=True)
class Asked:
    """What is to be laid out.

    on: the day for which it speaks. findings: the open points, or None where they are left out. entity: the ref of the
    one organisation of ours whose records are wanted, or None for all.
    """

    register: Register
    on: date
    findings: Sequence[OpenPoint] | None = None
    entity: str | None = None


@dataclass(frozen=True)
class Layout:
    """A form in which a register leaves the program.

    name: what it is asked for by. what: one line. suffix: of its file. whole: True where it holds everything, internal
    notes included, and is for the organisation's own use; False where nothing internal leaves. write: writes it.
    """

    name: str
    title: str
    what: str
    suffix: str
    whole: bool
    write: Callable[[Asked, BinaryIO], None]
