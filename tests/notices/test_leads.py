"""What introduces an entry: whose recipient it gets, and where the words before its label are kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory
from ropa.model.register import Register
from ropa.notices.draft_import import NoticeImport, import_notice
from ropa.notices.read import read_notice
from ropa.words import fold


def imported(text: str, name: str = "n.txt") -> NoticeImport:
    return import_notice(read_notice(text.encode(), name), Register.of([]), source=name)


def activities(text: str, name: str = "n.txt") -> list[Activity]:
    return list(imported(text, name).register.activities.values())


def recipients(text: str, name: str = "n.txt") -> list[list[str | None]]:
    """Per entry, whom it names as recipient of data or of a transfer."""
    return [
        [one.organisation for one in activity.recipients]
        + [leg.recipient for leg in activity.transfers if leg.recipient]
        for activity in activities(text, name)
    ]


def kept(found: NoticeImport) -> str:
    """All words that a reader of the register or of the list of what was not kept sees."""
    words = [one.text for one in found.unread]
    for record in found.register:
        words += [record.name, *(part.text or "" for part in getattr(record, "told", ()))]
        if isinstance(record, Activity):
            words += [record.description or "", record.notes or ""]
            words += [purpose.text or "" for purpose in record.purposes]
            words += [line.description or "" for line in record.data]
            words += [recipient.service or "" for recipient in record.recipients]
    return fold(" ".join(words))


STRIPE = "Stripe (Stripe Inc)\nPersonal Data: payment info.\nPlace of processing: United States\n\n"


@pytest.mark.parametrize(
    "second",
    [
        "Live chat for visitors: Personal Data: nickname. Place of processing: USA",
        "For newsletters we use Brevo.\nPersonal Data: email address.\nPlace of processing: USA",
        "Hotjar - Personal Data: Usage Data. Place of processing: USA.",
        "We use Zendesk for support. Personal Data: email address. Place of processing: USA",
        "Personal Data: health data. Place of processing: Russia.",
        "Our club has many members.\nPersonal Data: email address\nPlace of processing: USA",
        "Newsletter (optional) Personal Data: email address. Place of processing: Japan",
        "Mixpanel - Place of processing: United States",
    ],
)
def test_a_service_line_serves_one_entry(second: str) -> None:
    """What stands below another sentence, another service or nothing has not the recipient of the entry before."""
    assert recipients(STRIPE + second) == [["stripe-inc", "stripe-inc"], []]
    assert "Stripe" not in activities(STRIPE + second)[1].name


@pytest.mark.parametrize(
    "between",
    [
        "For newsletters we use Brevo.",
        "Wir nutzen Brevomail.",
        "We also use Mixmail for letters.",
        "Newsletter:",
        "Besides Stripe we use Brevomail for letters.",
        "Letters are sent every month.",
    ],
)
def test_a_service_line_does_not_reach_over_a_sentence_about_something_else(between: str) -> None:
    """Then the recipient is blank, and the service line is listed with its number."""
    found = imported(
        f"Stripe (Stripe Inc)\n{between}\nPersonal Data: email address\nPlace of processing: USA"
    )
    (activity,) = found.register.activities.values()
    assert (activity.recipients, activity.transfers[0].recipient) == ((), None)
    assert between in (activity.description or "")
    assert [(one.place, one.text) for one in found.unread] == [("line 1", "Stripe (Stripe Inc)")]


@pytest.mark.parametrize("label", ["Retention: one year.", "Legal basis: contract.", ""])
def test_a_service_line_ends_where_another_service_stands_between_two_labels(label: str) -> None:
    """Whatever label the words about another service lead in to, the data below are not given to the first service."""
    text = f"Stripe (Stripe Ltd) Place of processing: Japan.\nHotjar counts visits. {label}\nPersonal Data: shoes."
    assert recipients(text) == [["stripe-ltd", "stripe-ltd"], []]


def test_a_service_line_reaches_over_what_is_said_of_the_service() -> None:
    """A paragraph about the service stands between its heading and its data in every notice of the family."""
    said = "Stripe is a payment service. It takes cards. Stripe shares data with PayPal."
    assert recipients(f"Stripe (Stripe Inc)\n{said}\nPersonal Data: email address") == [["stripe-inc"]]


def test_a_service_of_a_page_serves_the_entry_below_it_alone() -> None:
    """A purpose lasts for its section; a second entry, below another sentence, has not the first one's service."""
    page = (
        "<html><body><h3>Analytics</h3><h4>Hotjar (Hotjar Ltd)</h4><p>Personal Data processed: Usage Data.</p>"
        "<p>We also use Mixpanel for our app.</p><p>Personal Data processed: email address.</p>"
        "<p>Place of processing: United States.</p></body></html>"
    )
    first, second = activities(page, "n.html")
    assert [p.text for p in (*first.purposes, *second.purposes)] == ["Analytics", "Analytics"]
    assert (first.name, second.name) == ("Analytics: Hotjar", "Analytics")
    assert recipients(page, "n.html") == [["hotjar-ltd"], []]
    assert second.description == "We also use Mixpanel for our app."


@pytest.mark.parametrize(
    "lead",
    [
        "Comments:",
        "Live chat for visitors:",
        "Old service:",
        "We use Zendesk for support.",
        "Survey of the club (optional)",
        "Abstimmung (freiwillig):",
        "Encuesta (opcional, se puede omitir):",
        "Offer (the company decides):",
        "Rillcount (payments):",
    ],
)
@pytest.mark.parametrize("before", ["", STRIPE, "Personal Data: phone number. Place of processing: Malta. "])
def test_words_before_a_label_are_kept_as_written(before: str, lead: str) -> None:
    """They are in the description of the entry that they lead in to; a bracket without a company is no company."""
    text = f"{before}{lead} Personal Data: first name. Place of processing: USA"
    assert activities(text)[-1].description == lead
    assert recipients(text)[-1] == []


@pytest.mark.parametrize(
    "company",
    [
        "Stripe Inc",
        "iubenda s.r.l.",
        "Lamp GmbH & Co. KG",
        "Meta Platforms, Inc.",
        "Zählwerk AG",
        "Hotjar Ltd.",
    ],
)
def test_a_bracket_with_a_legal_form_is_a_company(company: str) -> None:
    """The recipient is named as the bracket names it."""
    (activity,) = activities(f"Counter ({company})\nPersonal Data: first name")
    register = imported(f"Counter ({company})\nPersonal Data: first name").register
    assert [register.organisations[one.organisation or ""].name for one in activity.recipients] == [company]


@pytest.mark.parametrize("none", ["none", "None", "keine", "aucune", "geen", "ninguno", "nessuno"])
def test_none_is_no_data(none: str) -> None:
    """The entry has no data line and no category, and the words are listed; the entry's places are its own."""
    found = imported(
        f"Personal Data: phone number\nPersonal Data: {none}.\nPlace of processing: UK\nRetention: {none}"
    )
    first, second = found.register.activities.values()
    assert (len(first.data), len(first.transfers)) == (1, 0)
    assert (second.data, [leg.destination for leg in second.transfers]) == ((), ["GB"])
    assert not any(fold(none) == fold(c.name) for c in found.register.all(DataCategory).values())
    assert [one.text for one in found.unread] == [f"Personal Data: {none}.", f"Retention: {none}"]


def test_none_takes_the_service_line_above_it() -> None:
    """The entry below it is another one."""
    assert recipients("Stripe (Stripe Inc)\nPersonal Data: none.\nPersonal Data: email address") == [[]]


def test_a_sentence_that_merely_names_a_service_is_listed_too() -> None:
    """That a name was taken from it is no answer for what else it says."""
    found = imported("Personal Data: phone number\n\nOur friends at Zendesk sell it all.\n\nBye.")
    assert [one.text for one in found.unread] == ["Our friends at Zendesk sell it all.", "Bye."]


MARKS = "amber birch cedar dune elder fern grove heath iris juniper".split()
NAMES = "Stripe Hotjar Mailchimp Zendesk Mixpanel".split()
SAID = {
    "service": ["{name} ({name} Ltd)", "{name} ({name} Ltd):"],
    "about": ["{name} counts {mark}."],
    "other": [
        "{name}\n", "{name} -\n", "We use {name} for {mark}.", "For {mark}:", "For {mark} -", "\nAnalytics\n", "\nHandling payments\n", "\nThe {mark}\n",
    ],
    "remark": ["The {mark} (optional).", "All of {mark} is fine."],
    "data": ["Personal Data: {mark}.", "Personal Data processed: {mark}; Usage Data"],
    "none": ["Personal Data: none."],
    "more": ["Place of processing: Japan.", "Retention: {mark} years.", "Place of processing: Ireland – {mark}."],
}  # fmt: skip
KINDS = [kind for kind in SAID for _ in range(3 if kind in ("service", "data") else 1)]
piece = st.tuples(
    st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), st.sampled_from(SAID[kind]))),
    st.sampled_from(NAMES),
    st.sampled_from([" ", "\n", "\n\n"]),
)
Piece = tuple[tuple[str, str], str, str]


def allowed(drawn: list[Piece]) -> dict[str, set[str]]:
    """The mark of each piece with data → whom a reader may take for its recipient."""
    found: dict[str, set[str]] = {}
    line, spoken_of, doubt = "", False, False
    for ((kind, text), name, _), mark in zip(drawn, MARKS, strict=False):
        if kind == "service":
            line, spoken_of, doubt = name, False, False
        elif kind == "remark":
            doubt = doubt or not spoken_of
        elif kind == "more":  # the entry begins here, and what follows may be a remark in it
            spoken_of = spoken_of or not doubt
        elif kind in ("about", "other"):
            spoken_of = "{name}" in text and name == line
            doubt = not spoken_of
        elif kind in ("data", "none"):
            found[mark] = {f"{line} Ltd"} if line and not doubt else set()
            line = ""
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(piece, min_size=2, max_size=len(MARKS)))
def test_a_walk_over_services_and_entries_names_no_false_recipient_and_loses_no_word(
    drawn: list[Piece],
) -> None:
    """A recipient is named right above its entry, with nothing about another between; every word is kept or listed."""
    said = [
        text.format(name=name, mark=mark) for ((_, text), name, _), mark in zip(drawn, MARKS, strict=False)
    ]
    text = "".join(words + joint for words, (_, _, joint) in zip(said, drawn, strict=True))
    text = f"About us\nPersonal Data: shoes.\n\n{text}"
    found = imported(text)
    may = allowed(drawn)
    for block, activity in zip(
        read_notice(text.encode(), "n.txt").blocks, found.register.activities.values(), strict=False
    ):
        named = {one.organisation for one in activity.recipients} | {
            leg.recipient for leg in activity.transfers
        }
        vendors = {found.register.organisations[ref].name for ref in named if ref}
        marks = {mark for mark in may for told in block.data if mark in told.text}
        assert vendors <= set().union(*(may[mark] for mark in marks)) or not marks, text
    shown = set(kept(found).split())
    written = {mark for mark in MARKS if mark in text} | {fold(name) for name in NAMES if name in text}
    assert written <= shown, (written - shown, text)
