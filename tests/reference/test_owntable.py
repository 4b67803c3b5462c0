"""A table that an organisation keeps itself is read strictly: what a lookup could stumble over is refused by its row."""

import csv
import io
from datetime import date

import pytest

from ropa.errors import Refused
from ropa.reference.adequacy import decisions
from ropa.reference.facts import shipped, stale, table_of
from ropa.reference.knownby import known_rows
from ropa.reference.owntable import OWN, read_own
from ropa.reference.shelf import SHIPPED, Row, Shelf, in_use, using

TODAY = date(2026, 11, 26)


def text(name: str, rows: list[Row], delimiter: str = ",") -> bytes:
    """Rows as a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(shipped(name)[0]), delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def changed(name: str, at: int, **cells: str) -> bytes:
    """The shipped table with some cells of a row changed."""
    rows = [dict(row) for row in shipped(name)]
    rows[at] |= cells
    return text(name, rows)


@pytest.mark.parametrize("name", OWN)
def test_each_shipped_table_would_be_taken(name: str) -> None:
    """As it is kept, and as a spreadsheet saves it: with a mark of UTF-8, semicolons and blanks around; told by name or columns."""
    rows = [dict(row) for row in shipped(name)]
    for content in (text(name, rows), b"\xef\xbb\xbf" + text(name, rows, ";"), text(name, [{c: f" {v} " for c, v in r.items()} for r in rows])):  # fmt: skip
        for file in (f"{name}.csv", "newer list.csv", f"C:\\dpo\\{name.upper()}.CSV"):
            found, own = read_own(content, file, "", TODAY)
            assert found == name
            assert own.rows == shipped(name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "adequacy.csv: the column 'id' is missing"),
        (changed("adequacy", 1, destination="XQ"), "adequacy.csv row 3: 'XQ' in column 'destination' is not the code of a country that ropa knows."),
        (changed("adequacy", 1, destination="Kenya"), "adequacy.csv row 3: 'Kenya' in column 'destination' is not the code of a country that ropa knows. Write its code: KE."),
        (changed("adequacy", 1, id="eu-ad"), "adequacy.csv row 3: 'eu-ad' is there twice, as in row 2."),
        (changed("adequacy", 1, id=""), "adequacy.csv row 3: the column 'id' is blank"),
        (changed("adequacy", 0, in_force_since="19.10.2010"), "adequacy.csv row 2: '19.10.2010' in column 'in_force_since' is not a date. Write it like 2026-11-23."),
        (changed("adequacy", 0, adopted="2010-02-30"), "adequacy.csv row 2: '2010-02-30' in column 'adopted' is not a date."),
        (changed("adequacy", 0, in_force_since="0201-10-19"), "adequacy.csv row 2: 0201-10-19 in column 'in_force_since' is out of range (1950 to 2100)."),
        (changed("adequacy", 0, valid_until="9999-12-31"), "adequacy.csv row 2: 9999-12-31 in column 'valid_until' is out of range"),
        (changed("adequacy", 0, ended_on="2009-01-01"), "adequacy.csv row 2: ended_on (2009-01-01) is before in_force_since (2010-10-19)."),
        (changed("adequacy", 0, checked_on="2026-11-27"), "adequacy.csv row 2: checked_on 2026-11-27 is still to come."),
        (changed("adequacy", 0, checked_on=""), "adequacy.csv row 2: checked_on holds a day just where the fact was verified."),
        (changed("adequacy", 0, sure="certain"), "adequacy.csv row 2: 'certain' in column 'sure' is not one of high, medium or low."),
        (changed("adequacy", 0, source=""), "adequacy.csv row 2: the source is blank."),
        (changed("adequacy", 0, regime="GDPR"), "adequacy.csv row 2: 'GDPR' in column 'regime' is not one of EU GDPR, Swiss FADP or UK GDPR."),
        (text("adequacy", []), "adequacy.csv: holds no row."),
        (text("adequacy", list(shipped("adequacy"))).replace(b"valid_until", b"valid", 1), "adequacy.csv: the column 'valid_until' is missing."),
        (text("adequacy", list(shipped("adequacy"))).replace(b"valid_until", b"decision", 1), "adequacy.csv: the column "),
        (b"PK\x03\x04", "adequacy.csv: is a workbook. Save the sheet as CSV"),
        ("id;é".encode("latin-1"), "adequacy.csv: is not text in UTF-8."),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_row(content: bytes, said: str) -> None:
    """One line that says what is wrong, where, and what would be right."""
    with pytest.raises(Refused) as refusal:
        read_own(content, "adequacy.csv", "", TODAY)
    assert str(refusal.value).startswith(said), refusal.value


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("retention_examples", changed("retention_examples", 0, period="ten years"), "'ten years' in column 'period' is not a period."),
        ("retention_examples", changed("retention_examples", 0, country=""), "'' in column 'country' is not the code of a country"),
        ("region_membership", changed("region_membership", 0, group="Europe"), "'Europe' in column 'group' is not one of"),
        ("mechanisms", text("mechanisms", list(shipped("mechanisms"))[1:]), "the row '45' is missing: records are written in these"),
        ("wp248_criteria", changed("wp248_criteria", 8, number="10"), "the row '9' is missing"),
        ("countries", b"code\nXX\n", "countries comes with the program"),
        ("", b"a,b\n1,2\n", "does not say which table it is."),
        ("adequasy", b"a,b\n1,2\n", "there is no table of facts 'adequasy'. Did you mean adequacy?"),
    ],
)  # fmt: skip
def test_other_tables_have_their_own_faults(name: str, content: bytes, said: str) -> None:
    """Periods, groups, and the codes by which records are written."""
    with pytest.raises(Refused) as refusal:
        read_own(content, "list.csv", name, TODAY)
    assert said in str(refusal.value)


def test_many_faults_are_one_line() -> None:
    """The first one, and how many more there are."""
    rows = [dict(row) | {"sure": "?"} for row in shipped("adequacy")]
    with pytest.raises(Refused, match=r"row 2: '\?' .* 57 more like it"):
        read_own(text("adequacy", rows), "adequacy.csv", "", TODAY)


def test_an_own_table_counts_only_while_it_is_in_use() -> None:
    """A decision that only it knows holds within the block; what was worked out before and after is that of the shipped table."""
    row = dict(shipped("adequacy")[0]) | {"id": "eu-ke", "destination": "KE", "in_force_since": "2026-11-20"}
    _, own = read_own(text("adequacy", [row]), "adequacy.csv", "", TODAY)
    assert decisions("EU GDPR", "KE", TODAY) == []
    with using(Shelf({"adequacy": own})):
        assert [one.id for one in decisions("EU GDPR", "KE", TODAY)] == ["eu-ke"]
        assert decisions("EU GDPR", "AD", TODAY) == []
        assert table_of("adequacy").own
        assert not stale("adequacy", date(2026, 12, 23))
    assert in_use() is SHIPPED
    assert decisions("EU GDPR", "KE", TODAY) == []
    assert not table_of("adequacy").own


@pytest.mark.parametrize(
    ("known_by", "on", "ids"),
    [
        ("2019-06-01", "2019-06-01", ["eu-us-privacy-shield"]),
        ("2020-07-15", "2020-07-15", ["eu-us-privacy-shield"]),
        ("2020-07-16", "2020-07-16", []),
        ("2020-07-01", "2021-03-01", ["eu-us-privacy-shield"]),
        ("2023-07-09", "2026-11-26", []),
        ("2015-10-05", "2015-10-05", ["eu-us-safe-harbor"]),
        ("2026-11-26", "2026-11-26", ["eu-us-dpf"]),
    ],
)
def test_what_was_not_decided_yet_is_not_known(known_by: str, on: str, ids: list[str]) -> None:
    """On 1 July 2020 nobody knew that the Privacy Shield would be annulled; before July 2023 nobody knew its successor."""
    with using(Shelf(known_by=date.fromisoformat(known_by))):
        assert [one.id for one in decisions("EU GDPR", "US", date.fromisoformat(on))] == ids


def test_a_row_of_then_says_nothing_of_later() -> None:
    """The status is that of then, and the note that tells of the end is gone; what is not dated stays as it is."""
    rows = {row["id"]: row for row in known_rows("adequacy", shipped("adequacy"), date(2020, 1, 1))}
    shield = rows["eu-us-privacy-shield"]
    assert (shield["status"], shield["ended_on"], shield["note"]) == ("in force", "", "")
    assert "eu-us-dpf" not in rows
    assert known_rows("measures", shipped("measures"), date(2000, 1, 1)) == shipped("measures")
