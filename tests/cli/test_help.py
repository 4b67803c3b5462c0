"""`ropa help` of a field or a rule."""

import pytest

from ropa.cli.topics.fieldhelp import places, told


def test_a_field_says_what_it_takes_and_its_article(quick):
    """Title, meaning, law, choices in words, and the command that sets it."""
    out = quick("help", "purposes.1.legal_basis").out
    assert out.startswith("Legal basis  (activity: purposes.N.legal_basis)")
    assert "Law: Art. 6(1); 13(1)(c)" in out
    assert "    6(1)(b) contract\n" in out
    assert "ropa activity set REF purposes.1.legal_basis=…" in out


def test_a_field_is_found_by_noun_by_title_and_by_its_last_word(quick):
    """`vendor country`, `Review every` and `law` each name one field, or say which there are."""
    assert "(vendor: country)" in quick("help", "vendor", "country").out
    assert "(retention: country)" not in quick("help", "vendor", "country").out
    assert "(activity: review_every)" in quick("help", "Review every").out
    assert "activity name" in quick("help", "name").out


def test_a_rule_is_explained_by_its_id(quick):
    """`ropa help A104` is `ropa rules show A104`."""
    assert quick("help", "a104").out == quick("rules", "show", "A104").out


@pytest.mark.parametrize(
    ("typed", "near"), [("ownr", "owner"), ("recipiant", "recipient"), ("A999", "Topics are")]
)
def test_what_is_neither_is_refused_with_what_is_near(quick, typed, near):
    """One line that helps, and nothing on stdout."""
    assert near in quick.refused("help", typed)


def test_every_field_that_can_be_set_is_explained():
    """A field added to the model has its help without a line here, and none is without words."""
    for place in places():
        lines = list(told([place]))
        assert place.path in lines[0]
        assert lines[1].strip(), place.path
