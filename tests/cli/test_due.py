"""`ropa due`: what is overdue, and what falls due soon."""

from datetime import date
from typing import Any

from tests.cli.running import Inside


def test_what_falls_due_comes_in_the_order_of_its_days(example: Inside) -> None:
    """Overdue first; the days left are counted from today; a wider window holds all of a narrower one; CSV says the same."""
    wide = example("due", "--within", "3650", "--json").json
    assert [d["on"] for d in wide] == sorted(d["on"] for d in wide) != []
    assert {d["ref"] for d in wide} >= {"PA-0025", "lernbeispiel", "specimen-crm"}
    first = wide[0]
    gone = date.fromisoformat(first["on"]) - date.fromisoformat(example("status", "--json").json["as_of"])
    assert first["days"] == gone.days < 0
    near = example("due", "--within", "0", "--json").json
    assert near == [d for d in wide if d["days"] <= 0]
    assert [row[2] for row in example("due", "--within", "3650", "--csv").rows] == [d["ref"] for d in wide]
    assert "days ago" in example("due").out


def test_every_row_says_what_to_do(example: Inside) -> None:
    """A sentence and a command for each; the command of a review runs as it stands, and the review is due no more."""
    found = example("due", "--json").json
    assert all(one["do"].endswith(".") and one["command"].startswith("ropa ") for one in found)
    review = next(one for one in found if one["what"] == "review" and not one["waiver"])
    assert review["command"] in example("due").out
    assert example(*review["command"].split()[1:]).code == 0
    assert review["ref"] not in [one["ref"] for one in example("due", "--json").json]


def test_an_adequacy_decision_with_an_end_is_due_where_a_transfer_rests_on_it(example: Inside) -> None:
    """The decision on the United Kingdom ends on a day, the one on Switzerland on none: only the first is ever due."""
    far = example("due", "--until", "2031-12-27", "--json").json
    (one,) = [d for d in far if "adequacy" in d["what"]]
    assert (one["on"], one["ref"]) == ("2031-12-27", "PA-0013")
    assert "United Kingdom" in one["what"]
    assert example("due", "--until", "2031-12-26", "--json").json == [
        d for d in far if d["on"] < "2031-12-27"
    ]
    example("activity", "set", "PA-0013", "transfers.1.mechanism=46-2-c")
    assert "adequacy" not in example("due", "--until", "2031-12-31").out


def test_what_has_gone_is_not_due(example: Inside) -> None:
    """A contract that ran out with the only activity that used it, and one that a later contract replaced, are done with."""
    assert "ortung-exempel" not in example("due").out + example("status").out
    assert "lernbeispiel" in example("due").out
    same = "{kind: art28, party: musterfeld, signed_on: 2026-06-01}"
    assert example("vendor", "set", "lernbeispiel", f"agreements+={same}").code == 0
    assert "lernbeispiel" not in example("due").out


def test_the_list_of_activities_to_review(example: Inside) -> None:
    """`list --due` says the same reviews as `due`, names those that a waiver accepts, by today or by a day; a day that is none is refused."""
    due = example("due", "--within", "0", "--json").json
    reviews = [d["ref"] for d in due if d["what"] == "review" and not d["waiver"]]
    assert "PA-0025 (Customer satisfaction survey)" in example("activity", "list", "--due").err
    assert [row[0] for row in example("activity", "list", "--due", "--csv").rows] == reviews != []
    later = example("activity", "list", "--due", "2027-05-31", "--csv").rows
    assert len(later) > len(reviews)
    assert max(row[2] for row in later) == "2027-05-19"
    assert "--due" in example.refused("activity", "list", "--due", "soon")


def test_a_first_review_is_counted_from_the_start(empty: Inside) -> None:
    """Never reviewed, but to be reviewed yearly: due a year after it started; without an interval nothing is due."""
    empty("activity", "add", "Payroll", "status=active", "started_on=2020-05-01", "review_every='1 year'")
    empty("activity", "add", "Newsletter", "status=active", "started_on=2020-05-01")
    (one,) = empty("due", "--json").json
    assert (one["ref"], one["on"], one["what"]) == ("PA-0001", "2021-05-01", "first review")


def test_nothing_due_is_said(empty: Inside) -> None:
    """An empty register has nothing due, and says so; a negative window is refused."""
    ran = empty("due")
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing" in ran.err
    empty.refused("due", "--within", "-3")
    assert "Say one" in empty.refused("due", "--within", "3", "--until", "2099-01-01")
    assert "later" in empty.refused("due", "--until", "2001-01-01")
    assert "--until" in empty.refused("due", "--until", "soon")


def test_what_a_waiver_accepts_is_not_overdue(example: Inside) -> None:
    """It stands apart in `due`, with the waiver and its reason, and is not counted by `status`; where the waiver is too short, it is due."""
    found = {one["ref"]: one for one in example("due", "--json").json}
    assert found["PA-0025"]["waiver"] == "W-0001"
    shown = example("due").out
    assert "PA-0025" not in shown.partition("Accepted by a waiver: 1")[0]
    assert "PA-0025" in shown.partition("Accepted by a waiver: 1")[2]
    assert f"{len(found) - 1} overdue, 0 more within 30 days; 1 waived" in example("status").out
    assert example("unwaive", "ROPA-G102", "PA-0025", "--why", "it starts again").code == 0
    assert example("due", "--json").json == [one | {"waiver": None} for one in found.values()]
    (contract,) = (one for one in found.values() if "contract" in one["what"])
    (user,) = (one["ref"] for one in example("activity", "list", "--vendor", contract["ref"], "--json").json)
    for days in ("tomorrow", "in 3 weeks"):
        accept = ("--reason", "The new contract is being signed", "--until", days)
        assert example("waive", "ROPA-V101", user, *accept).code == 0
    found = {
        one["what"]: one for one in example("due", "--json").json if one["ref"] in (contract["ref"], user)
    }
    assert found.pop(contract["what"])["waiver"] == "W-0002"
    assert set(found) == {"end of waiver W-0001 of ROPA-V101", "end of waiver W-0002 of ROPA-V101"}


def test_a_review_to_come_is_due_after_a_waiver_that_ends_before(example: Inside) -> None:
    """A waiver of today says nothing of a day after its end."""

    def coming() -> dict[str, Any]:
        found = example("due", "--within", "365", "--json").json
        return next(one for one in found if one["what"] == "review" and one["days"] > 30)

    day = coming()["on"]
    for until, holds in (("tomorrow", False), (day, True)):
        accept = ("--reason", "The activity stops soon", "--until", until)
        assert example("waive", "ROPA-G102", coming()["ref"], *accept).code == 0
        assert bool(coming()["waiver"]) is holds
