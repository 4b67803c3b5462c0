"""`ropa backup FILE` and `ropa restore FILE`: a copy of the register, and the way back to it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsJson, Db

if TYPE_CHECKING:
    from ropa.store.restoring import Exchange, Step

_SHOWN = 10
"""Revisions that are listed at most of those lost and of those regained."""


def backup(
    file: Annotated[
        str, typer.Argument(help="The file to write, or a folder: then it gets a dated name.", metavar="FILE")
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
    db: Db = "",
) -> None:
    """Copy the register, also while somebody writes, and prove the copy: its chain, its replay, its tables.

    The file appears whole or not at all. Example: ropa backup register-copy.db
    """
    from ropa.cli.console import print_json, say
    from ropa.cli.session import opened
    from ropa.store.backup import backup as make

    made = make(opened(db), Path(file), force=force)
    if as_json:
        return print_json({"file": str(made.path), "revision": made.revision, "hash": made.hash})
    return say(f"{made.path}: proven, r{made.revision}, hash {made.hash or 'none'}")


def put_back(file: str, *, dry_run: bool, yes: bool, db: str) -> None:
    """A backup in the place of the register, after proving it, telling what is lost and regained, and asking."""
    from ropa.cli.console import say, talk
    from ropa.cli.session import DEFAULT, shown, where
    from ropa.errors import Refused
    from ropa.store.open import is_url
    from ropa.store.restoring import restore as exchange

    try:
        place = where(db)
    except Refused:  # the register is gone: that is what a backup is for
        place = str(Path.cwd() / DEFAULT)
    if is_url(place):
        raise Refused(
            "this is the database of a server; no file can take its place.",
            at=place,
            do="Use the server's own tools.",
        )
    if not dry_run:
        Path(place).parent.mkdir(exist_ok=True)
    said: list[Exchange] = []

    def agree(what: "Exchange") -> None:
        said.append(what)
        _tell(what, shown(Path(place)))
        _agree(dry_run=dry_run, yes=yes)

    kept = exchange(Path(file), place, agree)
    last = said[0].backup[-1:]
    say(f"{shown(Path(place))}: restored, {f'r{last[0].number}, hash {last[0].hash}' if last else 'r0'}")
    if kept:
        talk(f"The register that was there: {shown(kept)}")


def _tell(what: "Exchange", place: str) -> None:
    """What a restore would do, to the person who is asked."""
    from ropa.cli.console import talk

    talk(f"The backup stands at {_stand(what.backup)}.")
    if what.present is None:
        talk(f"{place} cannot be read: {what.missing} What the restore loses is not known.")
    elif not what.present:
        talk(f"{place}: {what.missing or 'nothing was written into it yet'}.")
    else:
        talk(f"The register stands at {_stand(what.present)}.")
        talk(_kinship(what))
    _list("Lost", what.lost)
    if what.present:
        _list("Regained", what.gained)


def _stand(steps: "tuple[Step, ...]") -> str:
    if not steps:
        return "r0: nothing was written yet"
    last = steps[-1]
    return f"r{last.number} of {_time(last)}, hash {last.hash[:12]}…"


def _kinship(what: "Exchange") -> str:
    if not what.lost and not what.gained:
        return "Both have the same history."
    if not what.common:
        return "They have no revision in common: this is the backup of another register."
    if not what.gained:
        return f"The backup is the register as it was at r{what.common}; nothing in it was altered since."
    if not what.lost:
        return f"The register is the backup as it was at r{what.common}."
    return f"They are the same up to r{what.common}, and part there."


def _list(word: str, steps: "tuple[Step, ...]") -> None:
    from ropa.cli.console import talk

    many = len(steps)
    if many:
        talk(f"{word}: {many} {'revision' if many == 1 else 'revisions'}")
    for step in steps[-_SHOWN:][::-1]:
        talk(f"  r{step.number}  {_time(step)}  {step.actor}: {step.why}")
    if many > _SHOWN:
        talk(f"  … and {many - _SHOWN} before.")


def _time(step: "Step") -> str:
    return f"{step.at[:16].replace('T', ' ')} UTC"


def _agree(*, dry_run: bool, yes: bool) -> None:
    """Raise what ends it where the backup is not to take the register's place."""
    import sys

    from ropa.cli.console import ask, talk
    from ropa.errors import Refused

    if dry_run:
        talk("Nothing was restored (--dry-run).")
        raise typer.Exit(0)
    if yes:
        return
    if not sys.stdin.isatty():
        raise Refused("a restore is to be agreed to; nothing was restored.", do="Say --yes to restore it.")
    if not ask("Put the backup in the register's place? The present one stays beside it."):
        talk("Nothing was restored.")
        raise typer.Exit(2)
