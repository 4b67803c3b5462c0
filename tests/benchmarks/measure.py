"""Timing: the best of several rounds in which what is measured and its floors take turns, so that both meet the same noise."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

Run = Callable[[], object]
Prepared = Callable[[], Run]
"""Gets everything ready, untimed, and returns what is timed."""


@dataclass(frozen=True)
class Measured:
    """A figure: value and floor in `unit` (s or MB), their ratio, and its bound.

    at_most, at_least: the bound of the ratio; neither where the figure is only reported.
    """

    name: str
    floor: str
    value: float
    base: float
    unit: str = "s"
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ratio(self) -> float:
        """Value over floor; floor over value where the bound says how many times faster it must be."""
        return self.base / self.value if self.at_least is not None else self.value / self.base

    @property
    def bound(self) -> str:
        """The bound in words; "" for none."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its bound."""
        above = self.at_most is not None and self.ratio > self.at_most
        return not above and not (self.at_least is not None and self.ratio < self.at_least)

    @property
    def verdict(self) -> str:
        """Ok or over; "" where there is no bound."""
        return ("ok" if self.holds else "OVER") if self.bound else ""


def ready(run: Run) -> Prepared:
    """What needs nothing prepared."""
    return lambda: run


def unhindered(run: Run) -> Run:
    """The same with the garbage collector off: the quickest that a floor can be."""

    def quick() -> object:
        gc.disable()
        try:
            return run()
        finally:
            gc.enable()

    return quick


def best(rounds: int, **steps: Prepared) -> dict[str, float]:
    """Seconds of the quickest round of each step. The steps take turns.

    What was made before is hidden from the garbage collector, so that a step pays for its own objects only.
    """
    seconds: dict[str, float] = dict.fromkeys(steps, float("inf"))
    for _ in range(rounds):
        for name, prepare in steps.items():
            run = prepare()
            gc.collect()
            gc.freeze()
            try:
                start = perf_counter()
                kept = run()
                seconds[name] = min(seconds[name], perf_counter() - start)
            finally:
                gc.unfreeze()
            del kept, run
    return seconds


def process(*words: str, ends: Sequence[int] = (0,)) -> Run:
    """A run of this Python with these words, to its end, its output thrown away. ends: the exit codes that are no failure."""
    # Compiled files are kept, whatever the surroundings say: else our own code, and no package, is compiled in each run.
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *words]

    def run() -> object:
        ran = subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=surroundings
        )
        if ran.returncode not in ends:
            raise RuntimeError(f"{' '.join(words)}: exit {ran.returncode}: {ran.stderr.decode()[-500:]}")
        return ran

    return run


def in_process(module: str, *words: str | Path) -> str:
    """What a module of this package prints, run in a Python of its own."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def line(one: Measured) -> str:
    """A figure as it is printed."""
    spread = f"{one.value:.3g} {one.unit} against {one.base:.3g} {one.unit}: {one.floor}"
    return f"{one.name:<58} {one.ratio:>6.2f} {one.bound:>6} {one.verdict:<4}  {spread}"


def as_plain(one: Measured) -> Mapping[str, Any]:
    """A figure as it is kept."""
    return {
        "name": one.name, "floor": one.floor, "value": round(one.value, 4), "base": round(one.base, 4), "unit": one.unit,
        "at_most": one.at_most, "at_least": one.at_least,
    }  # fmt: skip


def broken(all_: Sequence[Measured]) -> list[Measured]:
    """Those whose bound does not hold."""
    return [one for one in all_ if not one.holds]
