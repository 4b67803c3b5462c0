"""Every field says everything about itself, once."""

import re

import pytest

from ropa.model.activity import Activity
from ropa.model.codes import vocabulary
from ropa.model.common import Documented
from ropa.model.explain import read_record
from ropa.model.register import KINDS, Register
from ropa.model.walk import fields, main, mentions

BOOK_KEEPING = {"ref", "name", "aliases", "domains", "tags", "notes", "dpv_iri"}
"""Fields that find or file a record; no provision of law asks for them."""


def every_field():
    for cls in KINDS.values():
        yield from within(cls)


def within(cls):
    for said in fields(cls):
        yield pytest.param(cls, said, id=f"{cls.__name__}.{said.name}")
        if said.part:
            yield from within(said.part)


@pytest.mark.parametrize(("cls", "said"), list(every_field()))
def test_a_field_says_what_it_is(cls, said):
    """Title, one line of help, and the provision it answers: from these come help, columns, schema and docs."""
    assert said.title[:1].isupper()
    assert said.help.endswith(".")
    assert "\n" not in said.help
    assert len(said.help) < 100
    if said.name not in BOOK_KEEPING:
        assert re.match(r"\d", said.answers), f"{cls.__name__}.{said.name} names no provision"
    if said.vocabulary:
        assert vocabulary(said.vocabulary).codes


def test_no_yes_or_no_starts_with_an_answer():
    """A blank is a gap: no field of any record or part starts with a yes, a no, a country, a period or a legal basis."""
    for param in every_field():
        cls, said = param.values
        default = cls.model_fields[said.name].get_default()
        if (cls, said.name) == (Activity, "status"):
            assert default == "draft"
        elif said.blank:
            assert default in (None, ()), f"{cls.__name__}.{said.name} starts with {default!r}"


def filled(cls):
    """Plain data of a record or part in which every ref field names something."""
    said = {}
    for field in fields(cls):
        value = f"to-{field.names.replace('_', '-')}" if field.names != "activity" else "PA-0009"
        if field.part:
            inner = filled(field.part)
            if inner:
                said[field.name] = [inner] if field.many else inner
        elif field.names:
            said[field.name] = [value] if field.many else value
    return said


@pytest.mark.parametrize("cls", KINDS.values(), ids=list(KINDS))
def test_every_ref_of_every_kind_is_found_again(cls):
    """Who names this? finds optional refs, lists of refs, and refs in parts."""
    own = {"activity": "PA-0001", "waiver": "W-0001"}.get(cls.kind, "me")
    record = read_record(cls, {"ref": own, "name": "x", **filled(cls)})
    expected = {p.values[1].names for p in within(cls) if p.values[1].names}
    assert {m.kind for m in mentions(record)} == expected
    assert len(list(mentions(record))) == sum(1 for p in within(cls) if p.values[1].names)


def test_a_list_shows_fields_that_exist():
    """The columns that a list shows by default are fields of the record."""
    for cls in KINDS.values():
        assert set(cls.shown) <= {f.name for f in fields(cls)}


def test_a_part_is_named_by_a_field_of_its_own():
    """A bare word after += stands for a field that the part has."""
    for param in every_field():
        part = param.values[1].part
        if part:
            assert main(part) in {f.name for f in fields(part)}


def test_a_register_counts_the_later_of_two():
    """Of two records with one kind and ref the later one counts."""
    one, two = (read_record(KINDS["measure"], {"ref": "mfa", "name": n}) for n in ("One", "Two"))
    register = Register.of([one, two])
    assert list(register) == [two]
    assert isinstance(two, Documented)
