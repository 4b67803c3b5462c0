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
    words: Annotated[
        list[str] | None, typer.Argument(help="A topic, a field, a rule, or a command.", metavar="TOPIC")
    ] = None,
) -> None:
    """What a topic, a field or a rule asks, with its law; or the help of a command.

    Example: ropa help legal-basis

    Example: ropa help purposes.N.law
    """
    from ropa.cli.app import COMMANDS, main
    from ropa.cli.topics.fieldhelp import named, places, told
    from ropa.errors import Refused
    from ropa.words import fold, listing, nearest

    if not words:
        print("Topics. Read one with: ropa help TOPIC\n")
        wide = max(map(len, topics()))
        print("".join(f"  {name:<{wide}}  {line}\n" for name, line in topics().items()))
        print("A field: ropa help recipients. A rule: ropa help A104.")
        print("The commands: ropa --help. One of them: ropa help activity set")
        return None
    asked = fold(" ".join(words)).replace(" ", "-")
    if asked in topics():
        return print(topic(asked), end="")
    if found := named(words):
        return print("\n".join(told(found)))
    if words[0] in COMMANDS:
        main([*words, "--help"])
    from ropa.gaps import RULES

    if rule := next((rule for rule in RULES if asked.upper() in (rule, rule.removeprefix("ROPA-"))), ""):
        main(["rules", "show", rule])
    fields = sorted({place.said.name for place in places()})
    every = list(dict.fromkeys([*topics(), *fields, *COMMANDS]))
    near = [one for one in every if one.startswith(asked)] or nearest(asked, every)
    raise Refused(
        f"there is no topic, field, rule or command '{' '.join(words)}'.",
        do=f"Did you mean {listing(near[:5], 'or')}?" if near else f"Topics are {listing(topics())}.",
    )
