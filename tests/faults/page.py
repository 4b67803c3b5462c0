"""The table of docs/reliability.md, out of what the tests of faults tried: `python -m tests.faults.page` (`make reliability`)."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli.running import TREE
from tests.faults.tally import FOLDER, ROWS, Row, tallied

PAGE = TREE / "docs" / "reliability.md"
BEGIN, END = "<!-- made by: make reliability -->\n", "<!-- end -->\n"


def table(found: Mapping[str, Row]) -> str:
    """The table, a group after the other."""
    lines = ["| fault | at | points tried | lost |", "|---|---|--:|--:|"]
    group = ""
    for name, (kind, what) in ROWS.items():
        lines.append(
            f"| {'' if kind == group else kind} | {what} | {found[name].tried:,} | {found[name].lost} |"
        )
        group = kind
    return "\n".join(lines) + "\n"


def shown() -> str:
    """The table as the page has it."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def main() -> int:
    """Run the tests, and write what they found; also where something was lost, but not where a row is missing."""
    with TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "pytest", "--quiet", "-n", "auto", "tests/faults", "-k", "not page"]
        code = subprocess.run(words, cwd=TREE, env={**os.environ, FOLDER: folder}, check=False).returncode
        found = tallied(Path(folder))
    if missing := [name for name in ROWS if name not in found]:
        print(f"No test told of: {', '.join(missing)}. {PAGE.name} stays as it is.", file=sys.stderr)
        return 1
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{table(found)}{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(f"wrote docs/{PAGE.name}")
    return code


if __name__ == "__main__":
    sys.exit(main())
