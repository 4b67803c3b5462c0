"""What changes, in words for a person: a line a record, a line a fact."""

from collections.abc import Sequence

from ropa.cli import console
from ropa.compare import Change, following_refs, in_words, only_follows
from ropa.model.catalogued import is_catalogued
from ropa.model.common import Documented
from ropa.model.contradictions import overtaken
from ropa.model.register import Register


def tell(changes: Sequence[Change], after: Register, *, limit: int = 60, to_person: bool = False) -> None:
    """What changes, in words: a line a record, its fields under it. What comes out of the catalogue is one line a kind.

    So is what only follows a record to its new ref. to_person: on stderr, before a question; else it is the result.
    """
    say = console.talk if to_person else console.say
    marks = {"added": "+", "changed": "~", "removed": "-", "renamed": "~"}
    along = [c.record for c in changes if c.op == "added" and is_catalogued(c.record)]
    for cls in dict.fromkeys(type(record) for record in along):
        names = [record.name for record in along if isinstance(record, cls)]
        noun = cls.noun if len(names) == 1 else cls.plural
        say(f"+ {len(names)} {noun} from the shipped catalogue: {', '.join(names)}")
    follow = [c.record for c in changes if only_follows(c, changes)]
    told = [c for c in changes if c.record not in along and c.record not in follow]
    for change in told[:limit]:
        was = f"{change.before.ref} → " if change.before and change.op == "renamed" else ""
        say(f"{marks[change.op]} {was}{change.record.ref}  {change.record.name}", style="bold")
        for line in in_words(following_refs(change, changes), after):
            if line != f"name: {change.record.name}":
                say(f"    {line}")
    if follow:
        verb = "record names" if len(follow) == 1 else "records name"
        say(f"~ {len(follow)} {verb} {_by_new_ref(changes, told)}: {_refs(follow)}")
    if len(told) > limit:
        say(f"… and {len(told) - limit} more records.")


def _by_new_ref(changes: Sequence[Change], told: Sequence[Change]) -> str:
    """What the records that only follow do, after their verb."""
    if len(told) == 1:
        return "it anew"
    anew = [change.record for change in changes if change.op == "renamed"]
    return f"{_refs(anew)} by {'its new ref' if len(anew) == 1 else 'their new refs'}"


def _refs(records: Sequence[Documented], most: int = 12) -> str:
    more = f" and {len(records) - most} more" if len(records) > most else ""
    return ", ".join(record.ref for record in records[:most]) + more


def say_overtaken(changes: Sequence[Change]) -> None:
    """Name older statements that a field does not apply, where it is filled now."""
    for record, before in [(c.after, c.before) for c in changes if c.after]:
        for one in overtaken(before, record):
            from ropa.gaps.outcome import noun  # the rules take their time to load

            console.talk(
                f"{record.ref}: a statement of {one.by or 'old'} says that {one.about} does not apply."
            )
            console.talk(f"  Take it back: ropa {noun(record)} unstate {record.ref} {one.about}")
