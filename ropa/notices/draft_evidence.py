"""Provenance after an import: every line that a record points at is a line of the text that is stored."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ropa.compare import Change
from ropa.model.activity import Activity
from ropa.model.common import Documented, Provenance
from ropa.model.notice import Notice, Told
from ropa.model.register import Register
from ropa.notices.draft_desk import Key
from ropa.notices.draft_names import formerly, without_lines
from ropa.notices.drafts import Drafted


@dataclass(frozen=True)
class Evidence:
    """What settles where a record stands in a notice: the drafts of its old and its new text, and the notice as it was.

    ref: the notice's. gone: refs of the activities whose entry the new text lacks.
    """

    ref: str
    notice: Notice | None
    before: Drafted
    after: Drafted
    gone: Container[str]

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """Old lines → new lines of what both texts have: for copies and parts that people have made of activities."""
        moved: dict[str, str] = {}
        for key, record in self.before.records.items():
            now = self.after.records.get(key)
            if isinstance(record, Activity) and now is not None:
                for old, new in zip(record.provenance, now.provenance, strict=False):
                    if old.lines and new.lines:
                        moved.setdefault(old.lines, new.lines)
        return moved


def evidenced(merged: Register, ours: Register, evidence: Evidence) -> Register:
    """The merged register with provenance that fits the new text. ours: the register before the import.

    A record that the new text gives points at its lines there. One that only the old text gave keeps a word of which
    version had it and where, and an activity of that sort no longer names the notice among those that tell of it.
    """
    settled = (
        _settled(record, ours.records.get(record.kind, {}).get(record.ref), evidence) for record in merged
    )
    return Register.of(settled, revision=merged.revision, hash=merged.hash, at=merged.at)


def _settled(record: Documented, was: Documented | None, evidence: Evidence) -> Documented:
    if was is None:
        return record
    key: Key = (record.kind, record.ref)
    drafted, base = evidence.after.records.get(key), evidence.before.records.get(key)
    mine = [part for part in record.provenance if _is_of(part, record, evidence.ref)]
    taken: dict[str, Any] = {}
    if drafted and (mine or record != was):
        taken["provenance"] = (*_kept(record, base, mine, evidence), *drafted.provenance)
    elif mine:
        taken["provenance"] = tuple(
            _relined(part, evidence) if part in mine else part for part in record.provenance
        )
    if drafted and base and record.name == base.name:
        taken["name"] = drafted.name
    if isinstance(record, Activity) and record.ref in evidence.gone:
        taken["notices"] = tuple(one for one in record.notices if one != evidence.ref)
        taken["name"] = formerly(record.name)
    return record.model_copy(update=taken)


def _kept(
    record: Documented, base: Documented | None, mine: list[Provenance], evidence: Evidence
) -> Iterator[Provenance]:
    """What stays of a record's provenance: what others gave, and of an activity the entries that a person added to it."""
    own = {part.lines for part in base.provenance} if base else set()
    drafted = evidence.after.records.get((record.kind, record.ref))
    said = {part.field for part in drafted.provenance} if drafted else set()
    for part in record.provenance:
        if part not in mine:
            yield part
        elif isinstance(record, Activity) and part.field and part.field not in said:
            # A page is compared by its text, which has no headings: where this one stands now cannot be told.
            yield part.model_copy(update={"lines": None})
        elif isinstance(record, Activity) and not part.field and part.lines not in own:
            yield _relined(part, evidence)


def _is_of(part: Provenance, record: Documented, notice: str) -> bool:
    """True for a part that this notice gave; of the notice itself, the file that it was read from."""
    if isinstance(record, Notice):
        return record.ref == notice and part.notice is None and part.sheet is None
    return part.notice == notice


def _relined(part: Provenance, evidence: Evidence) -> Provenance:
    """The part at its new lines; or, where the new text has no such lines, with the version that had them."""
    if part.lines is None:
        return part
    if part.lines in evidence.moved:
        return part.model_copy(update={"lines": evidence.moved[part.lines]})
    where = f"line {part.lines}" if part.lines.isdigit() else f"lines {part.lines}"
    source = f"{part.source}, {where} of {_version(evidence.notice)}; no longer in the notice"
    return part.model_copy(update={"source": source, "lines": None})


def _version(notice: Notice | None) -> str:
    if notice is None:
        return "an earlier version"
    day = f"last updated {notice.last_updated}, " if notice.last_updated else ""
    return f"the version {day}SHA-256 {(notice.sha256 or 'unknown')[:12]}"


def shown(change: Change, gone: Container[str]) -> Change | None:
    """The change as a person should see it: without line numbers that merely moved; None where nothing else changed."""
    before, after = change.before, change.after
    if before is None or after is None or (isinstance(after, Activity) and after.ref in gone):
        return change
    quiet = before.model_copy(update={"provenance": after.provenance})
    if without_lines(before.name) == without_lines(after.name):
        quiet = quiet.model_copy(update={"name": after.name})
    if isinstance(quiet, Notice) and isinstance(after, Notice):
        quiet = quiet.model_copy(update={"told": _told_as(quiet.told, after.told)})
    return None if quiet == after else Change(quiet, after)


def _told_as(before: tuple[Told, ...], after: tuple[Told, ...]) -> tuple[Told, ...]:
    """What was told before, each at the lines where the same is told now."""
    now: dict[tuple[str | None, str | None], list[Told]] = {}
    for told in reversed(after):
        now.setdefault((told.topic, told.text), []).append(told)
    return tuple(found.pop() if (found := now.get((told.topic, told.text))) else told for told in before)
