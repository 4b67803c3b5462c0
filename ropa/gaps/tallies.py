"""Tallies: what rules need to know of all activities together, gathered in one walk for all of them.

A large register does not fit into what a processor has at hand: ten questions, each with a walk of its own, read all of it
ten times, and that took longer than most rules do.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ropa.model.activity import Activity

if TYPE_CHECKING:
    from ropa.gaps.case import Case

T = TypeVar("T")
Adding = Callable[[T, Activity, "Case"], None]
F = TypeVar("F", bound=Adding[Any])

_STARTS: dict[Adding[Any], Callable[[], Any]] = {}


def tally(start: Callable[[], Any]) -> Callable[[F], F]:
    """Make a tally of a function that adds what one activity says to what was found before, beginning with `start()`.

    It is given every activity that has not ended, in the order of the register. A rule reads it as `case.tally(function)`.
    """

    def made(adding: F) -> F:
        _STARTS[adding] = start
        return adding

    return made


def tallies(case: "Case") -> dict[Adding[Any], Any]:
    """What each tally found; where one stopped with an error, that error: the others still count."""
    found = {adding: start() for adding, start in _STARTS.items()}
    going = list(found.items())
    for activity in case.register.activities.values():
        if activity.status == "ended":
            continue
        for adding, so_far in going:
            try:
                adding(so_far, activity, case)
            except Exception as trouble:  # noqa: BLE001  told by the rules that ask for it
                found[adding] = trouble
                going = [(other, each) for other, each in going if other is not adding]
    return found
