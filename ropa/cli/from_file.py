"""`ropa NOUN add --from FILE`: records out of YAML or JSON, one or a list of them."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ropa.cli.changing import new_record
from ropa.cli.noun import Noun
from ropa.cli.reading import content_of
from ropa.cli.session import opened, write
from ropa.compare import Change, applied
from ropa.errors import Faults, Refused
from ropa.model.plainregister import KEYS
from ropa.model.register import Register


def add_from(noun: Noun, file: str, words: Sequence[str], *, db: str, **manners: Any) -> None:
    """The records that a file describes; words: a name for the one that has none, and FIELD=VALUE for each of them.

    file: "-" for what comes through a pipe. All faults are told together, each with its place in the file.
    """
    from ropa.sheets.register_text import read_plain
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    place = "standard input" if file == "-" else Path(file).name
    content = sys.stdin.buffer.read() if file == "-" else content_of(Path(file))
    described = list(_records(noun, read_plain(content, place), place))
    named = words[:1] if words and "=" not in words[0] else []
    if named and len(described) > 1:
        raise Refused(f"one name for {len(described)} records.", at=place, do="Name each in the file.")
    changes: list[Change] = []
    faults: list[Refused] = []
    after = register
    for at, said in described:
        if named:
            said["name"] = named[0]
        try:
            new = _new(noun, after, said, words[len(named) :])
        except Refused as trouble:
            each = trouble.each if isinstance(trouble, Faults) else [trouble]
            faults += [Refused(one.what, at=f"{at}: {one.at}" if one.at else at, do=one.do) for one in each]
            continue
        changes += new
        after = applied(after, new)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    write(store, register, changes, along=len(changes) - len(described), **manners)


def _records(noun: Noun, said: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each record of the file with its place."""
    if isinstance(said, dict) and ("ropa" in said or any(map(_holds_records, map(said.get, KEYS)))):
        raise Refused("this is the text of a register.", at=place, do=f"Read it with: ropa import {place}")
    every = said if isinstance(said, list) else [said]
    if not every or not all(isinstance(one, dict) and one for one in every):
        raise Refused(
            f"no {noun.one} is described here.",
            at=place,
            do=f"Write its fields, such as name: …, or a list of such records. The fields: ropa schema {noun.word}",
        )
    for n, one in enumerate(every, 1):
        yield (f"{place}, record {n}" if len(every) > 1 else place), one


def _holds_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _new(noun: Noun, register: Register, said: dict[str, Any], values: Sequence[str]) -> list[Change]:
    changes = new_record(noun, register, said, values)
    if noun.ours is not None and bool(getattr(changes[-1].record, "ours", None)) is not noun.ours:
        other = "vendor" if noun.ours else "entity"
        raise Refused(f"'ours' makes it no {noun.word}.", do=f"Add it with: ropa {other} add")
    return changes
