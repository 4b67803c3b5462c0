"""The register as CSV tables in a zip: nothing in a cell runs, and everything comes home equal."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropa.errors import Faults, Refused
from ropa.model.register import Register
from ropa.sheets.csv_tables.read import is_tables, read_tables
from ropa.sheets.csv_tables.shape import MARKER, cell_of, shapes, text_of
from ropa.sheets.layouts import lay_out
from tests.fuzz import often
from tests.sheets.test_article30 import small
from tests.strategies import registers

ON = date(2026, 11, 24)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def tables(content: bytes) -> dict[str, list[list[str]]]:
    """Each table as Python's own reader sees it."""
    with ZipFile(BytesIO(content)) as packed:
        return {
            name: list(csv.reader(StringIO(packed.read(name).decode("utf-8-sig"), newline="")))
            for name in packed.namelist()
            if name.endswith(".csv")
        }


def packed(changed: dict[str, Callable[[bytes], bytes] | None], register: Register | None = None) -> bytes:
    """The zip of the small register with some of its tables changed, or left out."""
    out = BytesIO()
    with ZipFile(BytesIO(lay_out(register or small(), "csv", on=ON))) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            change = changed.get(name, lambda content: content)
            if change is not None:
                new.writestr(name, change(old.read(name)))
    return out.getvalue()


@often(25)
@given(registers())
def test_a_register_comes_home_from_its_tables(register: Register) -> None:
    """Not a sign is lost, changed or taken for another type: = + - @ at the beginning, line ends of every kind, apostrophes."""
    content = lay_out(register, "csv", on=ON)
    assert is_tables(content)
    assert read_tables(content, "r.zip").records == register.records


@settings(max_examples=25, suppress_health_check=SLOW)
@given(registers())
def test_no_cell_begins_as_a_formula(register: Register) -> None:
    """Whatever was typed: a spreadsheet that opens a table runs nothing of it."""
    for rows in tables(lay_out(register, "csv", on=ON)).values():
        for row in rows:
            assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and cell]


@given(st.text())
def test_an_apostrophe_that_was_put_there_is_told_from_one_that_was_typed(text: str) -> None:
    """Any text comes home equal, also one that begins with apostrophes and a sign."""
    assert text_of(cell_of(text)) == text


def test_what_stands_where() -> None:
    """A row a record, a part, a value of a list; ref and number say whose; an empty cell was not said."""
    found = tables(lay_out(small(), "csv", on=ON))
    assert found["activity.csv"][0][:4] == ["ref", "name", "role", "entity"]
    assert found["activity.csv"][1][:4] == ["PA-0001", "Payroll", "controller", "ours"]
    data = [
        dict(zip(found["activity.data.csv"][0], row, strict=True)) for row in found["activity.data.csv"][1:]
    ]
    assert [(one["ref"], one["number"], one["category"], one["retention"]) for one in data] == [
        ("PA-0001", "1", "iban", "tax"),
        ("PA-0001", "2", "sick", ""),
    ]
    assert found["activity.systems.csv"][1:] == [["PA-0001", "1", "hr"]]
    assert found["organisation.dpo.csv"][1][:2] == ["ours", "Office of the DPO"]
    assert "waiver.csv" not in found


def test_the_columns_that_tell_a_row_are_no_fields() -> None:
    """No field of any part is called like one of them: a table would have two columns of one name."""
    for shape in shapes().values():
        assert len({*shape.keys, *shape.columns}) == len(shape.keys) + len(shape.columns), shape.name


def test_an_empty_register_comes_home() -> None:
    """It has no table but the one that says what it is."""
    content = lay_out(Register.of([]), "csv", on=ON)
    assert list(tables(content)) == [MARKER]
    assert len(read_tables(content, "r.zip")) == 0


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({MARKER: replacing(b"\n1,", b"\n2,")}, "form 2"),
        ({"activity.csv": replacing(b"ref,name", b"ref,nmae")}, "Did you mean name?"),
        ({"activity.csv": replacing(b"ref,name", b"name,name")}, "lacks the column ref"),
        ({"activity.csv": replacing(b"PA-0002", b"PA-0001")}, "row 3: stands twice: PA-0001"),
        ({"activity.csv": lambda content: content + b"\xff"}, "not UTF-8"),
        ({"activity.csv": lambda content: content + b'"'}, "no CSV"),
        ({"activity.csv": lambda content: content + b"PA-0009\r\n"}, "row 6: has 1 cells"),
        (
            {"activity.csv": None},
            "activity.purposes.csv, row 2: belongs to a row of activity.csv that is not there",
        ),
        ({"activity.data.csv": replacing(b"PA-0001,2", b"PA-0001,3")}, "number 3 where 2 is wanted"),
        ({"activity.csv": replacing(b"controller", b"kontroller")}, "'kontroller' is not one of"),
        ({"data_category.csv": replacing(b"\niban,", b"\nother,")}, "'iban', which is not there"),
    ],
)
def test_what_was_spoilt_is_refused_with_its_place(
    changed: dict[str, Callable[[bytes], bytes] | None], said: str
) -> None:
    """Each with the table, the row and what is wanted; never half a register."""
    with pytest.raises((Refused, Faults)) as trouble:
        read_tables(packed(changed), "r.zip")
    each = trouble.value.each if isinstance(trouble.value, Faults) else [trouble.value]
    assert said in "\n".join(f"{one.at}: {one.what} {one.do}" for one in each)


def test_a_strange_table_is_refused_and_a_strange_zip_is_none() -> None:
    """A table that nobody asked for may hold what somebody thinks is imported."""
    out = BytesIO(packed({}))
    with ZipFile(out, "a") as more:
        more.writestr("activitys.csv", "ref\n")
    with pytest.raises(Refused, match=r"there is no table 'activitys\.csv'") as trouble:
        read_tables(out.getvalue(), "r.zip")
    assert "activity.csv" in trouble.value.do
    assert not is_tables(b"PK\x03\x04 torn")
    other = BytesIO()
    with ZipFile(other, "w") as new:
        new.writestr("x.txt", "x")
    assert not is_tables(other.getvalue())
