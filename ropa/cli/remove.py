"""`ropa NOUN remove`: a record goes, where nothing names it. What it said stays in the history."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.noun import Noun, example

if TYPE_CHECKING:
    from ropa.errors import Refused
    from ropa.model.common import Documented
    from ropa.model.register import Register
    from ropa.model.walk import Mention

_PLACES = 3
"""Places that are listed at most of each."""
_SHOWN = 12
"""Records that are listed at most where they name what is to go."""


def add_remove(app: typer.Typer, noun: Noun) -> None:
    """Hang `remove` on the noun."""

    @app.command("remove", epilog=example(noun, "remove"))
    @taking(WRITING)
    def remove(
        refs: Annotated[list[str], typer.Argument(help="Refs or names.", metavar="REF…")], **manners: Any
    ) -> None:
        """Take records out of the register; a reason is asked for, and they stay in the history.

        Refused while another record names one: what does is listed, with the way out. Waivers of its gaps go along.
        An activity that has stopped is ended, not removed.
        """
        _remove(noun, refs, **manners)


def _remove(noun: Noun, refs: Sequence[str], *, db: str, why: str, dry_run: bool, **manners: Any) -> None:
    from ropa.cli.console import talk
    from ropa.cli.meant import meant
    from ropa.cli.reasons import reason_for
    from ropa.cli.session import opened, write
    from ropa.compare import Change
    from ropa.errors import Faults
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    found = {r.ref: r for r in (meant(register, noun.cls, ref, ours=noun.ours) for ref in refs)}
    going: list[Documented] = [*found.values()]
    if faults := still_named(register, going):
        raise Faults(faults)
    going += _waivers_of(register, going)

    def remarks() -> None:
        for record in found.values():
            if (better := _better(record)) is not None:
                talk(better)

    why = reason_for("a removal", why, dry_run=dry_run)
    write(
        store,
        register,
        [Change(record, None) for record in going],
        why=why,
        dry_run=dry_run,
        remarks=remarks,
        always_ask=True,
        **manners,
    )


def _better(record: Any) -> str | None:
    """What is better than to remove an activity that took place."""
    status = getattr(record, "status", "draft")
    if status == "draft":
        return None
    if status == "ended":
        return f"{record.ref} took place and has ended: its record is what shows how, and is better kept."
    return f"{record.ref} took place: if it has stopped, end it instead, its record stays: ropa activity end {record.ref}"


def still_named(register: "Register", going: Sequence["Documented"]) -> "list[Refused]":
    """Who names records that are to go and stays itself: a line for each, with the way out. Empty where nobody does."""
    from ropa.errors import Refused

    keys = {(r.kind, r.ref) for r in going}
    lines: list[Refused] = []
    for record in going:
        named = _by_record(register, record, keys)
        if named:
            many = f"{len(named)} records name it" if len(named) > 1 else "a record names it"
            lines.append(
                Refused(
                    f"{record.name} cannot be removed: {many}.",
                    at=record.ref,
                    do="Take it out there first; nothing was written." if len(named) <= _SHOWN else "",
                )
            )
            lines += [_line(one, mentions) for one, mentions in named[:_SHOWN]]
        if len(named) > _SHOWN:
            lines.append(Refused(f"  … and {len(named) - _SHOWN} more. Nothing was written."))
    return lines


def _by_record(
    register: "Register", record: "Documented", going: set[tuple[str, str]]
) -> "list[tuple[Documented, list[Mention]]]":
    """The records that stay and name this one, each with where it does."""
    found: dict[tuple[str, str], tuple[Documented, list[Mention]]] = {}
    for one, mention in register.named_by.get((record.kind, record.ref), ()):
        if (one.kind, one.ref) not in going:
            found.setdefault((one.kind, one.ref), (one, []))[1].append(mention)
    return list(found.values())


def _line(record: "Documented", mentions: "list[Mention]") -> "Refused":
    from ropa.errors import Refused
    from ropa.gaps.outcome import noun

    places = ", ".join(mention.path for mention in mentions[:_PLACES])
    places += f" and {len(mentions) - _PLACES} more places" if len(mentions) > _PLACES else ""
    takes = " ".join(_taking_out(record, mentions))
    return Refused(
        f"  {record.ref} {record.name}: {places}.", do=f"ropa {noun(record)} set {record.ref} {takes}"
    )


def _taking_out(record: "Documented", mentions: "list[Mention]") -> Iterator[str]:
    """What `set` is told to name the other record no more; parts by number, the last first, so that numbers stay true."""
    from ropa.model.walk import field, head

    for mention in reversed(mentions):
        first, *rest = mention.path.split(".")
        said = field(type(record), first)
        if said and said.many and not said.part:
            yield f"{first}-={mention.ref}"
        elif said and said.many and said.part and rest[1] in head(said.part):
            yield f"{first}-={rest[0]}"
        else:
            yield f"{mention.path}="


def _waivers_of(register: "Register", going: "Sequence[Documented]") -> "list[Documented]":
    """Waivers of the gaps of records that go: without their record they would accept nothing."""
    from ropa.model.notice import Waiver

    keys = {(r.kind, r.ref) for r in going}
    return [w for w in register.all(Waiver).values() if (w.record_kind, w.record) in keys]
