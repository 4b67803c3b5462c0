"""`ropa waive` and `ropa unwaive`: live with a gap for a while, and say why; end that."""

from typing import Annotated, Any

import typer

from ropa.cli.manners import WRITING, taking
from ropa.cli.options import day_said

Rule = Annotated[str, typer.Argument(help="The rule, such as A104.")]
Ref = Annotated[str, typer.Argument(help="The record, by ref or name.", metavar="REF")]


@taking(WRITING)
def waive(
    rule: Rule,
    ref: Ref,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why the gap is accepted.")] = "",
    until: Annotated[
        str, typer.Option(metavar="DATE", help="Last day; on the next one the gap is back.")
    ] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who accepts it; else who makes the change.")] = "",
    **manners: Any,
) -> None:
    """Accept a gap on purpose. It stays in the report as waived, with its reason, and never counts as met.

    Example: ropa waive A108 PA-0004 --reason 'periods agreed in spring' --until 2027-03-31
    """
    from ropa.cli.anyrecord import record_of
    from ropa.cli.console import talk
    from ropa.cli.factsinuse import use_facts_of
    from ropa.cli.session import opened, who, write
    from ropa.compare import Change
    from ropa.errors import Refused
    from ropa.store.load import load

    if not reason.strip():
        raise Refused("a waiver needs a reason.", do='Say it: --reason "…"')
    store = opened(manners.pop("db"))
    register = load(store)
    use_facts_of(register)
    record = record_of(register, ref)
    last = day_said(until, "--until").isoformat() if until.strip() else ""
    accepted = {"reason": reason, "by": by or who(manners["actor"]), "until": last}
    waiver = waiver_of(register, rule, record, accepted)
    manners["why"] = manners["why"] or reason
    write(store, register, [Change(None, waiver)], **manners)
    if not waiver.until:
        talk("It has no end; --until gives it one.")
    if not _is_open(register, waiver):
        talk(f"{waiver.rule} is not open for {record.ref} today: the waiver accepts nothing until it is.")


def _is_open(register: Any, waiver: Any) -> bool:
    """Whether the gap that a waiver accepts is there today, accepted already or not."""
    from ropa.cli.options import today
    from ropa.gaps import check

    found = {(o.rule.id, o.record.kind, o.record.ref) for o in check(register, today()).findings}
    return (waiver.rule, waiver.record_kind, waiver.record) in found


def waiver_of(register: Any, rule: str, record: Any, said: dict[str, str]) -> Any:
    """The waiver of a rule for a record. Raises Refused for one that would have ended already."""
    from ropa.cli.options import today
    from ropa.errors import Refused
    from ropa.gaps import rule_of
    from ropa.model.explain import read_record
    from ropa.model.find import free_ref
    from ropa.model.notice import Waiver

    found = rule_of(rule)
    waiver = read_record(
        Waiver,
        {
            "ref": free_ref(register, Waiver, ""),
            "name": f"{found.id} of {record.ref} {record.name}",
            "rule": found.id,
            "record_kind": record.kind,
            "record": record.ref,
            "on": today().isoformat(),
            **said,
        },
    )
    if waiver.until and waiver.until < today():
        raise Refused(f"{waiver.until} is past.", at="--until", do="A waiver ends on a day to come.")
    return waiver


@taking(WRITING)
def unwaive(
    rule: Rule,
    ref: Ref,
    **manners: Any,
) -> None:
    """Take a waiver back: the gap is open again.

    Example: ropa unwaive A108 PA-0004 --why 'periods are agreed'
    """
    from ropa.cli.anyrecord import record_of
    from ropa.cli.session import opened, write
    from ropa.compare import Change
    from ropa.errors import Refused
    from ropa.gaps import rule_of
    from ropa.model.notice import Waiver
    from ropa.store.load import load

    store = opened(manners.pop("db"))
    register = load(store)
    found, record = rule_of(rule), record_of(register, ref)
    waivers: Any = [
        w
        for w in register.all(Waiver).values()
        if (w.rule, w.record_kind, w.record) == (found.id, record.kind, record.ref)
    ]
    if not waivers:
        raise Refused(f"{found.id} is not waived for {record.ref}.", do="See: ropa gaps")
    write(store, register, [Change(w, None) for w in waivers], **manners)
