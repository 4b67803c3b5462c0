"""What the end of an activity leaves to do: the data that are still there, and the processors that serve nothing else."""

from collections.abc import Iterator, Sequence

from ropa.cli.console import talk
from ropa.compare import Change
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, RetentionRule, SubjectCategory
from ropa.model.organisation import Organisation
from ropa.model.parts import DataLine
from ropa.model.periods import in_words
from ropa.model.register import Register
from ropa.model.touching import activities_of
from ropa.words import listing

_NAMED = 6
"""Lines of data, or organisations, that are named in one line."""
_FEW = 3
"""Activities whose ends are told one by one."""


def say_what_follows(changes: Sequence[Change], register: Register) -> None:
    """Say of each activity that ends which data it leaves behind, and which processors serve no other (Art. 28(3)(g)).

    register: as it was before the activities ended.
    """
    ended = [
        change.after
        for change in changes
        if isinstance(change.before, Activity) and isinstance(change.after, Activity)
        if change.before.status != change.after.status == "ended"
    ]
    for activity in ended[:_FEW]:
        _say_of(activity, register)
    if len(ended) > _FEW:
        talk(f"So it is with {len(ended) - _FEW} more; what their ends leave open: ropa gaps")


def _say_of(activity: Activity, register: Register) -> None:
    if activity.ended_on is None:
        talk(f"Its last day is not recorded: ropa activity set {activity.ref} ended_on=DATE")
    if held := list(dict.fromkeys(_held(line, register) for line in activity.data)):
        talk(
            f"The data of {activity.ref} are still there until they are erased (Art. 5(1)(e)): {_some(held)}."
        )
    if idle := list(_idle(activity, register)):
        talk(
            f"No other activity that runs names {_some(idle)}: are its data returned or erased there (Art. 28(3)(g))?"
        )
    talk(f"What the end leaves open: ropa gaps --activity {activity.ref}")


def _held(line: DataLine, register: Register) -> str:
    """A line of data, and how long it is kept."""
    category = register.get(DataCategory, line.category or "")
    subjects = register.get(SubjectCategory, line.subjects or "")
    what = category.name if category else subjects.name if subjects else "data not named"
    rule = register.get(RetentionRule, line.retention or "")
    if rule is None:
        return f"{what} (no time limit is recorded)"
    limit = in_words(rule.period) if rule.period else rule.name
    return f"{what} ({limit}{f' from {rule.starts}' if rule.starts else ''})"


def _idle(activity: Activity, register: Register) -> Iterator[str]:
    """The processors among its recipients that no other running activity reaches."""
    for recipient in activity.recipients:
        organisation = register.get(Organisation, recipient.organisation or "")
        if organisation is None or organisation.ours or recipient.role != "processor" or recipient.until:
            continue
        others = activities_of(register, organisation).values()
        if all(one.ref == activity.ref or one.status == "ended" for one in others):
            yield organisation.name


def _some(words: Sequence[str]) -> str:
    rest = len(words) - _NAMED
    return listing([*words[:_NAMED], f"{rest} more"] if rest > 0 else words)
