"""`ropa gaps`: the open questions, what matters most first."""

from typing import Annotated, Any

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, as_of_state, day_of

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
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    db: Db = "",
) -> None:
    """The open questions, what matters most first. Exit 1 where something is open.

    Example: ropa gaps --severity missing
    """
    from ropa.cli import console
    from ropa.cli.gapwords import print_memo
    from ropa.gaps import check, memo, report_as_plain

    counted = _from(fail_on)
    register = _asked(file, db, as_of)
    report = check(register, day_of(as_of_state(as_of), register.at))
    ref = _activity(register, activity)
    narrowed = _narrowed(report, rule or [], severity or [])
    shown = (
        narrowed
        if ref is None
        else narrowed.narrowed(lambda o: (o.record.kind, o.record.ref) == ("activity", ref))
    )
    if as_json:
        console.print_json(report_as_plain(shown, all=every))
    elif as_csv:
        _csv(report_as_plain(shown, all=every)["findings"])
    else:
        print_memo(memo(narrowed, register, ref), given=bool(file))
    if report.unjudged:
        raise typer.Exit(2)
    if any(o.open and o.rule.severity in counted for o in shown.findings):
        raise typer.Exit(1)


def _asked(file: str, db: str, as_of: str) -> Any:
    from ropa.cli.reading import read_file
    from ropa.cli.session import opened
    from ropa.errors import Refused
    from ropa.model.register import Register
    from ropa.store.load import load

    if not file:
        register = load(opened(db), as_of_state(as_of))
        if as_of and not register.revision:
            raise Refused(f"the register had not begun as of {as_of}.", do="See when it did: ropa log")
        return register
    if as_of:
        raise Refused("a file has no past: --as-of asks about the register.", do="Leave one of them out.")
    return read_file(file, Register()).register


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


def _csv(findings: list[dict[str, Any]]) -> None:
    from ropa.cli.console import print_csv

    columns = ["rule", "severity", "kind", "ref", "name", "field", "message", "law", "fix", "waived"]
    if findings and "outcome" in findings[0]:
        columns.append("outcome")
    print_csv(columns, [[{True: "yes", False: "no"}.get(f[c], f[c]) for c in columns] for f in findings])
