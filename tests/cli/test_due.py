"""`ropa due`: what is overdue, and what falls due soon."""

from datetime import date

from tests.cli.running import Inside


def test_what_falls_due_comes_in_the_order_of_its_days(example: Inside) -> None:
    """Overdue first; the days left are counted from today; a wider window holds all of a narrower one; CSV says the same."""
    wide = example("due", "--within", "3650", "--json").json
    assert [d["on"] for d in wide] == sorted(d["on"] for d in wide) != []
    assert {d["ref"] for d in wide} >= {"PA-0025", "ortung-exempel"}
    first = wide[0]
    gone = date.fromisoformat(first["on"]) - date.fromisoformat(example("status", "--json").json["as_of"])
    assert first["days"] == gone.days < 0
    near = example("due", "--within", "0", "--json").json
    assert near == [d for d in wide if d["days"] <= 0]
    assert [row[2] for row in example("due", "--within", "3650", "--csv").rows] == [d["ref"] for d in wide]
    assert "days ago" in example("due").out


def test_nothing_due_is_said(empty: Inside) -> None:
    """An empty register has nothing due, and says so; a negative window is refused."""
    ran = empty("due")
    assert (ran.code, ran.out) == (0, "")
    assert "Nothing" in ran.err
    empty.refused("due", "--within", "-3")
