"""`ropa NOUN add`, `set`, `state`, `unstate`: from words to a change, and to a commit."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from ropa.cli.noun import Noun, word_of
from ropa.cli.options import today
from ropa.cli.session import opened, who, write
from ropa.compare import Change, applied
from ropa.errors import Ambiguous, Refused
from ropa.model.assign import assign, is_expression
from ropa.model.canonical import plain
from ropa.model.catalogued import from_catalogue
from ropa.model.explain import read_record
from ropa.model.find import among, find_one, free_ref
from ropa.model.register import KINDS, Register
from ropa.model.select import select
from ropa.model.walk import FieldSaid, field, fields
from ropa.words import fold

_RULE_ID = re.compile(r"ROPA-[A-Z]\d+")


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
    said: dict[str, Any] = {"name": name}
    if noun.ours is not None:
        said["ours"] = noun.ours
    for expression in values:
        assign(said, noun.cls, expression)
    said.setdefault("ref", free_ref(register, noun.cls, name))
    if said["ref"] in register.all(noun.cls):
        raise Refused(
            f"there is a {noun.cls.noun} '{said['ref']}' already.",
            do=f"See it: ropa {noun.word} show {said['ref']}",
        )
    changes = _with_named(register, noun.cls, said, before=None)
    write(store, register, changes, along=len(changes) - 1, **manners)


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
        new = _with_named(after, noun.cls, said, before=record)
        changes += new
        if len(new) > 1:  # what came along is there for the next record
            after = applied(after, new)
    write(store, register, changes, along=len(changes) - len(records), **manners)


def state_about(noun: Noun, ref: str, about: str, reason: str, *, by: str, db: str, **manners: Any) -> None:
    """Record that a field does not apply, or that what a rule asks was checked and is right."""
    from ropa.gaps.texts import no_reason
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    record = find_one(register, noun.cls, ref, ours=noun.ours)
    name, is_rule = _what(noun, about)
    if no_reason(reason):
        raise Refused("a statement needs a reason, of two words at least.", do='Say it: --reason "…"')
    says = "checked, is right" if is_rule else "does not apply"
    said = plain(record)
    statement = {
        "about": name,
        "says": says,
        "reason": reason,
        "by": by or who(manners["actor"]),
        "on": today().isoformat(),
    }
    kept = [one for one in said.get("statements", []) if one.get("about") != name]
    said["statements"] = [*kept, statement]
    write(store, register, _with_named(register, noun.cls, said, before=record), **manners)


def unstate_about(noun: Noun, ref: str, about: str, *, db: str, **manners: Any) -> None:
    """Take the statement about a field or rule back."""
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    record = find_one(register, noun.cls, ref, ours=noun.ours)
    name, _ = _what(noun, about)
    said = plain(record)
    kept = [one for one in said.get("statements", []) if one.get("about") != name]
    if len(kept) == len(said.get("statements", [])):
        raise Refused(f"{record.ref} makes no statement about '{name}'.")
    said["statements"] = kept
    write(store, register, _with_named(register, noun.cls, said, before=record), **manners)


def _what(noun: Noun, about: str) -> tuple[str, bool]:
    """The field or rule that a statement is about, and whether it is a rule."""
    from ropa.gaps import RULES, rule_of

    wanted = about.upper() if about.upper().startswith("ROPA-") else f"ROPA-{about.upper()}"
    if wanted in RULES:
        return wanted, True
    cls: type[BaseModel] = noun.cls
    for step in about.split("."):
        if step.isdigit():
            continue
        known = field(cls, step)
        if known is None and _RULE_ID.fullmatch(wanted):
            rule_of(about)  # refuses it, with the nearest ids
        if known is None:
            raise Refused(
                f"'{about}' is neither a field of {noun.cls.plural} nor a rule.",
                do=f"Fields: {', '.join(f.name for f in fields(noun.cls))}.",
            )
        cls = known.part or cls
    return about, False


def _with_named(register: Register, cls: Any, said: Mapping[str, Any], *, before: Any) -> list[Change]:
    """The change to a record, after those that bring in catalogue records it names. Names are turned into refs."""
    along: list[Change] = []

    def ref_of(known: FieldSaid, words: str) -> str:
        nonlocal register
        kind = KINDS[known.names]
        if words in register.all(kind):
            return words
        own = [r for r in register.all(kind).values() if fold(words) in (fold(r.name), *map(fold, r.aliases))]
        if len(own) == 1:
            return str(own[0].ref)
        new = () if own else from_catalogue(known.names, words, register)
        if new:
            along.extend(Change(None, record) for record in new)
            register = applied(register, [Change(None, record) for record in new])
            return str(new[-1].ref)
        try:
            return str(find_one(register, kind, words).ref)
        except Ambiguous:
            raise
        except Refused as unknown:
            add = f"Add it first: ropa {word_of(known.names)} add '{words}'."
            raise Refused(unknown.what, do=f"{unknown.do} {add}".strip()) from None

    resolved = _resolve(cls, said, ref_of)
    record = read_record(cls, resolved)
    return [*along, Change(before, record)]


def _resolve(cls: type[BaseModel], said: Mapping[str, Any], ref_of: Any) -> dict[str, Any]:
    """Plain data with the names of records turned into their refs, at any depth."""
    done: dict[str, Any] = {}
    for key, value in said.items():
        known = field(cls, key)
        if known is None or value in (None, "", [], {}):
            done[key] = value
        elif known.part:
            done[key] = (
                [
                    _resolve(known.part, one, ref_of) if isinstance(one, Mapping) else one
                    for one in (value if isinstance(value, list) else [value])
                ]
                if known.many
                else (_resolve(known.part, value, ref_of) if isinstance(value, Mapping) else value)
            )
        elif known.names:
            done[key] = [ref_of(known, v) for v in value] if known.many else ref_of(known, value)
        else:
            done[key] = value
    return done
