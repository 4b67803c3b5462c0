"""`ropa seal`: the hash of the register in a small text, and the query for a time-stamp over it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from ropa.cli.options import Db

if TYPE_CHECKING:
    from ropa.store.open import Store
    from ropa.store.seal import Seal


def seal(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The file to write; the screen unless named.")
    ] = None,
    query: Annotated[
        Path | None,
        typer.Option("--query", metavar="FILE.tsq", help="Also write a query for a time-stamp (RFC 3161)."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    db: Db = "",
) -> None:
    """Write the hash of the last revision with its time into a small text: mail it, print it, have it time-stamped.

    ropa verify --seal holds the register against it later. Nothing is sealed where the register does not prove itself.

    Example: ropa seal --out seal.txt

    Example: ropa seal --out seal.txt --query seal.tsq
    """
    from ropa.cli.console import say, talk
    from ropa.cli.session import opened
    from ropa.errors import Refused
    from ropa.sheets.whole import write_whole
    from ropa.store.seal import write_seal
    from ropa.store.timestamp import query_over
    from ropa.store.verify import verify

    store = opened(db)
    if out and query and out.absolute() == query.absolute():
        raise Refused(
            "the seal and the query cannot be one file.", at=str(out), do="Give the query another name."
        )
    verdict = verify(store)
    if not verdict.ok:
        raise Refused(
            "the register does not prove itself; nothing was sealed.", do="See what is wrong: ropa verify"
        )
    made = _seal_of(store, verdict.revision)
    text = write_seal(made)
    if out:
        write_whole(out, _bytes(text.encode("ascii")), force=force)
        say(f"{out}: seal of r{made.revision}, hash {made.hash}", whole=True)
    else:
        print(text, end="")
    if query:
        write_whole(query, _bytes(query_over(made.hash)), force=force)
        reply = (out or query).with_suffix(".tsr").name
        talk(f"{query}: send it to a time-stamping authority, and keep its reply beside the seal as {reply}.")


def _bytes(content: bytes) -> Callable[[BinaryIO], None]:
    def write(file: BinaryIO) -> None:
        file.write(content)

    return write


def _seal_of(store: "Store", revision: int) -> "Seal":
    """The seal of the last revision, as of this moment."""
    from datetime import UTC, datetime

    from ropa import __version__
    from ropa.errors import Refused
    from ropa.store.load import load
    from ropa.store.mark import mark_of
    from ropa.store.seal import Seal

    mark = mark_of(store, revision)
    if mark is None:
        raise Refused("the register holds nothing yet that could be sealed.", at=store.place)
    ours = [one for one in load(store).organisations.values() if one.ours]
    ours.sort(key=lambda one: one.parent is not None)
    return Seal(
        revision=mark.revision,
        hash=mark.hash,
        made=mark.at[:19].replace("T", " "),
        sealed=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
        name=", ".join(one.name for one in ours) or "(no organisation recorded)",
        program=f"ropa {__version__}",
    )
