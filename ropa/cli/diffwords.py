"""What `ropa diff` shows: lines that can be quoted, or the same as JSON and CSV."""

import sys

from ropa.cli import console
from ropa.cli.bring import clash_as_plain, say_moved, say_unread, unread_as_plain
from ropa.cli.sides import Side, kinship
from ropa.cli.telling import tell
from ropa.cli.told import Told, counted
from ropa.compare import as_plain

_ON_SCREEN = 100
"""Records that a terminal shows; a pipe gets all."""
_CELLS = 30
"""Altered cells that a terminal shows."""
_COLUMNS = ("change", "kind", "ref", "ref before", "name", "field", "what", "before", "after")


def in_words(told: Told) -> None:
    """A headline, a line a record with its facts under it, and how many there are."""
    between = f"between {told.before.title} and {told.after.title}"
    for line in kinship(told.before, told.after):
        console.talk(line)
    shown = [c for c in told.changes if (c.record.kind, c.record.ref) not in told.after.moved]
    if shown:
        console.say(f"Changed {between}:", style="bold")
        tell(shown, told.names, limit=_ON_SCREEN if sys.stdout.isatty() else len(shown))
        console.say(f"In all: {counted(shown)}.")
    elif not told.after.altered or told.after.store:
        console.say(f"Nothing changed {between}.")
    for one in (told.before, told.after):
        _say_altered(one)
    say_moved(len(told.changes) - len(shown), more=bool(shown))
    say_unread(told.after.clashes, told.after.unread, told.after.register)


def _say_altered(one: Side) -> None:
    """The cells of a workbook that were altered, by record and column."""
    if not one.altered:
        return
    many = len(one.altered)
    shown = one.altered[: _CELLS if sys.stdout.isatty() else many]
    console.say(
        f"In {one.word} {many} {'place says' if many == 1 else 'places say'} something else than the register:",
        style="bold",
    )
    for place, _, reason in shown:
        console.say(f"  {place}: {reason}")
    if many > len(shown):
        console.say(f"  … and {many - len(shown)} more: --json lists all.")
    console.talk("Cells are not read back as values. What is right of it: ropa activity set REF FIELD=VALUE")


def as_json(told: Told) -> None:
    """The documented shape, with what was compared."""
    console.print_json(
        {
            "from": _side(told.before),
            "to": _side(told.after),
            "changes": [as_plain(change) for change in told.changes],
            "conflicts": [clash_as_plain(clash) for clash in told.after.clashes],
            "unread": [unread_as_plain(one) for one in (*told.after.unread, *told.altered)],
        }
    )


def _side(one: Side) -> dict[str, str | int]:
    own = one.register
    return {"what": one.word, "revision": own.revision, "hash": own.hash, "at": own.at}


def as_csv(told: Told) -> None:
    """A row a fact, before and after in words and in full."""
    console.print_csv(
        _COLUMNS,
        [
            [
                change.op,
                change.record.kind,
                change.record.ref,
                told.ref_before(change),
                change.record.name,
                *row[1:],
            ]
            for change in told.changes
            for row in told.rows(change)
        ],
    )
