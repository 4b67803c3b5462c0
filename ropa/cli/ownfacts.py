"""A table of facts of the organisation's own: into use, back, and held against the shipped one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ropa.cli.options import day_said, today
from ropa.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ropa.model.ownfacts import OwnFacts
    from ropa.model.ownshelf import RowChange
    from ropa.model.register import Register

_MOST = 40
"""Rows of a difference that a person is shown."""
_SHOWN = ("decision", "what", "title", "name", "destination_name", "group")
"""Columns that name a row which came or went, the first of them that it has."""


def take_into_use(file: str, table: str, checked: str, *, db: str, **manners: Any) -> None:
    """Read the file, show what differs from what is in use, and write."""
    from dataclasses import replace

    from ropa.cli.factsinuse import use_facts_of
    from ropa.cli.reading import content_of
    from ropa.cli.session import opened, write
    from ropa.compare import Change
    from ropa.model.explain import read_record
    from ropa.model.ownfacts import OwnFacts
    from ropa.model.ownshelf import own_as_plain, ref_of
    from ropa.reference.facts import table as rows_of
    from ropa.reference.owntable import read_own
    from ropa.store.load import load

    path = Path(file)
    name, own = read_own(content_of(path), path.name, table, today())
    if checked:
        own = replace(own, checked_on=_day(checked))
    elif not any(row["checked_on"] for row in own.rows):
        raise Refused(
            "no row says when it was checked.",
            at=path.name,
            do="Say when you went through it: --checked DATE",
        )
    store = opened(db)
    register = load(store)
    use_facts_of(register)
    before = register.get(OwnFacts, ref_of(name))
    after = read_record(OwnFacts, own_as_plain(name, own, source=path.name), at=path.name)
    remarks = _remarks(name, rows_of(name), own.rows)
    write(store, register, [Change(before, after)], preview=(), remarks=remarks, **manners)


def take_back(name: str, *, db: str, **manners: Any) -> None:
    """Take an own table out of the register; the shipped one counts again."""
    from ropa.cli.factsinuse import use_facts_of
    from ropa.cli.session import opened, write
    from ropa.compare import Change
    from ropa.reference.facts import shipped
    from ropa.reference.facts import table as rows_of
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    use_facts_of(register)
    own = _own(register, name)
    remarks = _remarks(name, rows_of(name), shipped(name))
    write(store, register, [Change(own, None)], preview=(), remarks=remarks, **manners)


def against_shipped(name: str, *, as_json: bool, as_csv: bool, as_of: str, db: str) -> None:
    """Print what the own tables say otherwise than the shipped ones. Ends the program with 1 where something differs."""
    import typer

    from ropa.cli import console
    from ropa.cli.factsinuse import use_facts_of
    from ropa.cli.session import loaded
    from ropa.model.ownshelf import differences
    from ropa.reference.facts import shipped, shipped_tables
    from ropa.reference.shelf import in_use

    register = loaded(db, as_of)
    use_facts_of(register)
    if name:
        _own(register, name)
    names = [name] if name else list(in_use().own)
    found = {
        each: list(differences(shipped_tables()[each], shipped(each), in_use().own[each].rows))
        for each in names
    }
    if as_json:
        console.print_json([plain for each, changes in found.items() for plain in _plain(each, changes)])
    elif as_csv:
        rows = [
            [each, one.op, one.row, *cells]
            for each, changes in found.items()
            for one in changes
            for cells in one.cells
        ]
        console.print_csv(["table", "op", "row", "column", "before", "after"], rows)
    elif not names:
        console.talk(
            "No table of your own is in use. Begin with: ropa facts show adequacy --csv > adequacy.csv"
        )
    for each, changes in found.items() if not (as_json or as_csv) else ():
        own = in_use().own[each]
        console.say(
            f"{each}: yours of {own.checked_on} against the shipped of {shipped_tables()[each].checked_on}",
            style="bold",
        )
        _tell(changes, console.say, most=len(changes))
    if any(found.values()):
        raise typer.Exit(1)


def _own(register: "Register", name: str) -> "OwnFacts":
    from ropa.model.ownfacts import OwnFacts
    from ropa.model.ownshelf import ref_of

    own = register.get(OwnFacts, ref_of(name))
    if own is None:
        raise Refused(
            f"{name} is the shipped table; you have none of your own.",
            do="See whose they are: ropa facts list",
        )
    return own


def _day(words: str) -> Any:
    day = day_said(words, "--checked")
    if day > today():
        raise Refused(
            f"{day} is still to come.", at="--checked", do="Name the day on which it was gone through."
        )
    return day


def _remarks(name: str, before: Any, after: Any) -> "Callable[[], None]":
    """What tells a person how the table differs from the one in use."""
    from ropa.cli.console import talk
    from ropa.model.ownshelf import differences
    from ropa.reference.facts import shipped_tables

    found = list(differences(shipped_tables()[name], before, after))

    def tell() -> None:
        talk(f"{shipped_tables()[name].title}: {_counted(found)} against the table in use.")
        _tell(found, talk, most=_MOST)

    return tell


def _counted(found: "Sequence[RowChange]") -> str:
    counts = {op: sum(one.op == op for one in found) for op in ("added", "changed", "removed")}
    said = [f"{n} {'row' if n == 1 else 'rows'} {op}" for op, n in counts.items() if n]
    return ", ".join(said) or "no difference"


def _tell(found: "Sequence[RowChange]", say: "Callable[[str], None]", *, most: int) -> None:
    marks = {"added": "+", "changed": "~", "removed": "-"}
    for one in found[:most]:
        say(f"  {marks[one.op]} {one.row}{_words(one)}")
    if len(found) > most:
        say(f"  … and {len(found) - most} more rows.")


def _words(one: "RowChange") -> str:
    """What changed in a row, cell by cell; of one that came or went by what it is known."""
    if one.op == "changed":
        return ": " + "; ".join(f"{column}: {_short(was)} → {_short(now)}" for column, was, now in one.cells)
    said = {column: was or now for column, was, now in one.cells}
    known = next((said[column] for column in _SHOWN if column in said), "")
    return f": {_short(known)}" if known else ""


def _short(text: str, most: int = 60) -> str:
    return (text if len(text) <= most else text[: most - 1] + "…") or "(blank)"


def _plain(table: str, changes: "Sequence[RowChange]") -> list[dict[str, Any]]:
    return [
        {
            "table": table,
            "op": one.op,
            "row": one.row,
            "cells": [
                {"column": column, "before": was or None, "after": now or None}
                for column, was, now in one.cells
            ],
        }
        for one in changes
    ]
