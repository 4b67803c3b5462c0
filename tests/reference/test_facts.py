import subprocess
import sys
from datetime import date
from itertools import groupby

import pytest

from ropa.errors import Refused
from ropa.reference.facts import cells, checked, later, read_rows, source_of, stale, table, tables

DAYS = ("since", "until", "adopted", "_on", "_review")


@pytest.mark.parametrize("name", tables())
def test_each_row_says_where_it_comes_from(name: str) -> None:
    """Source, how it was checked and how sure it is; a day of checking just where it was checked."""
    for row in table(name):
        source = source_of(name, row)
        assert source.source
        assert source.sure in ("high", "medium", "low")
        assert source.unchecked == (not source.checked.startswith("verified"))
        assert source.checked_on is None or source.checked_on <= tables()[name].checked_on


@pytest.mark.parametrize("name", tables())
def test_the_key_of_a_table_tells_its_rows_apart(name: str) -> None:
    """No two rows have the same key."""
    keys = sorted(tuple(row[column] for column in tables()[name].key) for row in table(name))
    assert [key for key, rows in groupby(keys) if len(list(rows)) > 1] == []


@pytest.mark.parametrize("name", tables())
def test_days_are_days_and_lists_have_no_empty_members(name: str) -> None:
    """Every cell of a column of days is blank or an ISO 8601 date; no list has a blank member or blanks around one."""
    for row in table(name):
        for column, cell in row.items():
            assert cell == cell.strip()
            if cell and column.endswith(DAYS):
                date.fromisoformat(cell)
            if column in ("aliases", "choices", "cues", "only_for") or column.startswith(
                ("words_", "hints_")
            ):
                assert all(member.strip() == member != "" for member in cells(cell))


def test_every_shipped_table_is_listed() -> None:
    """tables.csv names exactly the tables beside it, so that none lacks a shelf life."""
    from importlib.resources import files

    shipped = {path.name.removesuffix(".csv") for path in (files("ropa.reference") / "data").iterdir()}
    assert shipped == {*tables(), "tables"}


def test_a_table_grows_stale_after_its_shelf_life() -> None:
    """Adequacy keeps one month; a list that holds until it is replaced never grows stale."""
    assert checked("adequacy") == date(2026, 11, 23)
    assert not stale("adequacy", date(2026, 12, 23))
    assert stale("adequacy", date(2026, 12, 24))
    assert not stale("legal_bases", date(2099, 1, 1))


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2026, 11, 30), "P1Y3M2D", date(2028, 3, 2)),
    ],
)
def test_a_duration_ends_on_a_day_that_exists(start: date, duration: str, end: date) -> None:
    """A day that a month lacks becomes its last one."""
    assert later(start, duration) == end


@pytest.mark.parametrize("duration", ["P", "1Y", "P1W2", "soon", ""])
def test_another_form_of_duration_is_refused(duration: str) -> None:
    """Only years, months and days, in ISO 8601."""
    with pytest.raises(Refused, match="not a duration"):
        later(date(2026, 1, 1), duration)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,note\n1,a\n", "facts.csv: the column 'source' is missing"),
        ("", "facts.csv: the column 'id' is missing"),
        ("id,source,source\n1,a,b\n", "facts.csv: the column 'source' is there twice"),
        ("id,source,\n1,a,b\n", "facts.csv: a column has no name"),
        ("id,source\n1\n", "facts.csv line 2: has 1 cells for 2 columns"),
        ('id,source\n1,"a\n', "facts.csv line 2: is not a CSV table"),
    ],
)
def test_an_ill_formed_table_is_refused_by_file_and_column(text: str, said: str) -> None:
    """The refusal names the file and what is wrong in it."""
    with pytest.raises(Refused) as refusal:
        read_rows("facts.csv", text, ("id", "source"))
    assert str(refusal.value).startswith(said)


def test_a_cell_may_hold_line_breaks_of_any_kind() -> None:
    """A line break inside quotation marks, and a Unicode line separator, belong to the cell."""
    assert read_rows("x.csv", 'id\n"a\nb\u2028c"\n', ("id",)) == ({"id": "a\nb\u2028c"},)


def test_importing_the_room_reads_no_table() -> None:
    """`import ropa.reference` loads neither csv nor importlib.resources nor any of its own modules."""
    code = "import sys, ropa.reference; print([m for m in sys.modules if m in ('csv', 'rapidfuzz') or 'reference.' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
