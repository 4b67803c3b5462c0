"""`ropa facts`: every fact can be seen, with its source, its day and how sure it is; an old one says so wherever it is used."""

import csv
import io
from datetime import date

import pytest

import ropa.cli.facts
import ropa.cli.options
from ropa.reference.facts import table, tables
from tests.cli.running import Inside

LATE = date(2027, 2, 1)
"""A day on which the adequacy decisions are past their shelf life."""


def test_every_table_is_listed_with_its_age_and_sureness(quick: Inside) -> None:
    """All shipped tables, without a register; the counts are those of the rows; filters and columns are those of any list."""
    said = {one["ref"]: one for one in quick("facts", "list", "--json").json}
    assert list(said) == list(tables())
    for name, one in said.items():
        assert one["rows"] == len(table(name)) == one["high"] + one["medium"] + one["low"]
        assert one["unchecked"] == sum(not row["checked_on"] for row in table(name))
    assert said["adequacy"]["holds_until"] == "2026-12-23"
    assert said["legal_bases"]["holds_until"] is None
    kept = quick("facts", "list", "--csv", "--where", "title=retention", "--columns", "ref,shelf_life").out
    assert kept == "ref,shelf_life\nretention_examples,P6M\n"


@pytest.mark.parametrize("name", tables())
def test_a_table_comes_out_as_it_is_kept(quick: Inside, name: str) -> None:
    """`facts show --csv` gives every column and every cell of the table, so that it can be mended and used."""
    kept = [{c: cell.removeprefix("'") if cell[1:2] in "=+-@" else cell for c, cell in row.items()} for row in
            csv.DictReader(io.StringIO(quick("facts", "show", name, "--csv").out))]  # fmt: skip
    assert kept == list(table(name))


def test_rows_are_chosen_and_one_is_shown_in_full(quick: Inside) -> None:
    """Of the decisions on the United States; one with its source; an unchecked one says so."""
    us = quick(
        "facts", "show", "adequacy", "--where", "destination=US", "--where", "regime=EU", "--json"
    ).json
    assert [one["id"] for one in us] == ["eu-us-safe-harbor", "eu-us-privacy-shield", "eu-us-dpf"]
    one = quick("facts", "show", "adequacy", "EU-US-Privacy-Shield").out
    assert "Implementing Decision (EU) 2016/1250" in one
    assert "gone through on 2026-11-23" in one
    assert "Source" in one
    assert "unchecked" in quick("facts", "show", "retention_examples", "--where", "checked=memory").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "there is no table of facts 'nonsense'. There are countries, "),
        (["adequacy", "eu-us-dpg"], "there is no row 'eu-us-dpg' in adequacy. Did you mean eu-us-dpf?"),
        (
            ["adequacy", "--where", "destinaton=US"],
            "there is no field 'destinaton'. Did you mean destination",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(quick: Inside, words: list[str], said: str) -> None:
    """An unknown table, row or column gets one line with the next step."""
    assert quick.refused("facts", "show", *words).startswith(said)


def test_an_old_fact_says_so_wherever_it_is_used(example: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """In lists of facts, gaps, transfers and status, once the day is past the shelf life; before it nowhere."""
    asked = (
        ["facts", "show", "adequacy"],
        ["gaps"],
        ["transfer", "list"],
        ["transfer", "show", "US"],
        ["status"],
    )
    old = ("OUT OF DATE", "may be out of date", "older than its shelf life")
    for words in asked:
        assert not any(sign in example(*words).out for sign in old), words
    for module in (ropa.cli.options, ropa.cli.facts):
        monkeypatch.setattr(module, "today", lambda: LATE)
    for words in asked:
        assert any(sign in example(*words).out for sign in old), words
    assert "adequacy" in example("status", "--json").json["stale"]
