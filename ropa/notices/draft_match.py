"""Which entry of a changed notice is which entry of the notice as it was."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ropa.notices.draft_desk import same, words_of
from ropa.notices.draft_names import Entry
from ropa.notices.reading import StatedPurpose

_MOST_ALIGNED = 2_000
"""Entries beyond which order is left to chance: aligning grows with the square of them, and no real notice has so many."""
_MOST_COMPARED = 250_000
"""Pairs of changed entries that are compared at the most."""

Items = frozenset[tuple[str, str]]


def matched(old: Sequence[Entry], new: Sequence[Entry]) -> dict[int, int]:
    """Place of a new entry → place of the old one that it is: equal content first, then in order, then the likest.

    An entry that shares less than half of what it says with any that is left is a new one: to take it for another would
    put what a person wrote about the one on the other.
    """
    before, after = [_items(entry) for entry in old], [_items(entry) for entry in new]
    pairs = _equal_in_order(before, after)
    free = [n for n in range(len(old)) if n not in set(pairs.values())]
    by_content: dict[Items, list[int]] = {}
    for n in reversed(free):
        by_content.setdefault(before[n], []).append(n)
    for n, items in enumerate(after):
        if n not in pairs and by_content.get(items):
            pairs[n] = by_content[items].pop()
    taken = set(pairs.values())
    return pairs | _likest(
        {n: before[n] for n in free if n not in taken},
        {n: items for n, items in enumerate(after) if n not in pairs},
    )


def _equal_in_order(before: Sequence[Items], after: Sequence[Items]) -> dict[int, int]:
    if max(len(before), len(after)) > _MOST_ALIGNED:
        return {n: n for n, (was, now) in enumerate(zip(before, after, strict=False)) if was == now}
    blocks = SequenceMatcher(a=before, b=after, autojunk=False).get_matching_blocks()
    return {block.b + n: block.a + n for block in blocks for n in range(block.size)}


def _likest(before: dict[int, Items], after: dict[int, Items]) -> dict[int, int]:
    """Pairs of changed entries: the likest first, of equal ones those that stand nearest."""
    if len(before) * len(after) > _MOST_COMPARED:
        return {}
    ranked = sorted(
        (-_likeness(was, now), abs(old - new), old, new)
        for old, was in before.items()
        for new, now in after.items()
        if _likeness(was, now) >= 0.5
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, old, new in ranked:
        if old not in taken and new not in pairs:
            pairs[new] = old
            taken.add(old)
    return pairs


def _likeness(was: Items, now: Items) -> float:
    """From 0 to 1: the share of what both say that is equal; 1 too where one service of one company is named in both."""
    named = {item for item in was & now if item[0] in ("service", "company")}
    if len({kind for kind, _ in named}) == 2:
        return 1.0
    return 2 * len(was & now) / (len(was) + len(now)) if was or now else 0.0


def _items(entry: Entry) -> Items:
    """What an entry says, each item with its kind; a term that stands there twice counts twice."""
    if isinstance(entry, StatedPurpose):
        return frozenset({("stated purpose", same(entry.text)), ("handled by", same(entry.service or ""))})
    said = [("data", same(told.text)) for told in entry.data]
    said += [("place", place.code or same(place.text)) for place in entry.places]
    for kind in ("service", "company", "purpose", "legal_basis", "retention", "trackers_duration"):
        if words := words_of(getattr(entry, kind)):
            said.append((kind, same(words)))
    said += [("subjects", same(told.text)) for told in entry.subjects]
    said += [("purposes", same(told.text)) for told in entry.purposes]
    for one in entry.procedures:
        said += [("procedure", same(one.name.text)), ("provider", same(words_of(one.provider)))]
        said += [("mechanism", same(words_of(one.mechanism)))] if one.mechanism else []
    said += (
        [("heading", same(words_of(entry.heading)))]
        if entry.heading and (entry.purposes or entry.in_prose)
        else []
    )
    said += [("description", same(told.text)) for told in entry.description]
    return _counted(said)


def _counted(said: Iterable[tuple[str, str]]) -> Items:
    return frozenset(
        (kind, words if many == 1 else f"{words} ×{many}") for (kind, words), many in Counter(said).items()
    )
