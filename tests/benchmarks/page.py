"""`docs/performance.md` out of the figures that the last run with --write kept."""

import json
import platform
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Measured, as_plain

FIGURES = Path(__file__).with_name("figures.json")
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
_BEGIN, _END = "<!-- figures: made by `python -m tests.benchmarks --write` -->\n", "<!-- end of figures -->\n"


def keep(groups: Mapping[str, Sequence[Measured]], *, full: bool) -> None:
    """Keep the figures of a run, with its day and machine, and write the page anew.

    What this run did not measure stays, with the day on which it was measured. A full run measures every row of its groups,
    so that a row which it lacks is gone.
    """
    kept = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {"groups": {}}
    older = {title: [{"day": kept["day"], **row} for row in rows] for title, rows in kept["groups"].items()}
    for title, each in groups.items():
        now = [as_plain(one) for one in each]
        same = {(row["name"], row["floor"]) for row in now}
        left = [row for row in older.get(title, ()) if (row["name"], row["floor"]) not in same]
        older[title] = now if full else now + left
    said = {"day": str(date.today()), "machine": _machine(), "groups": older}  # noqa: DTZ011  the day of the one who runs it
    FIGURES.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", "utf-8")
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")


def page(text: str) -> str:
    """The page with its tables as the kept figures have them. The words around them are written by hand."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + _tables(json.loads(FIGURES.read_text("utf-8"))) + _END + after


def _machine() -> str:
    """The machine in general words."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("pydantic", "sqlalchemy", "openpyxl", "xlsxwriter", "pandas")
    )
    return f"{platform.system()}, {platform.machine()}, {cpu_count()} cores, Python {platform.python_version()}; {packages}"


def _tables(said: Mapping[str, Any]) -> str:
    text = f"\nMeasured on {said['day']}, where a row gives no other day: {said['machine']}.\n"
    for title, each in said["groups"].items():
        text += f"\n### {title}\n\n| what | against | ratio | bound | | |\n|---|---|--:|--:|---|--:|\n"
        for row in each:
            day = row.get("day", said["day"])
            one = Measured(**{name: value for name, value in row.items() if name != "day"})
            figures = f"{_three(one.value)} : {_three(one.base)} {one.unit}"
            figures += "" if day == said["day"] else f", of {day}"
            text += (
                f"| {one.name} | {one.floor} | {one.ratio:.2f} | {one.bound} | {one.verdict} | {figures} |\n"
            )
    return text + "\n"


def _three(value: float) -> str:
    """Three digits that count."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
