"""Asks a workshop (`tests.faults.workshop`), a process of its own, to run the program."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from tests.cli.running import TREE
from tests.faults.state import copied
from tests.faults.workshop import Fault

Env = Mapping[str, str]
NONE: Env = {}


@dataclass(frozen=True)
class Traced:
    """What a run left behind. code: its exit code, or minus the signal that ended it. calls: those that were counted."""

    code: int
    out: str
    err: str
    calls: list[str]


class Workshop:
    """A running workshop."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.workshop"],
            cwd=TREE,
            env={**os.environ, "PYTHONPATH": str(TREE), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def _ask(self, stopped: Callable[[str], None] = lambda _: None, **said: Any) -> dict[str, Any]:
        self._say(said)
        while True:
            line = self._process.stdout.readline()
            assert line, "the workshop ended"
            answer: dict[str, Any] = json.loads(line)
            if "stopped" not in answer:
                return answer
            stopped(answer["stopped"])
            self._say({})

    def _say(self, said: dict[str, Any]) -> None:
        print(json.dumps(said), file=self._process.stdin, flush=True)

    def why_not(self) -> str:
        """Why no process can be stopped here (some containers forbid it); "" where it can."""
        return self._ask(ask="why_not")["why"]

    def warm(self, folder: Path, *words: object, env: Env = NONE) -> None:
        """Do it once undisturbed on a copy of the folder, so that all modules are there."""
        with copied(folder) as copy:
            self._ask(ask="warm", words=[str(word) for word in words], folder=str(copy), env=dict(env))

    def run(
        self,
        folder: Path,
        *words: object,
        env: Env = NONE,
        stopped: Callable[[str], None] = lambda _: None,
        **fault: Any,
    ) -> Traced:
        """Run `ropa` in that folder with this fault."""
        said = self._ask(
            stopped,
            ask="run",
            words=[str(word) for word in words],
            folder=str(folder),
            env=dict(env),
            fault=asdict(Fault(**fault)),
        )
        assert "Traceback" not in said["err"], said["err"]
        return Traced(**said)

    def stopping(
        self, folder: Path, *words: object, look: Callable[[Path, str], None], env: Env = NONE
    ) -> list[str]:
        """Run it once in that folder, and stop it before each call that changes a file. Returns these calls.

        `look` sees the folder at each as it would be left, were the program killed there: a kill takes nothing back.
        """
        ran = self.run(folder, *words, env=env, stopped=lambda call: look(folder, call), how="look")
        assert ran.code == 0, ran
        return ran.calls


def spread(points: int, most: int) -> list[int]:
    """So many numbers from 1 to the number of points, evenly, with the first and the last."""
    return sorted({1 + round(n * (points - 1) / (most - 1)) for n in range(most)})
