"""A terminal whose screen is read as a person sees it, and which answers what a real one answers."""

import time
from collections.abc import Callable
from pathlib import Path

import pyte
import pytest

from tests.cli.terminal import PATIENCE, Terminal

_WHERE = "\x1b[6n"
"""The program asks where the cursor is."""


class Screen(Terminal):
    """`ropa` at a terminal of a given size; `shown` is what stands on it now."""

    def __init__(self, folder: Path, *words: object, width: int = 80, height: int = 24, **env: str) -> None:
        self._shown = pyte.Screen(width, height)
        self._stream = pyte.Stream(self._shown)
        self.keys = 0
        super().__init__(folder, *words, width=width, height=height, **env)

    @property
    def shown(self) -> str:
        """The lines of the screen, without the blanks at their ends and the empty lines below."""
        return "\n".join(line.rstrip() for line in self._shown.display).rstrip()

    def wait_for(self, text: str) -> None:
        """Read until the last question on the screen is the one that holds the text, and a line waits for keys."""
        self._wait(text, self._asks)

    def see(self, text: str) -> None:
        """Read until the text stands anywhere on the screen, as in the choices below the line."""
        self._wait(text, lambda words: words in self.shown)

    def _wait(self, text: str, there: Callable[[str], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not there(text):
            running = self.running
            if not self._read() and not (running and time.monotonic() < until):
                self.close()
                pytest.fail(f"'{text}' never came:\n{self.shown}")

    def say(self, asked: str, keys: str) -> None:
        """Wait for a question, and answer it: the keys, then Enter."""
        self.wait_for(asked)
        self.press(f"{keys}\r")

    def press(self, keys: str) -> None:
        """Press keys, each of which is counted."""
        self.keys += len(keys)
        self.type(keys)

    def _asks(self, text: str) -> bool:
        lines = [line.rstrip() for line in self._shown.display]
        if not lines[-1].startswith((" Enter: ", " Press ")):  # the bar below is drawn last
            return False
        last = max((n for n, line in enumerate(lines) if line.startswith(">")), default=-1)
        before = max((n for n, line in enumerate(lines[:last]) if line.startswith(">")), default=-1)
        words = " ".join(" ".join(lines[before + 1 : last]).split())
        return last >= 0 and text in words and self._shown.cursor.y >= last

    def _read(self) -> bool:
        seen, asked = len(self.screen), self.screen.count(_WHERE)
        more = super()._read()
        self._stream.feed(self.screen[seen:])
        # Counted in all that came: a question may arrive in two pieces.
        for _ in range(self.screen.count(_WHERE) - asked):
            self.type(f"\x1b[{self._shown.cursor.y + 1};{self._shown.cursor.x + 1}R")
        return more
