"""The catalogue itself: what a rule must say, what the word lists must keep to, the page made from the rules."""

import re
from types import ModuleType

import pytest

from ropa.errors import Refused
from ropa.gaps import RULES, rule_of
from ropa.gaps.docs import LETTERS, answering, beside_the_letters, rules_as_markdown
from ropa.gaps.rule import Answer, Rule, met, rule
from ropa.gaps.rules import collected
from ropa.gaps.texts import PLACEHOLDER_LENGTH, is_placeholder
from ropa.reference.facts import table, tables

SAID = {
    "severity": "missing",
    "law": "GDPR Art. 30",
    "on": "activity",
    "ask": "Who?",
    "applies": "always",
    "good": "a",
    "bad": "b",
    "fix": "c",
}


def made(id: str = "ROPA-Z001", doc: str = "Title.\n\nWhy it is so.", **changes: str) -> Rule:
    def judge(record: object, case: object) -> Answer:
        return met("")

    judge.__doc__ = doc
    return rule(id, **{**SAID, **changes})(judge)


@pytest.mark.parametrize(
    "lacking",
    [
        {"doc": "A title."},
        {"doc": ""},
        {"good": ""},
        {"bad": " "},
        {"law": ""},
        {"fix": ""},
        {"ask": ""},
        {"severity": "bad"},
        {"on": "nobody"},
        {"id": "A104"},
    ],
)
def test_a_rule_that_does_not_say_all_is_refused_at_import(lacking: dict[str, str]) -> None:
    """Why, examples, law, fix, a known severity and target, an id in form."""
    with pytest.raises(TypeError):
        made(**lacking)


def test_an_id_is_used_once() -> None:
    """Two rules of one id are refused; the same rule seen twice is not."""
    first, second, again = ModuleType("first"), ModuleType("second"), ModuleType("again")
    first.one = made()  # type: ignore[attr-defined]
    second.two = made()  # type: ignore[attr-defined]
    again.one = first.one  # type: ignore[attr-defined]
    assert list(collected([first, again])) == ["ROPA-Z001"]
    with pytest.raises(TypeError, match="two rules have the id ROPA-Z001"):
        collected([first, second])


def test_the_catalogue_does_not_grow() -> None:
    with pytest.raises(TypeError):
        RULES["ROPA-Z001"] = made()  # type: ignore[index]


def test_a_rule_is_found_as_people_write_it() -> None:
    """With or without the prefix, in small letters; a wrong one is refused with what it may mean."""
    assert rule_of("a104") is rule_of("ROPA-A104") is RULES["ROPA-A104"]
    with pytest.raises(Refused, match="ROPA-A999"):
        rule_of("ROPA-A999")


def test_rules_name_what_is_there() -> None:
    """Facts that are tables, silencers that are rules and not silenced in turn."""
    for one in RULES.values():
        assert set(one.facts) <= set(tables()), one.id
        assert all(not RULES[other].silenced_by for other in one.silenced_by), one.id


def test_no_finding_accuses() -> None:
    """What is not recorded is said; that somebody broke the law is not."""
    page = rules_as_markdown()
    assert not re.search(r"infring|violat|breach(?!es)|illegal|unlawful(?! \(CJEU)", page)


def test_no_letter_is_without_a_rule() -> None:
    """Article 30(1)(a) to (g) and 30(2)(a) to (d)."""
    assert len(LETTERS) == 11
    assert {letter: answering(letter) for letter in LETTERS if not answering(letter)} == {}


def test_the_page_tells_every_rule() -> None:
    page = rules_as_markdown()
    for one in RULES.values():
        assert f"### {one.id}\n\n**{one.title}.** {one.why}" in page
    for letter in LETTERS:
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {letter} |")]
        assert re.fullmatch(r"\| \S+ \| [^|]+ \| `.+` \| \[ROPA-.+ \|", row), row


def test_placeholders_keep_to_the_length_that_is_looked_at() -> None:
    """The short cut for sentences passes over no placeholder of the word lists."""
    words = [row["word"] for row in table("plain_words") if row["kind"] == "placeholder"]
    assert max(map(len, words)) <= PLACEHOLDER_LENGTH
    assert all(is_placeholder(word) for word in words)
    assert is_placeholder("tbd " + "." * 60)
    assert is_placeholder("x" * 60)


def test_what_no_letter_asks_names_its_article() -> None:
    """A rule of severity missing that is no letter of Article 30 stands on another article, which its law names."""
    others = beside_the_letters()
    assert others
    assert [one.id for one in others if not re.search(r"Art\. (?!30\b)\d+", one.law)] == []
    page = rules_as_markdown()
    assert all(f"| [{one.id}](#{one.id.lower()}) | {one.title} |" in page for one in others)
