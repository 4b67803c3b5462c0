"""`ropa status`: the one screen that a DPO opens in the morning."""

from typing import Any

from ropa.cli.options import AsJson, AsOf, Db, as_of_state, day_of


def status(as_json: AsJson = False, as_of: AsOf = "", db: Db = "") -> None:
    """What is here, gaps by severity, what falls due, the last change, and the next best thing to do.

    Example: ropa status
    """
    from datetime import timedelta

    from ropa.cli import console, tables
    from ropa.cli.due import DAYS
    from ropa.cli.session import opened
    from ropa.gaps import check, memo
    from ropa.model.due import falls_due
    from ropa.store.history import log
    from ropa.store.load import load

    store, state = opened(db), as_of_state(as_of)
    register = load(store, state)
    on = day_of(state, register.at)
    report = check(register, on)
    due = falls_due(register, on, on + timedelta(days=DAYS))
    told = memo(report, register)
    last = next(iter(log(store, until=state)), None)
    if as_json:
        return console.print_json(
            {
                "as_of": on.isoformat(),
                "revision": register.revision,
                "hash": register.hash,
                "records": {kind: len(by_ref) for kind, by_ref in register.records.items()},
                "gaps": {severity: dict(counts) for severity, counts in report.summary.items()},
                "score": told.score,
                "due": [{"on": d.on.isoformat(), "what": d.what, "ref": d.ref, "name": d.name} for d in due],
                "next": told.next,
            }
        )
    ours = [o.name for o in register.organisations.values() if o.ours]
    console.say(
        f"{', '.join(ours) or 'A register without an organisation of ours'}, as of {on}", style="bold"
    )
    tables.pairs(
        [
            ("Records", _counts(register)),
            *_gap_lines(report, told),
            *_due_lines(due, on),
            *_last(last),
            *_next(told.next or _begin(register)),
        ],
        whole=("Do",),
    )
    return None


def _counts(register: Any) -> str:
    from ropa.model.register import KINDS

    activities = list(register.activities.values())
    by_status = [
        f"{n} {word}"
        for word in ("active", "suspended", "draft", "ended")
        if (n := sum(a.status == word for a in activities))
    ]
    rest = [
        f"{len(by_ref)} {KINDS[kind].plural if len(by_ref) > 1 else KINDS[kind].noun}"
        for kind, by_ref in register.records.items()
        if kind != "activity" and by_ref
    ]
    noun = "activity" if len(activities) == 1 else "activities"
    return (
        f"{len(activities)} {noun}"
        + (f" ({', '.join(by_status)})" if by_status else "")
        + "".join(f", {r}" for r in rest)
    )


def _gap_lines(report: Any, told: Any) -> list[tuple[str, str]]:
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
        lines.append(("Answered", f"{told.score}; {full} of {live} records complete"))
    return lines


def _due_lines(due: list[Any], on: Any) -> list[tuple[str, str]]:
    if not due:
        return [("Due", "nothing in the next 30 days")]
    lines = [f"{d.on}{' (past)' if d.on < on else ''} {d.what}: {d.ref} {d.name}" for d in due[:6]]
    if len(due) > 6:
        lines.append(f"and {len(due) - 6} more")
    return [("Due" if n == 0 else "", line) for n, line in enumerate(lines)]


def _last(entry: Any) -> list[tuple[str, str]]:
    if entry is None:
        return [("Last change", "none yet")]
    when = entry.at[:16].replace("T", " ")
    return [("Last change", f"r{entry.revision}, {when} UTC, {entry.actor}: {entry.why or entry.command}")]


def _begin(register: Any) -> str:
    if not register.activities:
        return "Begin: ropa import NOTICE, or ropa activity add NAME."
    return "Nothing is open. Hand it over: ropa export"


def _next(words: str) -> list[tuple[str, str]]:
    """The next step, and under it the command to copy."""
    what, _, command = words.partition(" Begin with: ")
    return [("Next", what), *([("Do", command)] if command else [])]
