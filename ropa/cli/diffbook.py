"""`ropa diff --out FILE.xlsx`: what changed as a workbook, before beside after."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ropa.cli.sides import Side
from ropa.cli.told import Told, counted
from ropa.errors import Refused
from ropa.words import listing


def refuse_other_kind(out: str) -> None:
    """Raise Refused for a file whose name promises another kind of content."""
    if out and Path(out).suffix.lower() != ".xlsx":
        do = f"Name it {Path(out).stem or 'changes'}.xlsx; for other programs there are --csv and --json."
        raise Refused("what changed is written as a workbook.", at=out, do=do)


def write(told: Told, out: str, *, force: bool, talk: bool) -> None:
    """Write the workbook, which appears whole or not at all, and say so. talk: whether stdout is for a program."""
    from ropa.cli import console
    from ropa.cli.sides import kinship
    from ropa.sheets.changes import Compared, write_changes
    from ropa.sheets.whole import write_whole

    between = f"between {told.before.title} and {told.after.title}"
    summary = counted(told.changes) if told.changes else "nothing changed"
    compared = Compared(
        between,
        list(_state(told.before)),
        list(_state(told.after)),
        _at(told),
        f"{summary[0].upper()}{summary[1:]}",
        list(_changes(told)),
        _revisions(told),
        [*told.after.unread, *told.altered],
    )
    write_whole(Path(out), lambda file: write_changes(compared, file), force=force)
    for line in kinship(told.before, told.after):
        console.talk(line)
    internal = sum(row.said.internal for change in told.changes for row in told.rows(change))
    if internal:
        rows = "1 row is" if internal == 1 else f"{internal} rows are"
        console.talk(f"{rows} for your own file only: look before the workbook leaves the house.")
    (console.talk if talk else console.say)(f"{out}: {summary}, {between}")


def _state(one: Side) -> Iterator[tuple[str, str]]:
    own = one.register
    ours = [record.name for record in own.organisations.values() if record.ours]
    yield "What", one.word
    if ours:
        yield "Register of", listing(ours)
    if one.store is not None:
        yield (
            "Revision",
            f"{own.revision}, made {own.at[:10]} {own.at[11:16]} UTC" if own.revision else "before the first",
        )
    if own.hash and one.store is not None:
        yield "Hash of the revision", own.hash


def _at(told: Told) -> datetime:
    """The time in the document's properties: that of the later state, so that the same states give the same file."""
    last = max(told.before.register.at, told.after.register.at)
    moment = datetime.fromisoformat(last) if last else datetime.now(UTC)
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _changes(told: Told) -> Iterator[list[str]]:
    for change in told.changes:
        record = change.record
        lead = [record.ref, record.name, record.noun, change.op]
        for row in told.rows(change):
            asked = (
                "own file only"
                if row.said.internal
                else f"Art. {row.said.answers}"
                if row.said.answers
                else ""
            )
            yield [*lead, row.what, row.before, row.after, asked]


def _revisions(told: Told) -> list[list[str]] | None:
    """The revisions that lead from the one state to the other; None where none does."""
    from ropa.store.between import in_common
    from ropa.store.history import log

    before, after = told.before, told.after
    if before.store is None or after.store is None:
        return None
    first, last = before.register.revision, after.register.revision
    if in_common((before.store, first), (after.store, last)) < first:
        return None
    return [
        [f"r{one.revision}", one.at[:19].replace("T", " "), one.actor, one.why, one.command]
        for one in reversed(log(after.store, until=last))
        if one.revision > first
    ]
