"""A base and two sides of one record: the union of their changes, or a clash; parts are the same ones wherever they stand."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.canonical import canonical_json, plain
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.register import KINDS
from ropa.model.union import dotted, union
from ropa.model.walk import fields
from tests.fuzz import often
from tests.strategies import _refs, records, values

REFS = {kind: _refs(kind, 3) for kind in KINDS}


def activity(**said: Any) -> Activity:
    return read_record(Activity, {"ref": "PA-0001", "name": "Newsletter", **said})


@st.composite
def sides(draw: st.DrawFn) -> tuple[Documented, Documented, Documented]:
    """A record, and what two people made of it: each changed, added or took out some fields or parts."""
    cls = draw(st.sampled_from(list(KINDS.values())))
    base = draw(records(cls, refs=REFS))
    return base, _changed(draw, base), _changed(draw, base)


def _changed(draw: st.DrawFn, base: Documented) -> Documented:
    changed: dict[str, Any] = {}
    can = [f for f in fields(type(base)) if f.blank]
    for said in draw(st.lists(st.sampled_from(can), max_size=3, unique=True)):
        if not said.many:
            changed[said.name] = draw(st.none() | values(said, REFS))
            continue
        kept = [one for one in getattr(base, said.name) if draw(st.integers(0, 3))]
        changed[said.name] = (*kept, *draw(st.lists(values(said, REFS), max_size=2)))
    gone = {name for name, value in changed.items() if value is None}
    said = {name: value for name, value in plain(base).items() if name not in gone}
    return type(base).model_validate(said | plain(base.model_copy(update=changed)))


def _unordered(record: Documented) -> Any:
    """A record whose lists have no order, and whose numbers of parts are those parts."""
    said = plain(record)
    for line in said.get("data", []):
        if "purposes" in line:
            each = said.get("purposes", [])
            line["purposes"] = [json.dumps(each[n - 1]) if n <= len(each) else n for n in line["purposes"]]
    for one in said.get("statements", []):
        one["about"] = one.get("about")
    return {
        name: sorted(map(canonical_json, value)) if isinstance(value, list) else value
        for name, value in said.items()
    }


@often(150)
@given(sides())
def test_a_side_at_rest_gives_the_other_one(three: tuple[Documented, Documented, Documented]) -> None:
    """Who changed nothing clashes with nobody and takes nothing away; both sides alike are that side."""
    base, ours, _ = three
    assert union(base, ours, base) == (ours, [])
    assert union(base, base, ours) == (ours, [])
    assert union(base, ours, ours) == (ours, [])


@often(150)
@given(sides())
def test_a_merge_knows_no_first_and_second(three: tuple[Documented, Documented, Documented]) -> None:
    """Turned round, it clashes on the same fields; where it clashes on none, it gives the same record, but for the order of what both added."""
    base, ours, theirs = three
    try:
        merged, clashes = union(base, ours, theirs)
        turned, back = union(base, theirs, ours)
    except Refused:
        return

    def values(each: Any) -> Any:
        return sorted((c.said.name, *sorted(map(repr, (c.ours, c.theirs)))) for c in each)

    assert values(clashes) == values(back)
    if not clashes:
        assert _unordered(merged) == _unordered(turned)


@often(150)
@given(sides())
def test_nothing_of_either_side_is_lost_without_a_clash(
    three: tuple[Documented, Documented, Documented],
) -> None:
    """Every field outside the lists is as the side that changed it has it; every member that a side added is there."""
    base, ours, theirs = three
    try:
        merged, clashes = union(base, ours, theirs)
    except Refused:
        return
    clashing = {c.path[0] for c in clashes}
    for said in fields(type(base)):
        was, here, there, now = (getattr(r, said.name) for r in (base, ours, theirs, merged))
        if said.name in clashing or said.part:
            continue
        if said.many:
            assert {*here, *there} - {*was} <= {*now}
            assert ({*here} & {*there}) <= {*now}
        else:
            assert now == (here if there == was else there)


def test_different_fields_of_one_part() -> None:
    """One states the legal basis, the other rewords the purpose: both stand."""
    base = activity(purposes=[{"text": "Send news"}, {"text": "Bill"}])
    ours = activity(purposes=[{"text": "Send news", "legal_basis": "6(1)(a)"}, {"text": "Bill"}])
    theirs = activity(purposes=[{"text": "Send the news"}, {"text": "Bill", "law": "§ 147 AO"}])
    merged, clashes = union(base, ours, theirs)
    assert clashes == []
    assert plain(merged)["purposes"] == [
        {"text": "Send the news", "legal_basis": "6(1)(a)"},
        {"text": "Bill", "law": "§ 147 AO"},
    ]


def test_a_part_that_moved_is_the_same_part() -> None:
    """One adds a recipient before, the other takes one out and answers a field of the last one."""
    base = activity(recipients=[{"organisation": "a"}, {"organisation": "b"}, {"organisation": "c"}])
    ours = activity(
        recipients=[
            {"organisation": "z"},
            {"organisation": "a"},
            {"organisation": "b"},
            {"organisation": "c"},
        ]
    )
    theirs = activity(recipients=[{"organisation": "b"}, {"organisation": "c", "role": "processor"}])
    merged, clashes = union(base, ours, theirs)
    assert clashes == []
    assert plain(merged)["recipients"] == [
        {"organisation": "z"}, {"organisation": "b"}, {"organisation": "c", "role": "processor"},
    ]  # fmt: skip


def test_both_added_the_same_part() -> None:
    """The same organisation, recorded by both: one recipient, with what either knew of it."""
    ours = activity(recipients=[{"organisation": "a", "role": "processor"}])
    theirs = activity(recipients=[{"organisation": "a", "service": "News"}, {"organisation": "b"}])
    merged, clashes = union(activity(), ours, theirs)
    assert clashes == []
    assert plain(merged)["recipients"] == [
        {"organisation": "a", "role": "processor", "service": "News"}, {"organisation": "b"},
    ]  # fmt: skip


def test_numbers_of_purposes_follow_their_purposes() -> None:
    """They took purpose 1 out; our new line of data names purpose 2, which is number 1 now. A statement follows too."""
    base = activity(
        purposes=[{"text": "Send news"}, {"text": "Bill the members"}],
        data=[{"category": "name", "purposes": [1, 2]}],
        statements=[{"about": "purposes.2.law", "reason": "no law"}],
    )
    theirs = activity(
        purposes=[{"text": "Bill the members"}],
        data=[{"category": "name", "purposes": [1]}],
        statements=[{"about": "purposes.1.law", "reason": "no law"}],
    )
    ours = base.model_copy(
        update={"data": (*base.data, *activity(data=[{"category": "iban", "purposes": [2]}]).data)}
    )
    merged, clashes = union(base, ours, theirs)
    assert clashes == []
    assert plain(merged)["data"] == [
        {"category": "name", "purposes": [1]},
        {"category": "iban", "purposes": [1]},
    ]
    assert [one.about for one in merged.statements] == ["purposes.1.law"]


def test_a_purpose_that_goes_while_another_comes_to_name_it() -> None:
    """One took the purpose out, the other says that new data are for it: a clash, and either answer leaves numbers true."""
    base = activity(purposes=[{"text": "Send news"}, {"text": "Bill"}])
    theirs = activity(purposes=[{"text": "Bill"}])
    ours = activity(
        purposes=[{"text": "Send news"}, {"text": "Bill"}], data=[{"category": "iban", "purposes": [1, 2]}]
    )
    merged, clashes = union(base, ours, theirs)
    assert [(dotted(c.path), c.theirs) for c in clashes] == [("purposes.1", None)]
    assert plain(merged)["data"] == [{"category": "iban", "purposes": [1, 2]}]
    merged, _ = union(base, ours, theirs, lambda _: True)
    assert plain(merged)["data"] == [{"category": "iban", "purposes": [1]}]
    assert [p.text for p in merged.purposes] == ["Bill"]


@pytest.mark.parametrize("ours_wins", [True, False])
def test_the_same_field_of_the_same_part(ours_wins: bool) -> None:
    """A clash with its path, both values, and the one that was chosen."""
    base = activity(recipients=[{"organisation": "a"}, {"organisation": "b"}])
    ours = activity(recipients=[{"organisation": "b", "role": "processor"}])
    theirs = activity(recipients=[{"organisation": "a"}, {"organisation": "b", "role": "joint controller"}])
    merged, clashes = union(base, ours, theirs, lambda _: not ours_wins)
    assert [(dotted(c.path), c.ours, c.theirs) for c in clashes] == [
        ("recipients.1.role", "processor", "joint controller")
    ]
    assert [r.role for r in merged.recipients] == ["processor" if ours_wins else "joint controller"]


def test_a_part_taken_out_by_one_and_changed_by_the_other() -> None:
    """A clash on the part; another organisation in its place is another part, not a change of it."""
    base = activity(recipients=[{"organisation": "a", "role": "processor"}])
    ours = activity(recipients=[{"organisation": "b", "role": "processor"}])
    theirs = activity(recipients=[{"organisation": "a", "role": "processor", "since": "2026-01-01"}])
    merged, clashes = union(base, ours, theirs)
    assert [(c.ours, c.theirs) for c in clashes] == [(None, plain(theirs)["recipients"][0])]
    assert [r.organisation for r in merged.recipients] == ["b"]
