"""`ropa` alone: what is here, and what to do next. Read from the file in a few milliseconds; the whole morning is in `ropa status`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ropa.store.names import Names


def begin() -> None:
    """Say whether a register is here, what it holds and who changed it last; else how to begin."""
    import os

    from ropa.cli.console import safe
    from ropa.cli.session import where
    from ropa.errors import Refused
    from ropa.store.names import Names

    print("ropa keeps the records of processing activities that GDPR Article 30 asks for.\n")
    try:
        place = where(os.environ.get("ROPA_DB", ""))
    except Refused:
        print("There is no register in this folder or above it.\n")
        _do(_FIRST)
        return
    names = Names(place)
    counts = names.counts(_COUNTED)
    print(safe(f"Register   {place}"))
    print("".join(f"{safe(line)}\n" for line in _here(names, counts)))
    if not counts or counts["activity"]:
        _do(_NEXT)
    else:
        _do(_EMPTY if counts["organisation"] else (_OWN, *_EMPTY))


_WIDE = 79
_COUNTED = ("activity", "organisation", "system", "notice")
_FIRST = (
    ("ropa init --name 'Acme GmbH' --country DE", "a new register in this folder"),
    ("ropa init --example", "or one filled with an invented organisation, to look around"),
    ("ropa gaps privacy-notice.html", "or what a notice leaves open, without any register"),
)
_OWN = ("ropa entity add 'Acme GmbH' country=DE", "say whose register it is")
_EMPTY = (
    ("ropa import privacy-notice.html", "let your own notice fill it: preview, then yes or no"),
    ("ropa activity add 'Payroll'", "or begin with one activity"),
)
_NEXT = (
    ("ropa status", "what is open and what falls due today"),
    ("ropa activity list", "the activities"),
    ("ropa find newsletter", "anything that is recorded"),
    ("ropa help", "what a field wants, with its law"),
)


def _here(names: "Names", counts: Mapping[str, int]) -> list[str]:
    """What it holds and the last change, a line each; how to find out where it cannot be read from its file alone."""
    from ropa.cli.completing.words import known

    plurals = known()["plurals"]
    if not counts:
        return ["           It cannot be read just now. What is wrong with it: ropa status"]
    held = [f"{n} {plurals[kind][n != 1]}" for kind, n in counts.items() if n]
    lines = [f"Holds      {', '.join(held)}" if counts["activity"] else "Holds      no activities yet"]
    if last := names.last():
        number, at, actor, why = last
        what = " ".join(why.split())
        line = f"Last       r{number}, {at[:16].replace('T', ' ')} UTC, {actor}: {what}"
        lines.append(line if len(line) <= _WIDE else line[: _WIDE - 1] + "…")
    return lines


def _do(steps: tuple[tuple[str, str], ...]) -> None:
    wide = max(len(command) for command, _ in steps)
    print("Next:")
    print(
        "".join(f"  {command:<{wide}}  {what}\n" for command, what in steps) if wide < 30 else _apart(steps)
    )
    print("All commands: ropa --help")


def _apart(steps: tuple[tuple[str, str], ...]) -> str:
    return "".join(f"  {command}\n      {what}\n" for command, what in steps)
