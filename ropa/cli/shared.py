"""What a change to a shared record does to those who use it: who they are, whether to ask first, and what may no longer fit."""

import re
from collections.abc import Iterator, Sequence

from ropa.cli.console import talk
from ropa.cli.noun import word_of
from ropa.compare import Change, only_follows
from ropa.model.calling import called
from ropa.model.catalogue import RetentionRule
from ropa.model.common import Documented
from ropa.model.periods import UNITS, in_words
from ropa.model.register import Register
from ropa.model.touching import activities_of
from ropa.words import fold, listing

_NAMED = 6
"""Activities that are named in one line."""
_LINES = 12
"""Shared records of which that is told."""
_SHARED = ("data_category", "subject_category", "retention_rule", "measure", "system", "organisation")
_BOOKS = frozenset(Documented.model_fields) - {"name"}
"""What a record says for those who keep it: nobody else says something new by it."""
_ANOTHER = {"name": "'ANOTHER NAME'", "ref": "ANOTHER-REF"}
_PERIOD = re.compile(r"(\d{1,5}) ?([^\W\d]+)")


def say_users(changes: Sequence[Change], register: Register) -> None:
    """Say which activities use the shared records that change, and what of a retention rule to look at again."""
    own = [change for change in changes if not only_follows(change, changes)]
    told = [(change, users) for change in own if (users := _users(change, register))]
    for change, users in told[:_LINES]:
        record, names = change.record, ", ".join(users[:_NAMED])
        more = f" and {len(users) - _NAMED} more (ropa {word_of(record.kind)} show {record.ref})"
        many = f"{len(users)} activities" if len(users) > 1 else "1 activity"
        talk(f"{record.ref} is used by {many}: {names}{more if len(users) > _NAMED else ''}.")
    if len(told) > _LINES:
        talk(f"… and {len(told) - _LINES} more records that activities use.")
    for change in changes:
        for line in _may_not_fit(change):
            talk(line)


def changes_a_promise(changes: Sequence[Change], register: Register) -> bool:
    """Whether a retention rule changes that more than one activity uses: each of them then promises something else."""
    return any(
        isinstance(change.after, RetentionRule)
        and any(said.name not in Documented.model_fields for said, _, _ in change.fields())
        and len(_users(change, register)) > 1
        for change in changes
    )


def _users(change: Change, register: Register) -> list[str]:
    """Ref and name of each activity that says something else by the change of a record, itself or through others."""
    before, after = change.before, change.after
    if before is None or after is None or after.kind not in _SHARED or getattr(after, "ours", None):
        return []
    if all(said.own or said.name in _BOOKS for said, _, _ in change.fields()):
        return []
    return [f"{ref} {one.name}" for ref, one in sorted(activities_of(register, before).items())]


def _may_not_fit(change: Change) -> Iterator[str]:
    """What stands beside a period that was changed, and was not changed with it."""
    before, after = change.before, change.after
    if not isinstance(before, RetentionRule) or not isinstance(after, RetentionRule):
        return
    old, new = before.period, after.period
    if not old or old == new:
        return
    other = {
        what: said[0]
        for what in ("name", "ref")
        if (said := _periods(getattr(after, what))) and new not in said
    }
    if other:
        yield f"{called(after)} says {listing(dict.fromkeys(map(in_words, other.values())))} in its {listing(other)}."
        each = " or ".join(_ANOTHER[what] for what in other)
        yield f"  To change that: ropa {word_of(after.kind)} rename {after.ref} {each}"
    if after.ground and after.ground == before.ground:
        yield f"Its ground is still '{after.ground}': look whether it carries {in_words(new) if new else 'that'}."


def _periods(words: str) -> list[str]:
    """The periods that a name or a ref holds: "Invoices, 10 years", invoices-10y."""
    found = [(int(n), UNITS.get(word, word.upper())) for n, word in _PERIOD.findall(fold(words))]
    return [f"P{n}{unit}" for n, unit in found if unit in UNITS.values()]
