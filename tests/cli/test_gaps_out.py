"""`ropa gaps --out FILE`: a file of the kind that its name says, whole or not at all, and the trend behind it."""

import csv
import io
import json
import sqlite3
from datetime import date

import jsonschema
import pytest
from junitparser import JUnitXml

from ropa.gaps import check
from ropa.gaps.trend import month_ends, point
from ropa.store.load import load
from ropa.store.open import Store
from ropa.store.past import past_registers
from tests.cli.running import TREE, Inside, Ropa
from tests.sheets.reading import sheets
from tests.sheets.test_gapfiles import SCHEMA

SHIPPED = TREE / "data" / "notices" / "postdicom-2026-04-15.txt"
KINDS = (".xlsx", ".html", ".md", ".sarif", ".xml", ".json", ".csv")


def test_each_kind_tells_of_the_same_gaps(example: Inside) -> None:
    """As many in each file as on the screen; stdout says what was written, and the exit code is that of the screen."""
    many = len([f for f in example("gaps", "--json").json["findings"] if not f["waived"]])
    for suffix in KINDS:
        ran = example("gaps", "--out", f"gaps{suffix}")
        assert (ran.code, ran.err) == (1, "")
        assert (
            ran.out == f"gaps{suffix}: {many} open gaps, as of {example('status', '--json').json['as_of']}\n"
        )
    read = {suffix: (example.folder / f"gaps{suffix}").read_text(encoding="utf-8") for suffix in KINDS[1:]}
    log = json.loads(read[".sarif"])
    jsonschema.validators.validator_for(SCHEMA)(SCHEMA).validate(log)
    assert sum("suppressions" not in one for one in log["runs"][0]["results"]) == many
    assert JUnitXml.fromstring(read[".xml"].encode()).failures == many
    assert json.loads(read[".json"]) == example("gaps", "--json").json
    rows = list(csv.DictReader(io.StringIO(read[".csv"].removeprefix("\ufeff"))))
    assert rows == list(csv.DictReader(io.StringIO(example("gaps", "--csv").out)))
    assert f"**{many} gaps are open" in read[".md"]
    assert f">{many} gaps are open" in read[".html"]
    front = sheets((example.folder / "gaps.xlsx").read_bytes())["Summary"]
    assert any(text.startswith(f"{many} gaps are open") for row in front for text in row)


def test_what_narrows_the_screen_narrows_the_file(example: Inside) -> None:
    """--rule, --severity, --activity and --fail-on mean the same with --out."""
    ran = example("gaps", "--severity", "quality", "--fail-on", "risk", "--out", "q.sarif.json")
    assert ran.code == 0
    log = json.loads((example.folder / "q.sarif.json").read_text(encoding="utf-8"))
    assert {one["level"] for one in log["runs"][0]["results"]} == {"note"}
    assert example("gaps", "--activity", "PA-0013", "--out", "one.xml").code == 1
    suites = JUnitXml.fromfile(str(example.folder / "one.xml"))
    assert [suite.name.split()[0] for suite in suites] == ["PA-0013"]
    assert example("gaps", "--fail-on", "missing", "--out", "m.xml").code == 1
    skipped = JUnitXml.fromfile(str(example.folder / "m.xml"))
    said = example("gaps", "--json").json["summary"]
    assert (skipped.failures, skipped.errors) == (said["missing"]["missing"], 0)


def test_a_file_that_is_there_is_kept(example: Inside) -> None:
    """Refused before anything is judged; --force replaces it. A name that says no kind is refused with those there are."""
    (example.folder / "gaps.md").write_text("mine", encoding="utf-8")
    assert "is there already" in example.refused("gaps", "--out", "gaps.md")
    assert (example.folder / "gaps.md").read_text(encoding="utf-8") == "mine"
    assert example("gaps", "--out", "gaps.md", "--force").code == 1
    assert (example.folder / "gaps.md").read_text(encoding="utf-8") != "mine"
    for name in ("gaps", "gaps.pdf", "gaps.docx"):
        assert ".sarif" in example.refused("gaps", "--out", name)
    assert "folder is not there" in example.refused("gaps", "--out", "no/gaps.md")
    assert sorted(p.name for p in example.folder.iterdir()) == ["data", "gaps.md"]


def test_a_program_may_have_both(example: Inside) -> None:
    """With --json stdout is JSON alone, and what was written is said on stderr."""
    ran = example("gaps", "--out", "gaps.md", "--json")
    assert ran.json == example("gaps", "--json").json
    assert ran.err.startswith("gaps.md: ")


def test_a_file_that_was_never_imported(quick: Inside) -> None:
    """It has no past and no trend, and nothing is offered to type that cannot work."""
    assert quick("gaps", SHIPPED, "--out", "notice.md").code == 1
    text = (quick.folder / "notice.md").read_text(encoding="utf-8")
    assert "Who must answer what" in text
    assert "ropa activity set" not in text
    assert "The trend" not in text
    assert not quick.register.exists()


def test_the_real_command_writes(ropa: Ropa) -> None:
    """In a process of its own, for an organisation of which nothing is recorded yet: no gap, and the file says why."""
    ropa("init", "--name", "Acme GmbH", "--country", "DE")
    for suffix in KINDS:
        assert ropa("gaps", "--out", f"gaps{suffix}").code == 0
    assert "No activity is recorded" in (ropa.folder / "gaps.md").read_text(encoding="utf-8")


def backdated(example: Inside) -> Store:
    """The example as three revisions of three months. Times are moved behind the chain's back, which only looks at them here."""
    assert example("activity", "set", "PA-0013", "transfers.2.mechanism=46-2-c").code == 0
    assert example("activity", "remove", "PA-0027", "--why", "never began", "--yes").code == 0
    with sqlite3.connect(example.register) as connection:
        for number, day in ((1, "2026-03-10"), (2, "2026-05-31"), (3, "2026-06-01")):
            connection.execute(
                "update revision set at = ? where number = ?", (f"{day}T12:00:00.000000Z", number)
            )
    connection.close()
    return Store(str(example.register))


def test_the_past_is_read_on_from_month_to_month(example: Inside) -> None:
    """What is taken on from the month before is the register that is loaded as of each month's end; none before it began."""
    store = backdated(example)
    days = month_ends(date(2026, 8, 15))
    past = list(past_registers(store, days))
    assert [day.isoformat()[:7] for day, _ in past] == [f"2026-0{n}" for n in (3, 4, 5, 6, 7)]
    for day, register in past:
        assert register.revision == load(store, day).revision
        assert dict(register.records) == dict(load(store, day).records)
        assert point(check(register, day)) == point(check(load(store, day), day))


def test_the_trend_tells_the_months(example: Inside) -> None:
    """A row a month since the register began, and the day itself; --as-of ends it there."""
    backdated(example)
    assert example("gaps", "--as-of", "2026-08-15", "--out", "gaps.md").code == 1
    text = (example.folder / "gaps.md").read_text(encoding="utf-8")
    rows = [
        line.split(" | ")[0].removeprefix("| ") for line in text.splitlines() if line.startswith("| 2026-")
    ]
    assert rows == ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08-15"]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 24), date(2025, 11, 30), date(2026, 10, 31)),
        (date(2024, 3, 31), date(2023, 3, 31), date(2024, 2, 29)),
    ],
)
def test_twelve_months_and_no_more(day: date, first: date, last: date) -> None:
    """The ends of the twelve months before, in a leap year too: the cost is bounded."""
    ends = month_ends(day)
    assert (len(ends), ends[0], ends[-1]) == (12, first, last)
