"""`ropa export` and `ropa layouts`: the register as a workbook or a text."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.manners import SLICING, taking
from ropa.cli.options import AsJson, AsOf, Db, FactsAsOf

if TYPE_CHECKING:
    from pathlib import Path


@taking(SLICING)
def export(
    layout: Annotated[str, typer.Option(metavar="NAME", help="The form; see: ropa layouts")] = "article30",
    out: Annotated[
        str,
        typer.Option(
            metavar="FILE", help="The file to write; exports/<entity>-<layout>-<date> unless named."
        ),
    ] = "",
    entity: Annotated[
        str, typer.Option(metavar="NAME", help="Only the records of this organisation of ours.")
    ] = "",
    gaps: Annotated[bool, typer.Option("--gaps/--no-gaps", help="With the open points, or without.")] = True,
    further: Annotated[
        bool,
        typer.Option("--further/--no-further", help="With what is recorded beside Article 30, or without."),
    ] = True,
    only_gaps: Annotated[
        bool, typer.Option("--only-gaps", help="A slice of the register: activities with open gaps.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_of: AsOf = "",
    facts_as_of: FactsAsOf = "",
    db: Db = "",
    **wanted: Any,
) -> None:
    """Write the register in a form: the Article 30 workbook, unless another is named.

    The file appears whole or not at all. The layout register is the workbook that comes home with ropa import; of it there
    are slices for one colleague.

    Example: ropa export --out register.xlsx

    Example: ropa export --layout register --department "Human Resources" --out hr.xlsx
    """
    from ropa.cli.console import say
    from ropa.cli.factsinuse import say_facts_of_today, say_whose
    from ropa.cli.options import as_of_state, day_of
    from ropa.cli.session import loaded, opened
    from ropa.cli.slicing import slice_asked
    from ropa.model.activity import Activity
    from ropa.reference.owntable import OWN
    from ropa.sheets.layouts import layout_named, save
    from ropa.store.days import days_of

    chosen = layout_named(layout)
    register = loaded(db, as_of, facts_as_of)
    say_facts_of_today(register, as_of_state(as_of), facts_as_of)
    on = day_of(as_of_state(as_of), register.at)
    _refuse(chosen, out, register, as_of)
    ours = _entity(register, entity)
    only = slice_asked(chosen.name, register, on, ours, wanted, only_gaps=only_gaps)
    path = _place(out, register, chosen, ours, on)
    findings = findings_of(register, on, ours) if gaps and chosen.points else None
    asked: dict[str, Any] = {"on": on, "findings": findings, "further": further, "only": only}
    asked["days"] = days_of(opened(db), Activity.kind, register.revision) if chosen.sure else None
    save(path, register, chosen, force=force, entity=ours if only is None else None, **asked)
    say_whose(OWN)
    say(f"{path}: {chosen.title}, {_activities(_many(chosen, register, ours, only))}, r{register.revision}")
    _tell_of_form(chosen, register, ours)


def _many(chosen: Any, register: Any, ours: str | None, only: Any) -> int:
    """How many activities are in the file."""
    if only is not None:
        return len(only)
    if chosen.whole or not (ours or chosen.role):
        return len(register.activities)
    those = [one for one in register.activities.values() if ours in (None, one.entity)]
    return sum(1 for one in those if not chosen.role or one.role == chosen.role)


def _activities(many: int) -> str:
    return f"{many} {'activity' if many == 1 else 'activities'}"


def _tell_of_form(chosen: Any, register: Any, ours: str | None) -> None:
    """Of an authority's form: how sure its headings are, where to see what is blank, and what is not in it."""
    from ropa.cli.console import talk

    if not chosen.sure:
        return
    talk(f"Its headings: {chosen.sure}. It is no official form; its cover counts what is blank.")
    those = [one for one in register.activities.values() if ours in (None, one.entity)]
    if roleless := sum(1 for one in those if one.role is None):
        talk(f"{_activities(roleless)} without a role: on a sheet of their own.")
    if other := sum(1 for one in those if one.role not in (None, chosen.role)):
        role = "processor" if chosen.role == "controller" else "controller"
        talk(f"{_activities(other)} as {role}: not in this form. See which there are: ropa layouts")


def _place(out: str, register: Any, chosen: Any, ours: str | None, on: Any) -> "Path":
    """The file to write: the one that is named, else one in exports/."""
    from pathlib import Path

    if out:
        return Path(out)
    path = Path("exports") / f"{_name(register, ours)}-{chosen.name}-{on}{chosen.suffix}"
    path.parent.mkdir(exist_ok=True)
    return path


def _refuse(chosen: Any, out: str, register: Any, as_of: str) -> None:
    """A file whose name promises another kind of content, or a past in which there was no register."""
    from pathlib import Path

    from ropa.errors import Refused

    if out and Path(out).suffix.lower() != chosen.suffix:
        raise Refused(
            f"the layout {chosen.name} makes a {chosen.suffix} file.",
            at=out,
            do=f"Name it {Path(out).stem}{chosen.suffix}, or choose another: ropa layouts",
        )
    if as_of and not register.revision:
        raise Refused(f"the register had not begun as of {as_of}.", do="See when it did: ropa log")


def _entity(register: Any, words: str) -> str | None:
    from ropa.model.find import find_one
    from ropa.model.organisation import Organisation

    return find_one(register, Organisation, words, ours=True).ref if words else None


def findings_of(register: Any, on: Any, entity: str | None) -> Any:
    """What the gap analysis finds on that day; nothing about activities of other entities than the one asked for."""
    from ropa.gaps import check

    report = check(register, on)
    if entity is None:
        return report.findings
    other = {ref for ref, a in register.activities.items() if a.entity != entity}
    return report.narrowed(lambda o: not (o.record.kind == "activity" and o.record.ref in other)).findings


def _name(register: Any, entity: str | None) -> str:
    """The entity for the file's name: the one asked for, or the only one of ours, or "register"."""
    ours = [ref for ref, one in register.organisations.items() if one.ours]
    return entity or (ours[0] if len(ours) == 1 else "register")


def layouts(as_json: AsJson = False) -> None:
    """The forms that export can write; of an authority's form, how sure its headings are.

    Example: ropa layouts
    """
    from ropa.cli import console, tables
    from ropa.sheets.layouts import layouts as known

    if as_json:
        return console.print_json(
            [
                {"name": x.name, "title": x.title, "what": x.what, "suffix": x.suffix, "headings": x.sure}
                for x in known().values()
            ]
        )
    tables.table(
        ["Name", "What it is", "Headings"],
        [[x.name, x.what, x.sure] for x in known().values()],
        empty="",
        asked=True,
    )
    return None
