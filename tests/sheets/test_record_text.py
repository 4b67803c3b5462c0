"""A record as the text that a person edits, and back."""

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ropa.model.activity import Activity
from ropa.model.catalogue import Measure, System
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from ropa.model.walk import fields
from ropa.sheets.record_text.read import Misread, read_record_text
from ropa.sheets.record_text.scalar import scalar
from ropa.sheets.record_text.write import record_text
from tests.strategies import registers


def back(text, cls):
    return read_record(cls, read_record_text(text, cls).said)


@settings(max_examples=60, deadline=None)
@given(registers())
def test_a_record_comes_back_as_it_was(register):
    """Whatever a record holds, its text reads back as the same record."""
    for record in register:
        assert back(record_text(record, register, ["as it stands"]), type(record)) == record


@pytest.mark.parametrize("cls", KINDS.values(), ids=lambda cls: cls.kind)
def test_every_field_stands_under_its_help(cls: type[Documented]) -> None:
    """Of a record that says nothing: each field, those of its parts as well, with its help and its Article, ready to be filled in."""
    record = cls.model_construct(ref="x", name="x")
    text = record_text(record, Register())
    flat = " ".join(line.strip("# ") for line in text.split("\n"))

    def look(within: type[BaseModel]) -> None:
        for said in fields(within):
            assert re.search(rf"^\s*#?\s*(- )?{said.name}:", text, re.MULTILINE), said.name
            assert said.help in flat
            assert not said.answers or f"[Art. {said.answers}]" in flat
            if said.part:
                look(said.part)

    look(cls)


def test_what_can_be_named_stands_at_the_end() -> None:
    """Refs with names of the kinds that such a record names, and long lists of codes; no more than can be read."""
    measures = [read_record(Measure, {"ref": f"m-{n}", "name": f"Measure {n}\u202e"}) for n in range(300)]
    text = record_text(
        read_record(System, {"ref": "crm", "name": "CRM", "measures": ["m-7"]}), Register.of(measures)
    )
    assert "\nmeasures:\n  - m-7  # Measure 7\n" in text
    end = text[text.index("# ---- Measures") :]
    assert re.search(r"^#   m-0 +Measure 0$", end, re.MULTILINE)
    assert "… and 100 more" in end
    assert "m-299" not in end
    assert "Organisations" in text[text.index("# ----") :]
    assert "6(1)(f)" in record_text(read_record(Activity, {"ref": "PA-0001", "name": "x"}), Register())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &a [x]\nb: &b [*a, *a]\nnotes: [*b, *b]", 1),
        ("notes: " + "[" * 5000, None),
        ("notes: " + "{a: " * 5000, None),
        ("- a\n- b", 1),
        ("notes", 1),
        ("? [a]\n: b", 1),
        ("notes: a\n--- \nnotes: b", 2),
        ("notes: \x00", 1),
        ("a: b\nnotes: \ud83d", 2),
        ("notes: !!python/object/apply:os.system [ls]\nnotes: x", 2),
    ],
)  # fmt: skip
def test_a_hostile_text_is_refused_with_its_line(text: str, line: int | None) -> None:
    """Neither endless nor obeyed: one line that says where."""
    with pytest.raises(Misread) as caught:
        read_record_text(text, Activity)
    assert line is None or caught.value.line == line


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("name: x\nowner:Head of HR\n\n# Status.\nstatus: draft", 2, "space behind the colon"),
        ("name: x\nowner Head of HR\nstatus: draft", 2, "field: value"),
        ('name: x\nowner: "Head of HR\nstatus: draft', 2, "quotation marks"),
        ("name: x\ntags: [a, b\nstatus: draft", 2, "bracket"),
        ("name: x\n  status: draft", 2, "indented further"),
        ("name: x\nowner: Head of: HR", 2, "double quotes"),
        ("name: x\npurposes:\n  - text: a\n   law: b", 4, "hyphen"),
        ("name: x\nowner: @home", 2, "double quotes"),
        ("name: x\ntags: - a", 2, "next line"),
    ],
)  # fmt: skip
def test_a_slip_is_told_where_it_was_made(text: str, line: int, what: str) -> None:
    """In the words of a person, at the line that has to be mended, and not where YAML gave up."""
    with pytest.raises(Misread, match=what) as caught:
        read_record_text(text, Activity)
    assert caught.value.line == line


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever is saved is plain data, or is refused as no such text."""
    with suppress(Misread):
        assert isinstance(read_record_text(f"notes: {text}", Activity).said, dict)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NO", "NO"), ("1e3", "1e3"), ("010", "010"), ("null", "null"), ("2026-11-25", "2026-11-25"),
        ("👩‍👩‍👧 x", "👩‍👩‍👧 x"), ("Größe § 5", "Größe § 5"), (" x", '" x"'), ("a: b", '"a: b"'), ("# a", '"# a"'), ("a # b", '"a # b"'),
        ('"q"', r'"\"q\""'), ("\u202eabc", r'"\u202eabc"'), ("a\x85b", r'"a\u0085b"'), ("\x1b[31m", r'"\u001b[31m"'), ("x\n", "|\n  x"),
        ("a\n\n b", "|-\n  a\n\n   b"), (" a\nb", "|2-\n   a\n  b"), ("a\r\nb", r'"a\r\nb"'), ("\U000e0001", r'"\U000e0001"'),
    ],
)  # fmt: skip
def test_a_text_stands_as_a_person_would_write_it(text: str, shown: str) -> None:
    """Bare where it can be, in quotes where YAML would read more into it, spelt out where no eye would see it."""
    assert scalar(text, 2) == shown


def test_a_list_may_stand_on_one_line() -> None:
    """Words between commas, a text as it is, a part by its main field alone; what was emptied is blank."""
    text = "systems: crm, mail\ntags: a, b\nrecipients: mailjet\npurposes:\n  - text:\n    law:\n  - text: x\ndpia:\n  date:\nmeasures:\n  -\n"
    assert read_record_text(text, Activity).said == {
        "systems": ["crm", "mail"],
        "tags": ["a, b"],
        "recipients": [{"organisation": "mailjet"}],
        "purposes": [{"text": "x"}],
    }
