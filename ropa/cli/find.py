"""`ropa find`: any record, any field, and where it matched."""

from typing import TYPE_CHECKING, Annotated

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db

if TYPE_CHECKING:
    from ropa.model.register import Register
    from ropa.model.search import Found

_SHOWN = 20
"""Records that a terminal shows, unless somebody says."""


def find(
    words: Annotated[list[str], typer.Argument(help="Words that must all stand in the record.")],
    limit: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help=f"How many records at most; else {_SHOWN} on a terminal, all in a file."
        ),
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """Find records by any words, the likeliest first, and say where they stand.

    Names come before texts, whole words before parts. Case and accents do not count: muller finds Müller.

    Example: ropa find newsletter

    Example: ropa find head sales --limit 3
    """
    import sys

    from ropa.cli import console, tables
    from ropa.cli.session import loaded
    from ropa.errors import Refused
    from ropa.model.calling import called_kind
    from ropa.model.search import search
    from ropa.words import fold

    if not any(fold(word) for word in words):
        raise Refused("no words to look for.", do="Say them: ropa find newsletter")
    register = loaded(db, as_of)
    found = search(register, words)
    shown = found[: limit or (_SHOWN if sys.stdout.isatty() and not (as_json or as_csv) else None)]
    if as_json:
        return console.print_json([_as_plain(one) for one in shown])
    if as_csv:
        rows = [
            [called_kind(f.record), f.record.ref, f.record.name, f.place.title, f.place.text] for f in shown
        ]
        return console.print_csv(["kind", "ref", "name", "where", "text"], rows)
    tables.table(
        ["Kind", "Ref", "Name", "Where"],
        [[called_kind(f.record), f.record.ref, f.record.name, _where(f)] for f in shown],
        empty="" if found else _nothing(register, words),
    )
    if len(found) > len(shown):
        console.talk(
            f"and {len(found) - len(shown)} more. See them all: --limit {len(found)}, or say another word."
        )
    return None


def _as_plain(one: "Found") -> dict[str, str]:
    return {
        "kind": one.record.kind,
        "ref": one.record.ref,
        "name": one.record.name,
        "field": one.place.path,
        "text": one.place.text,
    }


def _where(one: "Found") -> str:
    """The field, and the text near the word unless it is the name that stands beside it."""
    return one.place.title if one.place.path in ("ref", "name") else f"{one.place.title}: {one.around(12)}"


def _nothing(register: "Register", words: list[str]) -> str:
    """Why nothing was found: which word stands nowhere and what is spelt like it, or that no record says them all."""
    from ropa.model.search import unsaid

    nowhere = unsaid(register, words)
    if not nowhere:
        return f"Each of the words is there, but no record says all of them: {' '.join(words)}"
    lines = [
        f"Nothing says '{word}'." + (f" Near in spelling: {', '.join(near)}." if near else "")
        for word, near in nowhere.items()
    ]
    return " ".join(lines)
