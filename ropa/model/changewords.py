"""What a field was and is, as a person says it: "recipient added: Mailjet (processor, FR)", a line a fact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel

from ropa.model.align import pairs
from ropa.model.base import Part
from ropa.model.canonical import plain
from ropa.model.redacted import said_in
from ropa.model.register import Register
from ropa.model.speech import part_in_words, spoken
from ropa.model.walk import FieldSaid, field, fields, head, part_noun

_NAME = 48
"""Characters by which a part is named when one of its fields changed."""
_LINE = 160
"""Characters of a value in a line."""
_AROUND = 50
"""Characters that are shown before and after what differs in two long texts."""


@dataclass(frozen=True)
class Fact:
    """One thing that changed. of: what it is of, such as "owner" or "recipient Mailjet: service".

    before, after: in words, in full; "" where there was nothing, or is nothing. member: of a list, which comes and goes.
    """

    of: str
    before: str
    after: str
    member: bool = False

    @property
    def line(self) -> str:
        """The fact in one line; of long texts what differs."""
        was, now = _apart(_flat(self.before), _flat(self.after))
        if was and now:
            return f"{self.of}{' changed' if self.member else ''}: {was} → {now}"
        if now:
            return f"{self.of}{' added' if self.member else ''}: {now}"
        return f"{self.of} taken out: {was}"


def facts_changed(said: FieldSaid, before: Any, after: Any, register: Register) -> Iterator[Fact]:
    """What changed in a field. register: where the names of refs are looked up; the one after the change."""
    if said.part and said.part.in_bulk and not (before and after):
        was, now = (str(len(each)) if each else "" for each in (before, after))
        yield Fact(_title(said), was, now)
    elif said.many and said.part:
        yield from _parts(said, before or (), after or (), register)
    elif said.many and before and after:
        yield from _members(said, before, after, register)
    elif said.part and before and after:
        yield from _within(f"{_title(said)}: ", before, after, register)
    else:
        yield _value(said, before, after, register)


def facts_at(
    cls: type[BaseModel], steps: Sequence[str], before: Any, after: Any, register: Register
) -> Iterator[Fact]:
    """What changed between two states of a record or part, either of which may be None, at a path of fields.

    A list of parts that stands on the path without a number is looked at part by part, each with its like.
    """
    said = field(cls, steps[0])
    if said is None:
        return
    was, now = (said_in(one, said) if one is not None else None for one in (before, after))
    if not steps[1:] or not said.part:
        if (was or None) != (now or None) or (was is False) != (now is False):
            yield from facts_changed(said, was, now, register)
        return
    noun = part_noun(said) if said.many else _title(said)
    each: list[tuple[Any, Any]] = _paired(said, was or (), now or ()) if said.many else [(was, now)]
    for old, new in each:
        name = f"{noun} {_name(new if old is None else old, register)}".rstrip() if said.many else noun
        for fact in facts_at(said.part, steps[1:], old, new, register):
            yield Fact(f"{name}: {fact.of}", fact.before, fact.after, fact.member)


def _value(said: FieldSaid, before: Any, after: Any, register: Register) -> Fact:
    return Fact(_title(said), spoken(before, said, register), spoken(after, said, register))


def _members(said: FieldSaid, before: Any, after: Any, register: Register) -> Iterator[Fact]:
    """A list of refs or words: what came and what went; the whole list where only its order changed."""
    new = tuple(one for one in after if one not in before)
    gone = tuple(one for one in before if one not in after)
    if new:
        yield Fact(_title(said), "", spoken(new, said, register), member=True)
    if gone:
        yield Fact(_title(said), spoken(gone, said, register), "", member=True)
    if not new and not gone:
        yield _value(said, before, after, register)


def _parts(said: FieldSaid, before: Any, after: Any, register: Register) -> Iterator[Fact]:
    """Parts that are the same one field by field, then what came and what went."""
    noun = part_noun(said)
    paired = _paired(said, before, after)
    for was, now in paired:
        if was is not None and now is not None and was != now:
            yield from _part(noun, was, now, register)
    changed = list(_in_place(before, after, paired))
    for was, now in changed:
        gone, new = ("" if one is None else _told(one, register) for one in (was, now))
        yield Fact(noun, gone, new, member=True)
    if not changed and [now for was, now in paired] != list(after):
        gone, new = ("; ".join(_name(one, register) for one in each) for each in (before, after))
        yield Fact(f"order of {_title(said)}", gone, new)


def _paired(said: FieldSaid, before: Any, after: Any) -> list[tuple[Any, Any]]:
    """Each part with the one that it became, in the order of before; what is new comes last. None: it was, or is, not there."""
    if said.part is None:
        return []
    became = pairs(said.part, [plain(one) for one in before], [plain(one) for one in after])
    found = [(one, after[became[n]] if n in became else None) for n, one in enumerate(before)]
    return found + [(None, one) for m, one in enumerate(after) if m not in became.values()]


def _in_place(before: Any, after: Any, paired: Sequence[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """What went and what came: together where one came into the very place of the other, between the same neighbours."""
    kept = {id(one) for was, now in paired if was is not None and now is not None for one in (was, now)}

    def by_place(each: Any) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        place = 0
        for one in each:
            if id(one) in kept:
                place += 1
            else:
                found.setdefault(place, []).append(one)
        return found

    gone, new = by_place(before), by_place(after)
    for place in sorted({*gone, *new}):
        yield from zip_longest(gone.get(place, []), new.get(place, []))


def _part(noun: str, was: Part, now: Part, register: Register) -> Iterator[Fact]:
    """A part that is the same one: its fields that differ, where it bears a name; else all of it."""
    name = _name(now, register)
    if not name or not _name(was, register):
        yield Fact(noun, _told(was, register), _told(now, register), member=True)
        return
    yield from _within(f"{noun} {name}: ", was, now, register)


def _within(lead: str, was: BaseModel, now: BaseModel, register: Register) -> Iterator[Fact]:
    for said in fields(type(now)):
        before, after = said_in(was, said), said_in(now, said)
        if before != after:
            for fact in facts_changed(said, before, after, register):
                yield Fact(lead + fact.of, fact.before, fact.after, fact.member)


def _name(part: Part, register: Register) -> str:
    said = {one.name: one for one in fields(type(part))}
    words = [spoken(said_in(part, said[name]), said[name], register) for name in head(type(part))]
    return _short(_flat(" × ".join(word for word in words if word)), _NAME)


def _told(part: Part, register: Register) -> str:
    """The part in one line, with the country of the organisation that it names first."""
    words = part_in_words(part, register)
    named = next((one for one in fields(type(part)) if one.name in head(type(part)) and one.names), None)
    ref = getattr(part, named.name) if named and named.names == "organisation" else None
    known = register.organisations.get(ref) if ref else None
    if known and known.country:
        words = f"{words[:-1]}, {known.country})" if words.endswith(")") else f"{words} ({known.country})"
    return words


def _title(said: FieldSaid) -> str:
    return said.title if said.title[:2].isupper() else said.title.lower()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str, limit: int = _LINE) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _apart(was: str, now: str) -> tuple[str, str]:
    """Two texts as one line shows them: of long ones only the words that differ, with some around them."""
    if not was or not now or max(len(was), len(now)) <= _LINE:
        return _short(was), _short(now)
    same = _same(was, now)
    start = max(was.rfind(" ", 0, max(same - _AROUND, 0)) + 1, 0)
    rest = _same(was[same:][::-1], now[same:][::-1])
    keep = max(rest - _AROUND, 0)
    return _middle(was, start, keep), _middle(now, start, keep)


def _middle(text: str, start: int, keep: int) -> str:
    """The text from a place on, without so many characters at its end; what is left out is marked."""
    end = len(text) - keep
    stop = text.find(" ", end) if keep else -1
    inner = text[start:] if stop < 0 else text[start:stop] + " …"
    return ("… " if start else "") + _short(inner)


def _same(one: str, other: str) -> int:
    """How many signs both begin with."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
