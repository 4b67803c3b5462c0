"""What a new name or word looks much like: there may be two records, or two spellings, of one thing."""

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence

from ropa.cli.console import talk
from ropa.compare import Change
from ropa.model.activity import Activity
from ropa.model.calling import called_kind, command_of
from ropa.model.common import Documented
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.model.search import Found, search
from ropa.model.walk import field_at
from ropa.words import fold, listing

_ALIKE = 90
"""Of 100: a letter or two in a name of ten."""
_SPELLED = ("department", "owner")
"""Texts of an activity by which activities are chosen: a second spelling of one hides some of them."""
_NAMED = 3


def say_alike(changes: Sequence[Change], register: Register) -> None:
    """Name the records that bear a name that is given anew, or one much like it, and other spellings of a department or an owner.

    register: as it was before.
    """
    for change in changes:
        record = change.after
        if record is None:
            continue
        if not (change.before and fold(change.before.name) == fold(record.name)):
            _say_names(record, change, register)
            if change.before:
                _say_old_name(record, change.before.name, register)
        if isinstance(record, Activity):
            for line in _spellings(record, change.before, register):
                talk(line)


def _say_names(record: Documented, change: Change, register: Register) -> None:
    ours = getattr(record, "ours", None)
    every = register.glances(type(record), ("name",) if ours is None else ("name", "ours"))
    itself = (record.ref, change.before.ref if change.before else "")
    others = [o for o in every.values() if o.ref not in itself and getattr(o, "ours", None) == ours]
    if same := [one.ref for one in others if fold(one.name) == fold(record.name)]:
        talk(f"There is another {called_kind(record)} of that name: {', '.join(same)}.")
    elif isinstance(record, Organisation) and (near := [o for o in others if _one_firm(o.name, record.name)]):
        talk(f"There is {listing((f'{one.name} ({one.ref})' for one in near[:_NAMED]), 'and')} already.")
        talk(f"  If it is the same: ropa {command_of(Organisation, ours=record.ours)} remove {record.ref}")


def _say_old_name(record: Documented, old: str, register: Register) -> None:
    """Name the texts in which the old name of a record still stands: they do not follow it, and some should not."""
    if f" {fold(old)} " in f" {fold(record.name)} ":
        return
    there = [
        found.record.ref
        for found in search(register, [old])
        if found.record.ref != record.ref and _is_text(found)
    ]
    if there:
        more = f" and {len(there) - _NAMED} more" if len(there) > _NAMED else ""
        talk(f"The old name still stands in texts of {', '.join(there[:_NAMED])}{more}.")
        talk(f"  See them: ropa find {shlex.quote(old)}")


def _is_text(found: Found) -> bool:
    said = field_at(type(found.record), found.place.path)
    return said is not None and said.shape == "text" and f" {found.word} " in f" {fold(found.place.text)} "


def _one_firm(one: str, other: str) -> bool:
    """Whether two names may be one firm's: almost the same, or one of them the other's beginning (a legal form may be left out)."""
    short, long = sorted((fold(one).split(), fold(other).split()), key=len)
    return bool(short) and (long[: len(short)] == short or _alike(one, other))


def _alike(one: str, other: str) -> bool:
    """Whether two texts differ by a letter or two, and not by a number."""
    from rapidfuzz import fuzz

    one, other = fold(one), fold(other)
    return re.findall(r"\d+", one) == re.findall(r"\d+", other) and fuzz.ratio(one, other) >= _ALIKE


def _spellings(record: Activity, before: Documented | None, register: Register) -> Iterator[str]:
    """Departments and owners that look like the new one, which no other activity has."""
    for name in _SPELLED:
        new = getattr(record, name)
        if not new or new == getattr(before, name, None):
            continue
        said = [
            getattr(one, name)
            for one in register.glances(Activity, (name,)).values()
            if one.ref != record.ref
        ]
        if new not in said and (near := _most(text for text in said if text and _alike(text, new))):
            yield f"No other activity has the {name} '{new}'; there is {listing(near)}."


def _most(texts: Iterable[str]) -> list[str]:
    """The texts with how often each stands there, the most frequent first."""
    every = list(texts)
    each = sorted(dict.fromkeys(every), key=lambda text: -every.count(text))
    return [f"'{text}' ({every.count(text)})" for text in each[:_NAMED]]
