"""From what was read in a privacy notice to draft records. Nothing is merged, nothing is added to what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from ropa.model.activity import Activity
from ropa.model.canonical import canonical_json, plain
from ropa.model.common import Documented
from ropa.model.find import free_ref
from ropa.model.notice import Notice
from ropa.model.register import Register
from ropa.notices.draft_activity import draft_activity, whole
from ropa.notices.draft_desk import Desk, Key, Unread, words_of
from ropa.notices.draft_names import Entry, names
from ropa.notices.draft_notice import draft_controller, draft_notice, report_unread
from ropa.notices.reading import NoticeReading

_OF_THE_RECORD = frozenset({"ref", "name", "aliases", "statements", "provenance", "tags", "notes"})


@dataclass(frozen=True)
class Drafted:
    """The drafts of one notice by kind and ref, each complete; and what no record holds as a value."""

    records: dict[Key, Documented]
    unread: tuple[Unread, ...]


def drafts(reading: NoticeReading, register: Register, *, source: str) -> Register:
    """The register with the drafts of a notice that is new to it. Records that are there already stay as they are.

    source: the file or page that was read. Each entry and each stated purpose becomes an activity of its own with
    status draft; fields that the notice does not speak of are blank. Raises Refused for text that no record can hold.
    """
    refs = next_refs(register, len(entries_of(reading)))
    made = drafted(reading, register, source=source, notice=notice_ref(reading, register, source), refs=refs)
    missing = [
        record for (kind, ref), record in made.records.items() if ref not in register.records.get(kind, {})
    ]
    return Register.of([*register, *missing], revision=register.revision, hash=register.hash, at=register.at)


def drafted(
    reading: NoticeReading, register: Register, *, source: str, notice: str, refs: Sequence[str]
) -> Drafted:
    """The records that a notice gives, named after what the register and the catalogue hold.

    notice: its ref. refs: one for each of `entries_of(reading)`. A record that the register has as well is drafted
    from the notice alone, so that the two can be compared.
    """
    desk = Desk(register, source, notice)
    entity = draft_controller(desk, reading)
    draft_notice(desk, reading, entity)
    notice_says = whole(desk, reading, entity)
    entries = entries_of(reading)
    for entry, activity, name in zip(entries, refs, names(entries), strict=True):
        draft_activity(desk, entry, notice_says, ref=activity, name=name)
    report_unread(desk, reading)
    return Drafted(desk.records(), tuple(sorted(desk.unread, key=lambda one: one.lines)))


def entries_of(reading: NoticeReading) -> list[Entry]:
    """What becomes activities, in this order: the entries, then the purposes that running text states."""
    return [*reading.blocks, *reading.stated_purposes]


def notice_ref(reading: NoticeReading, register: Register, source: str) -> str:
    """A free ref for the notice, after its site, its title or its file."""
    return free_ref(register, Notice, words_of(reading.site) or words_of(reading.title) or source)


def next_refs(register: Register, many: int) -> list[str]:
    """The next free numbers for activities."""
    first = int(free_ref(register, Activity, "").removeprefix("PA-"))
    return [f"PA-{number:04d}" for number in range(first, first + many)]


def likely_duplicates(register: Register) -> list[tuple[str, ...]]:
    """Groups of activities, read from notices, that say the same: same data, places, purposes, recipients and all else.

    They may be one processing told twice, or two that the notice does not tell apart: a person has to say which.
    """
    alike: dict[str, list[str]] = {}
    for activity in register.activities.values():
        if (activity.data or activity.purposes) and any(part.notice for part in activity.provenance):
            said = {name: value for name, value in plain(activity).items() if name not in _OF_THE_RECORD}
            alike.setdefault(canonical_json(said), []).append(activity.ref)
    return [tuple(refs) for refs in alike.values() if len(refs) > 1]
