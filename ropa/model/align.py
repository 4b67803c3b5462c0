"""Which part of a list before is which part of the list after, though its place or some of its fields changed."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from ropa.model.base import Part
from ropa.model.canonical import canonical_json
from ropa.model.walk import FieldSaid, fields, head

Plain = Mapping[str, Any]
_ALIKE = 60.0
"""From here on a name counts as the same one, said in other words (0 to 100)."""


def pairs(cls: type[Part], before: Sequence[Plain], after: Sequence[Plain]) -> dict[int, int]:
    """Index before → index after of parts that are the same one. Parts are plain data, blanks left out.

    The same are those that say the same; then those that bear the same name; then those whose name was only reworded.
    One that names another record, code or country than before is another part.
    """
    found: dict[int, int] = {}
    _pair(found, before, after, canonical_json, cls)
    _pair(
        found, before, after, lambda part: tuple(map(part.get, head(cls))) if _name(cls, part) else None, cls
    )
    for n, part in enumerate(before):
        free = [m for m in range(len(after)) if m not in found.values()]
        near = [m for m in free if n not in found and _reworded(cls, part, after[m])]
        if near:
            found[n] = min(near, key=lambda m: abs(m - n))
    return found


def _pair(
    found: dict[int, int],
    before: Sequence[Plain],
    after: Sequence[Plain],
    key: Callable[[Plain], Hashable],
    cls: type[Part],
) -> None:
    """Pair those that are still free and have a key in common; of several, those that say most in common."""
    taken = set(found.values())
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    for m, part in enumerate(after):
        if m not in taken and key(part) is not None:
            by_key[key(part)].append(m)
    close: Iterable[tuple[int, int, int, int]] = (
        (-_common(cls, part, after[m]), abs(n - m), n, m)
        for n, part in enumerate(before)
        if n not in found
        for m in by_key.get(key(part), ())
    )
    for _, _, n, m in sorted(close):
        if n not in found and m not in taken:
            found[n] = m
            taken.add(m)


def _common(cls: type[Part], one: Plain, other: Plain) -> int:
    return sum(f.name in one and one[f.name] == other.get(f.name) for f in fields(cls))


def _name(cls: type[Part], part: Plain) -> str:
    return " ".join(str(part[name]) for name in head(cls) if name in part)


def _reworded(cls: type[Part], one: Plain, other: Plain) -> bool:
    """Whether nothing that identifies a part changed, and the words of its name are alike or something else is the same."""
    from rapidfuzz import fuzz

    naming = [f for f in fields(cls) if f.name in head(cls)]
    if any(
        _identifies(f) and f.name in one and f.name in other and one[f.name] != other[f.name] for f in naming
    ):
        return False
    return _common(cls, one, other) > 0 or fuzz.ratio(_name(cls, one), _name(cls, other)) >= _ALIKE


def _identifies(said: FieldSaid) -> bool:
    return said.shape != "text"
