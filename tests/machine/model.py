"""The register as a dict and its past as a list of dicts: what each command has to do, in the plainest Python.

A command of the model returns what the real one has to answer: DONE, NOTHING (nothing to write), REFUSED. It changes the model
only when it is DONE.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.machine.records import (
    KINDS,
    NAMES,
    Key,
    Said,
    State,
    all_renamed,
    contradictions,
    dangling,
    mentions,
    renames,
    without,
)

WHO = "Head of Privacy"
"""Who makes the changes."""
DONE, NOTHING, REFUSED, UNSURE = "done", "nothing", "refused", "unsure"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class No(Exception):
    """The command is refused."""


@dataclass(frozen=True)
class Manner:
    """How a command is given."""

    yes: bool = True
    dry: bool = False

    @property
    def words(self) -> list[str]:
        return ["--yes"] * self.yes + ["--dry-run"] * self.dry


@dataclass(frozen=True)
class Setting:
    """FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE. value: a text, or for a part that is added a dict."""

    path: str
    sign: str
    value: Any


@dataclass
class Model:
    """The register now, and as it was after each revision; past[0] is the one before the first."""

    state: State = field(default_factory=dict)
    past: list[State] = field(default_factory=lambda: [{}])

    @property
    def revision(self) -> int:
        return len(self.past) - 1

    def refs(self, kind: str) -> list[str]:
        return [ref for own, ref in self.state if own == kind]

    def write(self, after: State, manner: Manner, day: str, *, own: bool = True) -> str:
        """own: whether the records are written here and now, and so must not contradict themselves anew."""
        before = self.state
        changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        if not changed:
            return NOTHING
        joined = renames(before, after)
        for key in changed if own else ():
            was = joined.get(key, key)
            old = contradictions(was, before[was], after, day) if was in before else set()
            if key in after and contradictions(key, after[key], after, day) - old:
                return REFUSED
        if manner.dry:
            return NOTHING
        if len(changed) - len(joined) > 1 and not manner.yes:
            return REFUSED
        if dangling(after):
            return REFUSED
        self.state = after
        self.past.append(after)
        return DONE

    # What a person types

    def add(self, kind: str, name: str, settings: Sequence[Setting], manner: Manner, day: str) -> str:
        said: Said = {"name": name, **KINDS[kind].starts}
        try:
            said = self._set(kind, said, settings, before=None)
        except No:
            return REFUSED
        return self.write({**self.state, (kind, self._free(kind, name)): said}, manner, day)

    def set(
        self, kind: str, refs: Sequence[str], settings: Sequence[Setting], manner: Manner, day: str
    ) -> str:
        after = dict(self.state)
        try:
            for ref in refs:
                said = self._known(kind, ref)
                after[kind, ref] = self._set(kind, said, settings, before=said)
        except No:
            return REFUSED
        return self.write(after, manner, day)

    def rename(self, kind: str, ref: str, new: str, manner: Manner, day: str) -> str:
        if (kind, ref) not in self.state:
            return REFUSED
        if kind != "activity" and SLUG.fullmatch(new):
            if new == ref:
                return NOTHING
            if (kind, new) in self.state:
                return REFUSED
            return self.write(all_renamed(self.state, kind, ref, new), manner, day)
        after = {**self.state, (kind, ref): {**self.state[kind, ref], "name": new}}
        return self.write(after, manner, day)

    def copy(self, kind: str, ref: str, name: str, manner: Manner, day: str) -> str:
        if (kind, ref) not in self.state:
            return REFUSED
        of, days = self.state[kind, ref], ("started_on", "ended_on")
        said = {f: v for f, v in of.items() if f not in KINDS[kind].own and f not in days}
        source = f"copy of {ref} {of['name']}, r{self.revision}"
        said |= {"name": name, "provenance": [{"source": source}], **KINDS[kind].starts}
        return self.write({**self.state, (kind, self._free(kind, name)): said}, manner, day, own=False)

    def remove(self, kind: str, refs: Sequence[str], why: str, manner: Manner, day: str) -> str:
        going = {(kind, ref) for ref in refs}
        if not going <= self.state.keys() or not (why or manner.dry):
            return REFUSED
        left = without(self.state, going.__contains__)
        if any((named, ref) in going for key in left for _, named, ref in mentions(key[0], left[key])):
            return REFUSED
        after = without(left, lambda k: k[0] == "waiver" and self._waived(k) in going)
        return self.write(after, manner, day)

    def end(self, ref: str, on: str, manner: Manner, day: str) -> str:
        said = self.state.get(("activity", ref))
        if said is None or (not on and "ended_on" in said):
            return REFUSED
        after = {**said, "status": "ended", "ended_on": on or day}
        return self.write({**self.state, ("activity", ref): after}, manner, day)

    def state_owner(self, ref: str, reason: str, manner: Manner, day: str) -> str:
        """`activity state REF owner`: it does not apply."""
        said = self.state.get(("activity", ref))
        if said is None or " " not in reason:
            return REFUSED
        statement = {"about": "owner", "says": "does not apply", "reason": reason, "by": WHO, "on": day}
        if "owner" in said and statement not in said.get("statements", ()):
            return REFUSED
        return self.write({**self.state, ("activity", ref): {**said, "statements": [statement]}}, manner, day)

    def waive(self, rule: str, ref: str, reason: str, manner: Manner, day: str) -> str:
        said = self.state.get(("activity", ref))
        if said is None or not reason:
            return REFUSED
        waiver = {
            "name": f"{rule} of {ref} {said['name']}",
            "rule": rule,
            "record_kind": "activity",
            "record": ref,
            "reason": reason,
            "by": WHO,
            "on": day,
        }
        return self.write({**self.state, ("waiver", self._free("waiver", "")): waiver}, manner, day)

    def unwaive(self, rule: str, ref: str, manner: Manner, day: str) -> str:
        key = ("activity", ref)
        going = {k for k in self.state if k[0] == "waiver" and self._waived(k) == key}
        going = {k for k in going if self.state[k]["rule"] == rule}
        if key not in self.state or not going:
            return REFUSED
        return self.write(without(self.state, going.__contains__), manner, day)

    def bring(self, records: State, manner: Manner, day: str) -> str:
        """`import` of records, which may name each other and nothing else."""
        if dangling(records):
            return REFUSED
        return self.write({**self.state, **records}, manner, day, own=False)

    def stale(self, revision: int, key: Key, notes: str, day: str) -> str:
        """A commit of somebody who looked at an older revision."""
        then = self.past[revision][key]
        if then.get("notes") == notes:
            return NOTHING
        if any(state.get(key) != then for state in self.past[revision:]):
            return REFUSED
        return self.write({**self.state, key: {**then, "notes": notes}}, Manner(), day, own=False)

    def undo(self, number: int, why: str, manner: Manner, day: str) -> str:
        """UNSURE where the same list was changed again since: then parts are told apart by likeness, which is not modelled."""
        number = number or self.revision
        if not 0 < number <= self.revision:
            return REFUSED
        try:
            after, sure = self._taken_back(self.past[number], self.past[number - 1])
        except No:
            return REFUSED
        if not sure:
            return UNSURE
        changed = [key for key in {**self.state, **after} if self.state.get(key) != after.get(key)]
        if not changed:
            return NOTHING
        if dangling(after) or not (why or manner.dry):
            return REFUSED
        return self.write(after, manner, day, own=False)

    def restore(self, revision: int) -> None:
        """A backup of that revision takes the register's place."""
        self.past = self.past[: revision + 1]
        self.state = self.past[-1]

    # How it is done

    def _taken_back(self, base: State, theirs: State) -> tuple[State, bool]:
        ours, sure = self.state, True
        for (kind, new), (_, old) in renames(theirs, base).items():
            if (kind, new) not in ours or (kind, old) in ours:
                raise No
            ours, base = (all_renamed(state, kind, new, old) for state in (ours, base))
        merged = dict(ours)
        for key in {**base, **theirs}:
            was, wanted, here = base.get(key), theirs.get(key), ours.get(key)
            if wanted in (was, here):
                continue
            if here == was:
                merged.pop(key, None)
                if wanted is not None:
                    merged[key] = wanted
            elif was is None or wanted is None or here is None:
                raise No
            else:
                merged[key], certain = _union(was, here, wanted)
                sure = sure and certain
        return merged, sure

    def _waived(self, waiver: Key) -> Key:
        said = self.state[waiver]
        return said["record_kind"], said["record"]

    def _known(self, kind: str, ref: str) -> Said:
        if (kind, ref) not in self.state:
            raise No
        return self.state[kind, ref]

    def _free(self, kind: str, name: str) -> str:
        taken = self.refs(kind)
        if kind in ("activity", "waiver"):
            prefix = {"activity": "PA-", "waiver": "W-"}[kind]
            return f"{prefix}{max((int(ref.removeprefix(prefix)) for ref in taken), default=0) + 1:04d}"
        base = NAMES[name][0] or kind.replace("_", "-")
        return next(ref for n in range(1, 999) if (ref := base if n == 1 else f"{base}-{n}") not in taken)

    def _set(self, kind: str, said: Said, settings: Sequence[Setting], *, before: Said | None) -> Said:
        said = {name: list(value) if isinstance(value, list) else value for name, value in said.items()}
        for one in settings:
            self._assign(kind, said, one)
        for one in settings:
            if one.sign == "+=":
                said[one.path] = _once((before or {}).get(one.path, []), said[one.path])
        # What the command takes away again itself names nothing any more: only what stays is held against the register.
        for name, named in KINDS[kind].refs.items():
            if any((named, ref) not in self.state for ref in said.get(name, [])):
                raise No
        return {name: value for name, value in said.items() if value not in ("", [])}

    def _assign(self, kind: str, said: Said, one: Setting) -> None:
        own, present = KINDS[kind], said.get(one.path, [])
        if isinstance(one.value, str) and "\x1b" in one.value:
            raise No
        if "." in one.path:
            self._assign_inside(kind, said, one)
        elif one.path in own.words or one.path in own.refs or one.path in own.parts:
            if one.sign == "-=":
                said[one.path] = self._less(kind, said, one)
                return
            new = [one.value] if one.value else []
            if one.path in own.refs:
                new = [self._named(own.refs[one.path], ref, unless_unknown=True) for ref in new]
            elif one.path in own.parts:
                new = [self._part(own.parts[one.path], part) for part in new]
            said[one.path] = present + new if one.sign == "+=" else new
        elif one.sign != "=":
            raise No
        else:
            named = own.ref.get(one.path)
            said[one.path] = self._named(named, one.value) if named and one.value else one.value

    def _assign_inside(self, kind: str, said: Said, one: Setting) -> None:
        name, number, inner = one.path.split(".")
        present, part = said.get(name, []), KINDS[kind].parts[name]
        if not 0 < int(number) <= len(present):
            raise No
        value = one.value
        if inner in part.ref:
            value = self._named(part.ref[inner], value)
        new = {**present[int(number) - 1], inner: value}
        said[name][int(number) - 1] = {key: v for key, v in new.items() if v not in ("", [])}

    def _less(self, kind: str, said: Said, one: Setting) -> list[Any]:
        present = list(said.get(one.path, []))
        part = KINDS[kind].parts.get(one.path)
        if part and one.value.isdigit():
            gone = int(one.value) - 1
        else:
            alike = [n for n, v in enumerate(present) if (v.get(part.main) if part else v) == one.value]
            gone = alike[0] if alike else -1
        if not 0 <= gone < len(present):
            raise No
        present.pop(gone)
        if one.path == "purposes":
            said["data"] = [_renumbered(line, gone + 1) for line in said.get("data", [])]
        return present

    def _part(self, part: Any, given: Said) -> Said:
        return {f: self._named(part.ref[f], v) if f in part.ref else v for f, v in given.items()}

    def _named(self, kind: str, words: str, *, unless_unknown: bool = False) -> str:
        """The ref that words mean: a ref, or the name of one record. unless_unknown: the words themselves if they mean none."""
        if (kind, words) in self.state:
            return words
        fold = NAMES.get(words, ("", ""))[1]
        called = [ref for ref in self.refs(kind) if fold and NAMES[self.state[kind, ref]["name"]][1] == fold]
        if len(called) == 1:
            return called[0]
        if called or not unless_unknown:
            raise No
        return words


def _renumbered(line: Said, gone: int) -> Said:
    """A line of data after purpose `gone` went."""
    if "purposes" not in line:
        return line
    left = [n - (n > gone) for n in line["purposes"] if n != gone]
    if not left:
        raise No
    return {**line, "purposes": left}


def _once(was: list[Any], now: list[Any]) -> list[Any]:
    """A list without what was added though it stands there already."""
    kept: list[Any] = []
    for one in now:
        stood = was.count(one) > kept.count(one)
        if stood or not any(_within(one, other) for other in kept):
            kept.append(one)
    return kept


def _within(one: Any, other: Any) -> bool:
    """Whether the other says all that this one says."""
    if not isinstance(one, dict):
        return bool(one == other)
    return all(other.get(name) == value for name, value in one.items())


def _union(base: Said, ours: Said, theirs: Said) -> tuple[Said, bool]:
    """Ours with what changed from base to theirs, and whether that is certain."""
    merged, sure = dict(ours), True
    both = {f for f in {**ours, **theirs, **base} if ours.get(f) != base.get(f) != theirs.get(f)}
    for name in {**base, **theirs}:
        if theirs.get(name) == base.get(name) or ours.get(name) == theirs.get(name):
            continue
        if name not in both:
            merged.pop(name, None)
            if name in theirs:
                merged[name] = theirs[name]
        elif isinstance(base.get(name, ours.get(name)), list):
            sure = False
        else:
            raise No
    numbered = {"purposes", "data"}
    moved = (
        {f for f in numbered if base.get(f) != ours.get(f)},
        {f for f in numbered if base.get(f) != theirs.get(f)},
    )
    return merged, sure and not all(moved)
