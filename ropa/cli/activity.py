"""`ropa activity end` and `ropa activity review`: what only activities do."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.options import day_said, today

if TYPE_CHECKING:
    from ropa.model.activity import Activity

Ref = Annotated[str, typer.Argument(help="A ref, or a name.", metavar="REF")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day; today unless said.")]


def add_end(app: typer.Typer) -> None:
    """Hang `end` on the activities."""

    @app.command("end", epilog="Example: ropa activity end PA-0007 --on 2026-10-31")
    @taking(WRITING)
    def end(
        ref: Ref,
        on: On = "",
        **manners: Any,
    ) -> None:
        """The activity stops; its record stays."""
        _change([ref], {"status": "ended", "ended_on": _day(on)}, keep_end=not on, **manners)


def add_review(app: typer.Typer) -> None:
    """Hang `review` on the activities."""

    @app.command("review", epilog="Example: ropa activity review PA-0001 PA-0002 --by 'DPO office'")
    @taking(WRITING)
    def review(
        refs: Annotated[list[str], typer.Argument(help="Refs or names.", metavar="REF…")],
        by: Annotated[
            str, typer.Option(metavar="NAME", help="Who reviewed; else who makes the change.")
        ] = "",
        on: On = "",
        **manners: Any,
    ) -> None:
        """Record that the activities were reviewed."""
        from ropa.cli.session import who

        _change(
            refs,
            {"reviewed_on": _day(on), "reviewed_by": by or who(manners["actor"])},
            **manners,
        )


def _day(on: str) -> str:
    return (day_said(on, "--on") if on else today()).isoformat()


def _refuse_ended(activity: "Activity") -> None:
    """A last day that is on record is not exchanged for today by a command that names no day."""
    from ropa.errors import Refused

    if activity.ended_on:
        raise Refused(
            f"it ended on {activity.ended_on} already.",
            at=activity.ref,
            do=f"To change the day, say it: ropa activity end {activity.ref} --on DATE",
        )


def _change(
    refs: list[str], said: dict[str, str], *, db: str, keep_end: bool = False, **manners: Any
) -> None:
    """Set the same fields on each of the activities. keep_end: whether one that has a last day is refused."""
    from ropa.cli.meant import meant
    from ropa.cli.session import opened, write
    from ropa.compare import Change
    from ropa.model.activity import Activity
    from ropa.model.canonical import plain
    from ropa.model.explain import read_record
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    found = {a.ref: a for a in (meant(register, Activity, ref) for ref in refs)}
    for activity in found.values() if keep_end else ():
        _refuse_ended(activity)
    changes = [Change(a, read_record(Activity, plain(a) | said)) for a in found.values()]
    write(store, register, changes, **manners)
