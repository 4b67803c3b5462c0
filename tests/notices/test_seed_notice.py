"""The notice that the project started from, and its retelling that ships with the program."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from re import split

import pytest

from ropa.model.catalogue import DataCategory
from ropa.model.register import Register
from ropa.notices.draft_import import import_notice
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading, read_lines
from tests.listed import LISTED, SHIPPED, Listed

DIGESTS = Path(__file__).with_name("seed_sentences.txt")
UNREAD = {
    "postdicom-2026-04-15": [4, 48, 51, 51, 52, 53],
    "seed-notice": [2, 4, 43, 43, 44, 46, 49, 49, 50, 51, 51],
}
"""The line of each sentence that gives no fact, by the file."""


@pytest.fixture(scope="module", params=LISTED, ids=lambda listed: listed.path.stem)
def listed(request: pytest.FixtureRequest) -> Listed:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def seed(listed: Listed) -> NoticeReading:
    return read_notice(listed.path, listed.path.name)


def test_the_notice_reads_as_its_list_of_facts(seed: NoticeReading, listed: Listed) -> None:
    """Every fact of the list is read, and none besides."""
    assert seed.title
    assert seed.site
    assert seed.title.text == seed.site.text == listed.title
    assert seed.last_updated
    assert seed.last_updated.day == listed.last_updated
    assert seed.controller
    assert seed.controller.text == listed.controller
    assert seed.contact_email
    assert seed.contact_email.text == listed.contact_email
    assert seed.minimum_age
    assert seed.minimum_age.value == listed.minimum_age
    assert seed.response_days
    assert seed.response_days.value == listed.response_days
    assert tuple(named.name for named in seed.services) == listed.services
    assert tuple(one.topic for one in seed.announced) == listed.announced
    assert not seed.rights_given
    assert not seed.legal_bases_given
    assert not seed.retention_given
    assert [one.text for one in seed.subjects] == ["Users"]
    purposes = [(purpose.text, purpose.service) for purpose in seed.stated_purposes]
    assert purposes == [("provide the Service", None), ("process subscription payments", "Stripe")]


def test_each_block_is_that_of_the_list_and_stands_on_its_lines(seed: NoticeReading, listed: Listed) -> None:
    """Data, places and nothing else; the first line of a block is that of its data, its last that of its places."""
    assert len(listed.blocks) == 22
    for n, (block, said) in enumerate(zip(seed.blocks, listed.blocks, strict=True), 1):
        assert block.number == n
        assert tuple(term.text for term in block.data) == said.data
        assert tuple(place.text for place in block.places) == said.places
        assert all(place.code for place in block.places)
        silent = (block.service, block.company, block.purpose, block.legal_basis, block.retention)
        assert silent == (None,) * 5
        assert block.lines == (said.first, said.last)
        assert {term.lines for term in block.data} == {(said.first, said.first)}
        assert {place.lines[0] for place in block.places} <= {said.last}


def test_the_notice_names_what_it_did_not_read(seed: NoticeReading, listed: Listed) -> None:
    """Each sentence that gave no fact is unread with its line, also where another of the same line gave one."""
    assert [told.lines[0] for told in seed.unread] == UNREAD[listed.path.stem]
    assert any("complaint" in told.text for told in seed.unread)


def test_every_line_of_the_seed_gave_a_fact_or_is_listed(seed: NoticeReading) -> None:
    """Facts and the list of what no field holds leave no line out."""
    drafted = import_notice(seed, Register.of([]), source="seed-notice.txt")
    named = {number for one in drafted.unread for number in range(one.lines[0], one.lines[1] + 1)}
    facts = replace(seed, understood=tuple(u for u in seed.understood if "heading" in u.what))
    numbered = {n for n, row in enumerate(seed.text.splitlines(), 1) if row.strip()}
    assert numbered - read_lines(facts) - named == set()
    assert [one.lines for one in drafted.unread] == sorted(one.lines for one in drafted.unread)


@pytest.mark.parametrize("glued", [True, False], ids=["in the line", "as a line of its own"])
@pytest.mark.parametrize(
    "sold", ["We also sell your health data to brokers in China.", "Wir verkaufen alles weiter."]
)
def test_a_sentence_put_anywhere_into_the_seed_is_listed(
    seed: NoticeReading, sold: str, *, glued: bool
) -> None:
    """Nothing hides behind what was understood: wherever it stands, the sentence is unread or kept word for word."""
    rows = seed.text.splitlines()
    for at, row in enumerate(rows):
        text = "\n".join(
            [*rows[:at], f"{row.rstrip('.')}. {sold}" if glued else f"{row}\n{sold}", *rows[at + 1 :]]
        )
        drafted = import_notice(read_notice(text.encode(), "n.txt"), Register.of([]), source="n.txt")
        kept = [one.text for one in drafted.unread]
        kept += [a.description or "" for a in drafted.register.activities.values()]
        kept += [c.name for c in drafted.register.all(DataCategory).values()]
        assert any(sold.rstrip(".") in words for words in kept), (at + 1, text.splitlines()[at])


def _sentences(text: str) -> list[str]:
    """The sentences of the prose, five words or more, as small letters and digits."""
    prose = [
        line
        for line in text.splitlines()[1:]
        if not line.startswith(("Personal Data: ", "Place of processing: ", "Owner contact"))
    ]
    plain = (
        "".join(c if c.isalnum() else " " for c in one.lower()).split()
        for one in split(r"(?<=[.!?:;])\s|\n", "\n".join(prose))
    )
    return [" ".join(words) for words in plain if len(words) >= 5]


def test_the_notice_that_ships_has_no_sentence_of_the_one_it_retells(listed: Listed) -> None:
    """The sentences of the original are not here, but their digests are; the retelling has none of them."""
    digests = set(DIGESTS.read_text("utf-8").split())
    own = {sha256(one.encode()).hexdigest()[:16] for one in _sentences(listed.path.read_text("utf-8"))}
    assert own
    assert own & digests == (set() if listed is SHIPPED else digests)
