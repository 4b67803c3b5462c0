"""A notice brought into a register: for the first time, once more, or after it has changed.

A changed notice is a three-way merge: what its old text gives (base), the register as people have worked on it since
(ours), what its new text gives (theirs). So an edit outlives the import unless the notice changed the same field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ropa.compare import Change, Clash, compare, merge
from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.notice import Notice
from ropa.model.register import Register
from ropa.notices.draft_desk import Key, Unread, spoken_lines
from ropa.notices.draft_evidence import Evidence, evidenced, shown
from ropa.notices.draft_known import kind_of, known_notice
from ropa.notices.draft_match import matched
from ropa.notices.draft_names import Entry
from ropa.notices.draft_notice import digest
from ropa.notices.drafts import Drafted, drafted, entries_of, likely_duplicates, next_refs, notice_ref
from ropa.notices.reading import NoticeReading
from ropa.notices.source import WITH_MARKUP


@dataclass(frozen=True)
class NoticeImport:
    """What the import of a notice comes to.

    notice: its ref. register: with the drafts; nothing is stored yet. changes: what to commit. preview: the changes
    that a person should see; in the other ones only line numbers moved. unread: what no record holds as a value.
    duplicates: activities of this notice that say the same. clashes: fields that both a person and the notice changed;
    the person's value stands. gone: activities whose entry the notice no longer has; they stay, and say so.
    """

    notice: str
    register: Register
    changes: tuple[Change, ...]
    preview: tuple[Change, ...]
    unread: tuple[Unread, ...]
    duplicates: tuple[tuple[str, ...], ...]
    clashes: tuple[Clash, ...]
    gone: tuple[str, ...]


def import_notice(
    reading: NoticeReading, register: Register, *, source: str, notice: str | None = None
) -> NoticeImport:
    """The register with the drafts of the notice, and all that a person should know of it.

    notice: the ref of the notice that this is a version of, where site, title and language do not tell. Raises Refused
    for a ref that is not there, Ambiguous where several notices fit, Refused for text that no record can hold.
    """
    known = known_notice(reading, register, notice)
    if known and known.sha256 == digest(reading.text):
        refs = next_refs(register, len(entries_of(reading)))
        remarks = drafted(reading, register, source=source, notice=known.ref, refs=refs)
        return _outcome(known.ref, register, register, unread=remarks.unread)
    old = _read_again(known.text, kind_of(known)) if known else None
    if old and reading.kind in WITH_MARKUP:
        # A page's text is stored without its markup: both versions are read from their text, or headings would differ.
        reading = _read_again(reading.text, reading.kind) or reading
    ref = known.ref if known else notice_ref(reading, register, source)
    before, after, gone = _versions(old, reading, register, source, ref)
    merged, clashes = _merged(before, register, after)
    final = evidenced(merged, register, Evidence(ref, known, before, after, gone))
    return _outcome(ref, register, final, unread=after.unread, clashes=clashes, gone=gone)


def _outcome(
    ref: str,
    before: Register,
    after: Register,
    *,
    unread: tuple[Unread, ...],
    clashes: Sequence[Clash] = (),
    gone: tuple[str, ...] = (),
) -> NoticeImport:
    mine = {a.ref for a in after.activities.values() if any(part.notice == ref for part in a.provenance)}
    duplicates = tuple(group for group in likely_duplicates(after) if mine.issuperset(group))
    changes = tuple(compare(before, after))
    seen = tuple(change for one in changes if (change := shown(one, gone)))
    return NoticeImport(ref, after, changes, seen, unread, duplicates, tuple(clashes), gone)


def _read_again(text: str | None, kind: str) -> NoticeReading | None:
    """A stored text, read once more; None for one in which there is no notice, such as a note that a person made."""
    from ropa.notices.read import read_notice

    if not text:
        return None
    try:
        reading = read_notice(text.encode("utf-8"), f"notice.{'md' if kind == 'markdown' else 'txt'}")
    except Refused:
        return None
    return replace(reading, kind=kind)


def _versions(
    old: NoticeReading | None, new: NoticeReading, register: Register, source: str, notice: str
) -> tuple[Drafted, Drafted, tuple[str, ...]]:
    """The drafts of the old and of the new text, each entry under the ref that its activity has; and who is gone."""
    was, now = entries_of(old) if old else [], entries_of(new)
    held = _activities_of(was, register, notice)
    pairs = matched(was, now)
    fresh = iter(next_refs(register, len(now) + len(was)))
    added = {n: next(fresh) for n in range(len(now)) if n not in pairs}
    # Entries whose draft a person has removed: a ref that stands for nothing keeps base and new text comparable.
    refs = [held.get(n) or next(fresh) for n in range(len(was))]
    before = drafted(old, register, source=source, notice=notice, refs=refs) if old else Drafted({}, ())
    after = drafted(
        new,
        register,
        source=source,
        notice=notice,
        refs=[refs[pairs[n]] if n in pairs else added[n] for n in range(len(now))],
    )
    matched_old = set(pairs.values())
    return before, after, tuple(held[n] for n in range(len(was)) if n not in matched_old and n in held)


def _activities_of(entries: Sequence[Entry], register: Register, notice: str) -> dict[int, str]:
    """Place of an entry → the activity that was drafted from it: the one whose provenance has its lines.

    Of several with the same lines (a paragraph of entries, a copied activity) they are taken in the order of their refs;
    an activity to which a person added the lines of another entry stays that of the first one.
    """
    by_lines: dict[str, list[str]] = {}
    for activity in sorted(register.activities.values(), key=lambda a: (len(a.ref), a.ref)):
        for part in activity.provenance:
            if part.notice == notice and part.lines and not part.field:
                by_lines.setdefault(part.lines, []).append(activity.ref)
    found: dict[int, str] = {}
    claimed: set[str] = set()
    for n, entry in enumerate(entries):
        refs = by_lines.get(spoken_lines(entry.lines), [])
        if ref := next((one for one in refs if one not in claimed), None):
            found[n] = ref
            claimed.add(ref)
    return found


def _merged(before: Drafted, ours: Register, after: Drafted) -> tuple[Register, list[Clash]]:
    """Ours with what the notice changed. Nothing that it no longer says is removed; where it stands is settled later."""
    base, theirs = dict(before.records), {**before.records, **after.records}
    for key, record in after.records.items():
        if key not in base and (here := ours.records.get(key[0], {}).get(key[1])):
            base[key] = _blank_beside(record, here)
    for side in (base, theirs):
        side.update({key: _without_evidence(record, base) for key, record in side.items()})
    merged, clashes = merge(Register.of(base.values()), ours, Register.of(theirs.values()))
    return _with_named(merged, after.records), clashes


def _blank_beside(record: Documented, here: Documented) -> Documented:
    """What the notice had said before of a record that the register held already: nothing. Its text gives way."""
    said: dict[str, str | None] = {"ref": record.ref, "name": record.name}
    if isinstance(here, Notice):
        said |= {"text": here.text, "sha256": here.sha256}
    return type(record).model_validate(said)


def _without_evidence(record: Documented, base: dict[Key, Documented]) -> Documented:
    """The record with the name and provenance that base has, so that the merge sees neither."""
    was = base.get((record.kind, record.ref))
    return record.model_copy(update={"name": was.name, "provenance": ()}) if was else record


def _with_named(register: Register, drafts: dict[Key, Documented]) -> Register:
    """The register with those drafts that it names and lacks: a person had removed them, and the notice needs them."""
    missing: Iterable[Key] = [(m.kind, m.ref) for _, m in register.dangling() if (m.kind, m.ref) in drafts]
    while missing:
        register = Register.of(
            [*register, *(drafts[key] for key in missing)],
            revision=register.revision,
            hash=register.hash,
            at=register.at,
        )
        missing = [(m.kind, m.ref) for _, m in register.dangling() if (m.kind, m.ref) in drafts]
    return register
