"""`ropa verify`: the proof that nothing was altered, in the register, in a workbook made from it, since it was sealed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsJson, Db

if TYPE_CHECKING:
    from ropa.cli.seal_proof import SealVerdict
    from ropa.cli.workbook_proof import WorkbookVerdict
    from ropa.store.open import Store
    from ropa.store.replay import Problem
    from ropa.store.verify import Verdict

_KEEP = "Keep this file as it is, and hold a backup against it."
_ASK = (
    "The seal holds. Ask the authority for the certificate of the one who stamps, or for another time-stamp."
)
_SHOWN = 30
"""Problems that are listed on the screen."""


def verify(
    workbook: Annotated[
        Path | None, typer.Argument(metavar="[WORKBOOK]", help="A workbook that ropa export wrote.")
    ] = None,
    seal: Annotated[
        Path | None,
        typer.Option(
            "--seal", metavar="FILE", help="A seal that ropa seal wrote, to hold the register against."
        ),
    ] = None,
    stamp: Annotated[
        Path | None,
        typer.Option(
            "--stamp", metavar="FILE.tsr", help="The time-stamp of the seal, unless it lies beside it."
        ),
    ] = None,
    tsa_ca: Annotated[
        Path | None,
        typer.Option(
            "--tsa-ca", metavar="FILE", help="The certificate of the time-stamping authority that you trust."
        ),
    ] = None,
    as_json: AsJson = False,
    db: Db = "",
) -> None:
    """Recompute the chain of hashes, replay the history, and hold the tables against it. Exit 1 where something is wrong.

    With a workbook also: was it made from this register, at which revision, and are its cells as they were then?
    With a seal: was anything rewritten since? Its time-stamp (RFC 3161) is checked without the network.

    Example: ropa verify

    Example: ropa verify article-30.xlsx

    Example: ropa verify --seal seal.txt
    """
    from ropa.cli.session import opened
    from ropa.store.verify import verify as prove

    _refuse_mixed(workbook, seal, stamp or tsa_ca)
    store = opened(db)
    if workbook:
        _workbook(workbook, store, as_json=as_json)
    elif seal:
        _seal(seal, store, stamp, tsa_ca, as_json=as_json)
    else:
        verdict = prove(store)
        _finish(verdict, verdict.problems, as_json=as_json, good=_sound(verdict))


def _refuse_mixed(workbook: Path | None, seal: Path | None, of_seal: Path | None) -> None:
    from ropa.errors import Refused

    if workbook and seal:
        raise Refused("a workbook and a seal are checked one after the other.", do="Say one of them.")
    if of_seal and not seal:
        raise Refused("--stamp and --tsa-ca are about a seal.", do="Name it: --seal FILE")


def _seal(path: Path, store: "Store", stamp: Path | None, anchors: Path | None, *, as_json: bool) -> None:
    from ropa.cli.console import talk
    from ropa.cli.seal_proof import prove_seal
    from ropa.store.verify import verify as prove

    found = prove_seal(path, store, stamp, anchors)
    verdict = prove(store)
    problems = [*verdict.problems, *found.problems]
    if problems and found.held and verdict.ok and not as_json:
        for line in found.good:
            talk(line)
    for line in found.unchecked:
        talk(line)
    advice = _ASK if verdict.ok and found.held else _KEEP
    _finish(found, problems, as_json=as_json, good=[*found.good, *_sound(verdict)], advice=advice)


def _workbook(workbook: Path, store: "Store", *, as_json: bool) -> None:
    from ropa.cli.workbook_proof import prove_workbook
    from ropa.store.verify import verify as prove

    found = prove_workbook(workbook, store)
    verdict = prove(store)
    problems = [*verdict.problems, *found.problems]
    advice = f"What the register says: ropa export --as-of r{found.revision}" if verdict.ok else _KEEP
    _finish(found, problems, as_json=as_json, good=[*_fits(workbook, found), *_sound(verdict)], advice=advice)


def _sound(verdict: "Verdict") -> list[str]:
    good = [f"Nothing was altered: r{verdict.revision}, hash {verdict.hash or 'none'}."]
    if many := verdict.redacted:
        texts = f"{many} {'text' if many == 1 else 'texts'}"
        good.append(
            f"Something was taken out of {texts} of the past on purpose: ropa log says by whom and why."
        )
    return good


def _fits(workbook: Path, found: "WorkbookVerdict") -> list[str]:
    made = found.at[:16].replace("T", " ")
    return [
        f"{workbook.name} was made from this register at r{found.revision}, {made} UTC.",
        f"Hash of r{found.revision}: {found.hash}",
        f"Its {found.cells:,} cells are as they were written, and as the register gives them.",
    ]


def _finish(
    about: "Verdict | WorkbookVerdict | SealVerdict",
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
