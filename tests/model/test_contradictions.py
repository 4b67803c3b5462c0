"""What a record cannot say at once, and which of it counts when a record is written."""

from datetime import date

import pytest

from ropa.model.contradictions import contradictions, new_contradictions, overtaken
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register

TODAY = date(2026, 11, 25)


def told(kind, **said):
    """The contradictions of one record, alone in its register."""
    ref = {"activity": "PA-0001"}.get(kind, "one")
    record = read_record(KINDS[kind], {"ref": ref, "name": "One", **said})
    return [str(c) for c in new_contradictions(None, record, Register.of([record]), TODAY)]


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("activity", {"role": "processor", "purposes": [{"legal_basis": "consent"}]}, "no legal basis"),
        ("activity", {"role": "processor", "purposes": [{"lia_date": "2020-01-01"}]}, "LIA date"),
        ("activity", {"role": "controller", "clients": [{"described_as": "schools"}]}, "role=processor"),
        ("activity", {"started_on": "2026-02-01", "ended_on": "2026-01-31"}, "before started on"),
        ("activity", {"status": "ended", "ended_on": "2026-12-31"}, "still to come"),
        ("activity", {"status": "active", "ended_on": "2026-10-31"}, "status=ended"),
        ("activity", {"reviewed_on": "2026-11-26"}, "reviewed on: 2026-11-26 is still to come"),
        ("activity", {"breaches": [{}, {"date": "2027-01-01"}]}, "PA-0001: breaches 2: date"),
        ("activity", {"dpia": {"date": "2027-01-01"}}, "DPIA date: 2027"),
        ("activity", {"recipients": [{"since": "2026-02-01", "until": "2026-01-01"}]}, "recipients 1"),
        ("activity", {"replaced_by": "PA-0001"}, "names itself"),
        ("activity", {"automated_decisions": "none", "decision_logic": "a score"}, "no automated"),
        (
            "activity",
            {"children": "no", "statements": [{"about": "children", "says": "does not apply"}]},
            "children cannot be stated",
        ),
        (
            "organisation",
            {"agreements": [{"signed_on": "2026-05-01", "valid_until": "2026-04-01"}]},
            "before",
        ),
        ("organisation", {"sub_processors": [{"organisation": "one"}]}, "names itself"),
        ("activity", {"status": "active", "started_on": "2027-01-01"}, "still to come"),
        ("activity", {"owner": "Head of Sales\nHead of HR"}, "has 2 lines"),
        ("activity", {"owner": "Head of \u202eselaS"}, "turns the reading direction"),
        ("organisation", {"email": "privacy at example"}, "no e-mail address"),
        ("organisation", {"dpo": {"name": "DPO", "email": "dpo@"}}, "no e-mail address"),
        ("waiver", {"ref": "W-0001", "on": "2026-11-25", "until": "2026-11-24"}, "is before on"),
    ],
)
def test_what_cannot_be_is_said(kind, said, words):
    """Each contradiction is found once, with its place or its way out."""
    (line,) = told(kind, **said)
    assert words in line


@pytest.mark.parametrize(
    "said",
    [
        {"role": "processor", "purposes": [{"text": "hosting"}], "clients": [{"described_as": "schools"}]},
        {"status": "draft", "started_on": "2027-01-01", "ended_on": "2027-12-31"},
        {"status": "ended", "ended_on": "2026-11-25", "reviewed_on": "2026-11-25"},
        {"statements": [{"about": "recipients", "says": "does not apply"}]},
        {"children": "no", "statements": [{"about": "children", "says": "checked, is right"}]},
        {"recipients": [{"since": "2026-02-01", "until": "2026-02-01"}]},
    ],
)
def test_what_can_be_is_not_refused(said):
    """A plan for the future, a day like the other, a statement on an empty field: no contradiction."""
    assert told("activity", **said) == []


def test_a_parent_that_is_its_own_child_is_found():
    """A circle is said from the record on it, and a record that only hangs below one is left alone."""
    cls = KINDS["data_category"]
    a, b, c = (
        read_record(cls, {"ref": ref, "name": ref, "parent": parent})
        for ref, parent in (("a", "b"), ("b", "a"), ("c", "a"))
    )
    register = Register.of([a, b, c])
    assert [c.what for c in contradictions(a, register, TODAY)] == [
        "its parent comes back to itself: a → b → a."
    ]
    assert list(contradictions(c, register, TODAY)) == []


def test_only_a_new_contradiction_counts():
    """A record that was imported with one can be changed elsewhere; a second one is found."""
    cls = KINDS["activity"]
    said = {"ref": "PA-0001", "name": "One", "reviewed_on": "2030-01-01"}
    before = read_record(cls, said)
    after = read_record(cls, said | {"owner": "Head of HR"})
    assert new_contradictions(before, after, Register.of([after]), TODAY) == []
    worse = read_record(cls, said | {"breaches": [{"date": "2030-01-01"}]})
    assert len(new_contradictions(before, worse, Register.of([worse]), TODAY)) == 1


def test_a_statement_of_old_gives_way():
    """Who fills a field is not held up by an older statement that it does not apply; the statement is named."""
    cls = KINDS["activity"]
    said = {
        "ref": "PA-0001",
        "name": "One",
        "statements": [{"about": "transfers", "says": "does not apply", "by": "DPO office"}],
    }
    before, after = read_record(cls, said), read_record(cls, said | {"transfers": [{"destination": "US"}]})
    assert new_contradictions(before, after, Register.of([after]), TODAY) == []
    assert [one.by for one in overtaken(before, after)] == ["DPO office"]
    assert overtaken(after, after) == []
