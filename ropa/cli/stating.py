"""`ropa NOUN state` and `unstate`: an answer in place of a value, and taking it back."""

import re
from typing import Any

from pydantic import BaseModel

from ropa.cli.meant import meant
from ropa.cli.naming import with_named
from ropa.cli.noun import Noun
from ropa.cli.options import today
from ropa.cli.session import opened, who, write
from ropa.errors import Refused
from ropa.model.canonical import plain
from ropa.model.walk import field, fields
from ropa.words import listing, nearest

_RULE_ID = re.compile(r"ROPA-[A-Z]\d+")


def state_about(noun: Noun, ref: str, about: str, reason: str, *, by: str, db: str, **manners: Any) -> None:
    """Record that a field does not apply, or that what a rule asks was checked and is right."""
    from ropa.gaps.texts import no_reason
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    record = meant(register, noun.cls, ref, ours=noun.ours)
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
    write(store, register, with_named(register, noun.cls, said, before=record), **manners)


def unstate_about(noun: Noun, ref: str, about: str, *, db: str, **manners: Any) -> None:
    """Take the statement about a field or rule back."""
    from ropa.store.load import load

    store = opened(db)
    register = load(store)
    record = meant(register, noun.cls, ref, ours=noun.ours)
    name, _ = _what(noun, about)
    said = plain(record)
    kept = [one for one in said.get("statements", []) if one.get("about") != name]
    if len(kept) == len(said.get("statements", [])):
        raise Refused(f"{record.ref} makes no statement about '{name}'.")
    said["statements"] = kept
    write(store, register, with_named(register, noun.cls, said, before=record), **manners)


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
                f"'{about}' is neither a field of {noun.many} nor a rule.",
                do=_fields_meant(cls, step),
            )
        cls = known.part or cls
    return about, False


def _fields_meant(cls: type[BaseModel], word: str) -> str:
    names = [one.name for one in fields(cls)]
    near = nearest(word, names)
    return f"Did you mean {listing(near, 'or')}?" if near else f"Fields: {', '.join(names)}."
