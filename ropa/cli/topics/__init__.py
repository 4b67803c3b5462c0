"""`ropa help`: the topics, each a text of about twenty lines beside this file, and the help of commands."""

from functools import cache
from pathlib import Path
from typing import Annotated

import typer

_ORDER = ("roles", "legal-basis", "retention", "transfers", "dpia")
"""In the order in which a new activity asks for them; others come after."""


@cache
def topics() -> dict[str, str]:
    """Each topic with what its first line says of it, after the title."""
    found = {
        file.stem: file.read_text(encoding="utf-8").partition("\n")[0].partition(": ")[2].rstrip(".")
        for file in Path(__file__).parent.glob("*.txt")
    }
    return dict(sorted(found.items(), key=lambda one: (*_ORDER, one[0]).index(one[0])))


def topic(name: str) -> str:
    """The text of a topic."""
    return Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")


def help_(
    words: Annotated[list[str] | None, typer.Argument(help="A topic, or a command.", metavar="TOPIC")] = None,
) -> None:
    """What a field wants, in twenty lines, with its law; or the help of a command.

    Example: ropa help legal-basis
    """
    from ropa.cli.app import COMMANDS, main
    from ropa.errors import Refused
    from ropa.words import fold, listing, nearest

    if not words:
        print("Topics. Read one with: ropa help TOPIC\n")
        wide = max(map(len, topics()))
        print("".join(f"  {name:<{wide}}  {line}\n" for name, line in topics().items()))
        print("The commands: ropa --help. One of them: ropa help activity set")
        return
    asked = fold(" ".join(words)).replace(" ", "-")
    if asked in topics():
        print(topic(asked), end="")
        return
    if words[0] in COMMANDS:
        main([*words, "--help"])
    near = [one for one in topics() if one.startswith(asked)] or nearest(asked, [*topics(), *COMMANDS])
    there = f"Topics are {listing(topics())}."
    raise Refused(
        f"there is no topic or command '{' '.join(words)}'.",
        do=f"Did you mean {listing(near, 'or')}? {there}" if near else there,
    )
