"""`ropa NOUN list`: records as a table, JSON or CSV."""

from collections.abc import Mapping, Sequence

from ropa.cli import console, tables
from ropa.cli.noun import Noun
from ropa.cli.session import loaded
from ropa.errors import Refused
from ropa.model.canonical import plain
from ropa.model.find import among
from ropa.model.select import select
from ropa.model.speech import spoken
from ropa.model.walk import FieldSaid, field, fields
from ropa.words import nearest


def show_list(
    noun: Noun,
    wanted: Mapping[str, Sequence[str]],
    *,
    text: str,
    sort: str,
    columns: str,
    as_json: bool,
    as_csv: bool,
    as_of: str,
    db: str,
) -> None:
    """Print the records of a noun that fit the filters."""
    register = loaded(db, as_of)
    of_noun = among(register, noun.cls, ours=noun.ours)
    records = [r for r in select(register, noun.cls, wanted, text=text) if r.ref in of_noun]
    records.sort(key=lambda r: (len(r.ref), r.ref) if noun.kind == "activity" else (0, r.ref))
    chosen = _columns(noun, columns)
    if sort:
        by = _field(noun, sort.lstrip("-"))
        words = {r.ref: spoken(getattr(r, by.name), by, register).casefold() for r in records}
        records.sort(key=lambda r: words[r.ref], reverse=sort.startswith("-"))
        records.sort(
            key=lambda r: not words[r.ref]
        )  # blanks last in either order: nobody looks for one first
    if as_json:
        return console.print_json([plain(record) for record in records])
    rows = [[spoken(getattr(record, f.name), f, register) for f in chosen] for record in records]
    if as_csv:
        return console.print_csv([f.name for f in chosen], rows)
    empty = _empty(noun, as_of, any_at_all=bool(of_noun))
    tables.table([f.title for f in chosen], rows, empty=empty)
    return None


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


def _columns(noun: Noun, columns: str) -> list[FieldSaid]:
    names = [name.strip() for name in columns.split(",") if name.strip()] or noun.cls.shown
    return [_field(noun, name) for name in names]


def _field(noun: Noun, name: str) -> FieldSaid:
    found = field(noun.cls, name)
    if found is None:
        near = nearest(name, [f.name for f in fields(noun.cls)])
        raise Refused(
            f"{noun.cls.plural} have no field '{name}'.",
            do=f"Did you mean {', '.join(near or [f.name for f in fields(noun.cls)])}?",
        )
    return found
