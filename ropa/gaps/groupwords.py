"""A group of gaps in words: under which heading it stands, and which records it concerns."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ropa.gaps.grouping import Group
from ropa.words import listing

_EXPIRED = "RAN OUT: act first"
_TITLES = {
    "missing": "MISSING: the law asks for it",
    "risk": "AT RISK: a person must look",
    "quality": "QUALITY: wording and upkeep",
}


def headed(groups: Sequence[Group]) -> Iterator[tuple[str, list[Group]]]:
    """The groups under their headings: what ran out first, then by severity; within these their own order stays."""
    for heading, under in groupby(sorted(groups, key=_rank), key=heading_of):
        yield heading, list(under)


def heading_of(group: Group) -> str:
    """The heading under which a group stands."""
    return _EXPIRED if group.expired else _TITLES[group.severity]


def _rank(group: Group) -> int:
    return -1 if group.expired else list(_TITLES).index(group.severity)


def where(group: Group) -> str:
    """Which records: names where they are few, the number and the first refs where they are many."""
    drafts = _drafts(group)
    if group.count <= 2:
        return listing([f"{ref} {name}" for ref, name in zip(group.refs, group.names, strict=True)]) + drafts
    more = f" and {group.more} more" if group.more else ""
    return f"{group.count} {group.noun}{drafts} ({', '.join(group.refs)}{more})"


def _drafts(group: Group) -> str:
    if not group.drafts:
        return ""
    if group.drafts < group.count:
        return ", one of them a draft" if group.drafts == 1 else f", {group.drafts} of them drafts"
    return {1: ", draft", 2: ", both drafts"}.get(group.count, ", all drafts")


def closing(group: Group) -> str:
    """What its command closes, where that is not all of it."""
    if group.closes >= group.count:
        return ""
    further = "it takes several refs" if group.together else "each wants words or numbers of its own"
    return f"closes {group.closes} of {group.count}; {further}"
