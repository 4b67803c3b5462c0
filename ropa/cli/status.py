"""`ropa status`: the one screen that a DPO opens in the morning."""

import re
from typing import Any

from ropa.cli.due import DAYS, as_plain, due_and_waivers
from ropa.cli.options import AsJson, AsOf, Db, FactsAsOf, as_of_state, day_of

_FEW = 5
"""Things due that the screen shows."""
_MORE_DUE = " "
"""The name of their lines."""
_LINE = 72
"""Signs of a command that stands on one line of a small screen."""
_OPEN = re.compile(r"…|\b[A-Z]{3,}\b")
"""A word of a command that somebody has to fill in: RULE, DATE."""


def status(as_json: AsJson = False, as_of: AsOf = "", facts_as_of: FactsAsOf = "", db: Db = "") -> None:
    """What is here, gaps by severity, what falls due, the last change, and the next best thing to do.

    Example: ropa status
    """
    from datetime import timedelta

    from ropa.cli import console, tables
    from ropa.cli.factsinuse import say_facts_of_today, use_facts
    from ropa.cli.session import opened, say_unknown
    from ropa.gaps import check, memo
    from ropa.store.history import revision
    from ropa.store.load import load

    store, state = opened(db), as_of_state(as_of)
    register = load(store, state)
    say_unknown(register)
    use_facts(store, register, state, facts_as_of)
    say_facts_of_today(register, state, facts_as_of)
    on = day_of(state, register.at)
    report = check(register, on)
    due = due_and_waivers(register, on, on + timedelta(days=DAYS))
    told = memo(report, register)
    last = revision(store, state)
    what, command = _next(told, register)
    if as_json:
        plain = _as_plain(register, report, told, due, on)
        return console.print_json(plain | {"last": _last_as_plain(last), "next": what, "do": command})
    ours = [o.name for o in register.organisations.values() if o.ours]
    console.say(f"{_whose(ours)}, as of {on}", style="bold")
    tables.pairs(
        [
            ("Records", _counts(register)),
            *_gap_lines(report, told),
            *_due_lines([one for one, waiver in due if not waiver], sum(bool(w) for _, w in due), on),
            *_last(last),
            *[("Facts", note) for note in report.on_facts],
            ("Next", what),
            ("Do", command),
        ],
        whole=("Do",),
        cut=("Due", _MORE_DUE, "Last change"),
    )
    return None


def _as_plain(register: Any, report: Any, told: Any, due: Any, on: Any) -> dict[str, Any]:
    """What is here and what is open, as JSON has it."""
    from ropa.gaps.shares import shares_as_plain

    return {
        "as_of": on.isoformat(),
        "revision": register.revision,
        "hash": register.hash,
        "records": {kind: len(by_ref) for kind, by_ref in register.records.items()},
        "gaps": {severity: dict(counts) for severity, counts in report.summary.items()},
        "score": told.score,
        **shares_as_plain(report, ("department", "entity", "theme")),
        "due": [as_plain(one, waiver, on) for one, waiver in due],
        "facts": {name: day.isoformat() for name, day in report.facts.items()},
        "stale": list(report.stale),
    }


def _last_as_plain(last: Any) -> dict[str, Any] | None:
    if not last:
        return None
    return {"revision": last.revision, "at": last.at, "actor": last.actor, "why": last.why}


def _whose(ours: list[str]) -> str:
    """Whose register it is: the first three by name."""
    if not ours:
        return "A register without an organisation of ours"
    return ", ".join(ours[:3]) + (f" and {len(ours) - 3} more" if len(ours) > 3 else "")


def _counts(register: Any) -> str:
    from ropa.model.activity import Activity
    from ropa.model.calling import called_many, called_one
    from ropa.model.common import Documented
    from ropa.model.organisation import Organisation
    from ropa.model.register import KINDS

    activities = list(register.activities.values())
    by_status = [
        f"{n} {word}"
        for word in ("active", "suspended", "draft", "ended")
        if (n := sum(a.status == word for a in activities))
    ]
    ours = sum(bool(one.ours) for one in register.organisations.values())
    counts: list[tuple[type[Documented], bool | None, int]] = [
        (Organisation, True, ours),
        (Organisation, False, len(register.organisations) - ours),
    ]
    counts += [
        (cls, None, len(register.all(cls))) for cls in KINDS.values() if cls not in (Activity, Organisation)
    ]
    rest = [
        f"{n} {called_one(cls, ours=side) if n == 1 else called_many(cls, ours=side)}"
        for cls, side, n in counts
        if n
    ]
    noun = "activity" if len(activities) == 1 else "activities"
    return (
        f"{len(activities)} {noun}"
        + (f" ({', '.join(by_status)})" if by_status else "")
        + "".join(f", {r}" for r in rest)
    )


def _gap_lines(report: Any, told: Any) -> list[tuple[str, str]]:
    from ropa.cli.gapshares import few

    summary = report.summary
    words = [
        f"{summary[s]['missing']} {word}"
        for s, word in (("missing", "missing"), ("risk", "at risk"), ("quality", "of quality"))
        if summary[s]["missing"]
    ]
    waived = sum(counts["waived"] for counts in summary.values())
    line = ", ".join(words) or told.verdict or "none open"
    lines = [("Gaps", line + (f"; {waived} waived" if waived else ""))]
    full, live = told.full
    if live:
        lines.append(("Answered", f"{told.score} of what the law asks; {full} of {live} records complete"))
    if told.without_basis:
        lines.append(("No basis", f"a purpose without a legal basis in {few(told.without_basis)}"))
    return lines


def _due_lines(due: list[Any], waived: int, on: Any) -> list[tuple[str, str]]:
    """How much is due, and the first of it, a line each. waived: how much more, which a waiver accepts."""
    over = sum(d.on < on for d in due)
    counts = f"{over} overdue, {len(due) - over} more within {DAYS} days"
    accepted = f"; {waived} waived" if waived else ""
    if not due:
        return [("Due", f"nothing is overdue or due within {DAYS} days{accepted}")]
    lines = [f"{d.on} {d.what}: {d.ref} {d.name}" for d in due[:_FEW]]
    rest = "; all, with what to do: ropa due" if len(due) > _FEW else "; what to do: ropa due"
    return [("Due", counts + accepted + rest), *((_MORE_DUE, line) for line in lines)]


def _last(entry: Any) -> list[tuple[str, str]]:
    if entry is None:
        return [("Last change", "none yet")]
    when = entry.at[:16].replace("T", " ")
    return [("Last change", f"r{entry.revision}, {when} UTC, {entry.actor}: {entry.why or entry.command}")]


def _next(told: Any, register: Any) -> tuple[str, str]:
    """The next step, and a command that runs as it stands: one that leaves words open is shown by the report itself."""
    what, _, command = told.next.partition(" Begin with: ")
    if not register.activities and not any(one.ours for one in register.organisations.values()):
        return "Begin: say whose register this is (Art. 30(1)(a)).", "ropa entity add"
    if not register.activities:
        return (
            "Begin: add what you do, or read a privacy notice with ropa import NOTICE.",
            "ropa activity add",
        )
    if not command:
        return what or "Nothing is open. Hand it over.", "ropa gaps" if what else "ropa export"
    if len(command) <= _LINE and not _OPEN.search(command):
        return what, command
    rule = next((group.rule for group in told.groups if command in (group.together, group.do)), "")
    return what, f"ropa gaps --rule {rule}" if rule else "ropa gaps"
