"""The user's editor: which one it is, and running it on a file until it ends."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from ropa.errors import Refused

_USUAL = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vi")
_SET = "setx EDITOR notepad" if os.name == "nt" else "export EDITOR=nano"
_AT_ONCE = 1.0
"""Seconds within which nobody reads a text, let alone changes it."""


def chosen(instead: str) -> list[str]:
    """The editor's command: $VISUAL, $EDITOR, or one that is usual here. Raises Refused where there is none.

    instead: the command that does without an editor, as a refusal names it.
    """
    for name in ("VISUAL", "EDITOR"):
        if said := os.environ.get(name, "").strip():
            return _command(name, said)
    if not sys.stdin.isatty():
        raise Refused("an editor needs a terminal.", do=f"Without one: {instead}")
    if usual := next(filter(shutil.which, _USUAL), ""):
        return [usual]
    raise Refused("no editor is found here.", do=f"Name yours: {_SET}. Without one: {instead}")


def _command(name: str, said: str) -> list[str]:
    """The command that a variable names: a program, or a program with its options."""
    if shutil.which(said):
        return [said]
    try:
        words = [word.strip('"') for word in shlex.split(said, posix=os.name != "nt")]
    except ValueError:
        raise Refused(f"quotation marks are not closed: {said}", at=f"${name}", do="Close them.") from None
    if not words or not shutil.which(words[0]):
        raise Refused(
            f"there is no program '{words[0] if words else said}'.", at=f"${name}", do=f"Name one: {_SET}"
        )
    return words


def run(command: Sequence[str], path: Path) -> bool:
    """Let the user edit a file; whether the editor took longer than it takes to do nothing.

    Raises Refused where it cannot be started, fails or is killed.
    """
    started = monotonic()
    # What an editor paints is no result: it goes to the screen also where the result goes into a pipe.
    screen = None if sys.stdout.isatty() else 2
    try:
        editor = subprocess.Popen([*command, str(path)], stdout=screen)  # noqa: S603  the user's own choice
    except OSError as error:
        raise Refused(f"the editor {command[0]} cannot be started: {error.strerror or error}.") from None
    with _keys_are_the_editors():
        code = editor.wait()
    if code < 0:
        raise Refused(f"the editor was ended from outside ({signal.Signals(-code).name}).")
    if code:
        raise Refused(f"the editor ended with an error (status {code}).")
    return monotonic() - started > _AT_ONCE


@contextmanager
def _keys_are_the_editors() -> Iterator[None]:
    """Ctrl-C is a key of the editor, and not the end of this program."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
