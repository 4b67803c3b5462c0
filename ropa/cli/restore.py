"""`ropa restore`: a backup in the register's place, or with --as-of a record as it was."""

from typing import Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.options import AsOf


@taking(WRITING)
def restore(
    names: Annotated[list[str], typer.Argument(help="A backup; or records.", metavar="FILE|REF…")],
    as_of: AsOf = "",
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="NOUN", help="Which record, where two kinds have one of that ref."),
    ] = "",
    **manners: Any,
) -> None:
    """Put a backup in the place of the register; or, with --as-of, records as they were then.

    A backup is proven first, you read which revisions would be lost and regained, and are asked. The present register stays
    beside it under a dated name.

    A record gets back what it said on a day, at a time or after a revision, also one that was removed since. You see what
    would change, give the reason, and are asked. It is a new revision, which undo takes back.

    Example: ropa restore register-copy.db

    Example: ropa restore PA-0007 --as-of r1 --why 'overwritten by mistake'
    """
    if as_of:
        from ropa.cli.restoring import restore_records

        return restore_records(names, as_of, kind, **manners)
    from ropa.cli.backup import put_back

    return put_back(
        _file(names, kind, manners), dry_run=manners["dry_run"], yes=manners["yes"], db=manners["db"]
    )


def _file(names: list[str], kind: str, manners: dict[str, Any]) -> str:
    """The one backup. Raises Refused where a record is meant, or options are given that only a record takes."""
    from pathlib import Path

    from ropa.errors import Refused

    first, *more = names
    record = f"A record is put back as of a day: ropa restore {first} --as-of DATE"
    if not Path(first).exists():
        raise Refused("there is no such file.", at=first, do=f"Name the file of a backup. {record}")
    if more:
        raise Refused("one backup is put back at a time.", at=more[0], do=record)
    if kind or manners["as_json"] or manners["why"]:
        raise Refused("--kind, --why and --json are for a record.", at=first, do=record)
    return first
