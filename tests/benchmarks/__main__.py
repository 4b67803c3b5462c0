"""`python -m tests.benchmarks [GROUP …] [--full] [--write]`: measure, print, exit 1 where a bound is broken."""

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

from tests.benchmarks.measure import Measured, broken, line
from tests.benchmarks.page import keep

GROUPS = {
    "start": ("Starting a command", "starting:measured"),
    "daily": ("Daily work on 3,000 activities", "daily:measured"),
    "completion": ("Completing a word", "completing:measured"),
    "call": ("A new vendor on the telephone", "calling:measured"),
    "load": ("Loading", "storing:loading"),
    "commit": ("Writing and proving", "storing:committing"),
    "growth": ("Growing", "storing:growing"),
    "history": ("A long history", "history:measured"),
    "memory": ("Memory", "memory:measured"),
    "notices": ("Reading a notice", "reading:measured"),
    "rules": ("Rules", "checking:measured"),
    "export": ("Workbook", "exporting:measured"),
    "home": ("Working workbook", "homing:measured"),
}
"""Word of the command line → the title of the group, and where it is measured."""


def _measure(where: str) -> Callable[[bool], Iterator[Measured]]:
    module, function = where.split(":")
    found: Callable[[bool], Iterator[Measured]] = getattr(
        import_module(f"tests.benchmarks.{module}"), function
    )
    return found


def main() -> int:
    """Run the groups that are asked for, all unless some are named."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    asked.add_argument(
        "groups", nargs="*", metavar="GROUP", help=f"one of {', '.join(GROUPS)}; all unless named"
    )
    asked.add_argument(
        "--full", action="store_true", help="grow to 50,000 activities as well; more rounds of export"
    )
    asked.add_argument("--write", action="store_true", help="keep the figures, and write docs/performance.md")
    words = asked.parse_args()
    if unknown := set(words.groups) - set(GROUPS):
        asked.error(f"no such group: {', '.join(sorted(unknown))}")
    found: dict[str, list[Measured]] = {}
    for group in words.groups or GROUPS:
        title, where = GROUPS[group]
        print(title)
        for one in _measure(where)(words.full):
            found.setdefault(title, []).append(one)
            print("  " + line(one), flush=True)
    if words.write:
        keep(found, full=words.full)
    over = broken([one for each in found.values() for one in each])
    print(f"{len(over)} over: {', '.join(one.name for one in over)}" if over else "Every bound holds.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
