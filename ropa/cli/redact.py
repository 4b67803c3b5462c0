"""`ropa redact`: something goes out of the history for good; a mark stays, and the proof holds."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.options import AsOf

if TYPE_CHECKING:
    from ropa.store.open import Store
    from ropa.store.redaction import Plan

_REVISION = re.compile(r"[rR]([0-9]{1,9})")
_SAID = ("actor", "why", "command")
_VALUES = 12
"""Values that are listed at most, where one of them is to be chosen."""


@taking(WRITING)
def redact(
    ref: Annotated[
        str,
        typer.Argument(help="A record, by the ref or name that it has or had; or a revision, such as r12."),
    ],
    field: Annotated[
        str,
        typer.Argument(
            help="A field, or one of a part, such as purposes.1.text; of a revision: actor, why or command."
        ),
    ],
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="NOUN", help="Which record, where two kinds have one of that ref."),
    ] = "",
    everywhere: Annotated[
        bool,
        typer.Option(
            "--everywhere",
            help="Also where the same words stand elsewhere in the past: reasons, other records.",
        ),
    ] = False,
    as_of: AsOf = "",
    **manners: Any,
) -> None:
    """Take something out of the history for good. A reason is asked for. It cannot be undone.

    What a field said before and says no more goes out of every revision, and out of the command lines that brought it; with --as-of
    only what it said then. A mark stays in its place, and the history still proves itself. Refused while the record says so
    now: change that first. Copies that were made before hold it still; they are named.

    Example: ropa redact PA-0001 description --why 'erasure asked for under Art. 17'

    Example: ropa redact r1 actor --dry-run
    """
    from ropa.cli.erasing import carry_out, tell_nothing
    from ropa.cli.reasons import reason_for
    from ropa.cli.session import opened

    store = opened(manners.pop("db"))
    plan, called = _planned(store, ref, field, kind, as_of, everywhere=everywhere)
    if not plan.remains:
        return tell_nothing(store, plan, called, dry_run=manners["dry_run"], as_json=manners["as_json"])
    why = reason_for("a redaction", manners.pop("why"), dry_run=manners["dry_run"])
    return carry_out(store, plan, called, why=why, everywhere=everywhere, **manners)


def _planned(
    store: "Store", ref: str, name: str, noun: str, as_of: str, *, everywhere: bool
) -> "tuple[Plan, str]":
    """What would go, and what a person calls it."""
    from ropa.cli.anyrecord import record_ever
    from ropa.cli.options import as_of_state
    from ropa.errors import Refused
    from ropa.model.redactable import redactable
    from ropa.model.register import KINDS
    from ropa.store.history import revision
    from ropa.store.planning import plan_field, plan_said
    from ropa.store.planning_refs import plan_ref

    number = _REVISION.fullmatch(ref)
    if number and name.lower() in _SAID:
        if as_of:
            raise Refused("a revision has no past.", at="--as-of", do="Leave it out.")
        plan = plan_said(store, int(number[1]), name.lower(), everywhere=everywhere)
        return plan, f"r{int(number[1])}, {name.lower()}"
    if number and not _is_record(store, ref):
        raise Refused(f"'{name}' is nothing that a revision says.", at=ref, do="Say actor, why or command.")
    kind, own = record_ever(store, ref, noun)
    until = as_of_state(as_of)
    last = revision(store, until)
    at = None if until is None else last.revision if last else 0
    if name == "ref":
        many, plan = False, plan_ref(store, kind, own, at=at, everywhere=everywhere)
    else:
        what = redactable(KINDS[kind], name)
        many, plan = what.last.many, plan_field(store, kind, own, what, at=at, everywhere=everywhere)
    if plan.still and not plan.values and not plan.before:
        raise _in_force(store, kind, own, name, many=many)
    if at is None and len(plan.values) > 1:
        raise _several(plan, own, name)
    return plan, f"{own}, {name}"


def _is_record(store: "Store", ref: str) -> bool:
    """Whether what looks like a revision is the ref of a record."""
    from ropa.store.story import kinds_of

    return bool(kinds_of(store, ref.lower()))


def _several(plan: "Plan", ref: str, name: str) -> Exception:
    """What went through a field one after the other is taken out one by one: no more of the evidence goes than is meant."""
    from ropa.cli.erasing import short
    from ropa.errors import Faults, Refused

    first = sorted(
        (min(one.revision for one in plan.taken if one.value == value), short(value)) for value in plan.values
    )
    lines = [Refused(f"  --as-of r{number}: {words}") for number, words in first]
    more = [Refused(f"  … and {len(lines) - _VALUES} more.")] if len(lines) > _VALUES else []
    head = Refused(
        f"said {len(lines)} other things in the past; nothing was taken out.",
        at=f"{ref}, {name}",
        do="Say which is to go, by when it stood there:",
    )
    return Faults([head, *lines[:_VALUES], *more])


def _in_force(store: "Store", kind: str, ref: str, name: str, *, many: bool) -> Exception:
    from ropa.errors import Refused
    from ropa.gaps.outcome import noun
    from ropa.model.register import KINDS
    from ropa.store.load import load

    record = load(store).get(KINDS[kind], ref)
    word = noun(record) if record else KINDS[kind].noun
    own = (
        f"ropa {word} rename {ref} NEW"
        if name == "ref"
        else f"ropa {word} set {ref} {name}{'-=' if many else '='}…"
    )
    return Refused(
        "the record says so now, and what is in force stays as it is.",
        at=f"{ref}, {name}",
        do=f"Change it first: {own}",
    )
