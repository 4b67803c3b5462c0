"""`ropa NOUN add`: from words to a change, and to a commit."""

from collections.abc import Sequence
from typing import Any

from ropa.cli.console import talk
from ropa.cli.naming import with_named
from ropa.cli.noun import Noun
from ropa.cli.session import opened, write
from ropa.compare import Change
from ropa.errors import Refused
from ropa.model.assign import added_to, assign
from ropa.model.doubles import without_doubles
from ropa.model.find import free_ref
from ropa.model.register import Register
from ropa.model.speech import spoken


def add_record(noun: Noun, name: str, values: Sequence[str], *, db: str, **manners: Any) -> None:
    """A new record of that name with these fields."""
    from ropa.store.load import load

    if not name:
        raise Refused(
            "a new record needs a name.",
            do=f"Say it: ropa {noun.word} add NAME. Or answer questions: --plain",
        )
    if "=" in name and not values:
        raise Refused(
            f"'{name}' is not a name.", do=f"Say the name first: ropa {noun.word} add NAME FIELD=VALUE …"
        )
    store = opened(db)
    register = load(store)
    changes = new_record(noun, register, {"name": name}, values)
    write(store, register, changes, along=len(changes) - 1, **manners)


def new_record(noun: Noun, register: Register, said: dict[str, Any], values: Sequence[str]) -> list[Change]:
    """The change that adds what plain data describe, with FIELD=VALUE on top, after the catalogue records that it names."""
    if noun.ours is not None:
        said.setdefault("ours", noun.ours)
    for expression in values:
        assign(said, noun.cls, expression)
    said.setdefault("ref", free_ref(register, noun.cls, str(said.get("name", ""))))
    changes = once(with_named(register, noun.cls, said, before=None), register, values)
    ref = changes[-1].record.ref
    if ref in register.all(noun.cls):
        raise Refused(f"there is a {noun.one} '{ref}' already.", do=f"See it: ropa {noun.word} show {ref}")
    return changes


def once(changes: list[Change], register: Register, values: Sequence[str]) -> list[Change]:
    """The changes, whose last one is the record's, without what `+=` would add to it a second time; that is said."""
    *along, change = changes
    paths = [path for path in map(added_to, values) if path]
    kept, doubles = without_doubles(change.before, change.record, paths)
    for said, value in doubles:
        talk(f"{change.record.ref}: {said.title.lower()} {spoken((value,), said, register)}: already there.")
    return [*along, Change(change.before, kept)]
