"""What stands on the screen at chosen questions and at the end, at two sizes, held against golden files.

A file that is not there is written, and the test fails once: look at it, then keep it. To renew one, take it away first.
"""

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.cli.form.calls import HEALTH_CHECKS, NEWSLETTER
from tests.cli.form.screen import Screen
from tests.cli.running import TREE, Ropa

CALLS: dict[str, tuple[tuple[str, ...], Sequence[tuple[str, str]], tuple[str, ...]]] = {
    "newsletter": (
        ("vendor", "add", "Newsmail"),
        NEWSLETTER,
        ("In which country", "Another contract", "what does the transfer rest on"),
    ),
    "health-checks": (
        ("activity", "add", "Health checks"),
        HEALTH_CHECKS,
        ("do we act for a client", "how long", "Who outside", "Which of the nine"),
    ),
}
"""Name → the command, its answers, and before which of them the screen is looked at."""


@pytest.mark.parametrize(("width", "height"), [(80, 24), (140, 40)])
@pytest.mark.parametrize("call", CALLS)
def test_the_screens_are_as_they_were(example: Ropa, call: str, width: int, height: int) -> None:
    """Questions, choices, the record and its gaps are as people know them, and the last question is in view."""
    command, answers, looked_at = CALLS[call]
    screen = Screen(example.folder, *command, width=width, height=height)
    seen = []
    for asked, keys in answers:
        screen.wait_for(asked)
        if asked in looked_at:
            seen.append(_still(screen))
        screen.press(f"{keys}\r")
    screen.wait_for("What now?")
    seen.append(_still(screen))
    assert "Still open" in seen[-1] or "Nothing is open" in seen[-1]
    screen.press("q\r")
    assert screen.end() == 2
    rule = "─" * width
    text = "\n".join(f"{rule}\n{one}\n" for one in seen) + f"{rule}\n"
    golden = TREE / "tests" / "golden" / "form" / f"{call}-{width}x{height}.txt"
    if not golden.exists():
        golden.write_text(text, encoding="utf-8")
        pytest.fail(f"{golden} was not there and is written: look at it.")
    assert text == golden.read_text(encoding="utf-8")


def _still(screen: Screen) -> str:
    """The screen without the days that move with today."""
    shown, today = screen.shown, dt.datetime.now(dt.UTC).date()
    for day in (today, today - dt.timedelta(days=1)):
        shown = shown.replace(day.isoformat(), "YYYY-MM-DD")
    return shown
