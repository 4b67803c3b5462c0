"""`ropa NOUN list`: records as a table, JSON or CSV, one line a record or one a value of a column."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from ropa.cli import console, tables
from ropa.cli.filters import TODAY
from ropa.cli.noun import Noun
from ropa.cli.options import as_of_state, day_of
from ropa.cli.session import loaded
from ropa.errors import Refused
from ropa.model.canonical import plain
from ropa.model.columns import Column, Counted, column
from ropa.model.dates import parse_day
from ropa.model.due import review_due
from ropa.model.find import among
from ropa.model.register import Register
from ropa.model.select import select
from ropa.model.touching import activities_of

_DUE = ("ref", "name", "due", "owner", "reviewed_on")
"""What a list of activities to review shows."""


def show_list(
    noun: Noun,
    wanted: Mapping[str, Sequence[str]],
    *,
    where: Sequence[str] | None,
    text: str,
    sort: str,
    columns: str,
    group_by: str,
    as_json: bool,
    as_csv: bool,
    as_of: str,
    db: str,
    due: str = "",
) -> None:
    """Print the records of a noun that fit the filters. due: only activities whose review is due by that day."""
    register = loaded(db, as_of)
    of_noun = among(register, noun.cls, ours=noun.ours)
    records = [
        r for r in select(register, noun.cls, wanted, text=text, where=where or ()) if r.ref in of_noun
    ]
    if due:
        by_then = _due_by(due, register, as_of)
        records = [r for r in records if (day := review_due(r)) is not None and day <= by_then]
    counted = _counted(noun, register, as_of)
    usual = _DUE if due else noun.cls.shown
    names = [name.strip() for name in columns.split(",") if name.strip()] or usual
    chosen = [column(noun.cls, name, counted) for name in names]
    records.sort(key=lambda r: (len(r.ref), r.ref) if noun.kind == "activity" else (0, r.ref))
    if sort or due:
        by = column(noun.cls, sort.lstrip("-") or "due", counted)
        records = _sorted(records, by, register, falling=sort.startswith("-"))
    empty = _empty(noun, as_of, any_at_all=bool(of_noun))
    if group_by:
        by = column(noun.cls, group_by, counted)
        return _groups(records, by, register, as_json=as_json, as_csv=as_csv, empty=empty)
    if as_json:
        return console.print_json([plain(record) for record in records])
    rows = [[one.words(record, register) for one in chosen] for record in records]
    if as_csv:
        return console.print_csv([one.name for one in chosen], rows)
    tables.table([one.title for one in chosen], rows, empty=empty)
    return None


def _due_by(words: str, register: Register, as_of: str) -> date:
    if words == TODAY:
        return day_of(as_of_state(as_of), register.at)
    try:
        return parse_day(words)
    except Refused as trouble:
        raise Refused(trouble.what, at="--due", do=trouble.do) from None


def _counted(noun: Noun, register: Register, as_of: str) -> dict[str, tuple[str, Counted]]:
    """What can be worked out of a record, besides what it says itself. Gaps are looked for when they are asked for."""

    @cache
    def gaps() -> Counter[tuple[str, str]]:
        from ropa.gaps import check

        outcomes = check(register, day_of(as_of_state(as_of), register.at)).outcomes
        return Counter((one.record.kind, one.record.ref) for one in outcomes if one.open)

    found: dict[str, tuple[str, Counted]] = {"gaps": ("Gaps", lambda record: gaps()[record.kind, record.ref])}
    if noun.kind == "activity":
        return found | {"due": ("Review due", review_due)}
    return found | {"activities": ("Activities", lambda record: len(activities_of(register, record)))}


def _sorted(records: list[Any], by: Column, register: Register, *, falling: bool) -> list[Any]:
    """Blanks last in either order: nobody looks for one first."""
    keys = {r.ref: by.order(r, register) for r in records}
    said = [r for r in records if keys[r.ref] is not None]
    said.sort(key=lambda r: keys[r.ref], reverse=falling)
    return said + [r for r in records if keys[r.ref] is None]


def _groups(
    records: list[Any], by: Column, register: Register, *, as_json: bool, as_csv: bool, empty: str
) -> None:
    """How many records for each value, and which; a record that says several stands under each, a blank comes last."""
    found: dict[str, list[str]] = {}
    for record in records:
        for words in dict.fromkeys(by.each(record, register) or [""]):
            found.setdefault(words, []).append(record.ref)
    each = sorted(found.items(), key=lambda group: (not group[0], -len(group[1]), group[0].casefold()))
    if as_json:
        return console.print_json(
            [{by.name: words or None, "count": len(refs), "refs": refs} for words, refs in each]
        )
    if as_csv:
        rows = [[words, str(len(refs)), " ".join(refs)] for words, refs in each]
        return console.print_csv([by.name, "count", "refs"], rows)
    rows = [[words or "(blank)", str(len(refs)), ", ".join(refs)] for words, refs in each]
    return tables.table([by.title, "Count", "Records"], rows, empty=empty)


def _empty(noun: Noun, as_of: str, *, any_at_all: bool) -> str:
    many = (
        noun.cls.plural
        if noun.ours is None
        else "organisations of ours"
        if noun.ours
        else "outside organisations"
    )
    if any_at_all:
        return f"No {many} fit."
    if as_of:
        return f"The register held no {many} as of {as_of}."
    return f"There are no {many} yet. Add one: ropa {noun.word} add NAME"
