"""What goes out of the history, told to a person; the question; and what is told when it is gone."""

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ropa.cli.console import ask, print_json, say, talk
from ropa.cli.logwords import CALLED
from ropa.cli.noun import word_of
from ropa.errors import Refused
from ropa.words import listing

if TYPE_CHECKING:
    from ropa.store.open import Store
    from ropa.store.redaction import Plan
    from ropa.store.traces import Trace

_SHOWN = 8
"""Values, and revisions of one place, that are listed at most."""
_PLACES = 20
"""Places elsewhere that are listed at most."""
_LONG = 60
"""Characters of a value that are shown."""


def carry_out(
    store: "Store",
    plan: "Plan",
    called: str,
    *,
    everywhere: bool,
    actor: str,
    why: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Show what would go, ask, take it out, and name where it still stands."""
    from ropa.cli.session import command_line, typed, who
    from ropa.store.redacting import redact, refuse_repeating

    why = typed(why, "--why")
    if not dry_run:
        refuse_repeating(plan, who(actor), why)
    if not as_json:
        for line in _told(plan, called, everywhere=everywhere):
            (say if dry_run else talk)(line)
    if dry_run:
        if as_json:
            print_json(_plain(plan, store, None))
        _tell_copies(store, as_json=as_json)
        return talk("Nothing was written (--dry-run).")
    if not yes:
        _tell_copies(store, as_json=as_json)
        _confirm()
    made, trouble = redact(store, plan, actor=who(actor), why=why, command=command_line())
    if as_json:
        print_json(_plain(plan, store, made.number))
    talk(f"Written as r{made.number}; it proves itself with ropa verify.")
    if trouble:
        talk(f"The file could not be written anew, so traces may be left in unused parts of it: {trouble}")
        talk("When nobody uses it, say the same command again.")
    if yes:
        _tell_copies(store, as_json=as_json)
    return None


def tell_nothing(store: "Store", plan: "Plan", called: str, *, dry_run: bool, as_json: bool) -> None:
    """It is gone already: no revision is written; the file is, for what an earlier try may have left in it."""
    from ropa.store.redacting import write_anew

    if not dry_run:
        write_anew(store)
    if as_json:
        print_json(_plain(plan, store, None))
    talk(f"{called}: nothing of it is left in the history, {listing(plan.before)}.")


def _told(plan: "Plan", called: str, *, everywhere: bool) -> Iterator[str]:
    """What would go, a line a fact."""
    yield f"{called}: goes out of the history for good, and cannot come back"
    for value in plan.values[:_SHOWN]:
        yield f"    {short(value)}"
    if len(plan.values) > _SHOWN:
        yield f"    … and {len(plan.values) - _SHOWN} more values"
    gone = [one for one in plan.taken if not everywhere or one not in plan.elsewhere]
    for what, traces in _by_place(gone):
        yield f"    {what}: {_revisions(traces)}"
    for value in plan.still[:_SHOWN]:
        yield f"What is in force stays: {short(value)}"
    yield from _told_elsewhere(plan, everywhere=everywhere)
    for kind, ref in plan.names[:_PLACES]:
        yield f"A ref is made of it, and stays: the {word_of(kind)} {ref}. Rename it, then: ropa redact {ref} ref"


def _told_elsewhere(plan: "Plan", *, everywhere: bool) -> Iterator[str]:
    past = [one for one in plan.elsewhere if not one.in_force]
    force = [one for one in plan.elsewhere if one.in_force]
    if past:
        yield (
            "The same words elsewhere in the past, taken out too:"
            if everywhere
            else "The same words stand elsewhere in the past, and stay unless you say --everywhere:"
        )
        yield from _listed(past)
    if force:
        yield "The same words are in force elsewhere, and stay. Change them with `set`, then redact there as well:"
        yield from _listed(force)
    if plan.words.texts:
        yield "Only these very words were looked for: a surname alone, or another spelling, may still stand somewhere."


def _listed(traces: "Sequence[Trace]") -> Iterator[str]:
    places = list(_by_place(traces))
    for what, own in places[:_PLACES]:
        yield f"    {what}: {_revisions(own)}"
    if len(places) > _PLACES:
        yield f"    … and {len(places) - _PLACES} more places; --json lists all"


def _by_place(traces: "Sequence[Trace]") -> "Iterator[tuple[str, list[Trace]]]":
    """Traces by the field or text in which they are."""

    def place(one: "Trace") -> tuple[bool, str, str]:
        return not one.path, one.ref, one.path or CALLED[one.place]

    for (of_revision, ref, name), own in groupby(
        sorted(traces, key=lambda one: (*place(one), one.revision)), key=place
    ):
        yield name if of_revision else f"{ref} {name}", list(own)


def _revisions(traces: "Sequence[Trace]") -> str:
    numbers = list(dict.fromkeys(one.revision for one in traces))
    more = f" … ({len(numbers)} revisions)" if len(numbers) > _SHOWN else ""
    return ", ".join(f"r{n}" for n in numbers[:_SHOWN]) + more


def short(value: Any) -> str:
    """A value as it is shown in one line."""
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else f"{flat[:_LONG]}… ({len(text):,} characters)"


def _tell_copies(store: "Store", *, as_json: bool) -> None:
    """What this does not reach, and who has to."""
    from ropa.cli.session import shown
    from ropa.store.backup import copies_beside

    if as_json:
        return
    copies = copies_beside(store)
    if copies:
        talk("These copies were made before, and may hold it still; delete those that you need no more:")
        for path in copies:
            talk(f"    {shown(path)}")
    talk("Backups elsewhere and what was exported are not reached: see to them yourself.")


def _confirm() -> None:
    if not sys.stdin.isatty():
        raise Refused("this cannot be undone; nothing was written.", do="Say --yes to take it out.")
    if not ask("Take it out for good?"):
        talk("Nothing was written.")
        raise typer.Exit(2)


def _plain(plan: "Plan", store: "Store", revision: int | None) -> dict[str, Any]:
    from ropa.store.backup import copies_beside

    own = set(plan.taken)
    return {
        "revision": revision,
        "redacted": [_trace(one) for one in plan.taken],
        "elsewhere": [{**_trace(one), "in_force": one.in_force} for one in plan.elsewhere if one not in own],
        "refs": [{"kind": kind, "ref": ref} for kind, ref in plan.names],
        "copies": [str(Path(path)) for path in copies_beside(store)],
    }


def _trace(one: "Trace") -> dict[str, Any]:
    if not one.path:
        return {"revision": one.revision, "field": one.place}
    return {"revision": one.revision, "kind": one.kind, "ref": one.ref, "field": one.path}
