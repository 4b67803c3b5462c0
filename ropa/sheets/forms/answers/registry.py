"""The answers that a form may ask for by name, and what each is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.sheets.forms.speech import Speech


@dataclass(frozen=True)
class About:
    """What an answer is about.

    entity: an organisation of ours. activity: one of its activities. field: the list of the activity, and number and part: the
    member of it, counted from 1; None where the list is empty and this stands for it. Of a party, field says which one. lines: the
    numbers of the lines of data that a row holds. label: what the form calls the row. every: of what is about no one
    activity, all of them.
    """

    entity: Organisation | None = None
    activity: Activity | None = None
    field: str = ""
    number: int = 0
    part: Any = None
    lines: tuple[int, ...] = ()
    label: str = ""
    every: Sequence[Activity] = ()

    @property
    def its(self) -> Activity:
        """The activity, of what is about one."""
        if self.activity is None:
            raise TypeError("a form asks of a party what only an activity can answer")
        return self.activity


Cell = Callable[[Speech, About], str]


@dataclass(frozen=True)
class Answering:
    """An answer. shows: the fields of an activity that it always shows in full, as paths such as "purposes.text"."""

    cell: Cell
    shows: frozenset[str]


ANSWERS: dict[str, Answering] = {}
"""By the name that a form asks for it."""


def answers(name: str, *shows: str) -> Callable[[Cell], Cell]:
    """Make a function the answer of that name."""

    def keep(cell: Cell) -> Cell:
        ANSWERS[name] = Answering(cell, frozenset(shows))
        return cell

    return keep
