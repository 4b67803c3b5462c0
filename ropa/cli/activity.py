"""`ropa activity end` and `ropa activity review`: what only activities do."""

from typing import Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.options import day_said, today

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
        if not on:
            _refuse_ended(ref, manners["db"])
        _change(
            [ref],
            {"status": "ended", "ended_on": _day(on)},
            **manners,
        )


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


def _refuse_ended(ref: str, db: str) -> None:
    """A last day that is on record is not exchanged for today by a command that names no day."""
    from ropa.cli.meant import meant
    from ropa.cli.session import loaded
    from ropa.errors import Refused
    from ropa.model.activity import Activity

    activity = meant(loaded(db), Activity, ref)
    if activity.ended_on:
        raise Refused(
            f"it ended on {activity.ended_on} already.",
            at=activity.ref,
            do=f"To change the day, say it: ropa activity end {activity.ref} --on DATE",
        )


def _change(refs: list[str], said: dict[str, str], *, db: str, **manners: Any) -> None:
    """Set the same fields on each of the activities."""
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
    changes = [Change(a, read_record(Activity, plain(a) | said)) for a in found.values()]
    write(store, register, changes, **manners)
