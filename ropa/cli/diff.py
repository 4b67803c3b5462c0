"""`ropa diff`: what changed between two days, revisions or files."""

from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, Db

if TYPE_CHECKING:
    from ropa.store.open import Store


def diff(
    earlier: Annotated[
        str,
        typer.Argument(
            help="Before: a day, a revision, now, or a file; the last revision but one unless said.",
            metavar="[A]",
        ),
    ] = "",
    later: Annotated[str, typer.Argument(help="After: the same; now unless said.", metavar="[B]")] = "",
    out: Annotated[
        str, typer.Option("--out", metavar="FILE.xlsx", help="Write it as a workbook, before beside after.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    db: Db = "",
) -> None:
    """What changed between two states of a register, in words, with the value before and after. Exit 1 where something did.

    A day means its end, UTC. A file is a backup or another register, its text (JSON, YAML), a workbook that ropa made, or, as
    B, a notice. Of a workbook also the cells that were altered are told. Alone it tells what the last revision changed. A record that got another ref is followed.

    Example: ropa diff 2026-03-31

    Example: ropa diff r1 now --csv

    Example: ropa diff article-30.xlsx

    Example: ropa diff r0 r1 --out changes.xlsx

    Example: ropa diff now privacy-notice.html

    Example: ropa diff
    """
    from functools import cache

    from ropa.cli import diffbook, diffwords
    from ropa.cli.session import opened
    from ropa.cli.sides import changes_between, side
    from ropa.cli.told import Told

    diffbook.refuse_other_kind(out)
    own = cache(lambda: opened(db))
    before = side(earlier or _last_but_one(own()), own)
    after = side(later, own, before)
    told = Told(before, after, changes_between(before, after))
    if out:
        diffbook.write(told, out, force=force, talk=as_json or as_csv)
    if as_json:
        diffwords.as_json(told)
    elif as_csv:
        diffwords.as_csv(told)
    elif not out:
        diffwords.in_words(told)
    if told.changes or after.clashes or told.altered:
        raise typer.Exit(1)


def _last_but_one(store: "Store") -> str:
    from ropa.store.mark import mark_of

    last = mark_of(store)
    return f"r{last.revision - 1}" if last else "r0"
