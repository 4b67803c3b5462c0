"""The table of docs/reliability.md is what the tests of faults found."""

import re

from tests.cli.running import TREE
from tests.faults.page import shown, table
from tests.faults.tally import ROWS, Row
from tests.faults.test_disk import COMMANDS, HOW


def test_the_page_has_the_rows_of_the_tests_and_nothing_lost() -> None:
    """Each row that a test fills stands in the page, in order, with a number of points, and nothing lost in it."""
    told = [re.findall(r"([\d,]+) \| (\d+) \|$", line) for line in shown().splitlines()[2:]]
    found = [Row(int(tried.replace(",", "")), int(lost)) for [(tried, lost)] in told]
    assert shown() == table(dict(zip(ROWS, found, strict=True))), "Run: make reliability"
    assert all(row.tried > 0 and row.lost == 0 for row in found)


def test_each_row_has_its_test() -> None:
    """A row whose test is gone would keep its old number for ever."""
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (TREE / "tests/faults").glob("test_*.py")
    )
    of_disks = {f"{fault}-{command}" for fault in HOW for command in COMMANDS}
    assert [name for name in ROWS if f'"{name}"' not in sources and name not in of_disks] == []
