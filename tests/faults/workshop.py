"""Runs `ropa` in a process that is stopped at its system calls: `python -m tests.faults.workshop`, asked in lines of JSON.

The program is imported once; each run is a fork that calls the program's own `main`, so that a run costs no start.
"""

import errno
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.cli.running import Inside, clean
from tests.faults.calls import Call
from tests.faults.tracing import traced


@dataclass(frozen=True)
class Fault:
    """What goes wrong at which call, counted from 1 (0: at none).

    how: kill, or the name of an errno; look, to say at each call that the process is stopped there, and wait.
    reads: whether calls that read are counted, and not those that write. lasting: whether all later ones fail too.
    within: what the path of the file must have in it for a call to count.
    """

    at: int = 0
    how: str = "kill"
    reads: bool = False
    lasting: bool = False
    within: str = ""

    def counts(self, call: Call) -> bool:
        """Whether this is one of the calls of which one fails."""
        return (call.reads if self.reads else call.writes) and not call.screen and self.within in call.path


def _judged(fault: Fault, calls: list[str], stopped: Callable[[str], None]) -> Callable[[Call], int | None]:
    def judge(call: Call) -> int | None:
        if not fault.counts(call):
            return 0
        calls.append(str(call))
        if fault.how == "look":
            stopped(calls[-1])
            return 0
        if not fault.at or not (len(calls) == fault.at or (fault.lasting and len(calls) > fault.at)):
            return 0
        if fault.how == "kill":
            return None
        return getattr(errno, fault.how)

    return judge


def _child(words: list[str], folder: str, env: dict[str, str], out: int, err: int) -> int:
    """The program, as `python -m ropa` would run it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(old, new)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(clean(Path(folder), TMPDIR=f"{folder}/tmp", **env))
    tempfile.tempdir = None  # it is asked of the surroundings once, and the workshop has its own
    main, argv = _program(words)
    sys.argv = ["ropa", *argv]
    try:
        main(argv)
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else 70


def _program(words: list[str]) -> tuple[Callable[[list[str]], Any], list[str]]:
    """`main`, or the function of the tests that the first word names as @module:function."""
    module, _, name = (
        words[0].removeprefix("@").partition(":") if words[0].startswith("@") else ("ropa.cli", "", "main")
    )
    return getattr(import_module(module), name), words[1:] if words[0].startswith("@") else words


def _run(words: list[str], folder: str, env: dict[str, str], fault: dict[str, Any]) -> dict[str, Any]:
    def stopped(call: str) -> None:
        _say({"stopped": call})
        sys.stdin.readline()

    calls: list[str] = []
    with os.fdopen(os.memfd_create("out"), "rb") as out, os.fdopen(os.memfd_create("err"), "rb") as err:
        code = traced(
            lambda: _child(words, folder, env, out.fileno(), err.fileno()),
            _judged(Fault(**fault), calls, stopped),
        )
        for file in (out, err):
            file.seek(0)
        return {"code": code, "out": out.read().decode(), "err": err.read().decode(), "calls": calls}


def _warm(words: list[str], folder: str, env: dict[str, str]) -> dict[str, Any]:
    """Import all that a use needs, by the use itself."""
    return asdict(Inside(Path(folder))(*words, **env))


def _why_not() -> dict[str, str]:
    """Why no process can be stopped here: some containers forbid it."""
    try:
        traced(lambda: 0, lambda _: 0)
    except OSError as trouble:
        return {"why": f"no process may be stopped at its system calls here: {trouble}"}
    return {"why": ""}


_ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {"run": _run, "warm": _warm, "why_not": _why_not}


_answers = os.fdopen(os.dup(1), "w")


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), file=_answers, flush=True)


def serve() -> None:
    """Answer until nobody asks any more."""
    with TemporaryDirectory() as aside:
        while line := sys.stdin.readline():
            asked = json.loads(line)
            answer = _ANSWERS[asked.pop("ask")](**asked)
            os.chdir(aside)
            _say(answer)


if __name__ == "__main__":
    serve()
