"""`ropa whatif`: what would open and close, on a register in memory."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.running import Inside

DPF = "Rely on an adequacy decision only while it is in force"


def supposed(ropa: Inside, *what: str) -> dict[str, list[dict[str, str]]]:
    before = ropa.register.read_bytes()
    ran = ropa("whatif", *what, "--json")
    assert ropa.register.read_bytes() == before
    said: dict[str, list[dict[str, str]]] = ran.json
    assert ran.code == (1 if said["opened"] else 0), ran
    return said


def found(each: list[dict[str, str]]) -> set[tuple[str, str]]:
    return {(one["rule"], one["ref"]) for one in each}


def test_an_adequacy_decision_that_ends(example: Inside) -> None:
    """The transfers that rest on it open from that day on, by the country and by the id of the decision; on the eve nothing does."""
    for what in ("adequacy:US=ended@2027-01-01", "adequacy:united states=ended@1 January 2027"):
        assert found(supposed(example, what)["opened"]) == {
            ("ROPA-T102", "PA-0012"),
            ("ROPA-T102", "PA-0022"),
        }
    assert (
        supposed(example, "date=2026-12-31")["opened"]
        == supposed(example, "adequacy:US=ended@2027-01-01", "date=2026-12-31")["opened"]
    )


def test_a_vendor_that_is_gone(example: Inside) -> None:
    """It is gone from recipients, systems and sub-processors; what it alone answered opens, and its own gaps go with it."""
    said = supposed(example, "vendor:exemplar-rz=removed")
    assert ("ROPA-A106", "PA-0015") in found(said["opened"])
    assert ("ROPA-V103", "fiktiv-hr") in found(said["opened"])
    name = "Exemplar"
    assert name not in " ".join(one["message"] for one in said["opened"])


def test_an_agreement_that_lapses(example: Inside) -> None:
    """All agreements of the vendor, or the one of a number, end on the eve of the day."""
    whole = supposed(example, "agreement:mockmail=lapsed@2027-01-01")
    assert found(whole["opened"]) >= {("ROPA-V101", "PA-0014")}
    assert "ended on 2026-12-31" in whole["opened"][0]["message"]
    assert supposed(example, "agreement:mockmail/1=lapsed")["supposed"] == [
        f"the agreement with Mockmail SAS ended on {_yesterday()}"
    ]


def _yesterday() -> str:
    return (datetime.now(UTC).date() - timedelta(days=1)).isoformat()


def test_another_day_is_held_against_today(example: Inside) -> None:
    """Reviews and certificates that run out until then open; what is open today already is told no second time."""
    said = supposed(example, "date=in 3 years")
    open_now = found(example("gaps", "--json").json["findings"])
    assert ("ROPA-G102", "PA-0001") in found(said["opened"])
    assert ("ROPA-A106", "PA-0027") in open_now
    assert ("ROPA-A106", "PA-0027") not in found(said["opened"])


def test_a_gap_that_names_the_day_is_still_the_same(example: Inside) -> None:
    """A leg without a decision, told with the day of each state, neither opens nor closes when only the day moves."""
    example(
        "activity", "add", "Leg to India", "role=controller", 'transfers+={destination: IN, mechanism: "45"}'
    )
    ref = next(
        one["ref"] for one in example("activity", "list", "--json").json if one["name"] == "Leg to India"
    )
    asked = "ROPA-T102", ref
    assert asked in found(example("gaps", "--json").json["findings"])
    said = supposed(example, "date=tomorrow")
    assert asked not in found(said["opened"]) | found(said["closed"])


def test_it_is_one_day_only(example: Inside) -> None:
    """Two different days are refused with both named; the same day said twice is one."""
    assert "2027-12-01 and 2028-12-01" in example.refused("whatif", "date=2027-12-01", "date=2028-12-01")
    assert supposed(example, "date=2027-12-01", "date=2027-12-01") == supposed(example, "date=2027-12-01")


def test_a_person_reads_it(example: Inside) -> None:
    """What is supposed, what opens under its law, the share before and after, and that nothing was written."""
    ran = example("whatif", "adequacy:US=ended@2027-01-01", "vendor:exemplar-rz=removed")
    assert "If the adequacy of United States cannot be used from 2027-01-01 on" in ran.out
    assert DPF in ran.out
    assert "[ROPA-T102]" in ran.out
    assert " % → " in ran.out
    assert "Nothing was written." in ran.err
    assert "No gap opens." in example("whatif", "date=today").out


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("foo", "Write it like adequacy:US=ended@2027-01-01"),
        ("vendr:mockmail=removed", "Did you mean vendor:mockmail=removed?"),
        ("vendor:mockmail=gone", "only 'removed' can be supposed"),
        ("vendor:nobody=removed", "there is no vendor 'nobody'"),
        ("adequacy:Atlantis=ended", "not a country that ropa knows"),
        ("adequacy:DE=ended", "no adequacy decision for 'DE' is in force"),
        ("agreement:mockmail/7=lapsed", "no agreement 7"),
        ("agreement:mockmail/x=lapsed", "'x' is no number"),
        ("date=someday", "someday"),
        ("vendor:mockmail=removed@", "removed@"),
        ("date=2026-13-45", "2026-13-45"),
    ],
)
def test_what_cannot_be_supposed(example: Inside, what: str, said: str) -> None:
    """One line that says what would be right."""
    assert said in example.refused("whatif", what)
