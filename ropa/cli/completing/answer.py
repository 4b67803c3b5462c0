"""What the shell is told: the words that may follow, written as this shell has to have them."""

import contextlib
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ropa.cli.completing.line import Typed, of_bash, of_words

ASKED = "_ROPA_COMPLETE"
"""The variable by which a shell's script asks; its value is the shell."""
_PLAIN = re.compile(r"[\w@%+=:,./~-]+")
_GOES_ON = ("=", "/", ".")
"""Ends of words after which no space comes: a value, a name of a file, a part follows."""
_LISTS = ("9", "33", "63", "64")
"""COMP_TYPE of bash where several words are listed, and none of them is put in whole."""
Found = Sequence[tuple[str, str]]


def answer(root: Any) -> None:
    """Print the words that may follow. root: the tree of commands. Whatever is wrong, nothing is printed."""
    shell = os.environ[ASKED]
    # Between two words of a person typing, silence is the only helpful error.
    with contextlib.suppress(Exception):
        from ropa.cli.completing.following import following

        typed = _typed(shell)
        found = [(_flat(word), _flat(said)) for word, said in following(typed.words, typed.now, root, _names)]
        lines = _for_bash(found, typed) if shell == "bash" else _for_others(found, shell)
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()


def _typed(shell: str) -> Typed:
    if shell == "bash":
        point, breaks = int(os.environ["_ROPA_POINT"]), os.environ.get("_ROPA_BREAKS")
        return of_bash(os.environ["_ROPA_LINE"], point, *([breaks] if breaks else []))
    typed = of_words(os.environ["_ROPA_WORDS"])
    if shell == "fish":  # which hands the word over as it is typed, with its quotation marks and backslashes
        line = f"ropa {typed.now}"
        typed = replace(typed, now=of_bash(line, len(line.encode())).now)
    return typed


def _names(db: str) -> Any:
    from ropa.cli.session import where
    from ropa.errors import Refused
    from ropa.store.names import Names

    try:
        return Names(where(db))
    except Refused:
        return Names(os.devnull)


def _flat(text: str) -> str:
    """One line without anything that a terminal obeys: names come from files."""
    from ropa.cli.console import safe

    return safe(" ".join(text.split()))


def _for_bash(found: Found, typed: Typed) -> list[str]:
    """Each word as it is to stand after what bash leaves, in quotation marks where it needs them; help behind it in a list."""
    by_name = [one for one in found if not one[0].casefold().startswith(typed.now.casefold())]
    if by_name and len(found) > 1:
        found = _by_names(found, typed.now)
    rest = [(word[typed.kept :], said) for word, said in found]
    quoting = not typed.quote and not all(_PLAIN.fullmatch(word) for word, _ in rest)
    lines = []
    for word, said in rest:
        whole = _quoted(word) if quoting else word
        if len(found) > 1:
            lines.append(f"{whole}  ({said})" if said else whole)
        else:
            lines.append(whole if typed.quote or word.endswith(_GOES_ON) else f"{whole} ")
    if os.environ.get("_ROPA_TYPE", "9") not in _LISTS:
        return [line.split("  (")[0] for line in lines]
    width = int(os.environ.get("_ROPA_COLUMNS") or 80) - 4
    return [line if len(line) <= width or "  (" not in line else f"{line[: width - 2]}…)" for line in lines]


def _by_names(found: Found, now: str) -> Found:
    """The names with what they stand for behind: the beginning that several words share has to be what was typed, or it is lost."""
    before = now[: now.rfind("=") + 1]
    named = [(f"{before}{name}", word) for word, name in found]
    return named if all(name.casefold().startswith(now.casefold()) for name, _ in named) else []


def _quoted(word: str) -> str:
    end = next((end for end in _GOES_ON if word.endswith(end)), "")
    return word if end and _PLAIN.fullmatch(word) else "'" + word.replace("'", "'\\''") + "'"


def _for_others(found: Found, shell: str) -> list[str]:
    """Word, tab, help. PowerShell does not quote what it puts in; zsh and fish do."""
    if shell == "powershell":
        found = [
            (word if _PLAIN.fullmatch(word) else "'" + word.replace("'", "''") + "'", h) for word, h in found
        ]
    return [f"{word}\t{said}" if said else word for word, said in found]
