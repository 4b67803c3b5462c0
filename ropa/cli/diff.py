"""`ropa diff`: what changed between two days or revisions."""

from typing import Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, Db


def diff(
    a: Annotated[
        str,
        typer.Argument(
            help="The state before: a day, a revision; the last revision but one unless said.", metavar="[A]"
        ),
    ] = "",
    b: Annotated[str, typer.Argument(help="The state after: the same; now unless said.", metavar="[B]")] = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    db: Db = "",
) -> None:
    """What changed between two states of the register, in words, with the value before and after. Exit 1 where something did.

    A day means its end, UTC. Alone it tells what the last revision changed. A record that got another ref is followed.

    Example: ropa diff 2026-03-31

    Example: ropa diff r1 now --csv

    Example: ropa diff
    """
    from ropa.cli import diffwords
    from ropa.cli.session import opened
    from ropa.cli.sides import renamed, side
    from ropa.compare import compare

    store = opened(db)
    after = side(b, store)
    before = side(a or f"r{max(after.register.revision - 1, 0)}", store)
    changes = compare(before.register, after.register, renamed(before, after))
    told = diffwords.Told(before, after, changes)
    if as_json:
        diffwords.as_json(told)
    elif as_csv:
        diffwords.as_csv(told)
    else:
        diffwords.in_words(told)
    if changes:
        raise typer.Exit(1)
