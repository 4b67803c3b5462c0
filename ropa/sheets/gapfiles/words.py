"""Sentences that the workbook, the page and the Markdown have in common."""

from collections.abc import Iterator

from ropa.gaps.overview import GAPS, Overview
from ropa.gaps.trend import Point

SAID = {"missing": "missing", "risk": "at risk", "quality": "quality"}
"""A severity as a column of a table."""
READING = (
    ("Missing", "A law asks for this content or this step."),
    ("At risk", "Something that often is, or becomes, a breach. A person must look."),
    ("Quality", "True, but of little use, or due for review."),
    (
        "Answered",
        "Of what is asked and counts (missing and at risk), the part that is recorded. What was accepted on purpose counts as asked and not as answered. Drafts are not counted.",
    ),
    (
        "A gap",
        "says that something is not recorded. It does not say that the processing is unlawful (CJEU C-60/22).",
    ),
)
TREND = "Open gaps at the end of each month, judged with the rules and facts of today."


def title(told: Overview) -> str:
    """What the file is."""
    return f"Gap analysis of {told.house}" if told.house else "Gap analysis"


def stand(told: Overview) -> str:
    """Which state of which register it tells of."""
    state = f", revision r{told.report.revision}" if told.report.revision else ""
    return f"{told.memo.about[:1].upper()}{told.memo.about[1:]}, as of {told.memo.as_of}{state}"


def verdict(told: Overview) -> Iterator[str]:
    """The state in a few sentences, numerator and denominator with every share."""
    if told.total:
        of = ", ".join(f"{n} {_SORTS[severity]}" for severity, n in told.open.items() if n)
        yield f"{told.total} {'gap is' if told.total == 1 else 'gaps are'} open: {of}."
    elif told.memo.verdict:
        yield told.memo.verdict
    full, live = told.memo.full
    if live:
        yield f"Answered of what the law asks and what carries a risk: {told.memo.score}."
        yield f"{full} of {live} {'record is' if live == 1 else 'records are'} complete."
    if len(told.trend) > 1:
        yield moved(told.trend[-2], told.trend[-1])
    yield from (f"Not judged: {one}." for one in told.memo.unchecked)


_SORTS = {
    "missing": "that the law asks for",
    "risk": "at which a person must look",
    "quality": "of wording and upkeep",
}


def moved(before: Point, now: Point) -> str:
    """How the number moved since the last month's end."""
    change = now.total - before.total
    if not change:
        return f"As many were open at the end of {before.day:%Y-%m}."
    return f"That is {abs(change)} {'more' if change > 0 else 'fewer'} than at the end of {before.day:%Y-%m}."


def numbers(told: Overview) -> Iterator[tuple[str, list[int]]]:
    """The columns of a chart: severity in words → how many were open at each point of the trend."""
    for severity in GAPS:
        yield SAID[severity], [one.open[severity] for one in told.trend]


def month(one: Point, told: Overview) -> str:
    """A point of the trend: the month whose end it is; the last one is the day itself."""
    return told.memo.as_of if one is told.trend[-1] else f"{one.day:%Y-%m}"


def facts(told: Overview) -> str:
    """The dated facts that the rules read, each with the day it was last checked."""
    return ", ".join(f"{name} ({day})" for name, day in told.report.facts.items())
