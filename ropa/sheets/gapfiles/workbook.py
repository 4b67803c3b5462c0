"""The gap analysis as a workbook: a summary with charts, a sheet a theme, a sheet for each who must answer, the numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import BinaryIO

from ropa.gaps.grouping import Group
from ropa.gaps.groupwords import where
from ropa.gaps.outcome import Outcome
from ropa.gaps.overview import GAPS, Desk, Overview, Theme
from ropa.gaps.texts import shown
from ropa.sheets.gapfiles import words
from ropa.sheets.gapfiles.names import SheetNames
from ropa.sheets.gapfiles.picture import COLOURS
from ropa.sheets.table import Answer, Chart, Column, DigestHere, Figures, Page, Partly, Table
from ropa.sheets.xlsx.book import Book

_DESKS = 40
"""Sheets for people; whoever comes after these stands in one sheet with the others."""
_OPEN = (
    Column("Record", 13),
    Column("Name", 26),
    Column("Weight", 10),
    Column("What is asked", 28),
    Column("What is not there", 40),
    Column("Law", 28),
    Column("Ask", 34),
    Column("Do", 44),
    Column("Or state", 38),
)
_ASKED = (
    Column("Record", 13),
    Column("Name", 26),
    Column("Question", 44),
    Column("What is not there", 44),
    Column("Weight", 10),
    Column("Answer", 50),
)
_STATE, _TREND = "State", "Trend"


@dataclass(frozen=True)
class _Sheets:
    themes: Sequence[Table]
    desks: Sequence[tuple[str, Table]]
    figures: Sequence[Figures]


def write_workbook(told: Overview, file: BinaryIO) -> None:
    """The summary first, then the themes, who must answer what, and the numbers behind the charts."""
    names = SheetNames()
    summary = names.free("Summary")
    state, trend = names.free(_STATE), names.free(_TREND)
    sheets = _Sheets(
        [_theme(one, names, told) for one in told.themes if one.findings],
        list(_desks(told.desks, names)),
        [_figures_of_state(told, state), *([_figures_of_trend(told, trend)] if told.trend else [])],
    )
    title = words.title(told)
    at = datetime.combine(told.report.as_of, time())
    facts = {"revision": str(told.report.revision), "hash": told.report.hash} if told.report.hash else {}
    with Book(file, title=title, subject="Gap analysis", at=at, facts=facts, foot=words.stand(told)) as book:
        front = book.keep_page(summary)
        for table in (*sheets.themes, *(table for _, table in sheets.desks)):
            book.add_table(table)
        for figures in sheets.figures:
            book.add_figures(figures)
        book.write_page(front, _summary(told, summary, sheets))


def _summary(told: Overview, name: str, sheets: _Sheets) -> Page:
    lines = [
        ("title", words.title(told), ""),
        ("subtitle", words.stand(told), ""),
        ("line", "", ""),
        *(("line", "" if n else "In short", text) for n, text in enumerate(words.verdict(told))),
        *(("line", "Note", text) for text in told.memo.notices),
    ]
    if told.first:
        lines += [("line", "", ""), ("heading", "What matters first", ""), *_first(told.first)]
    charts = dict(_charts(told, sheets.figures))
    for key, chart in charts.items():
        lines += [("line", "", ""), ("heading", chart.title, ""), ("chart", key, "")]
    if told.memo.worst:
        lines += [("line", "Least complete", ", ".join(f"{ref} {score}" for ref, score in told.memo.worst))]
    lines += [("line", "", ""), ("heading", "Who must answer what", "")]
    lines += [("line", who, f"sheet “{table.name}”: {table.title}") for who, table in sheets.desks]
    lines += [("line", "", ""), ("heading", "The themes", ""), *_shares(told, sheets)]
    if told.memo.waived:
        lines += [("line", "", ""), ("heading", "Accepted on purpose", "")]
        lines += [("line", one.title, f"{where(one)} ({one.until})") for one in told.memo.waived]
    lines += [("line", "", ""), ("heading", "How to read it", "")]
    lines += [("line", term, said) for term, said in words.READING]
    lines += [("line", "Facts", f"Each with the day it was last checked: {words.facts(told)}.")]
    if told.report.hash:
        lines += [("line", "Hash of the revision", told.report.hash)]
    lines += [("line", "Digest of the cells", DigestHere("waits for the other cells"))]
    return Page(name, "Summary", lines, charts)


def _first(groups: Sequence[Group]) -> Iterator[tuple[str, str, str]]:
    for number, one in enumerate(groups, 1):
        ran_out = " It ran out." if one.expired else ""
        yield "line", f"{number}. {where(one)}", f"{one.title}.{ran_out} {one.say}"
        yield "line", "", f"Ask {', '.join(one.ask)}: {one.question}"


def _shares(told: Overview, sheets: _Sheets) -> Iterator[tuple[str, str, str]]:
    own = {table.title: table.name for table in sheets.themes}
    for one in told.themes:
        there = f"; see the sheet “{own[one.name]}”" if one.name in own else ""
        yield "line", one.name, f"answered {one.score.text}; {_counts(one.open)}{there}"


def _counts(open_: Mapping[str, int]) -> str:
    said = [f"{n} {words.SAID[severity]}" for severity, n in open_.items() if n]
    return ", ".join(said) or "nothing open"


def _charts(told: Overview, figures: Sequence[Figures]) -> Iterator[tuple[str, Chart]]:
    parts = {column: COLOURS[severity] for column, severity in enumerate(GAPS, 1)}
    said = "; ".join(f"{one.name}: {_counts(one.open)}" for one in told.themes)
    if told.themes:
        yield _STATE, Chart("The state: open gaps, theme by theme", said, figures[0], parts, lying=True)
    if len(told.trend) > 1:
        moved = "; ".join(f"{words.month(one, told)}: {one.total}" for one in told.trend)
        yield _TREND, Chart("The trend: open gaps at the end of each month", moved, figures[1], parts)


def _figures_of_state(told: Overview, name: str) -> Figures:
    columns = [Column("Theme", 26), *_counted(), Column("answered", 12), Column("of asked", 12)]
    rows = [(one.name, [*one.open.values(), one.score.met, one.score.asked]) for one in told.themes]
    return Figures(name, "What is open and what is answered, theme by theme", columns, rows)


def _figures_of_trend(told: Overview, name: str) -> Figures:
    columns = [Column("End of", 26), *_counted(), Column("answered", 12), Column("of asked", 12)]
    rows = [
        (words.month(one, told), [*one.open.values(), one.score.met, one.score.asked]) for one in told.trend
    ]
    return Figures(name, words.TREND, columns, rows)


def _counted() -> list[Column]:
    return [Column(words.SAID[severity], 12) for severity in GAPS]


def _theme(theme: Theme, names: SheetNames, told: Overview) -> Table:
    asking = {id(one): desk.name for desk in told.desks for one in desk.findings}
    rows = [_open_row(one, asking.get(id(one), ""), given=told.given) for one in theme.findings]
    return Table(names.free(theme.name), theme.name, _OPEN, rows)


def _open_row(one: Outcome, who: str, *, given: bool) -> list[str]:
    if one.open:
        weight: str = words.SAID[one.rule.severity]
        do, otherwise = ("", "") if given else (one.fix, one.otherwise)
    else:
        weight, do, otherwise = Answer("waived"), "", ""
    return [
        one.record.ref,
        shown(one.record.name),
        Partly(weight) if one.rule.severity == "missing" and one.open else weight,
        one.rule.title,
        one.message,
        f"{one.rule.law} ({one.rule.id})",
        f"{who}: {one.rule.ask}" if who else one.rule.ask,
        do,
        otherwise,
    ]


def _desks(desks: Sequence[Desk], names: SheetNames) -> Iterator[tuple[str, Table]]:
    """Whoever must answer, and the sheet with the questions; of very many the last ones share one."""
    for desk in desks[:_DESKS]:
        rows = [_asked_row(one) for one in desk.findings]
        yield desk.name, Table(names.free(desk.name), _counts(desk.open), _ASKED, rows)
    if rest := desks[_DESKS:]:
        columns = (Column("Who", 26), *_ASKED)
        shared = [[desk.name, *_asked_row(one)] for desk in rest for one in desk.findings]
        yield f"{len(rest)} others", Table(names.free("Others"), "all others", columns, shared, keys=3)


def _asked_row(one: Outcome) -> list[str]:
    weight = words.SAID[one.rule.severity]
    return [one.record.ref, shown(one.record.name), one.rule.ask, one.message, weight, ""]
