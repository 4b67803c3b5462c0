"""A bar on stderr for work that lasts longer than a second, gone without a trace when the work is done."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from ropa.steps import watched

_PATIENCE = 1.0
"""Seconds in which nobody asks himself whether anything happens."""
_BRIEF = 0.2
"""Seconds that a piece of the work lasts before it is named: less could not be read."""


@contextmanager
def waiting() -> Iterator[None]:
    """Within it a person at a terminal sees how far long work has come; in a pipe, and on a terminal without cursor, nobody is told."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield
        return
    bar = _Bar(monotonic())
    try:
        with watched(bar):
            yield
    finally:
        bar.stop()  # an error that ends the work leaves the loop unfinished


class _Bar:
    """One bar at a time, for the outermost work, from the second second of the command on. begun: by the clock that only goes on."""

    def __init__(self, begun: float) -> None:
        self._begun = begun
        self._shown: Any = None

    def __call__(self, items: Iterable[Any], what: str, total: int | None) -> Iterator[Any]:
        mine, since = False, monotonic()
        try:
            for n, item in enumerate(items):
                now = monotonic()
                if not self._shown and now - self._begun > _PATIENCE and now - since > _BRIEF:
                    self._shown, mine = _started(what, total), True
                if mine and self._shown:
                    self._shown.update(self._shown.task_ids[0], completed=n)
                yield item
        finally:
            if mine:
                self.stop()

    def stop(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._shown.stop()
            self._shown = None


def _started(what: str, total: int | None) -> Any:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from ropa.cli.console import screen

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=screen(talk=True),
        transient=True,
    )
    bar.add_task(what, total=total)
    bar.start()
    return bar
