"""The notice that the project started from, and its retelling that ships with the program."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ropa.model.catalogue import DataCategory
from ropa.model.register import Register
from ropa.notices.draft_import import import_notice
from ropa.notices.read import read_notice
from ropa.notices.reading import NoticeReading, read_lines

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "notices"
RETOLD = ROOT / "data" / "notices" / "postdicom-2026-04-15.txt"


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    listed = SEED / "seed-facts.json"
    if not listed.exists():
        pytest.skip(f"the list of facts is not beside this tree ({listed.name} in ../shared/notices)")
    return json.loads(listed.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def seed() -> NoticeReading:
    notice = SEED / "seed-notice.txt"
    if not notice.exists():
        pytest.skip(f"the notice is not beside this tree ({notice.name} in ../shared/notices)")
    return read_notice(notice, notice.name)


@pytest.fixture(scope="module")
def retold() -> NoticeReading:
    return read_notice(RETOLD, RETOLD.name)


def assert_states(reading: NoticeReading, facts: dict[str, Any]) -> None:
    assert reading.title
    assert reading.title.text == facts["title"]
    assert reading.site
    assert reading.site.text == facts["title"]
    assert reading.last_updated
    assert reading.last_updated.day.isoformat() == facts["last_updated"]
    assert reading.controller
    assert reading.controller.text == facts["controller"]
    assert reading.contact_email
    assert reading.contact_email.text == facts["contact_email"]
    assert reading.minimum_age
    assert reading.minimum_age.value == facts["minimum_age"]
    assert reading.response_days
    assert reading.response_days.value == facts["response_time_days"]
    assert [named.name for named in reading.services] == facts["named_in_prose"]
    assert [one.topic for one in reading.announced] == facts["announced_but_not_given"]
    assert not (reading.rights_given)
    assert not (reading.legal_bases_given)
    assert not (reading.retention_given)
    assert [one.text for one in reading.subjects] == ["Users"]
    purposes = [(purpose.text, purpose.service) for purpose in reading.stated_purposes]
    assert purposes == [("provide the Service", None), ("process subscription payments", "Stripe")]
    for block, listed in zip(reading.blocks, facts["blocks"], strict=True):
        assert block.number == listed["block"]
        assert [term.text for term in block.data] == listed["personal_data"]
        assert [place.text for place in block.places] == listed["places"]
        assert all(place.code for place in block.places)
        silent = (block.service, block.company, block.purpose, block.legal_basis, block.retention)
        assert silent == (None,) * 5


def test_the_seed_notice_reads_as_its_list_of_facts(seed: NoticeReading, facts: dict[str, Any]) -> None:
    """Every fact of the list is read, down to each block."""
    assert_states(seed, facts)


def test_each_block_of_the_seed_stands_on_the_lines_that_the_list_gives(
    seed: NoticeReading, facts: dict[str, Any]
) -> None:
    """The first line of a block is that of its data, its last that of its places."""
    for block, listed in zip(seed.blocks, facts["blocks"], strict=True):
        assert block.lines == (listed["line"], listed.get("places_line", listed["line"]))
        assert {term.lines for term in block.data} == {(listed["line"], listed["line"])}
        assert {place.lines[0] for place in block.places} <= {listed.get("places_line")}


def test_the_seed_names_what_it_did_not_read(seed: NoticeReading) -> None:
    """Each sentence that gave no fact is unread with its line, also where another of the same line gave one."""
    assert [told.lines[0] for told in seed.unread] == [2, 4, 43, 43, 44, 46, 49, 49, 50, 51, 51]
    assert next(told.text for told in seed.unread if told.lines[0] == 43).startswith("PostDICOM does not")
    assert any("lodge a complaint" in told.text for told in seed.unread)


def test_every_line_of_the_seed_gave_a_fact_or_is_listed(seed: NoticeReading) -> None:
    """Facts and the list of what no field holds leave no line out, the definitions at the end among them."""
    drafted = import_notice(seed, Register.of([]), source="seed-notice.txt")
    listed = {number for one in drafted.unread for number in range(one.lines[0], one.lines[1] + 1)}
    facts = replace(seed, understood=tuple(u for u in seed.understood if "heading" in u.what))
    numbered = {n for n, row in enumerate(seed.text.splitlines(), 1) if row.strip()}
    assert numbered - read_lines(facts) - listed == set()
    assert listed >= {42, *range(52, 60)}
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


def test_the_notice_that_ships_gives_the_facts_of_the_seed(
    retold: NoticeReading, facts: dict[str, Any]
) -> None:
    """Its prose is retold, its facts are the same."""
    assert_states(retold, facts)


def test_the_notice_that_ships_has_no_sentence_of_the_seed(
    retold: NoticeReading, seed: NoticeReading
) -> None:
    """Only its first line (site and date), the lines of the blocks and the contact address carry over."""
    common = {line for line in retold.text.splitlines() if line in seed.text.splitlines() and line}
    prose = {line for line in common if not line.startswith(("Personal Data: ", "Place of processing: "))}
    assert prose == {seed.text.splitlines()[0], "Owner contact email: support@postdicom.com"}


def test_the_notice_that_ships_can_be_read_anywhere(retold: NoticeReading) -> None:
    """22 blocks, a controller and its address for requests, without any other file."""
    assert len(retold.blocks) == 22
    assert retold.controller
    assert retold.controller.text == "PostDICOM B.V."
    assert [place.code for place in retold.blocks[11].places] == [
        "EU", "US", "GB", "CH", "CA", "SG", "AU", "IN", "BR",
    ]  # fmt: skip
