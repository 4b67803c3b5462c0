"""What `ropa log` shows: a few lines a revision, or the same as CSV and JSON."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ropa.cli import console
from ropa.cli.tables import hanging
from ropa.compare import facts
from ropa.model.changewords import Fact, facts_at
from ropa.model.common import Documented
from ropa.model.walk import field_at, mentions
from ropa.store.history import Entry, TakenOut, Touched
from ropa.store.open import Store
from ropa.store.story import Step, names_then, plain_changes, story

_FEW = 3
"""Records of a revision that are named one by one."""
CALLED = {"actor": "who wrote", "why": "reason", "command": "command line"}
"""What a person calls the texts of a revision."""
_COLUMNS = ("revision", "when (utc)", "who", "what", "why", "command")


def of_register(store: Store, entries: Sequence[Entry], *, as_json: bool, as_csv: bool) -> None:
    """Each revision with what it touched."""
    if as_json:
        return console.print_json([_as_plain(entry) for entry in entries])
    if as_csv:
        return _csv(
            (
                entry,
                [_summary(entry.changes, {}) or f"taken out of the history: {_taken_out(entry.redacted)}"],
            )
            for entry in entries
        )
    few = [(entry.revision, one) for entry in entries if len(entry.changes) <= _FEW for one in entry.changes]
    names = names_then(store, [(one.kind, one.ref, number) for number, one in few])
    for entry in entries:
        _head(entry)
        named = {one: names.get((one.kind, one.ref, entry.revision), "") for one in entry.changes}
        if entry.changes:
            console.say(f"    {_summary(entry.changes, named)}")
        if entry.redacted:
            hanging("    Taken out of the history: ", _taken_out(entry.redacted))
    return None if entries else console.talk("No revision fits.")


def of_record(
    record: Documented | None, steps: Sequence[Step], path: str, *, as_json: bool, as_csv: bool
) -> None:
    """Each revision with what it made of a record, or of the field at a path. record: as it is named last."""
    if as_json:
        return console.print_json([_step_as_plain(step, path) for step in steps])
    told = [(step.entry, [_line(fact) for fact in _facts(step, path)]) for step in steps]
    if as_csv:
        return _csv(told)
    if record is None or not steps:
        what = f" of {path}" if path else ""
        return console.talk(f"No revision{what} fits.")
    title = _title_of(record, path)
    console.say(f"{record.ref}  {record.name}{f': {title}' if title else ''}", style="bold")
    for entry, lines in told:
        _head(entry)
        for line in lines:
            hanging("    ", line)
    return None


def of_named(
    store: Store, record: Documented, path: str, wanted: Callable[[Entry], bool], until: Any
) -> None:
    """What became of the records that a record names at a path: a period that is changed in its rule is changed for the record.

    wanted: which revisions are asked for. until: up to which state.
    """
    said = field_at(type(record), path)
    if said is None or not said.names:
        return
    named = dict.fromkeys(m.ref for m in mentions(record) if m.kind == said.names and _is_at(m.path, path))
    changed = []
    for ref in named:
        steps = story(store, said.names, ref, until=until)
        if since := [step for step in steps if step.change.before is not None and wanted(step.entry)]:
            changed.append((steps[0].change.record, since))
    for other, steps in changed[:_FEW]:
        console.say(f"It names {other.ref}  {other.name}, of which was changed:", style="bold")
        for step in steps[:_FEW]:
            _head(step.entry)
            for fact in _facts(step, ""):
                hanging("    ", _line(fact))
        if len(steps) > _FEW:
            console.talk(f"and {len(steps) - _FEW} more: ropa log {other.ref}")
    if len(changed) > _FEW:
        rest = ", ".join(other.ref for other, _ in changed[_FEW:])
        console.talk(f"Changed were also {rest}, which it names: ropa log REF")


def _is_at(found: str, path: str) -> bool:
    return [s for s in found.split(".") if not s.isdecimal()] == [
        s for s in path.split(".") if not s.isdecimal()
    ]


def say_more(many: int, shown: int) -> None:
    """How many revisions there are beyond those that are shown."""
    if many > shown:
        console.talk(f"and {many - shown} more. See them all: --limit {many}")


def _head(entry: Entry) -> None:
    """Number, time and person; under it the reason, or that none was given, with the command."""
    console.say(f"r{entry.revision}  {when(entry.at)}  {entry.actor}", style="bold")
    if entry.why:
        hanging("    Why: ", entry.why)
    else:
        console.say(f"    No reason given: {_short(entry.command)}", style="dim")


def when(at: str) -> str:
    """The time of a revision as a person reads it."""
    return f"{at[:10]} {at[11:16]} UTC"


def _short(command: str, limit: int = 160) -> str:
    return command if len(command) <= limit else f"{command[: limit - 1]}…"


def _title_of(record: Documented, path: str) -> str:
    said = field_at(type(record), path) if path else None
    return f"{said.title} ({path})" if said else ""


def _summary(changes: Sequence[Touched], names: dict[Touched, str]) -> str:
    """What a revision touched: each record where they are few, counts where they are many."""
    if len(changes) <= _FEW:
        return "; ".join(
            f"{' '.join(filter(None, (c.ref, names.get(c))))} {c.op}{f' (was {c.was})' if c.was else ''}"
            for c in changes
        )
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.op] = counts.get(change.op, 0) + 1
    return ", ".join(f"{n} {op}" for op, n in counts.items())


def _taken_out(each: Sequence[TakenOut]) -> str:
    """What a revision redacted: each field of a record with the revisions in which it stood."""
    found: dict[str, list[str]] = {}
    for one in each:
        for field in one.fields:
            found.setdefault(f"{one.ref} {field}" if one.ref else CALLED[field], []).append(
                f"r{one.revision}"
            )
    told = [
        f"{what} ({', '.join(numbers[:_FEW])}{' …' if numbers[_FEW:] else ''})"
        for what, numbers in found.items()
    ]
    return ", ".join(told[:_FEW]) + (f" and {len(told) - _FEW} more" if told[_FEW:] else "")


def _facts(step: Step, path: str) -> Iterator[Fact | str]:
    """What the revision changed, in words."""
    change = step.followed
    if path:
        steps = [one for one in path.split(".") if not one.isdecimal()]
        yield from facts_at(type(change.record), steps, change.before, change.after, step.names)
        return
    if step.change.op in ("removed", "added"):
        yield step.change.op
    if step.change.op == "renamed" and step.change.before is not None:
        yield f"renamed: {step.change.before.ref} → {step.change.record.ref}"
    yield from facts(change, step.names)
    for one in step.anew:
        if one.new != step.change.record.ref and step.change.before is not None:
            yield f"names {one.new}, which was {one.old}"


def _line(fact: Fact | str) -> str:
    return fact if isinstance(fact, str) else fact.line


def _csv(told: Any) -> None:
    """A row a fact."""
    rows = [
        [
            f"r{entry.revision}",
            entry.at[:19].replace("T", " ") + "Z",
            entry.actor,
            line,
            entry.why,
            entry.command,
        ]
        for entry, lines in told
        for line in lines or [""]
    ]
    console.print_csv(_COLUMNS, rows)


def _as_plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON has it: what was not renamed has no ref of old."""
    said = asdict(entry)
    said["redacted"] = [{key: v for key, v in one.items() if v} for one in said["redacted"]]
    if not said["redacted"]:
        del said["redacted"]
    return said | {"changes": [{key: v for key, v in one.items() if v} for one in said["changes"]]}


def _step_as_plain(step: Step, path: str) -> dict[str, Any]:
    """The same of a record, with its name and what changed in its fields."""
    said = _as_plain(step.entry)
    (touched,) = said["changes"]
    return said | {
        "changes": [touched | {"name": step.change.record.name, "fields": plain_changes(step, path)}]
    }
