"""`ropa gaps`: the open questions, what matters most first."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, FactsAsOf, as_of_state, day_of

ORDER = ("missing", "risk", "quality", "info")


def gaps(
    file: Annotated[
        str, typer.Argument(help="A file that was never imported: a notice, or a register as JSON or YAML.")
    ] = "",
    rule: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this rule.")] = None,
    severity: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="Only missing, risk, quality or info.")
    ] = None,
    activity: Annotated[str, typer.Option(metavar="REF", help="One activity in full.")] = "",
    fail_on: Annotated[
        str, typer.Option(metavar="WORD", help="Exit 1 only from this severity on: missing, risk, quality.")
    ] = "quality",
    every: Annotated[
        bool, typer.Option("--all", help="In JSON and CSV: what is met and what does not apply, too.")
    ] = False,
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write it as .xlsx, .html or .md for people, .sarif, .xml (JUnit), .json or .csv for programs.",
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    facts_as_of: FactsAsOf = "",
    db: Db = "",
) -> None:
    """The open questions, what matters most first. Exit 1 where something is open.

    Example: ropa gaps --severity missing

    Example: ropa gaps --out gaps.md
    """
    from ropa.cli import gapfile
    from ropa.cli.gapwords import print_memo
    from ropa.gaps import check, memo, report_as_plain

    counted = _from(fail_on)
    gapfile.refuse_other_kind(out, force=force)
    store, register = _asked(file, db, as_of, facts_as_of)
    report = check(register, day_of(as_of_state(as_of), register.at))
    ref = _activity(register, activity)

    def narrowed(one: Any) -> Any:
        return _narrowed(one, rule or [], severity or [])

    shown, seen = _of_one(narrowed(report), ref), memo(narrowed(report), register, ref)
    talk = as_json or as_csv
    if out:
        of = Path(file or store.place).name
        told = gapfile.Told(register, shown, seen, lambda past: _of_one(narrowed(past), ref), counted, of)
        gapfile.write(told, out, store, force=force, every=every, talk=talk)
    if talk:
        gapfile.for_programs(report_as_plain(shown, all=every), as_csv=as_csv)
    elif not out:
        print_memo(seen, given=bool(file))
    if report.unjudged:
        raise typer.Exit(2)
    if any(o.open and o.rule.severity in counted for o in shown.findings):
        raise typer.Exit(1)


def _of_one(report: Any, ref: str | None) -> Any:
    """The report of one activity alone, where one is named."""
    if ref is None:
        return report
    return report.narrowed(lambda o: (o.record.kind, o.record.ref) == ("activity", ref))


def _asked(file: str, db: str, as_of: str, facts_as_of: str) -> Any:
    """The store, None for a file, and the register that is asked."""
    from ropa.cli.factsinuse import say_facts_of_today, use_facts, use_facts_of
    from ropa.cli.reading import read_file
    from ropa.cli.session import opened
    from ropa.errors import Refused
    from ropa.model.register import Register
    from ropa.store.load import load

    if not file:
        store, state = opened(db), as_of_state(as_of)
        register = load(store, state)
        if as_of and not register.revision:
            raise Refused(f"the register had not begun as of {as_of}.", do="See when it did: ropa log")
        use_facts(store, register, state, facts_as_of)
        say_facts_of_today(register, state, facts_as_of)
        return store, register
    if as_of or facts_as_of:
        raise Refused("a file has no past: --as-of asks about the register.", do="Leave one of them out.")
    register = read_file(file, Register()).register
    use_facts_of(register)
    return None, register


def _activity(register: Any, words: str) -> str | None:
    from ropa.model.activity import Activity
    from ropa.model.find import find_one

    return find_one(register, Activity, words).ref if words else None


def _narrowed(report: Any, rules: list[str], severities: list[str]) -> Any:
    from ropa.gaps import rule_of

    wanted = {rule_of(words).id for words in rules}
    for severity in severities:
        _known(severity)
    if not (wanted or severities):
        return report
    return report.narrowed(
        lambda o: (not wanted or o.rule.id in wanted) and (not severities or o.rule.severity in severities)
    )


def _from(severity: str) -> tuple[str, ...]:
    """The severities from the most serious to this one."""
    _known(severity)
    return ORDER[: ORDER.index(severity) + 1]


def _known(severity: str) -> None:
    from ropa.errors import Refused

    if severity not in ORDER:
        raise Refused(f"'{severity}' is not one of {', '.join(ORDER)}.")
