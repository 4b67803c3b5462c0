"""From the reading of a notice to draft records."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.canonical import plain
from ropa.model.catalogue import DataCategory, RetentionRule
from ropa.model.notice import Notice
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.notices.draft_desk import spoken_lines
from ropa.notices.drafts import drafts, likely_duplicates
from ropa.notices.read import read_notice
from ropa.notices.reading import Block, NamedService, NoticeReading, Place, StatedPurpose, Told
from ropa.reference.countries import country, in_eea
from tests.listed import LISTED, Listed

EMPTY = Register.of([])


@pytest.fixture(scope="module", params=LISTED, ids=lambda listed: listed.path.stem)
def listed(request: pytest.FixtureRequest) -> Listed:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def seed(listed: Listed) -> NoticeReading:
    return read_notice(listed.path, listed.path.name)


def told(text: str, line: int = 1) -> Told:
    return Told(text, (line, line))


def reading(*blocks: Block, text: str = "A notice.", **facts: object) -> NoticeReading:
    return NoticeReading(
        text=text, kind="text", language="en", family="generated notice", blocks=blocks, **facts
    )  # type: ignore[arg-type]


def only(register: Register) -> Activity:
    (activity,) = register.activities.values()
    return activity


def test_each_entry_of_the_seed_is_one_activity_with_its_data_places_and_lines(
    seed: NoticeReading, listed: Listed
) -> None:
    """All 22 entries stand in the register as the facts of the seed have them, in order."""
    register = drafts(seed, EMPTY, source="seed-notice.txt")
    activities = list(register.activities.values())
    assert len(activities) == len(listed.blocks) + 2
    for activity, block in zip(activities, listed.blocks, strict=False):
        names = [
            line.description or register.all(DataCategory)[line.category or ""].name for line in activity.data
        ]
        assert [name.casefold() for name in names] == [term.casefold() for term in block.data]
        outside = [country(place).code for place in block.places if not in_eea(country(place).code)]
        inside = [place for place in block.places if in_eea(country(place).code)]
        assert [leg.destination for leg in activity.transfers] == outside
        assert (activity.description or "").endswith("; ".join(inside))
        assert [part.lines for part in activity.provenance] == [spoken_lines((block.first, block.last))]
        assert activity.provenance[0].notice == activity.notices[0] == "www-postdicom-com"


def test_purposes_in_running_text_are_activities_of_their_own(seed: NoticeReading) -> None:
    """The two purposes of its prose are drafted, and the second is handled by Stripe in a role that is not said."""
    provide, pay = list(drafts(seed, EMPTY, source="s").activities.values())[-2:]
    assert [purpose.text for purpose in (*provide.purposes, *pay.purposes)] == [
        "provide the Service",
        "process subscription payments",
    ]
    assert plain(pay)["recipients"] == [{"organisation": "stripe"}]
    assert not provide.recipients
    assert not provide.data
    assert not pay.data


def test_nothing_is_said_that_the_notice_does_not_say(seed: NoticeReading) -> None:
    """Every field of every drafted record that the notice is silent on is blank."""
    register = drafts(seed, EMPTY, source="s")
    allowed = {"ref", "name", "role", "entity", "status", "notices", "provenance"}
    for activity in register.activities.values():
        said = plain(activity)
        assert said.keys() <= allowed | {"description", "purposes", "data", "recipients", "transfers"}
        assert activity.status == "draft"
        assert all(leg.keys() == {"destination"} for leg in said.get("transfers", []))
        assert all(line.keys() <= {"subjects", "category", "description"} for line in said.get("data", []))
        assert all(one.keys() == {"text"} for one in said.get("purposes", []))
    for organisation in register.organisations.values():
        own = {"email"} if organisation.ours else set()
        assert plain(organisation).keys() == {"ref", "name", "ours", "provenance"} | own
    assert not register.all(RetentionRule)


def test_the_notice_keeps_its_text_and_what_it_says_outside_the_entries(
    seed: NoticeReading, listed: Listed
) -> None:
    """Controller, contact, day, age, days to answer, services and what is announced are there with their lines."""
    register = drafts(seed, EMPTY, source="seed-notice.txt")
    (notice,) = register.all(Notice).values()
    assert notice.text == listed.path.read_text(encoding="utf-8")
    assert (notice.name, notice.last_updated) == (listed.title, listed.last_updated)
    assert (notice.minimum_age, notice.response_days) == (listed.minimum_age, listed.response_days)
    owner = register.organisations[notice.entity or ""]
    assert (owner.name, owner.ours, owner.email) == (listed.controller, True, listed.contact_email)
    named = [told.text for told in notice.told if told.topic == "service named"]
    assert named == list(listed.services)
    assert [o.name for o in register.organisations.values() if not o.ours] == ["Stripe"], (
        "the one it calls a recipient"
    )
    announced = [
        (told.topic or "").split(": ")[1] for told in notice.told if "announced" in (told.topic or "")
    ]
    assert announced == list(listed.announced)


def test_vague_data_stay_in_their_own_words(seed: NoticeReading, listed: Listed) -> None:
    """A term that names no data is a category of its own, from the notice, and is filed under nothing else."""
    category = drafts(seed, EMPTY, source="s").all(DataCategory)["various-types-of-data"]
    assert plain(category).keys() == {"ref", "name", "provenance"}
    assert category.name == "various types of Data"
    assert [(part.notice, part.lines) for part in category.provenance] == [
        ("www-postdicom-com", ", ".join(str(b.first) for b in listed.blocks if category.name in b.data))
    ]


def test_entries_that_say_the_same_are_reported_and_not_merged(seed: NoticeReading) -> None:
    """Same data and same places: likely one processing told twice, and still two activities."""
    numbers = [
        tuple(int(ref[3:]) for ref in group) for group in likely_duplicates(drafts(seed, EMPTY, source="s"))
    ]
    assert numbers == [(1, 19), (4, 10, 13, 14, 15), (8, 9)]


def test_what_an_entry_states_goes_into_its_fields() -> None:
    """Purpose, legal basis, retention, company and description are read where the entry gives them."""
    block = Block(
        1, (3, 8), data=(told("Email address", 5),), places=(Place("USA", (6, 6), "US"), Place("Ireland", (6, 6), "IE")),
        service=told("Mailer", 3), company=told("Mailer Inc", 3), purpose=told("Newsletter", 2),
        legal_basis=told("Consent", 7), retention=told("2 years", 8), trackers_duration=told("_ga: 2 years", 8),
        description=(told("Mailer sends letters.", 4),), links=(told("Opt Out", 6),),
    )  # fmt: skip
    register = drafts(
        reading(block, controller=told("Acme Ltd"), subjects=(told("customers"),)), EMPTY, source="s"
    )
    said = plain(only(register))
    assert said["name"] == "Newsletter: Mailer"
    assert said["purposes"] == [{"text": "Newsletter", "legal_basis": "6(1)(a)"}]
    assert said["data"] == [{"subjects": "customers", "category": "email-address", "retention": "2-years"}]
    assert said["recipients"] == [{"organisation": "mailer-inc", "service": "Mailer"}]
    assert said["transfers"] == [{"destination": "US", "recipient": "mailer-inc"}]
    assert said["description"].splitlines() == [
        "Mailer sends letters.",
        "How long trackers stay on the device: _ga: 2 years",
        "Places of processing inside the EEA: Ireland",
    ]
    assert said["notes"] == "Links in the notice: Opt Out"
    assert register.all(RetentionRule)["2-years"].period == "P2Y"


def test_what_has_no_code_stays_as_written() -> None:
    """A place, a legal basis or a time limit that nobody can tell for sure is kept in its words, not guessed."""
    block = Block(
        1, (1, 4), data=(told("Email address"),), places=(Place("Atlantis", (2, 2)), Place("EFTA", (2, 2), "EFTA")),
        legal_basis=told("our good name", 3), retention=told("until no longer needed", 4),
    )  # fmt: skip
    register = drafts(reading(block), EMPTY, source="s")
    activity = only(register)
    assert not activity.transfers
    assert not activity.purposes
    assert (activity.description or "").splitlines() == [
        "Places of processing as written: Atlantis; EFTA",
        "Legal basis as written: our good name",
    ]
    (rule,) = register.all(RetentionRule).values()
    assert (rule.period, rule.criterion) == (None, "until no longer needed")


def test_without_a_named_controller_role_and_entity_are_blank() -> None:
    """A notice that names nobody gives records of nobody, even beside an organisation of ours."""
    ours = Register.of([Organisation(ref="acme", name="Acme", ours=True)])
    activity = only(drafts(reading(Block(1, (1, 1), data=(told("Email address"),))), ours, source="s"))
    assert activity.role is None
    assert activity.entity is None


def test_several_sorts_of_people_leave_blank_whose_data_an_entry_lists() -> None:
    """Customers and employees: which of them an entry means, it does not say."""
    people = (told("customers"), told("employees"))
    register = drafts(
        reading(Block(1, (1, 1), data=(told("Email address"),)), subjects=people), EMPTY, source="s"
    )
    assert only(register).data[0].subjects is None


def test_what_the_register_holds_is_named_and_left_as_it_is() -> None:
    """A vendor and a category that are there already are used by the drafts and not touched."""
    held = Register.of(
        [
            Organisation(ref="pay", name="Stripe", country="IE", ours=False),
            DataCategory(ref="mail", name="Email address", description="work mail only"),
        ]
    )
    notice = reading(
        Block(1, (1, 1), data=(told("email address"),)),
        services=(NamedService("Stripe", ((2, 2),)),),
        stated_purposes=(StatedPurpose("take payments", (2, 2), "Stripe"),),
    )
    register = drafts(notice, held, source="s")
    listed, paid = register.activities.values()
    assert listed.data[0].category == "mail"
    assert paid.recipients[0].organisation == "pay"
    assert all(record in list(register) for record in held)


def test_a_name_that_two_organisations_have_is_refused_with_both() -> None:
    """Which of them the notice means is not for a program to say."""
    held = Register.of([Organisation(ref="a", name="Stripe"), Organisation(ref="b", name="stripe")])
    with pytest.raises(Refused, match="a, b"):
        drafts(reading(stated_purposes=(StatedPurpose("take payments", (2, 2), "Stripe"),)), held, source="s")


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "[red]x[/red]",
    "<script>alert(1)</script>",
    "\x1b[31m red",
    "'; drop table activity; --",
)


@pytest.mark.parametrize("term", HOSTILE)
def test_hostile_words_stay_words(term: str) -> None:
    """A formula, markup or escape sequence in a term is the name of a category, letter for letter."""
    register = drafts(reading(Block(1, (1, 1), data=(told(term),))), EMPTY, source="s")
    (category,) = register.all(DataCategory).values()
    assert category.name == term


def test_entries_on_one_line_have_names_of_their_own() -> None:
    """Two equal entries in one paragraph can be told apart."""
    block = Block(1, (5, 5), data=(told("Email address", 5),))
    names = [a.name for a in drafts(reading(block, block), EMPTY, source="s").activities.values()]
    assert names == ["Email address (notice line 5, entry 1)", "Email address (notice line 5, entry 2)"]


texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12
) | st.sampled_from(["Trackers", "Usage Data", "Stripe", "Users", "2 years", "consent", "データ"])
spans = st.tuples(st.integers(1, 60), st.integers(0, 3)).map(lambda pair: (pair[0], sum(pair)))
tolds = st.builds(Told, texts, spans)
codes = st.sampled_from(["US", "IE", "EU", "GB", "EFTA", "EPO", "ZZ", "", None])
blocks = st.builds(
    Block, st.integers(1, 9), spans, st.lists(tolds, max_size=4).map(tuple),
    st.lists(st.builds(Place, texts, spans, codes), max_size=3).map(tuple),
    *[st.none() | tolds] * 6, st.lists(tolds, max_size=2).map(tuple), st.lists(tolds, max_size=2).map(tuple),
    *[st.none() | tolds] * 2,
)  # fmt: skip
readings = st.builds(
    NoticeReading, text=texts, kind=st.just("text"), language=st.just("en"), family=st.just("any"),
    title=st.none() | tolds, site=st.none() | tolds, controller=st.none() | tolds, contact_email=st.none() | tolds,
    dpo=st.none() | tolds, blocks=st.lists(blocks, max_size=4).map(tuple), subjects=st.lists(tolds, max_size=2).map(tuple),
    services=st.lists(st.builds(NamedService, texts, st.lists(spans, max_size=2).map(tuple)), max_size=3).map(tuple),
    stated_purposes=st.lists(st.builds(StatedPurpose, texts, spans, st.none() | texts), max_size=3).map(tuple),
)  # fmt: skip


@settings(max_examples=150)
@given(readings)
def test_any_reading_gives_a_register_that_holds_together(given_reading: NoticeReading) -> None:
    """Every ref that a draft names is there, every entry has its activity, and no two have one name."""
    register = drafts(given_reading, EMPTY, source="s")
    assert not list(register.dangling())
    assert len(register.activities) == len(given_reading.blocks) + len(given_reading.stated_purposes)
    names = [activity.name for activity in register.activities.values()]
    assert len(set(names)) == len(names)
    assert not any(leg.mechanism for activity in register.activities.values() for leg in activity.transfers)
