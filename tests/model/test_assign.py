"""FIELD=VALUE as it is typed."""

import re

import pytest

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.assign import assign
from ropa.model.places import NoPart


def typed(*expressions, said=None):
    said = {"ref": "PA-0001", "name": "x"} if said is None else said
    for one in expressions:
        assign(said, Activity, one)
    return {k: v for k, v in said.items() if k not in ("ref", "name")}


def test_values_parts_and_paths():
    """Values, whole parts as YAML, a part's main field alone, a field of a part by its number, a field of a single part."""
    assert typed(
        "owner=Head of HR",
        "purposes+=Pay salaries",
        'purposes+={text: "Report, yearly", legal_basis: "6(1)(c)"}',
        "purposes.1.legal_basis=6(1)(b)",
        "systems=crm,erp",
        "dpia.reference=D-1",
        "recipients+=mailjet",
    ) == {
        "owner": "Head of HR",
        "purposes": [
            {"text": "Pay salaries", "legal_basis": "6(1)(b)"},
            {"text": "Report, yearly", "legal_basis": "6(1)(c)"},
        ],
        "systems": ["crm", "erp"],
        "dpia": {"reference": "D-1"},
        "recipients": [{"organisation": "mailjet"}],
    }


def test_a_text_may_begin_with_a_bracket():
    """What is no whole list is text."""
    assert typed("purposes+=[Draft] Pay wages", "tags+=[a, b]") == {
        "purposes": [{"text": "[Draft] Pay wages"}],
        "tags": ["a", "b"],
    }


def test_blank_takes_out():
    """FIELD= makes it blank."""
    assert typed("owner=", "systems=", said={"owner": "x", "systems": ["crm"]}) == {"systems": []}


def test_minus_takes_from_a_list():
    """By number, by value, by the main field of a part."""
    said = {
        "systems": ["crm", "erp"],
        "recipients": [{"organisation": "a"}, {"organisation": "b"}, {"organisation": "c"}],
    }
    assert typed("systems-=crm", "recipients-=1", "recipients-=c", said=said) == {
        "systems": ["erp"],
        "recipients": [{"organisation": "b"}],
    }


def test_numbers_follow_their_parts():
    """Statements and purposes named by number still mean the same part after an earlier one was taken out."""
    said = {
        "purposes": [{"text": "a"}, {"text": "b"}, {"text": "c"}],
        "data": [{"purposes": [1, 3]}, {"purposes": [3]}, {}],
        "statements": [{"about": "purposes.1.law"}, {"about": "purposes.3.law"}, {"about": "transfers"}],
    }
    left = typed("purposes-=1", said=said)
    assert [one["about"] for one in left["statements"]] == ["purposes.2.law", "transfers"]
    assert left["data"] == [{"purposes": [2]}, {"purposes": [2]}, {}]
    with pytest.raises(Refused, match="data 1 is used by purpose 2 alone"):
        typed("purposes-=c", said=left)


def test_a_star_is_each_part():
    """A field of every part, a list within every part; what one of them does not hold is no trouble, what none holds is."""
    said = {"transfers": [{"destination": "US", "scc_modules": ["2"]}, {"destination": "IN"}]}
    assert typed(
        "transfers.*.document=V-1", "transfers.*.scc_modules+=3", "transfers.*.scc_modules-=2", said=said
    ) == {
        "transfers": [
            {"destination": "US", "scc_modules": ["3"], "document": "V-1"},
            {"destination": "IN", "scc_modules": ["3"], "document": "V-1"},
        ]
    }
    for expression in ("transfers.*.scc_modules-=4", "purposes.*.law=x"):
        with pytest.raises(NoPart):
            typed(expression, said=said)


def test_a_part_that_is_meant_stays_so_when_another_goes():
    """Filters mean parts, not numbers: what is taken out before, and what changes the numbers a line names, changes nothing of that."""
    said = {
        "purposes": [{"text": "a"}, {"text": "b"}, {"text": "c"}],
        "data": [{"category": "x", "purposes": [1, 3]}, {"category": "y", "purposes": [3]}],
    }
    meant = {"purposes": [said["purposes"][2]], "data": [said["data"][1]]}
    for expression in (
        "purposes-=a",
        "purposes.*.law=L",
        "data.*.source=S",
        "purposes+=d",
        "purposes.*.secrecy=Z",
    ):
        assign(said, Activity, expression, meant)
    assert said == {
        "purposes": [{"text": "b"}, {"text": "c", "law": "L", "secrecy": "Z"}, {"text": "d"}],
        "data": [{"category": "x", "purposes": [2]}, {"category": "y", "purposes": [2], "source": "S"}],
    }


def test_scalars_are_text():
    """NO is Norway, 1e3 a text, a date a text that the model reads."""
    assert typed("transfers+={destination: NO, document: 1e3, since: 2026-01-01, recipient: yes}")[
        "transfers"
    ] == [{"destination": "NO", "document": "1e3", "since": "2026-01-01", "recipient": "yes"}]


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("owner", "is not FIELD=VALUE"),
        ("ownr=x", "Did you mean owner"),
        ("purposes.1.text=x", "there are none yet"),
        ("owner+=x", "holds one value"),
        ("owner.x=1", "has no parts"),
        ("purposes+={text: [", "cannot be read as"),
        ("systems-=nothing", "holds no 'nothing'"),
        ("purposes.0.text=x", "there is no purposes 0"),
        ("purposes.*=x", "are whole parts"),
        ("*.law=x", "there is no field '*'"),
        ("recipients-=\u00b2", "holds no"),
        ("recipients+={organisation: &a x, service: *b}", "cannot be read as"),
    ],
)
def test_what_cannot_be_applied_is_refused(expression, told):
    """One line that says what and what to do."""
    with pytest.raises(Refused, match=re.escape(told)):
        typed(expression)
