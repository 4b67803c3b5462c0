"""`ropa undo`: a new revision that takes one back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking

if TYPE_CHECKING:
    from ropa.compare import Change, Clash
    from ropa.errors import Refused
    from ropa.model.register import Register
    from ropa.store.open import Store

_GONE = "what stood there before was taken out of the history"
_LINES = 24
"""Reasons that are told at most."""


@taking(WRITING)
def undo(
    revision: Annotated[
        str, typer.Argument(help="Which, such as r12; the last one unless said.", metavar="[REVISION]")
    ] = "",
    **manners: Any,
) -> None:
    """Take a revision back, by a new one: nothing vanishes from the history. A reason is asked for.

    What was changed since stays. Refused, with what stands in the way, where the same field was changed again, or where a record
    that would go is named by others. An undo can be undone. Example: ropa undo r2 --why 'the wrong activity'
    """
    from ropa.cli.console import talk
    from ropa.cli.reasons import reason_for
    from ropa.cli.session import opened, write
    from ropa.compare import compare, taken_back
    from ropa.errors import Faults, Refused
    from ropa.model.redacted import marks_in
    from ropa.store.around import around
    from ropa.store.history import revision as revision_of
    from ropa.store.load import load

    store, why, dry_run = opened(manners.pop("db")), manners.pop("why"), manners["dry_run"]
    register = load(store)
    number = _number(revision) or register.revision
    if not number:
        raise Refused("nothing was written yet; there is nothing to take back.")
    try:
        merged, clashes = taken_back(*around(store, number), register)
    except Refused as trouble:
        if not marks_in(str(trouble)):  # a day or a code that nobody knows any more reads as none
            raise
        raise Refused(f"r{number} cannot be taken back: {_GONE} ({marks_in(str(trouble))[0]}).") from None
    changes = compare(register, merged)
    if faults := [
        *_changed_since(store, clashes, number),
        *_left_hanging(merged, changes),
        *_taken_out(changes),
    ]:
        more = [Refused(f"  … and {len(faults) - _LINES} more.")] if len(faults) > _LINES else []
        first = Refused(f"r{number} cannot be taken back; nothing was written. In the way:")
        raise Faults([first, *faults[:_LINES], *more])
    entry = revision_of(store, number)
    if entry is not None:
        talk(f"r{number}, {entry.at[:16].replace('T', ' ')} UTC, {entry.actor}: {entry.why or entry.command}")
    if not changes:
        talk("Nothing is left of it.")
    else:
        why = f"takes back r{number}: {reason_for('taking back what was written', why, dry_run=dry_run)}"
    write(
        store,
        register,
        changes,
        why=why,
        as_it_was=True,
        always_ask=True,
        **manners,
    )


def _number(words: str) -> int:
    """The number of a revision; 0 where none is named."""
    from ropa.errors import Refused

    digits = words.strip().lower().removeprefix("r")
    if not words.strip():
        return 0
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10 and int(digits)):
        raise Refused(f"'{words}' is no revision.", do="Write it like r12. See them: ropa log")
    return int(digits)


def _changed_since(store: "Store", clashes: "list[Clash]", number: int) -> "list[Refused]":
    """What was changed again, and by which revisions since."""
    from ropa.errors import Refused
    from ropa.store.story import of_field, story

    found = []
    for clash in clashes:
        record = clash.record
        steps = story(store, record.kind, record.ref)
        path = ".".join(step for step in clash.field.split(".") if not step.isdecimal())
        own = steps if clash.field == "ref" else of_field(steps, path)
        since = [step.entry for step in own if step.entry.revision > number]
        told = ", ".join(f"r{e.revision} by {e.actor}" for e in reversed(since[:3]))
        what = "the record itself" if clash.field == "ref" else clash.field
        found.append(
            Refused(f"  {record.ref} {record.name}: {what} was changed since{f' ({told})' if told else ''}.")
        )
    return found


def _taken_out(changes: "list[Change]") -> "list[Refused]":
    """What would come into force again, and was taken out of the history."""
    from ropa.errors import Refused
    from ropa.model.redacted import unknown_in

    return [
        Refused(f"  {change.after.ref} {change.after.name}: {one.path}, {_GONE} {one.mark}.")
        for change in changes
        if change.after is not None
        for one in unknown_in(change.after)
    ]


def _left_hanging(merged: "Register", changes: "list[Change]") -> "list[Refused]":
    """Who would name a record that is not there: one that would go, or one that went since."""
    from ropa.cli.hanging import hanging, names_gone
    from ropa.cli.remove import still_named

    gone = [c.before for c in changes if c.before is not None and c.after is None]
    going = {(one.kind, one.ref) for one in gone}
    return still_named(merged, gone) + [
        names_gone(record, mention, f"Take that back first. See: ropa log {mention.ref}")
        for record, mention in hanging(merged, changes)
        if (mention.kind, mention.ref) not in going
    ]
