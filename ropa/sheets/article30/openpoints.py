"""The sheet of open points: what the gap analysis found on the day, in its order, worst first.

A gap that the organisation has accepted stands apart, at the end: a waiver makes no point met, but the point is not
forgotten either. Why it was accepted is the house's own matter and does not leave.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ropa.model.activity import Activity
from ropa.sheets.layout import Asked
from ropa.sheets.saying import Words
from ropa.sheets.table import Answer, Column, Table

if TYPE_CHECKING:
    from ropa.gaps import Outcome

MEANING = {
    "missing": "the law asks for it and the register does not hold it",
    "risk": "a situation that often breaks a rule: a person should look",
    "quality": "recorded, but in words that say little, or out of date",
    "info": "worth knowing",
}
COLUMNS = (
    Column("No.", 13),
    Column("Record", 26),
    Column("Standing", 12),
    Column("Weight", 10),
    Column("What is open", 70),
    Column("Law", 34),
    Column("Rule", 12),
)


def open_points(words: Words, findings: "Sequence[Outcome]") -> Table:
    """A row a record and rule; one row that says so where nothing is open."""
    rows: list[Sequence[str]] = [_row(one) for one in sorted(findings, key=lambda one: not one.open)]
    if not rows:
        rows = [
            ("", Answer(f"No open points were found on {words.on.isoformat()}."), *[""] * (len(COLUMNS) - 2))
        ]
    return Table("Open points", f"Open points on {words.on.isoformat()}", COLUMNS, rows)


def _row(one: "Outcome") -> Sequence[str]:
    says = "\n".join(dict.fromkeys(gap.say for gap in one.gaps)) or one.reason
    standing = "open" if one.open else Answer("accepted")
    return one.record.ref, one.record.name, standing, one.rule.severity, says, one.rule.law, one.rule.id


def concerning(asked: Asked, activities: Sequence[Activity]) -> "Sequence[Outcome] | None":
    """The findings about these activities, the organisation asked for, and what these activities name."""
    if asked.findings is None or asked.entity is None:
        return asked.findings
    inside = {("activity", one.ref) for one in activities} | {("organisation", asked.entity)}
    return [one for one in asked.findings if _concerns(asked, (one.record.kind, one.record.ref), inside)]


def _concerns(asked: Asked, about: tuple[str, str], inside: set[tuple[str, str]]) -> bool:
    if about in inside:
        return True
    organisation = asked.register.organisations.get(about[1]) if about[0] == "organisation" else None
    if about[0] == "activity" or (organisation and organisation.ours):
        return False
    return any((by.kind, by.ref) in inside for by, _ in asked.register.named_by.get(about, ()))


def counts(findings: "Sequence[Outcome]") -> str:
    """How many of each weight are open, and how many are accepted: "3 missing, 1 risk; 2 accepted"; "none"."""
    many = Counter(one.rule.severity for one in findings if one.open)
    accepted = sum(not one.open for one in findings)
    said = ", ".join(f"{many[weight]} {weight}" for weight in MEANING if many[weight]) or "none"
    return f"{said}; {accepted} accepted" if accepted else said
