"""`ropa log`: who changed what, when and why; of the register, of a record, of a field."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, as_of_state

if TYPE_CHECKING:
    from ropa.store.history import Entry
    from ropa.store.open import Store
    from ropa.store.story import Step

_SHOWN = 20
"""Revisions that a terminal shows, unless somebody says."""


def log(
    ref: Annotated[
        str,
        typer.Argument(help="Only what touched this record; also by a ref it had before.", metavar="[REF]"),
    ] = "",
    field: Annotated[
        str,
        typer.Argument(
            help="Only what changed in this field: owner, retention, purposes.1.legal_basis.",
            metavar="[FIELD]",
        ),
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Only what these people changed.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Only what came from then on.")] = "",
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help=f"How many revisions at most; else {_SHOWN} on a terminal, all in a file.",
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="NOUN", help="Which record, where two kinds have one of that ref."),
    ] = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """Who changed what, when and why, the newest first. Of a record: what it said before and after.

    A record that has another ref today, or is gone, is found by its old one. --as-of leaves out what came later.

    Example: ropa log

    Example: ropa log PA-0007 retention

    Example: ropa log --since 2026-01-01 --by 'Head of HR'
    """
    from ropa.cli import logwords
    from ropa.cli.session import opened
    from ropa.store.history import log as revisions

    store, until, wanted = opened(db), as_of_state(as_of), _wanted(by, since)
    if not ref:
        entries = [one for one in revisions(store, until=until) if wanted(one)]
        shown = entries[: _most(limit, as_json or as_csv)]
        logwords.of_register(store, shown, as_json=as_json, as_csv=as_csv)
        return logwords.say_more(len(entries), len(shown))
    steps, path = _story(store, ref, field, kind, until)
    fitting = [step for step in steps if wanted(step.entry)]
    chosen = fitting[: _most(limit, as_json or as_csv)]
    record = steps[0].change.record if steps else None
    logwords.of_record(record, chosen, path, as_json=as_json, as_csv=as_csv)
    logwords.say_more(len(fitting), len(chosen))
    if path and record and not (as_json or as_csv):
        return logwords.of_named(store, record, path, wanted, until)
    return None


def _most(limit: int | None, to_a_program: bool) -> int | None:
    """How many revisions are shown at most; None for all."""
    import sys

    return limit or (_SHOWN if sys.stdout.isatty() and not to_a_program else None)


def _wanted(by: str, since: str) -> "Callable[[Entry], bool]":
    """Whether a revision is of these people, and not older."""
    from ropa.cli.options import day_said
    from ropa.words import fold

    first = day_said(since, "--since").isoformat() if since else ""
    return lambda entry: fold(by) in fold(entry.actor) and entry.at >= first


def _story(store: "Store", ref: str, words: str, kind: str, until: Any) -> "tuple[list[Step], str]":
    """The steps of a record, and the path of the field that is asked for; of a field only those that changed it."""
    from ropa.cli.anyrecord import record_ever
    from ropa.model.fieldname import field_path
    from ropa.model.register import KINDS
    from ropa.store.story import of_field, story

    kind, ref = record_ever(store, ref, kind, until)
    steps = story(store, kind, ref, until=until)
    path = field_path(KINDS[kind], words) if words else ""
    return (of_field(steps, path) if path else steps), path
