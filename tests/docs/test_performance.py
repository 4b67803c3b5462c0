"""What `make bench` keeps of an earlier run."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import page
from tests.benchmarks.measure import Measured, as_plain

SMALL, LARGE = (Measured(f"load {n}", "at 1,000", value=n, base=1) for n in (10, 50))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Figures of an earlier day: a small and a large register."""
    figures = tmp_path / "figures.json"
    rows = [as_plain(SMALL), as_plain(LARGE)]
    figures.write_text(
        json.dumps({"day": "2026-01-31", "machine": "old", "groups": {"Growing": rows, "Rules": rows}})
    )
    monkeypatch.setattr(page, "FIGURES", figures)
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text(f"before\n{page._BEGIN}{page._END}after\n")
    return page.PAGE


def test_what_a_run_did_not_measure_stays_with_its_day(kept: Path) -> None:
    """A row that was measured anew has the day of the page; one that was not, and a group that was not, keep theirs."""
    page.keep({"Growing": [SMALL]}, full=False)
    page.keep({"Growing": [SMALL]}, full=False)
    rows = [line for line in kept.read_text().splitlines() if line.startswith("| load")]
    assert [(line.split()[2], "of 2026-01-31" in line) for line in rows] == [
        ("10", False), ("50", True), ("10", True), ("50", True),
    ]  # fmt: skip


def test_a_full_run_forgets_rows_that_are_no_longer_measured(kept: Path) -> None:
    """What a full run of a group lacks is gone from it; other groups stay."""
    page.keep({"Growing": [SMALL]}, full=True)
    rows = [line.split()[2] for line in kept.read_text().splitlines() if line.startswith("| load")]
    assert rows == ["10", "10", "50"]
