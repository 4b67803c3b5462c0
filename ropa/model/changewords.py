"""What a field was and is, as a person says it: "recipient added: Mailjet (processor, FR)", a line a fact."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from ropa.model.base import Part
from ropa.model.redacted import marked, said_in
from ropa.model.register import Register
from ropa.model.speech import part_in_words, spoken
from ropa.model.walk import FieldSaid, fields, head, part_noun

_NAME = 48
"""Characters by which a part is named when one of its fields changed."""


def field_changed(said: FieldSaid, before: Any, after: Any, register: Register) -> list[str]:
    """The lines that say how a field changed. register: where the names of refs are looked up; the one after the change."""
    if said.many and said.part:
        return list(_parts(said, before or (), after or (), register))
    if said.many and before and after:
        return list(_members(said, before, after, register))
    return [_value(said, before, after, register)]


def _value(said: FieldSaid, before: Any, after: Any, register: Register) -> str:
    was, now = _short(spoken(before, said, register)), _short(spoken(after, said, register))
    title = _title(said)
    if was and was == now:
        return f"{title} changed (beyond its first words)"
    if not was:
        return f"{title}: {now}"
    return f"{title}: {was} → {now}" if now else f"{title} taken out: {was}"


def _members(said: FieldSaid, before: Any, after: Any, register: Register) -> Iterator[str]:
    """A list of refs or words: what came and what went; the whole list where only its order changed."""
    new = tuple(one for one in after if one not in before)
    gone = tuple(one for one in before if one not in after)
    if new:
        yield f"{_title(said)} added: {_short(spoken(new, said, register))}"
    if gone:
        yield f"{_title(said)} taken out: {_short(spoken(gone, said, register))}"
    if not new and not gone:
        yield _value(said, before, after, register)


def _parts(said: FieldSaid, before: Any, after: Any, register: Register) -> Iterator[str]:
    noun = part_noun(said)
    for op, a, b, c, d in SequenceMatcher(
        a=list(map(_shape, before)), b=list(map(_shape, after)), autojunk=False
    ).get_opcodes():
        if op == "equal":
            continue
        gone, new = before[a:b], after[c:d]
        for was, now in zip(gone, new, strict=False):
            yield from _part(noun, was, now, register)
        yield from (f"{noun} taken out: {_told(one, register)}" for one in gone[len(new) :])
        yield from (f"{noun} added: {_told(one, register)}" for one in new[len(gone) :])


def _shape(part: Part) -> str:
    """What tells one part from another."""
    return f"{part!r}{marked(part) or ''}"


def _part(noun: str, was: Part, now: Part, register: Register) -> Iterator[str]:
    """A part that took another's place: only its fields that differ, where it still bears its name."""
    name = _name(now, register)
    if not name or name != _name(was, register):
        yield f"{noun} changed: {_told(was, register)} → {_told(now, register)}"
        return
    for said in fields(type(now)):
        before, after = said_in(was, said), said_in(now, said)
        if before != after:
            yield from (f"{noun} {name}: {line}" for line in field_changed(said, before, after, register))


def _name(part: Part, register: Register) -> str:
    said = {one.name: one for one in fields(type(part))}
    words = [spoken(said_in(part, said[name]), said[name], register) for name in head(type(part))]
    return _short(" × ".join(word for word in words if word), _NAME)


def _told(part: Part, register: Register) -> str:
    """The part in one line, with the country of the organisation that it names first."""
    words = part_in_words(part, register)
    named = next((one for one in fields(type(part)) if one.name in head(type(part)) and one.names), None)
    ref = getattr(part, named.name) if named and named.names == "organisation" else None
    known = register.organisations.get(ref) if ref else None
    if known and known.country:
        words = f"{words[:-1]}, {known.country})" if words.endswith(")") else f"{words} ({known.country})"
    return _short(words)


def _title(said: FieldSaid) -> str:
    return said.title if said.title[:2].isupper() else said.title.lower()


def _short(text: str, limit: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
