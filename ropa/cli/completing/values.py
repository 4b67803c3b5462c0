"""FIELD=VALUE while it is being typed: which fields there are, and which values fit the field."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ropa.cli.completing.words import fields_of, known
from ropa.store.names import Names

Words = Iterator[tuple[str, str]]
"""Words that may follow, each with its help ("" for none)."""

_EACH = "*"
_TEST = re.compile(r"([a-z0-9_.]+)(!=|=)(.*)$", re.DOTALL)
_VALUE = re.compile(r"([A-Za-z0-9_.*]+)(\+=|-=|=)(.*)$", re.DOTALL)


def of_fields(kind: str, now: str, names: Names, ref: str = "") -> Words:
    """The fields of a kind of record, or the values of the field that stands before "=". ref: of the record, if it is known."""
    if typed := _VALUE.match(now):
        path, sign, value = typed.groups()
        yield from _values(kind, path, sign, value, names)
    else:
        yield from _fields(kind, now, names, ref)


def of_where(kind: str, now: str, names: Names) -> Words:
    """The fields that --where tests, those of parts without a number, or the values of the one before "=" or "!="."""
    if typed := _TEST.match(now):
        path, sign, _ = typed.groups()
        said = _reached(kind, path)
        if said and "part" not in said:
            yield from ((f"{path}{sign}{word}", line) for word, line in values_of(said, names))
            if said.get("shape") == "text" and "." not in path:
                yield from ((f"{path}{sign}{used}", "") for used in names.used(kind, path))
        return
    cls = str(known()["kinds"][kind])
    *steps, _ = now.split(".")
    for step in steps:
        cls = str(fields_of(cls).get(step, {}).get("part", ""))
        if not cls:
            return
    before = "".join(f"{step}." for step in steps)
    for name, said in fields_of(cls).items():
        yield f"{before}{name}{'.' if 'part' in said else '='}", said.get("help", "")


def _fields(kind: str, now: str, names: Names, ref: str) -> Words:
    cls, path = str(known()["kinds"][kind]), ""
    *steps, _ = now.split(".")
    last: Mapping[str, Any] = {}
    for step in steps:
        path += f"{step}."
        if last.get("many") and _is_number(step):
            last = {}
            continue
        last = fields_of(cls).get(step, {})
        if "part" not in last:
            return
        cls = last["part"]
    if last.get("many"):
        parts = names.many(kind, ref, path.rstrip(".")) if ref else 0
        yield from ((f"{path}{n}.", "") for n in range(1, max(parts, 1) + 1))
        yield f"{path}{_EACH}.", "each, or each that fits the filters"
        return
    for name, said in fields_of(cls).items():
        if "part" not in said or "many" in said:
            yield f"{path}{name}{'+=' if 'many' in said else '='}", said.get("help", "")
        if "part" in said:
            yield f"{path}{name}.", said.get("help", "")


def _values(kind: str, path: str, sign: str, value: str, names: Names) -> Words:
    said = _reached(kind, path)
    if said is None:
        return
    if "part" in said:
        said = {**fields_of(said["part"])[said["main"]], "many": ""}
    listed = bool(said.get("many")) and said.get("shape") != "text"
    before, comma, _ = value.rpartition(",") if listed else ("", "", value)
    for word, line in values_of(said, names):
        yield f"{path}{sign}{before}{comma}{word}", line
    if said.get("shape") == "text" and "." not in path and not said.get("many"):
        yield from ((f"{path}{sign}{used}", "") for used in names.used(kind, path))


def _reached(kind: str, path: str) -> Mapping[str, Any] | None:
    cls, found = str(known()["kinds"][kind]), None
    for step in path.split("."):
        if _is_number(step):
            continue
        found = fields_of(cls).get(step)
        if found is None:
            return None
        cls = found.get("part", cls)
    return found


def _is_number(step: str) -> bool:
    """Whether a step of a path stands for parts of a list."""
    return step.isdigit() or step == _EACH


def values_of(said: Mapping[str, Any], names: Names) -> Words:
    """The values that a field can take, where they can be listed."""
    if said.get("list"):
        yield from known()["lists"][said["list"]].items()
    elif said.get("names"):
        yield from refs(said["names"], names, catalogue=True)
    elif said.get("shape") == "country":
        yield from known()["countries"].items()
    elif said.get("shape") == "yes/no":
        yield from (("yes", ""), ("no", ""))


def refs(kind: str, names: Names, *, ours: bool | None = None, catalogue: bool = False) -> Words:
    """Refs with names as their help. catalogue: those of the shipped catalogue after those of the register."""
    own = dict(names.of(kind, ours=ours))
    yield from own.items()
    if catalogue:
        yield from (one for one in known()["catalogue"].get(kind, {}).items() if one[0] not in own)
