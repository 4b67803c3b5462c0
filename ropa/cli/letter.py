"""`ropa gaps letter`: the questions for one colleague, as a text to mail and as a workbook to fill in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.options import AsJson, Db

if TYPE_CHECKING:
    from ropa.gaps.letter import Letter
    from ropa.gaps.report import Report
    from ropa.model.register import Register


def letter(
    owner: Annotated[
        str, typer.Option(metavar="NAME", help="Whom to ask, as an activity names its owner.")
    ] = "",
    out: Annotated[
        str,
        typer.Option(
            metavar="FILE", help="An .xlsx to go along: the owner's activities, to fill in and send back."
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
    db: Db = "",
) -> None:
    """The open questions of one colleague as a text to mail; without --owner, who can be asked.

    The workbook comes home with ropa import. Nothing is written into the register.

    Example: ropa gaps letter

    Example: ropa gaps letter --owner "Head of HR"

    Example: ropa gaps letter --owner "Head of HR" --out hr.xlsx
    """
    from ropa.cli import console
    from ropa.cli.session import loaded
    from ropa.errors import Refused
    from ropa.gaps import check
    from ropa.gaps.letter import letter as letter_to
    from ropa.gaps.letter import letter_lines

    if out and Path(out).suffix.lower() != ".xlsx":
        raise Refused(
            "the workbook is an .xlsx.",
            at=out,
            do="The text comes on the screen: ropa gaps letter … > letter.txt",
        )
    register = loaded(db).whole()
    report = check(register, _today())
    if not owner:
        if out:
            raise Refused("whom is it for?", do="Say --owner NAME. Who can be asked: ropa gaps letter")
        return _list(report, register, as_json=as_json)
    said = letter_to(report, register, owner)
    if not said.questions:
        return (
            console.print_json(_plain(said)) if as_json else console.say(f"Nothing is open for {said.owner}.")
        )
    if out:
        _write(out, register, said, force=force)
    if as_json:
        return console.print_json(_plain(said))
    for line in letter_lines(said, keeper=_keeper(register), attached=Path(out).name if out else ""):
        console.say(line)
    return None


def _today() -> Any:
    from ropa.cli.options import today

    return today()


def _list(report: "Report", register: "Register", *, as_json: bool) -> None:
    from ropa.cli import console, tables
    from ropa.gaps.letter import askable

    each = askable(report, register)
    if as_json:
        return console.print_json([{"owner": who, "gaps": many} for who, many in each.items()])
    tables.table(
        ["Whom to ask", "Gaps"], [[who, str(many)] for who, many in each.items()], empty="Nothing is open."
    )
    return None


def _write(out: str, register: "Register", said: "Letter", *, force: bool) -> None:
    from ropa.cli.console import talk
    from ropa.errors import Refused
    from ropa.sheets.layouts import layout_named, save

    if not said.activities:
        raise Refused(
            f"no activity is asked about: {said.owner} has nothing to fill in.",
            at=out,
            do="Leave --out out; the text says what is asked.",
        )
    save(Path(out), register, layout_named("register"), force=force, on=_today(), only=said.activities)
    talk(f"{out}: {len(said.activities)} of the activities, to fill in. When it is back: ropa import {out}")


def _keeper(register: "Register") -> str:
    """Who keeps the record: the officer of the only organisation of ours; "" where there are several or none."""
    ours = [one for one in register.organisations.values() if one.ours]
    dpo = ours[0].dpo if len(ours) == 1 else None
    return ", ".join(filter(None, (dpo.name, dpo.email))) if dpo else ""


def _plain(said: "Letter") -> dict[str, Any]:
    return {
        "owner": said.owner,
        "activities": sorted(said.activities),
        "questions": [
            {
                "ask": one.ask,
                "law": one.law,
                "of": [{"ref": ref, "name": name, "lacking": lacking} for ref, name, lacking in one.of],
            }
            for one in said.questions
        ],
    }
