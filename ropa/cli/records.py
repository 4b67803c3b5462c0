"""Records as a table, JSON or CSV, one line a record or one a value of a column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from ropa.cli import console, tables
from ropa.model.canonical import plain
from ropa.model.columns import Column, Counted, column
from ropa.model.register import Register
from ropa.model.walk import field


@dataclass(frozen=True)
class Layout:
    """How a list is asked for, by the options of `LISTING` in ropa/cli/manners.py."""

    sort: str
    columns: str
    group_by: str
    as_json: bool
    as_csv: bool


def fields_shown(cls: Any, layout: Layout, usual: Sequence[str]) -> list[str] | None:
    """The fields that such a list looks at; None where it looks at whole records, or works something out of them."""
    names = [*(_asked(layout) or usual), layout.sort.lstrip("-"), layout.group_by]
    tops = [name.partition(".")[0] for name in names if name]
    return None if layout.as_json or not all(field(cls, top) for top in tops) else tops


def _asked(layout: Layout) -> list[str]:
    return [name.strip() for name in layout.columns.split(",") if name.strip()]


def print_records(
    records: list[Any],
    cls: Any,
    register: Register,
    layout: Layout,
    counted: Mapping[str, tuple[str, Counted]],
    *,
    usual: Sequence[str],
    empty: str,
    as_plain: Callable[[Any], Any] = plain,
) -> None:
    """Print records of a class. counted: what is worked out of them. usual: the columns, unless others are asked for."""
    names = _asked(layout)
    chosen = [column(cls, name, counted) for name in names or usual]
    if layout.sort:
        by = column(cls, layout.sort.lstrip("-"), counted)
        records = _sorted(records, by, register, falling=layout.sort.startswith("-"))
    if layout.group_by:
        return _groups(records, column(cls, layout.group_by, counted), register, layout, empty)
    if layout.as_json:
        picked = [_picked(record, chosen) if names else as_plain(record) for record in records]
        return console.print_json(picked)
    rows = [[one.words(record, register) for one in chosen] for record in records]
    titles, said = [one.title for one in chosen], [one.name for one in chosen]
    if layout.as_csv:
        return console.print_csv(said, rows)
    return tables.table(titles, rows, empty=empty, names=said, asked=bool(names))


def _picked(record: Any, chosen: Sequence[Column]) -> dict[str, Any]:
    """The columns that were asked for, as the record's JSON says them: a list where there may be several, null for a blank."""
    whole, picked = plain(record), {}
    for one in chosen:
        values = [v.isoformat() if isinstance(v, date) else v for v in one.values(record)]
        if len(one.steps) == 1 and not one.counts:
            picked[one.name] = whole.get(one.name)
        elif one.counts or not any(step.many for step in one.steps):
            picked[one.name] = values[0] if values else None
        else:
            picked[one.name] = [plain(v) if isinstance(v, BaseModel) else v for v in values]
    return picked


def _sorted(records: list[Any], by: Column, register: Register, *, falling: bool) -> list[Any]:
    """Blanks last in either order: nobody looks for one first."""
    keys = {r.ref: by.order(r, register) for r in records}
    said = [r for r in records if keys[r.ref] is not None]
    said.sort(key=lambda r: keys[r.ref], reverse=falling)
    return said + [r for r in records if keys[r.ref] is None]


def _groups(records: list[Any], by: Column, register: Register, layout: Layout, empty: str) -> None:
    """How many records for each value, and which; a record that says several stands under each, a blank comes last."""
    found: dict[str, list[str]] = {}
    for record in records:
        for words in dict.fromkeys(by.each(record, register) or [""]):
            found.setdefault(words, []).append(record.ref)
    each = sorted(found.items(), key=lambda group: (not group[0], -len(group[1]), group[0].casefold()))
    if layout.as_json:
        return console.print_json(
            [{by.name: words or None, "count": len(refs), "refs": refs} for words, refs in each]
        )
    if layout.as_csv:
        rows = [[words, str(len(refs)), " ".join(refs)] for words, refs in each]
        return console.print_csv([by.name, "count", "refs"], rows)
    rows = [[words or "(blank)", str(len(refs)), ", ".join(refs)] for words, refs in each]
    return tables.table([by.title, "Count", "Records"], rows, empty=empty, cut_first=True)
