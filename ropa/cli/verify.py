"""`ropa verify`: the proof that nothing was altered, in the register and in a workbook that was made from it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsJson, Db

if TYPE_CHECKING:
    from ropa.cli.workbook_proof import WorkbookVerdict
    from ropa.store.replay import Problem
    from ropa.store.verify import Verdict

_KEEP = "Keep this file as it is, and hold a backup against it."
_SHOWN = 30
"""Problems that are listed on the screen."""


def verify(
    workbook: Annotated[
        Path | None, typer.Argument(metavar="[WORKBOOK]", help="A workbook that ropa export wrote.")
    ] = None,
    as_json: AsJson = False,
    db: Db = "",
) -> None:
    """Recompute the chain of hashes, replay the history, and hold the tables against it. Exit 1 where something is wrong.

    With a workbook also: was it made from this register, at which revision, and are its cells as they were then?

    Example: ropa verify

    Example: ropa verify article-30.xlsx
    """
    from ropa.cli.session import opened
    from ropa.store.verify import verify as prove

    store = opened(db)
    if workbook is None:
        verdict = prove(store)
        _finish(verdict, verdict.problems, as_json=as_json, good=[_sound(verdict)])
        return
    from ropa.cli.workbook_proof import prove_workbook

    found = prove_workbook(workbook, store)
    verdict = prove(store)
    problems = [*verdict.problems, *found.problems]
    advice = f"What the register says: ropa export --as-of r{found.revision}" if verdict.ok else _KEEP
    _finish(found, problems, as_json=as_json, good=[*_fits(workbook, found), _sound(verdict)], advice=advice)


def _sound(verdict: "Verdict") -> str:
    return f"Nothing was altered: r{verdict.revision}, hash {verdict.hash or 'none'}."


def _fits(workbook: Path, found: "WorkbookVerdict") -> list[str]:
    made = found.at[:16].replace("T", " ")
    return [
        f"{workbook.name} was made from this register at r{found.revision}, {made} UTC.",
        f"Hash of r{found.revision}: {found.hash}",
        f"Its {found.cells:,} cells are as they were written, and as the register gives them.",
    ]


def _finish(
    about: "Verdict | WorkbookVerdict",
    problems: "Sequence[Problem]",
    *,
    as_json: bool,
    good: Sequence[str],
    advice: str = _KEEP,
) -> None:
    """Tell what was found. Exit 1 where something is wrong."""
    from ropa.cli import console

    if as_json:
        console.print_json(
            {
                "ok": not problems,
                "revision": about.revision,
                "hash": about.hash,
                "problems": [{"where": p.where, "what": p.what} for p in problems],
            }
        )
    elif not problems:
        for line in good:
            console.say(line)
    else:
        for problem in problems[:_SHOWN]:
            console.say(f"{problem.where}: {problem.what}")
        if len(problems) > _SHOWN:
            console.say(f"and {len(problems) - _SHOWN} more; ropa verify --json lists all")
        console.talk(advice)
    if problems:
        raise typer.Exit(1)
