"""`ropa log`: who changed what, when and why."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, as_of_state

if TYPE_CHECKING:
    from ropa.model.common import Documented
    from ropa.model.register import Register
    from ropa.store.history import Touched
    from ropa.store.open import Store


def log(
    ref: Annotated[str, typer.Argument(help="Only what touched this record.")] = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """Who changed what, when and why, newest first. A record that has another ref today is found by either.

    Example: ropa log PA-0007
    """
    from dataclasses import asdict

    from ropa.cli import console, tables
    from ropa.cli.session import opened
    from ropa.store.history import log as revisions

    store = opened(db)
    kind, found_ref = "", ""
    if ref:
        kind, found_ref = _record_ever(store, ref)
    entries = revisions(store, kind=kind, ref=found_ref, until=as_of_state(as_of))
    if as_json:
        return console.print_json([_as_plain(asdict(entry)) for entry in entries])
    rows = [
        [
            f"r{e.revision}",
            e.at[:19].replace("T", " ") + "Z",
            e.actor,
            _summary(e.changes),
            e.why,
            e.command,
        ]
        for e in entries
    ]
    columns = ["Revision", "When (UTC)", "Who", "What", "Why", "Command"]
    if as_csv:
        return console.print_csv([c.lower() for c in columns], rows)
    tables.table(columns, rows, empty="Nothing was written yet.")
    return None


def _as_plain(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as JSON has it: what was not renamed has no ref of old."""
    return {**entry, "changes": [{key: v for key, v in one.items() if v} for one in entry["changes"]]}


def _record_ever(store: "Store", words: str) -> tuple[str, str]:
    """Kind and ref of the record that the words mean; by its ref also one that is gone, or has another ref today."""
    from ropa.store.history import kinds_of
    from ropa.store.load import load

    for ref in (words, words.upper()):
        kinds = kinds_of(store, ref)
        if len(kinds) == 1:
            return kinds[0], ref
    record = record_of(load(store), words)
    return record.kind, record.ref


def record_of(register: "Register", words: str) -> "Documented":
    """The one record of any kind that the words mean: by ref or whole name first, then by a part of a name."""
    from ropa.errors import Ambiguous, Refused
    from ropa.words import fold

    folded = fold(words)
    exact = [r for r in register if r.ref.lower() == words.lower() or fold(r.name) == folded]
    found = exact or [r for r in register if folded and folded in fold(r.name)]
    if len(found) > 1:
        choices = ", ".join(f"{r.ref} ({r.noun} {r.name})" for r in found[:5])
        raise Ambiguous(f"'{words}' fits {len(found)} records.", do=f"Say which ref: {choices}.")
    if not found:
        raise Refused(f"there is no record '{words}'.", do=f"Look for it: ropa find {words}")
    return found[0]


def _summary(changes: "tuple[Touched, ...]") -> str:
    """What a revision touched: refs where they are few, counts where they are many."""
    if len(changes) <= 3:
        return ", ".join(f"{c.ref} {c.op}{f' (was {c.was})' if c.was else ''}" for c in changes)
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.op] = counts.get(change.op, 0) + 1
    return ", ".join(f"{n} {op}" for op, n in counts.items())
