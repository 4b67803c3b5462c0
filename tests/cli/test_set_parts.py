"""`ropa NOUN set` with filters and parts: what is written lands in the parts that fit, and in no other."""

import pytest

from tests.cli.running import Inside

CONSENT = ("--basis", "consent", "--where", "purposes.consent_withdrawal=")


def purposes(ropa: Inside, ref: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = ropa("activity", "show", ref, "--json").json["purposes"]
    return found


@pytest.fixture
def lacking(example: Inside) -> Inside:
    """Two activities whose last purpose rests on consent and says no withdrawal; their first ones do otherwise."""
    for ref in ("PA-0001", "PA-0014"):
        line = "purposes+={text: Birthday list, legal_basis: consent}"
        assert example("activity", "set", ref, line).code == 0
    return example


def test_the_parts_that_fit_are_mended_and_no_other(lacking: Inside) -> None:
    """One revision mends each purpose on consent without a withdrawal; nothing else of any record changes."""
    before = {r["ref"]: r for r in lacking("activity", "list", "--json").json}
    ran = lacking("activity", "set", *CONSENT, "purposes.*.consent_withdrawal=Any mail", "--yes")
    assert ran.code == 0, ran
    for ref in ("PA-0001", "PA-0014"):
        before[ref]["purposes"][-1]["consent_withdrawal"] = "Any mail"
    assert {r["ref"]: r for r in lacking("activity", "list", "--json").json} == before
    assert "no activities fit" in lacking.refused(
        "activity", "set", *CONSENT, "purposes.*.consent_withdrawal=x"
    )


@pytest.mark.parametrize("expression", ["purposes.1.consent_withdrawal=x", "purposes-=1", "purposes.1=x"])
def test_a_number_that_does_not_fit_is_refused(lacking: Inside, expression: str) -> None:
    """The way of the report: a withdrawal written into, or a purpose taken out, that the filter did not mean. Nothing is written."""
    before = lacking.register.read_bytes()
    told = lacking.refused("activity", "set", *CONSENT, expression, "--yes")
    assert "PA-0001 (Payroll): purpose 1 does not fit the filters; purpose 4 does." in told
    assert lacking.register.read_bytes() == before
    assert lacking("activity", "set", "PA-0014", "--basis", "consent", "purposes.1.law=x").code == 0


def test_what_is_set_first_does_not_change_what_fits(lacking: Inside) -> None:
    """The parts are chosen before anything is written: a new basis does not hide them from the next field."""
    words = ("purposes.*.legal_basis=6(1)(b)", "purposes.*.law=L", "--yes")
    assert lacking("activity", "set", *CONSENT, *words).code == 0
    assert [p.get("law") for p in purposes(lacking, "PA-0014")][1:] == ["Art. 5(2) and 7(1) GDPR", "L"]
    assert purposes(lacking, "PA-0014")[-1]["legal_basis"] == "6(1)(b)"


def test_each_filter_means_the_parts_that_can_say_it(example: Inside) -> None:
    """A retention rule means lines of data, a country transfers, a vendor recipients; all that is said must fit one part."""
    shown = example(
        "activity", "set", "--retention", "vouchers-8y", "data.*.description=x", "--dry-run", "--json"
    )
    for change in shown.json["changes"]:
        (data,) = [f for f in change["fields"] if f["field"] == "data"]
        for was, line in zip(data["before"], data["after"], strict=True):
            assert (line == was) == (was["retention"] != "vouchers-8y"), line
    both = ("--data", "name", "--subject", "customers", "--retention", "vouchers-8y")
    listed = {r["ref"]: r["data"] for r in example("activity", "list", *both, "--json").json}
    one = {"category": "name", "subjects": "customers", "retention": "vouchers-8y"}
    every = example("activity", "list", "--json").json
    assert set(listed) == {
        r["ref"] for r in every if any(one.items() <= line.items() for line in r.get("data", []))
    }
    shown = example("activity", "set", "--country", "US", "transfers.*.document=x", "--dry-run")
    assert "transfer United States" in shown.out
    assert "India" not in shown.out
    assert "PA-0025 (Customer satisfaction survey): it has no transfers" in shown.err


def test_a_record_without_a_part_that_fits_is_left_and_named(example: Inside) -> None:
    """Found by a filter it is left out with a word, and where all are, nothing is written; named by its ref it is refused."""
    assert example("activity", "add", "Empty").code == 0
    where = ("--where", "purposes.law=", "--text", "empty")
    assert "it has no purposes; nothing was written" in example.refused(
        "activity", "set", *where, "purposes.*.law=x"
    )
    assert "it has no purposes" in example.refused("activity", "set", "Empty", "purposes.*.law=x")
    ran = example("activity", "set", "--where", "purposes.law=", "purposes.*.law=x", "--dry-run")
    assert "(Empty): it has no purposes." in ran.err


def test_a_list_within_each_part(example: Inside) -> None:
    """+= and -= reach the lists of all parts; what is there already is not doubled, and said."""
    assert example("vendor", "set", "mockmail", "services+={name: Mail, countries: [DE]}").code == 0
    ran = example("vendor", "set", "mockmail", "services.*.countries+=DE", "services.*.countries-=FR")
    assert ran.code == 0, ran
    assert "already there" in ran.err
    services = example("vendor", "show", "mockmail", "--json").json["services"]
    assert [s["countries"] for s in services] == [["DE"], ["DE"]]


def test_a_line_of_data_cannot_be_for_a_purpose_that_is_not_there(example: Inside) -> None:
    """The number of a purpose that the record lacks is refused with the numbers there are, and nothing is written."""
    before = example.register.read_bytes()
    told = example.refused("activity", "set", "PA-0004", "data.1.purposes+=9")
    assert "PA-0004: data 1: for purposes" in told, told
    assert "there is no purpose 9. There are 1 to" in told, told
    assert example.register.read_bytes() == before
