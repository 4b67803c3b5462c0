"""`ropa gaps fix`: one open question after the other, the answer that closes most first; each answer is written at once."""

import sys
from typing import Annotated

import typer

from ropa.cli.options import Actor, Db, Why


def fix(
    refs: Annotated[
        list[str] | None,
        typer.Argument(help="Only gaps of these records; all unless named.", metavar="[REF…]"),
    ] = None,
    owner: Annotated[str, typer.Option(metavar="NAME", help="Only what this owner knows.")] = "",
    severity: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="Only missing, risk or quality.")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Questions on plain lines, for a screen reader.")
    ] = False,
    actor: Actor = "",
    why: Why = "",
    db: Db = "",
) -> None:
    """Walk through the open gaps, one question at a time, the answer that closes most first.

    Enter leaves a gap open; you may then say why it does not apply, or live with it until a day. What is suggested is taken only
    when you choose it. Each answer is a revision of its own: Ctrl-C at any time keeps what was done.

    Example: ropa gaps fix

    Example: ropa gaps fix PA-0004 --severity missing

    Example: ropa gaps fix --owner "Head of HR"
    """
    from ropa.cli.fixround import Round
    from ropa.cli.form.dialogue import asks_of
    from ropa.errors import Refused

    if not plain and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused("the questions need a terminal.", do="Say --plain for plain lines. Or see: ropa gaps")
    Round(asks_of(plain=plain), refs or [], owner, severity or [], actor=actor, why=why, db=db).run()
