"""`ropa sql`: answers questions, and cannot write however it is asked."""

import signal

import pytest

from ropa.store.open import open_store
from ropa.store.query import query
from tests.cli.running import Inside

ENDLESS = "with recursive a(n) as (select 1 union all select n + 1 from a) select count(*) from a"


def test_a_question_is_answered_in_three_forms(example: Inside) -> None:
    """A table, JSON with a key for each column, CSV that no spreadsheet runs."""
    words = "select ref, name from activity where ref = 'PA-0001'"
    assert "PA-0001  Payroll" in example("sql", words).out
    assert example("sql", words, "--json").json == [{"ref": "PA-0001", "name": "Payroll"}]
    assert (
        example("sql", "select '=1+1' as a, null as b, x'00ff' as c", "--csv").out == "a,b,c\n'=1+1,,00ff\n"
    )
    twice = example("sql", "select 1 as a, 'x' as a, 2.5 as b", "--json").json
    assert twice == [{"a": 1, "a_2": "x", "b": 2.5}]
    assert example("sql", "select 1 where 0").err == "No rows.\n"
    assert "\x1b" not in example("sql", "select char(27) || '[31m'").out


def test_alone_it_lists_tables_and_columns(example: Inside) -> None:
    """Each of them can be asked as it stands."""
    listed = {row["table"]: row["columns"].split(", ") for row in example("sql", "--json").json}
    assert "status" in listed["activity"]
    assert {"owner", "position", "organisation"} <= set(listed["activity_recipients"])
    for name, columns in listed.items():
        quoted = ", ".join(f'"{column}"' for column in columns)
        assert example("sql", f'select {quoted} from "{name}" limit 1').code == 0


@pytest.mark.parametrize(
    "words",
    [
        "delete from activity",
        "with x as (select 1) update activity set name = 'x'",
        "insert into activity (ref, name, status) values ('PA-9999', 'x', 'draft')",
        "drop table activity",
        "create temp table t (a)",
        "attach 'other.db' as other",
        "vacuum into 'copy.db'",
        "vacuum",
        "pragma writable_schema = 1",
        "pragma query_only = off",
        "begin immediate",
        "select 1; delete from activity",
        "select load_extension('x')",
        "",
        "/* nothing */",
        "select",
        "select ? from activity",
        "select zeroblob(2000000000)",
    ],
)
def test_whatever_is_no_question_is_refused_in_one_line(example: Inside, words: str) -> None:
    """No byte of the register changes, and no file appears."""
    before = example.register.read_bytes()
    if words:
        example.refused("sql", words)
    assert example.register.read_bytes() == before
    found = {path.name for path in example.folder.rglob("*.db*")}
    assert found == {"register.db"}


def test_a_mistyped_name_gets_the_nearest(example: Inside) -> None:
    """Tables and columns."""
    assert "Did you mean activity" in example.refused("sql", "select * from activty")
    assert "Did you mean name?" in example.refused("sql", "select naem from activity")


def test_ctrl_c_ends_a_question_without_an_end(example: Inside) -> None:
    """The database is at work and never comes back by itself; an interruption is heard all the same."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with pytest.raises(KeyboardInterrupt):
            query(open_store(str(example.register)), ENDLESS)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_register_named_by_url_cannot_be_written_either(example: Inside) -> None:
    """The file behind the URL is opened read-only too."""
    store = open_store(f"sqlite:///{example.register}")
    assert query(store, "select count(*) from activity")[1] == [(29,)]
    assert "only questions" in example.refused("sql", "delete from activity", "--db", store.place)
