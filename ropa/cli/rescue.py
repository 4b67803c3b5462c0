"""`ropa rescue`: a new, proven register out of a damaged one."""

from pathlib import Path
from typing import Annotated

import typer

from ropa.cli.options import Actor, AsJson


def rescue(
    damaged: Annotated[
        str, typer.Argument(help="The damaged register; it stays as it is.", metavar="DAMAGED")
    ],
    file: Annotated[str, typer.Argument(help="The new file to write.", metavar="FILE")],
    actor: Actor = "",
    as_json: AsJson = False,
) -> None:
    """Save what can be saved of a damaged register into a new file: the history as far as it proves itself, and the tables.

    Where the history is whole the tables are made from it. Where it breaks off, what the tables say beyond it is added as one
    revision. A backup is better: take this where there is none. Exit 1 where something was lost.

    Example: ropa rescue register-copy.db rescued.db
    """
    from dataclasses import asdict
    from shlex import quote

    from ropa.cli.console import print_json, say, talk
    from ropa.cli.session import command_line, typed, who
    from ropa.store.rescue import rescue as save

    saved = save(
        Path(damaged),
        Path(file),
        actor=typed(who(actor), "--actor"),
        command=typed(command_line(), "DAMAGED"),
    )
    if as_json:
        print_json({**asdict(saved), "path": str(saved.path)})
    else:
        say(f"{saved.path}: proven, r{saved.revision}, hash {saved.hash}")
    if saved.whole:
        talk("The history is whole; the tables were made from it. Nothing was lost.")
    for line in saved.lost:
        talk(f"Lost: {line}.")
    if saved.from_tables:
        talk(f"r{saved.revision} holds what only the tables said: {_few(saved.from_tables)}.")
    if not saved.whole:
        talk(
            f"Keep {damaged}: the past that is lost here can still be looked at there, row by row, though it proves nothing."
        )
    talk(f"Look at it: ropa --db {quote(file)} status")
    talk(f"Then put it in the place of the damaged one: ropa restore {quote(file)} --db {quote(damaged)}")
    if not saved.whole:
        raise typer.Exit(1)


def _few(refs: tuple[str, ...]) -> str:
    shown = ", ".join(refs[:8])
    return f"{shown} and {len(refs) - 8} more" if len(refs) > 8 else shown
