"""Runs `ropa`: as the real command in a process of its own, or, for many short uses, as its `main` in this process."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

TREE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command left behind: its exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout, which has to be one JSON text and nothing else."""
        assert self.out, self
        return json.loads(self.out)

    @property
    def rows(self) -> list[list[str]]:
        """Stdout as CSV, without its header."""
        import csv

        return list(csv.reader(io.StringIO(self.out)))[1:]


def clean(home: Path, **more: str) -> dict[str, str]:
    """An environment with nothing of the user's in it."""
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "PYTHONPATH": str(TREE),
        "PYTHONUTF8": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "ROPA_ACTOR": "Head of Privacy",
        **more,
    }


def command(*words: object) -> list[str]:
    """The command line as the system starts it."""
    return [sys.executable, "-m", "ropa", *map(str, words)]


def modules_loaded(folder: Path, *words: str) -> tuple[str, set[str]]:
    """What a command prints, and all modules and packages that it loaded, in a process of its own."""
    code = (
        "import sys\nfrom ropa.cli import main\n"
        f"try:\n    main({list(words)})\nexcept SystemExit:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, set(done.stderr.split())


class Ropa:
    """`ropa` in a folder, in a process of its own.

    Every output is looked through for what no output may hold: a traceback, an escape code.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: object, input: str = "", cwd: Path | None = None, **env: str) -> Ran:
        ran = self._run([str(word) for word in words], input, cwd or self.folder, clean(self.folder, **env))
        assert "Traceback" not in ran.err, ran.err
        assert "\x1b" not in ran.out + ran.err, "an escape code in a pipe"
        return ran

    def _run(self, words: list[str], text: str, cwd: Path, env: dict[str, str]) -> Ran:
        done = subprocess.run(
            command(*words),
            input=text,
            cwd=cwd,
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def refused(self, *words: object, **how: Any) -> str:
        """The one line of a refusal: exit 2, stdout empty, and never a word about a fault of the program."""
        ran = self(*words, **how)
        assert (ran.code, ran.out) == (2, ""), ran
        assert ran.err.endswith("\n"), ran
        assert ran.err.count("\n") == 1, f"more than one line: {ran.err}"
        assert "should not have happened" not in ran.err, ran.err
        return ran.err.strip()

    def bring(self, **records: list[dict[str, Any]]) -> None:
        """Records as a file brings them: with signs in them that nobody could type."""
        file = self.folder / "brought.json"
        file.write_text(json.dumps({"ropa": 1, **records}), encoding="utf-8")
        ran = self("import", file.name, "--yes")
        assert ran.code == 0, ran
        file.unlink()

    @property
    def register(self) -> Path:
        """The file of the register."""
        return self.folder / "data" / "register.db"


class Inside(Ropa):
    """The same in this process, ten times as fast: for the many short uses of commands that Ropa has tried."""

    def _run(self, words: list[str], text: str, cwd: Path, env: dict[str, str]) -> Ran:
        from ropa.cli import main
        from ropa.reference.shelf import SHIPPED, using

        out, err, code = io.StringIO(), io.StringIO(), None
        here = os.open(".", os.O_RDONLY)  # by its name it may be out of reach for who has no rights
        try:
            os.chdir(cwd)
            with (
                mock.patch.dict(os.environ, env, clear=True),
                mock.patch("sys.stdin", io.StringIO(text)),
                mock.patch("sys.argv", ["ropa", *words]),
                redirect_stdout(out),
                redirect_stderr(err),
                using(SHIPPED),
            ):
                main(words)
        except SystemExit as end:
            code = end.code
        finally:
            os.fchdir(here)
            os.close(here)
        assert isinstance(code, int)
        return Ran(code, out.getvalue(), err.getvalue())
