"""`ropa gaps`: the open questions, what matters most first."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from ropa.cli.options import AsCsv, AsJson, AsOf, Db, FactsAsOf, as_of_state, day_of

ORDER = ("missing", "risk", "quality", "info")


_File = Annotated[
    str, typer.Argument(help="A file that was never imported: a notice, or a register as JSON or YAML.")
]
_Rule = Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this rule.")]
_Severity = Annotated[
    list[str] | None, typer.Option(metavar="WORD", help="Only missing, risk, quality or info.")
]
_FailOn = Annotated[
    str, typer.Option(metavar="WORD", help="Exit 1 only from this severity on: missing, risk, quality.")
]
_Every = Annotated[
    bool, typer.Option("--all", help="In JSON and CSV: what is met and what does not apply, too.")
]
_Out = Annotated[
    str,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Write it as .xlsx, .html or .md for people, .sarif, .xml (JUnit), .json or .csv for programs.",
    ),
]
_GroupBy = Annotated[
    str,
    typer.Option(
        "--group-by",
        metavar="WORD",
        help="How complete each activity, department, entity, owner or theme is, in place of the gaps.",
    ),
]


def gaps(
    file: _File = "",
    rule: _Rule = None,
    severity: _Severity = None,
    activity: Annotated[str, typer.Option(metavar="REF", help="One activity in full.")] = "",
    fail_on: _FailOn = "quality",
    every: _Every = False,
    out: _Out = "",
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    group_by: _GroupBy = "",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_of: AsOf = "",
    facts_as_of: FactsAsOf = "",
    db: Db = "",
) -> None:
    """The open questions, what matters most first. Exit 1 where something is open.

    Example: ropa gaps --severity missing

    Example: ropa gaps --out gaps.html

    Example: ropa gaps --group-by department
    """
    from ropa.cli import gapfile
    from ropa.cli.gapshares import known_group, print_shares
    from ropa.cli.gapwords import print_memo
    from ropa.gaps import check, memo, report_as_plain
    from ropa.gaps.shares import shares_as_plain

    counted = _from(fail_on)
    gapfile.refuse_other_kind(out, force=force)
    known_group(group_by, out)
    store, register = _asked(file, db, as_of, facts_as_of)
    report = check(register, day_of(as_of_state(as_of), register.at))
    ref = _activity(register, activity)
    keep = partial(_kept, rules=rule or [], severities=severity or [], ref=ref)
    shown, seen = keep(report), memo(_narrowed(report, rule or [], severity or []), register, ref)
    if out:
        of = Path(file or store.place).name
        told = gapfile.Told(register, shown, seen, keep, counted, of)
        gapfile.write(told, out, store, force=force, every=every, talk=as_json or as_csv)
    if group_by:
        print_shares(shown, group_by, as_json=as_json, as_csv=as_csv)
    elif as_json or as_csv:
        gapfile.for_programs(report_as_plain(shown, all=every) | shares_as_plain(shown), as_csv=as_csv)
    elif not out:
        print_memo(seen, given=bool(file))
    if report.unjudged or any(o.open and o.rule.severity in counted for o in shown.findings):
        raise typer.Exit(2 if report.unjudged else 1)


def _kept(report: Any, rules: list[str], severities: list[str], ref: str | None) -> Any:
    """The report as it is asked for: some rules, some severities, one activity alone."""
    narrowed = _narrowed(report, rules, severities)
    if ref is None:
        return narrowed
    return narrowed.narrowed(lambda o: (o.record.kind, o.record.ref) == ("activity", ref))


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
