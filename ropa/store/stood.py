"""A record as it stood in a past state, ready to be put back into the register of today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ropa.compare import Change
from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.notice import Waiver
from ropa.model.register import Register
from ropa.model.renaming import renamed
from ropa.store.history import Entry, revision
from ropa.store.load import load
from ropa.store.open import Store
from ropa.store.renames import Renamed, renames
from ropa.store.story import Step, story


@dataclass(frozen=True)
class Stood:
    """What puts a record back. ref: as it is found today. since: the revisions that touched it later, newest first."""

    ref: str
    name: str
    changes: tuple[Change, ...]
    since: tuple[Entry, ...]


def as_it_stood(store: Store, kind: str, ref: str, as_of: date | int, now: Register) -> Stood:
    """A record as it stood then; one that is gone comes with the waivers of its gaps, which went with it.

    It keeps the ref that it has today, and names others by the refs that they have today. Raises Refused where it was not
    there.
    """
    steps, past = story(store, kind, ref), story(store, kind, ref, until=as_of)
    head = revision(store, as_of)
    then = past[0].change.after if past else None
    if then is None or head is None:
        raise _not_there(steps, as_of)
    anew = _renames_since(store, head.revision)
    here = now.records[kind].get(steps[0].change.record.ref) if steps[0].change.after is not None else None
    back = _followed(then, anew)
    changes = [Change(here, back)] if here != back else []
    if here is None:
        changes += _waivers(load(store, as_of), then, now, anew)
    since = tuple(step.entry for step in steps if step.entry.revision > head.revision)
    return Stood(back.ref, back.name, tuple(changes), since)


def _not_there(steps: list[Step], as_of: date | int) -> Refused:
    said = f"on {as_of}" if isinstance(as_of, date) and not isinstance(as_of, datetime) else f"at r{as_of}"
    if isinstance(as_of, datetime):
        said = f"at {as_of.isoformat()}"
    record = steps[0].change.record
    told = ", ".join(
        f"{s.change.op} by r{s.entry.revision} ({s.entry.at[:10]})" for s in steps[::-1] if _ends(s)
    )
    return Refused(
        f"{record.name} was not there {said}: {told}.", at=record.ref, do=f"See: ropa log {record.ref}"
    )


def _ends(step: Step) -> bool:
    return step.change.op in ("added", "removed")


def _renames_since(store: Store, number: int) -> list[Renamed]:
    with store.reading() as connection:
        return [one for one in renames(connection) if one.revision > number]


def _followed(record: Documented, anew: list[Renamed]) -> Documented:
    for one in anew:
        record = renamed(record, one.kind, one.old, one.new)
    return record


def _waivers(then: Register, record: Documented, now: Register, anew: list[Renamed]) -> Iterator[Change]:
    for waiver in then.all(Waiver).values():
        if (waiver.record_kind, waiver.record) == (record.kind, record.ref):
            back = _followed(waiver, anew)
            if back.ref not in now.all(Waiver):
                yield Change(None, back)
