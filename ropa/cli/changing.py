"""`ropa NOUN add` and `set`: from words to a change, and to a commit."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ropa.cli.console import talk
from ropa.cli.naming import with_named
from ropa.cli.noun import Noun
from ropa.cli.session import opened, write
from ropa.compare import Change, applied
from ropa.errors import Refused
from ropa.model.assign import added_to, assign, is_expression
from ropa.model.canonical import plain
from ropa.model.doubles import without_doubles
from ropa.model.find import among, find_one, free_ref
from ropa.model.register import Register
from ropa.model.select import select
from ropa.model.speech import spoken
from ropa.words import fold


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
    same = [r.ref for r in among(register, noun.cls, ours=noun.ours).values() if fold(r.name) == fold(name)]
    if same:
        talk(f"There is another {noun.cls.noun} of that name: {', '.join(same)}.")


def new_record(noun: Noun, register: Register, said: dict[str, Any], values: Sequence[str]) -> list[Change]:
    """The change that adds what plain data describe, with FIELD=VALUE on top, after the catalogue records that it names."""
    if noun.ours is not None:
        said.setdefault("ours", noun.ours)
    for expression in values:
        assign(said, noun.cls, expression)
    said.setdefault("ref", free_ref(register, noun.cls, str(said.get("name", ""))))
    changes = _once(with_named(register, noun.cls, said, before=None), register, values)
    ref = changes[-1].record.ref
    if ref in register.all(noun.cls):
        raise Refused(
            f"there is a {noun.cls.noun} '{ref}' already.", do=f"See it: ropa {noun.word} show {ref}"
        )
    return changes


def set_fields(
    noun: Noun,
    words: Sequence[str],
    wanted: Mapping[str, Sequence[str]],
    *,
    where: Sequence[str] | None,
    text: str,
    db: str,
    **manners: Any,
) -> None:
    """Change the same fields of one or more records: refs or names come first, expressions after them.

    wanted, where, text: filters that choose the records in place of refs; with refs, both must fit.
    """
    from ropa.store.load import load

    first = next((n for n, word in enumerate(words) if is_expression(word)), len(words))
    refs, values = words[:first], words[first:]
    filtered = any(wanted.values()) or bool(where) or bool(text.strip())
    if not values or not (refs or filtered):
        missing = "nothing to set" if refs or filtered else "no record named"
        raise Refused(f"{missing}.", do=f"Say both: ropa {noun.word} set REF FIELD=VALUE")
    store = opened(db)
    register = load(store)
    records = {r.ref: r for r in (find_one(register, noun.cls, ref, ours=noun.ours) for ref in refs)}
    if filtered:
        fitting = {r.ref: r for r in select(register, noun.cls, wanted, text=text, where=where or ())}
        records = {
            ref: r
            for ref, r in (records or among(register, noun.cls, ours=noun.ours)).items()
            if ref in fitting
        }
        if not records:
            raise Refused(
                f"no {noun.cls.plural} fit; nothing was written.", do=f"See them: ropa {noun.word} list"
            )
    _set(noun, register, records.values(), values, store, **manners)


def _set(
    noun: Noun,
    register: Register,
    records: Collection[Any],
    values: Sequence[str],
    store: Any,
    **manners: Any,
) -> None:
    changes: list[Change] = []
    after = register
    for record in records:
        said = plain(record)
        for expression in values:
            assign(said, noun.cls, expression)
        if said.get("ref") != record.ref:
            raise Refused("a ref is not set like a field.", at=record.ref)
        new = _once(with_named(after, noun.cls, said, before=record), after, values)
        changes += new
        if len(new) > 1:  # what came along is there for the next record
            after = applied(after, new)
    write(store, register, changes, along=len(changes) - len(records), **manners)


def _once(changes: list[Change], register: Register, values: Sequence[str]) -> list[Change]:
    """The changes, whose last one is the record's, without what `+=` would add to it a second time; that is said."""
    *along, change = changes
    paths = [path for path in map(added_to, values) if path]
    kept, doubles = without_doubles(change.before, change.record, paths)
    for said, value in doubles:
        talk(f"{change.record.ref}: {said.title.lower()} {spoken((value,), said, register)}: already there.")
    return [*along, Change(change.before, kept)]
