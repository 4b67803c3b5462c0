"""How complete the register is, group by group: `ropa gaps --group-by`."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropa.gaps import Report

_FEW = 3
"""Refs without a legal basis that a table names."""


def known_group(by: str, out: str) -> None:
    """Raise Refused for a word by which nothing is grouped, and where a file is asked for: it holds the gaps themselves."""
    from ropa.errors import Refused
    from ropa.gaps.shares import GROUPS
    from ropa.words import listing

    if by and out:
        raise Refused(
            "--group-by shows shares in place of the gaps, and --out writes the gaps.",
            do="Leave one of them out; for a file of shares: --group-by … --csv > FILE",
        )
    if by and by not in GROUPS:
        raise Refused(
            f"gaps are not grouped by '{by}'.", at="--group-by", do=f"It is one of {listing(GROUPS, 'or')}."
        )


def print_shares(report: "Report", by: str, *, as_json: bool, as_csv: bool) -> None:
    """Print the groups, the worst first."""
    from ropa.cli import console, tables
    from ropa.gaps.shares import shares

    found = shares(report, by)
    if as_json:
        return console.print_json([one.as_plain(by) for one in found])
    if as_csv:
        columns = [
            by,
            "name",
            "answered",
            "asked",
            "waived",
            "percent",
            "missing",
            "risk",
            "quality",
            "drafts",
            "without_legal_basis",
        ]
        rows = [
            [one.key, one.name, *map(_text, (one.score.answered, one.score.asked, one.score.waived, one.score.percent)),
             *map(str, one.open.values()), str(one.drafts), " ".join(one.without_basis)]
            for one in found
        ]  # fmt: skip
        return console.print_csv(columns, rows)
    itself = by in ("department", "owner")
    head = [by.capitalize(), "Complete", "Missing", "At risk", "Quality", "No legal basis"]
    rows = [
        [
            one.name if itself else one.key or one.name,
            one.score.text,
            *map(str, one.open.values()),
            few(one.without_basis),
        ]
        for one in found
    ]
    if not itself:
        head.append("Name")
        rows = [[*row, one.name] for row, one in zip(rows, found, strict=True)]
    tables.table(head, rows, empty="There is nothing to check yet.", cut_first=itself)
    console.say()
    console.say(f"In all: {report.score.text} of what the law asks. Drafts are not scored.")
    return None


def few(refs: tuple[str, ...]) -> str:
    """The first few of them, and how many more."""
    more = f" and {len(refs) - _FEW} more" if len(refs) > _FEW else ""
    return ", ".join(refs[:_FEW]) + more


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
