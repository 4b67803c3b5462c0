"""Two registers → changes, in words; base and two sides → the union, or the clash."""

from hypothesis import given

from ropa.compare import Change, applied, as_plain, compare, in_words, merge
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from tests.fuzz import often
from tests.strategies import registers


def record(kind, ref, **said):
    return read_record(KINDS[kind], {"ref": ref, "name": ref, **said})


@often(20)
@given(registers(), registers())
def test_the_changes_lead_from_one_to_the_other(before, after):
    """Applying what compare found gives the other register; nothing is found between equals."""
    reached = applied(before, compare(before, after))
    assert {r.ref: r for r in reached} == {r.ref: r for r in after}
    assert compare(reached, after) == []


@often(20)
@given(registers(), registers())
def test_a_merge_with_one_side_at_rest_is_the_other_side(base, theirs):
    """Who changed nothing clashes with nobody."""
    merged, clashes = merge(base, base, theirs)
    assert clashes == []
    assert compare(merged, theirs) == []
    merged, clashes = merge(base, theirs, base)
    assert clashes == []
    assert compare(merged, theirs) == []


def test_both_sides_changes_are_kept():
    """Different fields of one record: the union."""
    base = Register.of([record("measure", "mfa")])
    ours = Register.of([record("measure", "mfa", description="by app")])
    theirs = Register.of([record("measure", "mfa", nature="technical")])
    merged, clashes = merge(base, ours, theirs)
    assert clashes == []
    assert merged.records["measure"]["mfa"] == record(
        "measure", "mfa", description="by app", nature="technical"
    )


def test_the_same_field_is_a_clash_and_ours_stays():
    """Neither is overwritten in silence."""
    base = Register.of([record("measure", "mfa")])
    ours = Register.of([record("measure", "mfa", description="by app")])
    theirs = Register.of([record("measure", "mfa", description="by key")])
    merged, clashes = merge(base, ours, theirs)
    assert compare(merged, ours) == []
    assert [(c.field, c.ours, c.theirs) for c in clashes] == [("description", "by app", "by key")]


def test_removed_by_one_and_changed_by_the_other_is_a_clash():
    """The record stays, and somebody is asked."""
    base = Register.of([record("measure", "mfa")])
    theirs = Register.of([record("measure", "mfa", description="by key")])
    merged, clashes = merge(base, Register.of([]), theirs)
    assert len(merged) == 0
    assert [c.field for c in clashes] == ["ref"]
    merged, clashes = merge(base, theirs, Register.of([]))
    assert len(merged) == 1
    assert [c.field for c in clashes] == ["ref"]


def test_a_change_is_told_in_words():
    """Names for refs, parts by what names them, no and blank told apart."""
    mailjet = record("organisation", "mailjet", name="Mailjet", ours="no")
    before = record("activity", "PA-0007", name="Newsletter", owner="Head of Sales", purposes=["x"][:0])
    after = record(
        "activity",
        "PA-0007",
        name="Newsletter",
        children="no",
        recipients=[{"organisation": "mailjet", "role": "processor"}],
        transfers=[{"destination": "US"}],
    )
    register = Register.of([mailjet, after])
    assert in_words(Change(before, after), register) == [
        "owner taken out: Head of Sales",
        "recipient added: Mailjet (processor)",
        "transfer added: United States",
        "children: no",
    ]
    assert as_plain(Change(before, after))["fields"][0] == {
        "field": "owner",
        "before": "Head of Sales",
        "after": None,
    }
    assert in_words(Change(after, None), register) == ["removed"]
