"""The sheet of facts: what the words of this workbook rest on that is not the organisation's own: law and decisions, dated.

Only facts that the records use: adequacy for the destinations, the mechanisms, legal bases and conditions that are named.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from ropa.model.activity import Activity
from ropa.reference.adequacy import Adequacy, decisions
from ropa.reference.countries import countries, group_on
from ropa.reference.facts import Source, checked, source_of, stale, table, tables
from ropa.reference.shelf import Row
from ropa.sheets.saying import Words
from ropa.sheets.table import Column, Partly, Table

COLUMNS = (
    Column("Fact about", 24),
    Column("Term", 28),
    Column("What the fact says", 80),
    Column("Source", 48),
    Column("Checked on", 16),
    Column("How sure", 10),
)
_GROUPS = {
    "EU": "member state of the European Union",
    "EEA": "EFTA state in the European Economic Area",
    "CH": "third country under the GDPR",
    "UK": "third country under the GDPR",
    "third": "third country under the GDPR",
}
"""The groups of the table of countries, as they are for a controller under the GDPR."""


def facts_used(words: Words, activities: Sequence[Activity]) -> Table:
    """A row a fact, with its source, the day it was checked and how sure it is; one past its shelf life says so."""
    rows = (*_places(words, activities), *_mechanisms(words, activities), *_grounds(words, activities))
    return Table("Facts", "Reference facts used in this workbook", COLUMNS, rows)


def _row(words: Words, name: str, term: str, says: str, source: Source) -> Sequence[str]:
    day = source.checked_on.isoformat() if source.checked_on else "not checked"
    when = f"{day}\npast its shelf life: check again" if stale(name, words.on) else day
    old = stale(name, words.on) or source.unchecked
    whose = "\nthe organisation's own table" if tables()[name].own else ""
    return (
        tables()[name].title,
        term,
        says,
        source.source + whose,
        Partly(when) if old else when,
        source.sure,
    )


def _places(words: Words, activities: Sequence[Activity]) -> Iterator[Sequence[str]]:
    legs = {
        (_law_of(words, one), leg.destination)
        for one in activities
        for leg in one.transfers
        if leg.destination and leg.destination in countries()
    }
    for law, code in sorted(legs):
        place = countries()[code]
        group = group_on(code, words.on)
        says = f"{_GROUPS[group]}, on {words.on.isoformat()}"
        yield _row(words, "countries", place.name, says, place.source)
        found = decisions(law, code, words.on)
        for one in found:
            yield _row(words, "adequacy", f"{place.name} ({law})", _adequacy(one), one.source)
        if not found and group not in ("EU", "EEA"):
            source = Source(
                "none in the table of adequacy decisions",
                "the table was gone through",
                checked("adequacy"),
                "medium",
            )
            yield _row(
                words,
                "adequacy",
                f"{place.name} ({law})",
                "no adequacy decision is known for that day",
                source,
            )


def _law_of(words: Words, activity: Activity) -> str:
    entity = words.register.organisations.get(activity.entity or "")
    return (entity.jurisdiction if entity else None) or "EU GDPR"


def _adequacy(one: Adequacy) -> str:
    days = (
        ("in force since", one.in_force_since),
        ("valid until", one.valid_until),
        ("next review", one.next_review),
    )
    said = [
        one.decision,
        f"covers: {one.scope}",
        one.condition_to_check and f"to be checked: {one.condition_to_check}",
    ]
    said += [f"{label} {day.isoformat()}" for label, day in days if isinstance(day, date)]
    return "; ".join(filter(None, said))


def _mechanisms(words: Words, activities: Sequence[Activity]) -> Iterator[Sequence[str]]:
    used = {leg.mechanism for one in activities for leg in one.transfers if leg.mechanism}
    yield from _named(words, "mechanisms", used, lambda row: f"{row['name']}; {row['status']}")


def _grounds(words: Words, activities: Sequence[Activity]) -> Iterator[Sequence[str]]:
    purposes = [purpose for one in activities for purpose in one.purposes]
    bases = {one.legal_basis for one in purposes if one.legal_basis}
    conditions = {one.art9_condition for one in purposes if one.art9_condition}
    yield from _named(words, "legal_bases", bases, lambda row: row["meaning"])
    yield from _named(words, "special_conditions", conditions, lambda row: row["meaning"])


def _named(
    words: Words, name: str, ids: Iterable[str], says: Callable[[Row], str]
) -> Iterator[Sequence[str]]:
    wanted = set(ids)
    for row in table(name):
        if row["id"] in wanted:
            term = f"Art. {row.get('article') or row['id']} {row['short_name']}"
            yield _row(words, name, term, says(row), source_of(name, row))
