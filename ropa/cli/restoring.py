"""Records put back to what they said in a past state, as one revision more."""

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ropa.compare import Change
    from ropa.errors import Refused
    from ropa.model.register import Register
    from ropa.store.stood import Stood

_SHOWN = 3
"""Revisions since that are named at most."""


def restore_records(
    names: Sequence[str], as_of: str, kind: str, *, db: str, why: str, dry_run: bool, **manners: Any
) -> None:
    """Preview, ask, and write the records as they stood. Raises Refused where one names what is not there today."""
    from ropa.cli.anyrecord import record_ever
    from ropa.cli.options import as_of_state
    from ropa.cli.reasons import reason_for
    from ropa.cli.session import opened, write
    from ropa.compare import applied, compare
    from ropa.errors import Faults, Refused
    from ropa.store.load import load
    from ropa.store.stood import as_it_stood

    store, state = opened(db), as_of_state(as_of)
    if state is None:
        raise Refused("that is how it stands now.", at="--as-of", do="Name a day that has been, or r12.")
    now = load(store)
    meant = dict.fromkeys(record_ever(store, name, kind, None, state) for name in names)
    found = [as_it_stood(store, *one, state, now) for one in meant]
    changes = [change for one in found for change in one.changes]
    after = applied(now, changes)
    if faults := _hanging(after, changes, names, as_of):
        raise Faults(faults)
    if changes := compare(now, after):
        for one in found:
            _say_since(one)
        refs = ", ".join(dict.fromkeys(one.ref for one in found))
        reason = reason_for("putting back what a record said", why, dry_run=dry_run)
        why = f"restores {refs} as of {as_of.strip()}: {reason}"
    write(store, now, changes, why=why, dry_run=dry_run, as_it_was=True, always_ask=True, **manners)


def _say_since(stood: "Stood") -> None:
    """Which revisions touched it since: what they said of it goes."""
    from ropa.cli.console import talk

    shown = stood.since[:_SHOWN]
    told = ", ".join(f"r{entry.revision} by {entry.actor}" for entry in reversed(shown))
    before = f"{len(stood.since) - len(shown)} more, " if len(stood.since) > len(shown) else ""
    talk(f"{stood.ref} {stood.name} was changed since: {before}{told}. See: ropa log {stood.ref}")


def _hanging(
    after: "Register", changes: "Sequence[Change]", names: Sequence[str], as_of: str
) -> "list[Refused]":
    """What the records named then and is not there today, by name; and the command that brings it back too."""
    from ropa.cli.hanging import hanging, names_gone
    from ropa.errors import Refused

    gone = list(hanging(after, changes))
    if not gone:
        return []
    refs = dict.fromkeys([*names, *(mention.ref for _, mention in gone)])
    return [
        Refused("this cannot be put back; nothing was written. In the way:"),
        *(names_gone(record, mention) for record, mention in gone),
        Refused(
            f"Bring back what it names too: ropa restore {shlex.join(refs)} --as-of {shlex.quote(as_of)}"
        ),
    ]
