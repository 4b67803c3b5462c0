"""`ropa import`: from a file to a preview, and after a yes into the register."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.manners import MERGING, WRITING, taking

if TYPE_CHECKING:
    from ropa.compare import Clash
    from ropa.model.register import Register


@taking(MERGING, WRITING)
def bring(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Notices (text, Markdown, HTML), registers as JSON or YAML, working workbooks, other spreadsheets (xlsx, xls, ods, csv).",
            metavar="FILE…",
        ),
    ],
    notice: Annotated[
        str,
        typer.Option(
            metavar="REF", help="The notice of which the file is a version, where that does not show."
        ),
    ] = "",
    mapping: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="Of another spreadsheet: a YAML file of heading and field; where it is not there, the proposal is written into it.",
        ),
    ] = "",
    **manners: Any,
) -> None:
    """Read a notice, a register, a working workbook or any other spreadsheet; the kind is told from its content. Shows what would change, and asks.

    Lists each place that it could not read. Of another spreadsheet each activity becomes a draft, and a cell that fits no field
    stands in its notes. Exit 1 where conflicts were found.

    Example: ropa import privacy-notice.html

    Example: ropa import their-register.xlsx --mapping columns.yaml --dry-run
    """
    from ropa.cli.factsinuse import use_facts_of
    from ropa.cli.foreign import reader
    from ropa.cli.homecoming import brought_home, merging
    from ropa.cli.reading import read_file
    from ropa.cli.session import opened
    from ropa.compare import compare
    from ropa.store.load import load

    store = opened(manners.pop("db"))
    register = load(store)
    use_facts_of(register)
    after, reads = register, []
    bring_home = partial(brought_home, store=store, **merging(manners))
    for file in files:
        reads.append(read_file(file, after, notice=notice, bring=bring_home, foreign=reader(mapping)))
        after = reads[-1].register
    changes = compare(register, after)
    if manners["as_json"] and manners["dry_run"]:
        _print_json(reads)
    else:
        _write(store, register, changes, reads, **manners)
    if any(read.clashes for read in reads):
        raise typer.Exit(1)


def _write(
    store: Any, register: Any, changes: Any, reads: list[Any], *, as_json: bool, **manners: Any
) -> None:
    from ropa.cli.session import write

    preview = [change for read in reads for change in read.preview]

    def remarks() -> None:
        if as_json:
            return
        _print_moved(changes, preview)
        for read in reads:
            _print_remarks(read)

    write(
        store,
        register,
        changes,
        as_json=as_json,
        preview=preview,
        remarks=remarks,
        as_it_was=True,
        copy_first=True,
        **manners,
    )


def _print_moved(changes: Any, preview: list[Any]) -> None:
    """How many records only stand on other lines of the notice now: they are written, and not shown one by one."""
    shown = {(change.record.kind, change.record.ref) for change in preview}
    moved = sum(
        change.op == "changed" and (change.record.kind, change.record.ref) not in shown for change in changes
    )
    say_moved(moved, more=bool(preview))


def say_moved(many: int, *, more: bool) -> None:
    """How many records merely stand on other lines. more: whether others were shown."""
    from ropa.cli.console import talk

    if many:
        beside = "more " if more else ""
        talk(
            f"1 {beside}record: only its line numbers move."
            if many == 1
            else f"{many} {beside}records: only their line numbers move."
        )


def _print_remarks(read: Any) -> None:
    """What a person must know before saying yes: what was not read, what clashes, what looks double."""
    from ropa.cli.console import talk

    say_unread(read.clashes, (), read.register)
    for remark in read.remarks:
        talk(remark)
    say_unread((), read.unread, read.register)


def say_unread(
    clashes: "Sequence[Clash]", unread: "Sequence[tuple[str, str, str]]", register: "Register"
) -> None:
    """What a file contradicts, and what of it could not be kept as a value."""
    from ropa.cli.console import talk

    for clash in clashes:
        for line in clash_in_words(clash, register):
            talk(line)
    if unread:
        talk(f"Not kept as a value ({len(unread)}):")
        for place, text, reason in unread:
            flat = " ".join(text.split())
            talk(f"  {place}: {flat[:100]}{'…' if len(flat) > 100 else ''} ({reason})")


def clash_in_words(
    clash: "Clash", register: "Register", what: str = "was changed by you and by the file; yours stays"
) -> list[str]:
    """A conflict with both values, the person's and the file's. what: what happened."""
    from ropa.model.speech import plain_in_words
    from ropa.model.walk import field_at

    said = field_at(type(clash.record), clash.field)
    lines = [f"Conflict: {clash.record.ref} {clash.record.name}: {clash.field} {what}."]
    if said and said.name != "ref":
        lines += [
            f"    {whose}: {plain_in_words(value, said, register) or 'nothing'}"
            for whose, value in (("yours", clash.ours), ("the file's", clash.theirs))
        ]
    return lines


def _print_json(reads: list[Any]) -> None:
    from ropa.cli.console import print_json
    from ropa.compare import as_plain, joined

    print_json(
        {
            "changes": [as_plain(change) for read in reads for change in joined(read.changes)],
            "conflicts": [clash_as_plain(clash) for read in reads for clash in read.clashes],
            "unread": [unread_as_plain(one) for read in reads for one in read.unread],
        }
    )


def clash_as_plain(clash: "Clash") -> dict[str, str]:
    """A conflict as JSON has it."""
    return {"kind": clash.record.kind, "ref": clash.record.ref, "field": clash.field}


def unread_as_plain(unread: tuple[str, str, str]) -> dict[str, str]:
    """What was not read, as JSON has it."""
    place, text, reason = unread
    return {"place": place, "text": text, "reason": reason}
