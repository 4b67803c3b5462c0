"""`ropa facts use`: a newer table of one's own judges in place of the shipped one, is part of the register, and can be taken back."""

import csv
from pathlib import Path

from ropa.reference.facts import shipped
from tests.cli.running import Inside, Ropa

ENDED = {"ended_on": "2026-11-24", "status": "annulled", "checked_on": "2026-11-26"}
KENYA = {
    "id": "eu-ke", "destination": "KE", "destination_name": "Kenya", "decision": "Decision (EU) 2026/9999",
    "adopted": "2026-11-20", "in_force_since": "2026-11-20", "source": "OJ L of 2026-11-20",
    "checked": "verified: EUR-Lex", "checked_on": "2026-11-26",
}  # fmt: skip


def own_table(folder: Path, name: str = "adequacy.csv") -> str:
    """A newer table: the decision on the United States has ended, there is one on Kenya, and Andorra's is left out."""
    rows = [dict(row) for row in shipped("adequacy")[1:]]
    next(row for row in rows if row["id"] == "eu-us-dpf").update(ENDED)
    rows.append(rows[0] | KENYA)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return name


def test_an_own_table_judges_and_is_taken_back(example: Inside) -> None:
    """What differs is shown first; then gaps, transfers, status, doctor and the export go by it and say so; undone, all is as before."""
    file = own_table(example.folder)
    before = example("gaps", "--json").json
    ran = example("facts", "use", file, "--dry-run")
    assert "1 row added, 1 row changed, 1 row removed against the table in use" in ran.err
    assert "~ eu-us-dpf: ended_on: (blank) → 2026-11-24; status: in force → annulled" in ran.err
    assert example("gaps", "--json").json == before
    assert example("facts", "use", file, "--why", "the judgment").code == 0
    said = example("gaps", "--json").json
    assert list(said["own_facts"]) == ["adequacy"]
    lapsed = [f for f in said["findings"] if f["rule"] == "ROPA-T102" and not f["waived"]]
    assert {"PA-0012", "PA-0022"} <= {f["ref"] for f in lapsed}
    assert not [f for f in before["findings"] if f["rule"] == "ROPA-T102"]
    whose = "your own table"
    for words in (
        ["gaps"],
        ["transfer", "list"],
        ["transfer", "show", "US"],
        ["status"],
        ["doctor"],
        ["facts", "show", "adequacy"],
    ):
        assert whose in example(*words).out, words
    assert whose in example("export", "--out", "x.xlsx").err
    assert "decision in force: Decision (EU) 2026/9999" in example("transfer", "show", "KE").out
    assert (
        example("facts", "list", "--where", "whose=own", "--columns", "ref", "--csv").out == "ref\nadequacy\n"
    )
    assert example("facts", "unuse", "adequacy").code == 0
    assert example("gaps", "--json").json["findings"] == before["findings"]
    assert example("undo", "--yes", "--why", "it is right after all").code == 0
    assert [f for f in example("gaps", "--json").json["findings"] if f["rule"] == "ROPA-T102"] == lapsed
    assert example("verify").code == 0


def test_the_past_of_an_own_table_is_kept(example: Inside) -> None:
    """With --facts-as-of a state is judged by the table held then; without it by that of today; a workbook verifies after either."""
    file = own_table(example.folder)
    example("export", "--out", "before.xlsx")
    example("facts", "use", file)
    example("export", "--out", "own.xlsx")
    example("export", "--out", "then.xlsx", "--as-of", "r1", "--facts-as-of", "2019-12-31")
    ended = "ROPA-T102"
    assert ended in example("gaps", "--as-of", "r1").out
    assert "rules and facts of today" in example("gaps", "--as-of", "r1").err
    assert ended not in example("gaps", "--as-of", "r1", "--facts-as-of", "r1").out
    example("facts", "unuse", "adequacy")
    assert ended not in example("gaps", "--as-of", "r2").out
    assert ended in example("gaps", "--as-of", "r2", "--facts-as-of", "r2").out
    for book in ("before.xlsx", "own.xlsx", "then.xlsx"):
        ran = example("verify", book)
        assert ran.code == 0, ran


def test_what_differs_can_be_seen_at_any_time(example: Inside) -> None:
    """`facts diff` tells row by row and cell by cell, in words, JSON and CSV; the history tells what became of a row."""
    assert example("facts", "diff").code == 0
    example("facts", "use", own_table(example.folder))
    ran = example("facts", "diff", "adequacy")
    assert ran.code == 1
    assert "+ eu-ke: Decision (EU) 2026/9999" in ran.out
    assert "- eu-ad: Commission Decision 2010/625/EU" in ran.out
    (changed,) = [one for one in example("facts", "diff", "--json").json if one["op"] == "changed"]
    assert {"column": "ended_on", "before": None, "after": "2026-11-24"} in changed["cells"]
    assert ["adequacy", "changed", "eu-us-dpf", "ended_on", "", "2026-11-24"] in example(
        "facts", "diff", "--csv"
    ).rows
    added = example("log", "adequacy").out
    assert "rows: 58" in added
    assert "eu-ar," not in added


def test_a_transfer_of_2019_is_judged_by_what_was_in_force_then(empty: Inside) -> None:
    """Without a decision the transfer is a gap; on a day in 2019 the Privacy Shield covers it, and its end was not known then."""
    empty("entity", "add", "Bakery", "country=DE")
    empty("vendor", "add", "Mailer", "country=US")
    empty("activity", "add", "Newsletter", "role=controller", "entity=bakery", "status=active")
    ran = empty("activity", "set", "PA-0001", "transfers+={destination: US, recipient: mailer, mechanism: '45', "
                "scope_reason: on the Privacy Shield list since 2017}")  # fmt: skip
    assert ran.code == 0, ran

    def said(*words: str) -> str:
        return empty("transfer", "show", "US", *words).out

    assert "2023/1795" in said()
    assert "2016/1250" in said("--facts-as-of", "2019-12-31")
    assert "no adequacy decision in force" in said("--facts-as-of", "2021-01-01")
    then = empty("gaps", "--facts-as-of", "2021-01-01", "--rule", "T102")
    assert "the last one ended on 2020-07-16" in then.out
    assert "as they were known on 2021-01-01" in then.out
    assert "as known on 2019-12-31" in said("--facts-as-of", "2019-12-31")


def test_what_cannot_be_used_changes_nothing(example: Inside) -> None:
    """Refused in one line: a broken file, a table that is the program's, none to take back, a day to come."""
    before = example.register.read_bytes()
    (example.folder / "adequacy.csv").write_text("id,regime\neu-ad,EU GDPR\n")
    assert "the column 'destination' is missing" in example.refused("facts", "use", "adequacy.csv")
    file = own_table(example.folder, "fine.csv")
    assert "still to come" in example.refused("facts", "use", file, "--checked", "2100-01-01")
    assert "comes with the program" in example.refused("facts", "use", file, "--table", "countries")
    assert "you have none of your own" in example.refused("facts", "unuse", "adequacy")
    assert "there is no such file" in example.refused("facts", "use", "nowhere.csv")
    assert "--facts-as-of: " in example.refused("gaps", "--facts-as-of", "soon")
    assert "still to come" in example.refused("gaps", "--facts-as-of", "2100-01-01")
    assert "a file has no past" in example.refused("gaps", file, "--facts-as-of", "2019-01-01")
    assert example.register.read_bytes() == before


def test_an_own_table_travels_with_the_text_of_the_register(example: Inside, tmp_path: Path) -> None:
    """Exported as JSON and checked as a file, or imported elsewhere, it judges there too; one that lacks a column is told and not used."""
    example("facts", "use", own_table(example.folder))
    example("export", "--layout", "json", "--out", "all.json")
    assert "'adequacy' is your own table" in example("gaps", "all.json").out
    (tmp_path / "other").mkdir()
    other = Inside(tmp_path / "other")
    other("init")
    assert other("import", example.folder / "all.json", "--yes").code == 0
    assert "'adequacy' is your own table" in other("gaps").out
    text = (example.folder / "all.json").read_text(encoding="utf-8").replace(",valid_until,", ",valid,")
    (example.folder / "all.json").write_text(text, encoding="utf-8")
    ran = example("gaps", "all.json")
    assert "Your own table 'adequacy' is not used" in ran.err
    assert "your own table" not in ran.out


def test_the_real_command_takes_a_table_into_use(ropa: Ropa) -> None:
    """From a fresh register to the table in use, each step in a process of its own."""
    ropa("init")
    file = own_table(ropa.folder)
    assert ropa("facts", "use", file, "--checked", "2026-11-26").code == 0
    assert ropa("facts", "list", "--json", "--where", "ref=adequacy").json[0]["checked_on"] == "2026-11-26"
    assert ropa("facts", "show", "adequacy", "eu-ke", "--json").json["destination"] == "KE"
