"""A record as canonical JSON (RFC 8785), and back."""

import json

import rfc8785
from hypothesis import given, settings

from ropa.compare import compare
from ropa.model.assign import assign
from ropa.model.canonical import canonical, canonical_json, plain
from ropa.model.explain import read_record
from ropa.model.plainregister import register_as_plain, register_from_plain
from ropa.model.register import KINDS
from tests.strategies import registers


@settings(max_examples=25)
@given(registers())
def test_canonical_json_reads_back_equal(register):
    """Any record, in every script and with emoji, comes back the same, and an independent RFC 8785 writer agrees."""
    for record in register:
        text = canonical(record)
        assert type(record).model_validate_json(text) == record
        assert read_record(type(record), plain(record)) == record
        assert rfc8785.dumps(plain(record)) == text.encode()


@settings(max_examples=25)
@given(registers())
def test_a_register_comes_home_as_plain_data(register):
    """The whole register as JSON text and back is the same register."""
    home = register_from_plain(json.loads(json.dumps(register_as_plain(register))), at="test")
    assert compare(register, home) == []


@settings(max_examples=25)
@given(registers())
def test_setting_what_is_there_changes_nothing(register):
    """Each value of a record, assigned as the text that a person would type, gives the same record."""
    for record in register:
        said = plain(record)
        for name, value in list(said.items()):
            if isinstance(value, str) and name not in ("ref", "text"):
                assign(said, type(record), f"{name}={value}")
        assert read_record(KINDS[record.kind], said) == record


def test_what_is_not_said_is_left_out():
    """A field added in a later version does not change the text of a record that says nothing in it."""
    record = read_record(KINDS["measure"], {"ref": "mfa", "name": "MFA"})
    assert canonical(record) == '{"name":"MFA","ref":"mfa"}'


def test_a_no_is_not_left_out():
    """No is said."""
    record = read_record(KINDS["organisation"], {"ref": "a", "name": "A", "ours": "no"})
    assert canonical(record) == '{"name":"A","ours":false,"ref":"a"}'


def test_keys_are_sorted_and_text_stands_as_it_is():
    """Keys by code unit, no white space, no escape but those that JSON needs."""
    assert (
        canonical_json({"b": "é\n\u2028😀\x7f", "a": [1, True, None]})
        == '{"a":[1,true,null],"b":"é\\n\u2028😀\x7f"}'
    )
