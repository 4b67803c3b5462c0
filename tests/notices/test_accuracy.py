"""The page about the accuracy of the reader says what was counted, and the facts behind it are facts."""

import re

from tests.notices.accuracy import FAMILIES, FIELDS, PAGE, facts, page, read_results

LONGEST = 90


def test_the_page_says_what_was_counted() -> None:
    """It is written from the recorded counts, and from nothing else."""
    assert PAGE.read_text(encoding="utf-8") == page(read_results())


def test_the_counts_are_of_the_facts() -> None:
    """As many facts were counted as are written down, of each field of each notice."""
    stated = {(one["name"], field): len(told) for one in facts() for field, told in one["facts"].items()}
    counts = {(c.notice, c.field): c.told for c in read_results() if c.told}
    assert counts == {key: many for key, many in stated.items() if many}


def test_twenty_notices_of_others_are_covered() -> None:
    """At least twelve of the first two families and eight others, each with its source and the digest of its text."""
    families = [one["family"] for one in facts()]
    assert sum(family in ("entries", "sections") for family in families) >= 12
    assert sum(family in ("prose", "table") for family in families) >= 8
    assert set(families) <= set(FAMILIES)
    for one in facts():
        assert set(one["facts"]) <= set(FIELDS)
        assert re.fullmatch(r"[0-9a-f]{64}", one["sha256"])
        assert re.fullmatch(r"[0-9a-f]{40}", one["commit"])
        assert one["repository"]


def test_facts_are_terms_and_no_sentences() -> None:
    """The texts belong to others: what stands here are names, terms and codes."""
    for one in facts():
        for told in one["facts"].values():
            assert all(len(str(fact)) <= LONGEST for fact in told)


def test_fewer_than_one_in_a_hundred_is_wrongly_found() -> None:
    """The aim of the page, by its own counts."""
    found, wrong = sum(c.found for c in read_results()), sum(c.wrong for c in read_results())
    assert wrong * 100 < found + wrong
