"""The story of one record: what each revision made of it, under whatever ref it stood; as long as the record's own past."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy import Connection, func, select

from ropa.compare import Change, as_plain
from ropa.errors import Refused
from ropa.model.align import pairs
from ropa.model.at_path import at_path
from ropa.model.canonical import plain
from ropa.model.common import Documented
from ropa.model.redacted import read_past
from ropa.model.register import KINDS, Register
from ropa.model.renaming import renamed
from ropa.model.walk import field as field_of
from ropa.model.walk import mentions
from ropa.store.history import Entry, Touched, no_later_than, refuse_unknown
from ropa.store.open import Store
from ropa.store.renames import Renamed, became, came_from, renames
from ropa.store.tables import CHANGES, REVISIONS, tables

Life = Sequence[tuple[str, int]]
"""Ref and revision of each change of a record while it had that ref."""


@dataclass(frozen=True)
class Step:
    """What one revision made of a record.

    names: the records that are named in what changed, as they stood then. anew: what got another ref in the same revision.
    """

    entry: Entry
    change: Change
    names: Register = field(default_factory=Register)
    anew: tuple[Renamed, ...] = ()

    @property
    def followed(self) -> Change:
        """The change without what only follows records to their new refs."""
        return Change(_following(self.change.before, self.anew), self.change.after)


def _following(record: Documented | None, anew: Sequence[Renamed]) -> Documented | None:
    if record is None:
        return None
    for one in anew:
        record = renamed(record, one.kind, one.old, one.new)
    return record


def kinds_of(store: Store, ref: str) -> list[str]:
    """The kinds of the records that ever had this ref, removed ones too."""
    row = CHANGES.c
    with store.reading() as connection:
        return [
            kind
            for kind in KINDS
            if connection.execute(
                select(row.kind).where((row.kind == kind) & (row.ref == ref)).limit(1)
            ).first()
        ]


def called(store: Store, name: str) -> list[tuple[str, str]]:
    """Kind and ref of the records of today that bear this name."""
    with store.reading() as connection:
        return [
            (kind, ref)
            for kind, own in tables().items()
            for ref in connection.execute(
                select(own.main.c.ref).where(func.lower(own.main.c.name) == name.lower())
            ).scalars()
        ]


def story(store: Store, kind: str, ref: str, *, until: date | int | None = None) -> list[Step]:
    """What became of a record, newest first; up to a day, a time or a revision. Followed through all its refs."""
    with store.reading() as connection:
        refuse_unknown(connection, until, store.place)
        life = life_of(connection, kind, ref)
        rows = _rows(connection, kind, life, until)
        steps = list(_steps(kind, rows, store.place))
        return [_with_names(connection, step) for step in reversed(steps)]


def of_field(steps: Sequence[Step], path: str) -> list[Step]:
    """The steps in which something at a path of the record changed.

    A number in it is that of a part in the last state, which is followed back through all its places: the records of the
    steps then hold this one part alone. Raises Refused where there is no such part.
    """
    first, *rest = path.split(".")
    if rest and rest[0].isdecimal() and steps:
        steps = list(_of_part(steps, first, int(rest[0])))
    steps_of_path = _unnumbered(path)
    return [s for s in steps if _at(s.followed.before, steps_of_path) != _at(s.followed.after, steps_of_path)]


def _of_part(steps: Sequence[Step], name: str, number: int) -> Iterator[Step]:
    last = steps[0].change.after or steps[0].change.before
    many, at = len(getattr(last, name)), number - 1
    if not 0 <= at < many:
        there = f"There are 1 to {many}." if many else "There are none."
        raise Refused(f"there is no {name} {number}.", at=steps[0].change.record.ref, do=there)
    for step in steps:
        change, was = step.change, _place_before(step, name, at)
        yield replace(
            step, change=Change(_holding(change.before, name, was), _holding(change.after, name, at))
        )
        if was is None:
            return
        at = was


def _place_before(step: Step, name: str, at: int) -> int | None:
    """Where a part stood before a step; None where it came with it."""
    before, after = step.followed.before, step.change.after
    said = field_of(type(step.change.record), name)
    if before is None or said is None or said.part is None:
        return None
    if after is None:
        return at
    became = pairs(
        said.part, [plain(p) for p in getattr(before, name)], [plain(p) for p in getattr(after, name)]
    )
    return next((n for n, m in became.items() if m == at), None)


def _holding(record: Documented | None, name: str, at: int | None) -> Documented | None:
    if record is None:
        return None
    return record.model_copy(update={name: () if at is None else (getattr(record, name)[at],)})


def _unnumbered(path: str) -> str:
    return ".".join(step for step in path.split(".") if not step.isdecimal())


def _at(record: Documented | None, path: str) -> list[Any]:
    return (
        [one for one in at_path(record, path.split(".")) if one not in (None, ())]
        if record is not None
        else []
    )


def plain_changes(step: Step, path: str = "") -> list[dict[str, Any]]:
    """The fields that a step changed, as plain data; or what stands at a path, of a list of parts what stands in each."""
    if not path:
        fields: list[dict[str, Any]] = as_plain(step.change)["fields"]
        return fields
    change, at = step.change, _unnumbered(path)
    before, after = ([_plain(one) for one in _at(each, at)] for each in (change.before, change.after))
    said = field_of(type(change.record), path.partition(".")[0])
    if "." in path and said is not None and said.many:
        return [{"field": path, "before": before, "after": after}]
    return [{"field": path, "before": next(iter(before), None), "after": next(iter(after), None)}]


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def names_then(store: Store, asked: Sequence[tuple[str, str, int]]) -> dict[tuple[str, str, int], str]:
    """Kind, ref and revision → what the record was called then, or before it went."""
    with store.reading() as connection:
        texts = {key: _last_text(connection, *key) for key in asked}
        return {key: str(json.loads(text).get("name", "")) for key, text in texts.items() if text}


def life_of(connection: Connection, kind: str, ref: str) -> set[tuple[str, int]]:
    """Ref and revision of every change of the record that had this ref last."""
    found: set[tuple[str, int]] = set()
    ahead = [_last(_lives(connection, kind, ref))]
    while ahead:
        life = ahead.pop()
        if not life or life[0] in found:
            continue
        found |= set(life)
        (first_ref, begins), (last_ref, ends) = life[0], life[-1]
        was, new = came_from(connection, kind, first_ref, begins), became(connection, kind, last_ref, ends)
        ahead += [one for one in _lives(connection, kind, was) if one[-1][1] == begins] if was else []
        ahead += [one for one in _lives(connection, kind, new) if one[0][1] == ends] if new else []
    return found


def _last(lives: Sequence[Life]) -> Life:
    return lives[-1] if lives else ()


def _lives(connection: Connection, kind: str, ref: str) -> list[Life]:
    """The changes under a ref, parted where the record went on under another one."""
    row = CHANGES.c
    wanted = select(row.revision, row.record.is_(None).label("gone")).where(
        (row.kind == kind) & (row.ref == ref)
    )
    lives: list[list[tuple[str, int]]] = [[]]
    for number, gone in connection.execute(wanted.order_by(row.revision)):
        if not lives[-1] and len(lives) > 1 and gone:
            continue
        lives[-1].append((ref, number))
        if gone and became(connection, kind, ref, number):
            lives.append([])
    return [life for life in lives if life]


def _rows(
    connection: Connection, kind: str, life: set[tuple[str, int]], until: date | int | None
) -> list[Any]:
    """Each change of the life with its revision, oldest first; of a new ref the row that went before the one that came."""
    row, revision = CHANGES.c, REVISIONS.c
    wanted = (
        select(REVISIONS, row.ref, row.record)
        .join(CHANGES, row.revision == revision.number)
        .where((row.kind == kind) & row.ref.in_({ref for ref, _ in life}))
        .order_by(row.revision, row.record.is_not(None))
    )
    rows = connection.execute(no_later_than(wanted, until))
    return [one for one in rows if (one.ref, one.number) in life]


def _steps(kind: str, rows: Sequence[Any], place: str) -> Iterator[Step]:
    before: Documented | None = None
    went: Documented | None = None
    for n, row in enumerate(rows):
        after = _read(kind, row.record, place)
        if after is None and n + 1 < len(rows) and rows[n + 1].number == row.number:
            went = before  # it goes on under another ref, which the next row says
            continue
        change = Change(went or before, after)
        was = went.ref if went is not None else ""
        touched = Touched(change.op, kind, row.ref, was)
        entry = Entry(row.number, row.at, row.actor, row.why, row.command, row.hash, row.previous, (touched,))
        if change.before is not None or change.after is not None:
            yield Step(entry, change)
        before, went = after, None


def _read(kind: str, text: str | None, place: str) -> Documented | None:
    if text is None:
        return None
    try:
        return read_past(KINDS[kind], text)
    except (ValidationError, ValueError) as error:
        raise Refused(
            "the history is damaged: a record does not read.", at=place, do="See what is wrong: ropa verify"
        ) from error


def _with_names(connection: Connection, step: Step) -> Step:
    anew = tuple(renames(connection, step.entry.revision))
    return replace(step, names=_names(connection, step), anew=anew)


def _names(connection: Connection, step: Step) -> Register:
    """The records that are named in the fields that changed, as they last stood up to that revision."""
    changed = {said.name for said, _, _ in step.change.fields()}
    wanted = {
        (mention.kind, mention.ref)
        for one in (step.change.before, step.change.after)
        if one is not None
        for mention in mentions(one)
        if mention.path.partition(".")[0] in changed
    }
    texts = ((kind, _last_text(connection, kind, ref, step.entry.revision)) for kind, ref in sorted(wanted))
    found = (_read(kind, text, "") for kind, text in texts)
    return Register.of(one for one in found if one is not None)


def _last_text(connection: Connection, kind: str, ref: str, revision: int) -> str | None:
    """What the record last said, up to a revision; also one that is gone."""
    row = CHANGES.c
    own = (row.kind == kind) & (row.ref == ref) & (row.revision <= revision) & row.record.is_not(None)
    found: str | None = connection.execute(
        select(row.record).where(own).order_by(row.revision.desc()).limit(1)
    ).scalar()
    return found
