"""Finding the one record that a person means: by ref, by name, by another name, or by a part of one that fits only once."""

from collections.abc import Mapping

from ropa.errors import Ambiguous, Refused
from ropa.model.calling import called, called_many, called_one, command_of
from ropa.model.common import Documented
from ropa.model.register import R, Register
from ropa.words import fold, nearest


def find_one(register: Register, cls: type[R], words: str, *, ours: bool | None = None) -> R:
    """The record of that kind that the words mean.

    ours: for organisations, look only among ours (True) or the others (False). Raises Ambiguous with up to five choices,
    or Refused with the nearest spellings.
    """
    each = register.all(cls)
    for ref in (words, words.upper(), words.lower()):
        if ref in each and _is_ours(each[ref], ours=ours):
            return each[ref]
    folded = fold(words)
    candidates = _names(register, cls, ours=ours)
    same = [r for r in candidates.values() if is_called(r, words)]
    found = same or [r for r in candidates.values() if folded and folded in fold(r.name)]
    if len(found) == 1:
        return each[found[0].ref]
    if found:
        choices = ", ".join(called(r) for r in found[:5])
        raise Ambiguous(
            f"'{words}' fits {len(found)} {called_many(cls, ours=ours)}.", do=f"Say which: {choices}."
        )
    if ours is not None and (other := _of_the_others(register, cls, words, ours=ours)):
        what = "a vendor, and no entity of ours" if ours else "an entity of ours, and no vendor"
        raise Refused(
            f"{called(other)} is {what}.",
            do=f"See it: ropa {command_of(cls, ours=not ours)} show {other.ref}",
        )
    near = _did_you_mean(words, candidates)
    raise Refused(
        f"there is no {called_one(cls, ours=ours)} '{words}'.",
        do=near or f"See them: ropa {command_of(cls, ours=ours)} list",
    )


def is_called(record: Documented, words: str) -> bool:
    """Whether the words are the ref of a record, its name or one of its other names, whole."""
    return words.lower() == record.ref.lower() or fold(words) in (
        fold(record.name),
        *map(fold, record.aliases),
    )


def _of_the_others(register: Register, cls: type[R], words: str, *, ours: bool) -> Documented | None:
    """Who bears that ref or name among the organisations that are ours, where the others are asked for, and so round."""
    others = _names(register, cls, ours=not ours)
    same = (r for r in others.values() if is_called(r, words))
    return others.get(words) or next(same, None)


def _names(register: Register, cls: type[R], *, ours: bool | None) -> Mapping[str, R]:
    """The records of a kind as far as what people call them goes."""
    asked = ("name", "aliases") if ours is None else ("name", "aliases", "ours")
    return {ref: r for ref, r in register.glances(cls, asked).items() if _is_ours(r, ours=ours)}


def _is_ours(record: Documented, *, ours: bool | None) -> bool:
    return ours is None or bool(getattr(record, "ours", None)) is ours


def among(register: Register, cls: type[R], *, ours: bool | None) -> Mapping[str, R]:
    """The records of a kind; of organisations only ours, or only those that are not, where that is asked."""
    if ours is None:
        return register.all(cls)
    return {ref: r for ref, r in register.all(cls).items() if _is_ours(r, ours=ours)}


def _did_you_mean(words: str, candidates: Mapping[str, Documented]) -> str:
    spellings = {name: r for ref, r in candidates.items() for name in (ref, r.name)}
    close = list(dict.fromkeys(called(spellings[s]) for s in nearest(words, list(spellings))))[:5]
    return f"Did you mean {', '.join(close)}?" if close else ""


def free_ref(register: Register, cls: type[R], name: str) -> str:
    """A ref for a new record of that name: the next number, or a slug that is not taken."""
    taken = register.all(cls)
    if cls.kind in ("activity", "waiver"):
        prefix = "PA-" if cls.kind == "activity" else "W-"
        last = max((int(ref.removeprefix(prefix)) for ref in taken), default=0)
        return f"{prefix}{last + 1:04d}"
    base = slug(name) or cls.kind.replace("_", "-")
    number, ref = 1, base
    while ref in taken:
        number += 1
        ref = f"{base}-{number}"
    return ref


def slug(name: str) -> str:
    """A name in small letters a-z, digits and hyphens; "" where it has none of these."""
    kept = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(name))
    return "-".join(kept.split())[:60].strip("-")
