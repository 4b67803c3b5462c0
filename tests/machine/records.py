"""Records as plain dicts, and what the register promises of them, said a second time: nothing here is ropa's.

A register is a dict: (kind, ref) → what the record says, as `show --json` gives it, without the ref.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str]
Said = dict[str, Any]
State = dict[Key, Said]

NAMES = {
    "Mail tool": ("mail-tool", "mail tool"),
    "MAIL TOOL": ("mail-tool", "mail tool"),
    "Zürich Büro": ("zurich-buro", "zurich buro"),
    "Straße 9": ("strasse-9", "strasse 9"),
    "名前 名前": ("", "名前 名前"),
    "[bold]Big[/bold] Co": ("bold-big-bold-co", "bold big bold co"),
    "O'Neil & Sons": ("o-neil-sons", "o neil sons"),
}
"""A name, the ref that is made of it, and what all its spellings have in common."""


@dataclass(frozen=True)
class Kind:
    """What the machine uses of a kind: fields of one text, of one ref, of refs, of words, of parts; part → its fields."""

    noun: str
    plural: str
    texts: tuple[str, ...] = ()
    ref: Mapping[str, str] = field(default_factory=dict)
    refs: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ("tags",)
    parts: Mapping[str, "Part"] = field(default_factory=dict)
    starts: Mapping[str, Any] = field(default_factory=dict)
    own: tuple[str, ...] = ("statements", "provenance", "aliases", "notes")


@dataclass(frozen=True)
class Part:
    """main: the field that a bare word stands for. Its other fields are texts, or refs of a kind."""

    main: str
    texts: tuple[str, ...] = ()
    ref: Mapping[str, str] = field(default_factory=dict)


KINDS: Mapping[str, Kind] = {
    "organisation": Kind(
        "vendor",
        "organisations",
        texts=("address", "notes"),
        ref={"parent": "organisation"},
        parts={"sub_processors": Part("organisation", ("service",), {"organisation": "organisation"})},
        starts={"ours": False},
    ),
    "data_category": Kind("data", "data_categories", texts=("description",), ref={"parent": "data_category"}),
    "retention_rule": Kind("retention", "retention_rules", texts=("ground", "notes")),
    "measure": Kind("measure", "measures", texts=("description", "notes")),
    "system": Kind(
        "system",
        "systems",
        texts=("description",),
        ref={"vendor": "organisation"},
        refs={"measures": "measure"},
    ),
    "activity": Kind(
        "activity",
        "activities",
        texts=("owner", "department"),
        ref={"entity": "organisation", "replaced_by": "activity"},
        refs={"systems": "system", "measures": "measure"},
        parts={
            "purposes": Part("text", ("text", "law")),
            "data": Part(
                "category", ("description",), {"category": "data_category", "retention": "retention_rule"}
            ),
            "recipients": Part("organisation", ("what_for",), {"organisation": "organisation"}),
        },
        starts={"status": "draft"},
        own=("statements", "provenance", "aliases", "notes", "replaced_by"),
    ),
    "waiver": Kind("", "waivers", texts=("reason",)),
}


def mentions(kind: str, said: Said) -> Iterator[tuple[str, str, str]]:
    """Path, kind and ref of each record that one names."""
    own = KINDS[kind]
    for name, named in own.ref.items():
        if name in said:
            yield name, named, said[name]
    for name, named in own.refs.items():
        for n, ref in enumerate(said.get(name, ()), 1):
            yield f"{name}.{n}", named, ref
    for name, part in own.parts.items():
        for n, one in enumerate(said.get(name, ()), 1):
            for inner, named in part.ref.items():
                if inner in one:
                    yield f"{name}.{n}.{inner}", named, one[inner]


def renamed(key: Key, said: Said, kind: str, old: str, new: str) -> tuple[Key, Said]:
    """A record after that one got another ref."""

    def at(own: Mapping[str, str], of: Said) -> Said:
        return {name: new if own.get(name) == kind and value == old else value for name, value in of.items()}

    own = KINDS[key[0]]
    said = at(own.ref, said)
    for name, named in own.refs.items():
        if named == kind and name in said:
            said[name] = [new if ref == old else ref for ref in said[name]]
    for name, part in own.parts.items():
        if name in said:
            said[name] = [at(part.ref, one) for one in said[name]]
    if key[0] == "waiver" and (said["record_kind"], said["record"]) == (kind, old):
        said["record"], said["name"] = new, said["name"].replace(f" of {old} ", f" of {new} ", 1)
    return (kind, new) if key == (kind, old) else key, said


def all_renamed(state: State, kind: str, old: str, new: str) -> State:
    """The register after a record got another ref."""
    return dict(renamed(key, said, kind, old, new) for key, said in state.items())


def renames(before: State, after: State) -> dict[Key, Key]:
    """New key → old key of the records that went and came in one step and say the same."""
    gone = [key for key in before if key not in after]
    new = [key for key in after if key not in before]
    return {
        to: of for of in gone for to in new
        if of[0] == to[0] and renamed(of, before[of], of[0], of[1], to[1]) == (to, after[to])
    }  # fmt: skip


def dangling(state: State, keys: Iterator[Key] | None = None) -> bool:
    """Whether one of these records names one that is not there."""
    return any(
        (named, ref) not in state
        for key in (state if keys is None else keys)
        if key in state
        for _, named, ref in mentions(key[0], state[key])
    )


def contradictions(key: Key, said: Said, state: State, day: str) -> set[tuple[Any, ...]]:
    """What cannot be right in a record."""
    kind, ref = key
    found: set[tuple[Any, ...]] = {
        ("itself", path) for path, named, other in mentions(kind, said) if (named, other) == key
    }
    for name, named in KINDS[kind].ref.items():
        chain, above = [ref], said.get(name) if named == kind else None
        while above and above not in chain:
            chain.append(above)
            above = state.get((kind, above), {}).get(name)
        if above == ref and len(chain) > 1:
            found.add(("circle", name, *chain))
    start, end = said.get("started_on", ""), said.get("ended_on", "")
    if start and end and end < start:
        found.add(("order", start, end))
    elif end and end < day and said.get("status") == "active":
        found.add(("active", end))
    return found


def without(state: State, leave: Callable[[Key], bool]) -> State:
    """The register without some of its records."""
    return {key: said for key, said in state.items() if not leave(key)}
