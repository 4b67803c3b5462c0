"""Which facts are in use: the shipped tables, an organisation's own in their place, and as known on which day.

One set of facts is in use at a time; what is worked out of it is kept with it. Whoever begins says which (`put`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Row = dict[str, str]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class OwnTable:
    """A table that an organisation keeps itself. checked_on: the day on which all of it was gone through."""

    rows: tuple[Row, ...]
    checked_on: date


@dataclass(frozen=True, eq=False)
class Shelf:
    """The facts in use. own: name of a table → the organisation's. known_by: as known on that day; None: all that is known.

    revision: of the register that held the own tables. unfit: tables of the organisation's that this
    version cannot use → why; the shipped ones are used.
    """

    own: Mapping[str, OwnTable] = field(default_factory=dict)
    known_by: date | None = None
    revision: int = 0
    unfit: Mapping[str, str] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Which facts these are, where they are not simply the shipped ones: "r12, as known on 2026-03-31"."""
        held = f"r{self.revision}" if self.own else ""
        known = f"as known on {self.known_by}" if self.known_by else ""
        return ", ".join(filter(None, (held, known)))


SHIPPED = Shelf()
_in_use = SHIPPED


def in_use() -> Shelf:
    """The facts in use."""
    return _in_use


def put(shelf: Shelf) -> None:
    """Use these facts from now on."""
    global _in_use  # noqa: PLW0603  the one place that says which facts count
    _in_use = shelf


@contextmanager
def using(shelf: Shelf) -> Iterator[None]:
    """Use these facts within the block, then those from before."""
    before = _in_use
    put(shelf)
    try:
        yield
    finally:
        put(before)


def kept(work_out: Callable[P, T]) -> Callable[P, T]:
    """Work something out of the facts once, as long as the same ones are in use."""

    @wraps(work_out)
    def found(*args: P.args, **named: P.kwargs) -> T:
        memory, key = _in_use.memory, (work_out, args, tuple(named.items()))
        if key not in memory:
            memory[key] = work_out(*args, **named)
        known: T = memory[key]
        return known

    return found
