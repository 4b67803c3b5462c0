"""`ropa gaps --out FILE`: the gap analysis as a file, of the kind that its name says."""

import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ropa.errors import Refused
from ropa.words import listing

if TYPE_CHECKING:
    from ropa.gaps import Memo, Report
    from ropa.gaps.overview import Overview
    from ropa.gaps.trend import Point
    from ropa.model.register import Register
    from ropa.store.open import Store

COLUMNS = ("rule", "severity", "kind", "ref", "name", "field", "message", "law", "fix", "waived")


@dataclass(frozen=True)
class Told:
    """What is written. narrow: what was asked for of any report, for the past months. counted: what --fail-on counts. of: the name of what was judged."""

    register: "Register"
    report: "Report"
    memo: "Memo"
    narrow: "Callable[[Report], Report]"
    counted: Collection[str]
    of: str


def refuse_other_kind(out: str, *, force: bool) -> None:
    """Raise Refused, before anything is judged, for a name that says no kind, or that is taken."""
    from ropa.whole import refuse_taken

    if not out:
        return
    if _suffix(out) not in (*FOR_PEOPLE, *FOR_PROGRAMS):
        raise Refused(
            "its name does not say what to write.",
            at=out,
            do=f"End it in {listing((*FOR_PEOPLE, *FOR_PROGRAMS), 'or')}.",
        )
    refuse_taken(Path(out), force=force)


def write(told: Told, out: str, store: "Store | None", *, force: bool, every: bool, talk: bool) -> None:
    """Write the file, which appears whole or not at all, and say so. every: with what is met. talk: whether stdout is for a program."""
    from ropa.cli import console
    from ropa.gaps.overview import overview
    from ropa.sheets.whole import write_whole

    suffix = _suffix(out)
    if suffix in FOR_PEOPLE:
        trend = _trend(told, store) if store else ()
        seen = overview(told.report, told.memo, told.register, trend, given=store is None)
        write_whole(Path(out), lambda file: FOR_PEOPLE[suffix](seen, file), force=force)
    else:
        write_whole(Path(out), lambda file: FOR_PROGRAMS[suffix](told, every, file), force=force)
    many = sum(one.open and one.rule.severity != "info" for one in told.report.findings)
    (console.talk if talk else console.say)(
        f"{out}: {many} open {'gap' if many == 1 else 'gaps'}, as of {told.memo.as_of}"
    )


def _suffix(out: str) -> str:
    return ".sarif" if out.lower().endswith(".sarif.json") else Path(out).suffix.lower()


def _trend(told: Told, store: "Store") -> "list[Point]":
    """What was open at the end of each month since the register began, and what is open now."""
    from ropa.cli.console import at_a_terminal, talk
    from ropa.gaps import check
    from ropa.gaps.trend import month_ends, point
    from ropa.store.past import past_registers

    now = told.report.as_of
    if at_a_terminal():
        talk("Looking back over the months …")
    past = past_registers(store, month_ends(now))
    return [*(point(told.narrow(check(register, day))) for day, register in past), point(told.report)]


def _markdown(seen: "Overview", file: BinaryIO) -> None:
    from ropa.sheets.gapfiles.markdown import write_markdown

    write_markdown(seen, file)


def _workbook(seen: "Overview", file: BinaryIO) -> None:
    from ropa.sheets.gapfiles.workbook import write_workbook

    write_workbook(seen, file)


def _page(seen: "Overview", file: BinaryIO) -> None:
    from ropa.sheets.gapfiles.page import write_page

    write_page(seen, file)


def _sarif(told: Told, every: bool, file: BinaryIO) -> None:
    from ropa.sheets.gapfiles.sarif import write_sarif

    write_sarif(told.report, told.report.outcomes if every else told.report.findings, file, of=told.of)


def _junit(told: Told, _: bool, file: BinaryIO) -> None:
    from ropa.sheets.gapfiles.junit import write_junit

    write_junit(told.report, file, counted=told.counted)


def _json(told: Told, every: bool, file: BinaryIO) -> None:
    import json

    from ropa.gaps import report_as_plain
    from ropa.gaps.shares import shares_as_plain

    report = report_as_plain(told.report, all=every) | shares_as_plain(told.report)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    file.write(text.encode("utf-8", "backslashreplace") + b"\n")


def _csv(told: Told, every: bool, file: BinaryIO) -> None:
    """With the mark by which Excel knows UTF-8."""
    from ropa.gaps import report_as_plain

    text = io.StringIO()
    _print_findings(report_as_plain(told.report, all=every)["findings"], text)
    file.write(text.getvalue().encode("utf-8-sig", "backslashreplace"))


def for_programs(report: dict[str, Any], *, as_csv: bool) -> None:
    """The report on stdout, as JSON or as CSV."""
    from ropa.cli.console import print_json

    if as_csv:
        _print_findings(report["findings"])
    else:
        print_json(report)


def _print_findings(findings: list[dict[str, Any]], into: io.StringIO | None = None) -> None:
    from ropa.cli.console import print_csv

    columns = [*COLUMNS, "outcome"] if findings and "outcome" in findings[0] else list(COLUMNS)
    rows = [[{True: "yes", False: "no"}.get(one[c], one[c]) for c in columns] for one in findings]
    print_csv(columns, rows, into)


FOR_PEOPLE: "Mapping[str, Callable[[Overview, BinaryIO], None]]" = {
    ".xlsx": _workbook,
    ".html": _page,
    ".md": _markdown,
}
FOR_PROGRAMS: Mapping[str, Callable[[Told, bool, BinaryIO], None]] = {
    ".sarif": _sarif,
    ".xml": _junit,
    ".json": _json,
    ".csv": _csv,
}
