"""What an activity and every other record are asked for, and that only what applies is asked."""

import pytest

from ropa.compare import applied
from ropa.errors import Refused
from ropa.model.canonical import plain
from ropa.model.catalogue import DataCategory
from ropa.model.organisation import Organisation
from ropa.model.register import KINDS
from tests.cli.form.filling import filled, named, small, words_of


def test_nothing_is_assumed() -> None:
    """A form of which all is skipped but the name records the name, and what is the register's own book-keeping."""
    for kind, ours in [
        *((k, None) for k in KINDS if k not in ("organisation", "waiver", "own_facts")),
        ("organisation", False),
    ]:
        form, _ = filled(small(), kind, named(kind), ours=ours)
        said = plain(form.record())
        assert set(said) <= {"ref", "name", "status", "ours"}, said
        assert said.get("status") in (None, "draft")


def test_a_processor_is_not_asked_for_what_a_controller_decides() -> None:
    """No legal basis, no lines of data, no signs of risk in a processor's record; its clients and its processors instead."""
    vendor = Organisation.model_validate({"ref": "v", "name": "Vendor", "ours": False, "country": "FR"})
    form, asked = filled(
        small(vendor),
        "activity",
        {
            "What do you call": ["Hosting"],
            "do we act for a client": ["processor"],
            "For which clients": ["Vendor"],
            "What do we do for it": ["Hosting"],
            "Which other processors": ["Vendor"],
        },
    )
    for words in (
        "On what ground",
        "Whose data",
        "Art. 9(2)",
        "Does a program decide",
        "signs of a high risk",
    ):
        assert words not in words_of(asked)
    record = plain(form.record())
    assert record["recipients"] == [{"organisation": "v", "role": "processor"}]
    assert record["clients"] == [{"organisation": "v", "categories": "Hosting"}]


def test_nobody_and_nowhere_are_answers_with_a_reason() -> None:
    """They ask for the reason and become statements; a plain no is not taken for Norway."""
    form, asked = filled(
        small(), "activity",
        {"What do you call": ["X"], "Who outside receives": ["Nobody"], "Nobody else receives": ["Only the board reads it"],
         "Do data leave": ["no"], "how was that checked": ["Servers in Berlin, contracts read"]},
    )  # fmt: skip
    said = [(s.about, s.says, s.reason, s.by, str(s.on)) for s in form.record().statements]
    assert said == [
        ("recipients", "does not apply", "Only the board reads it", "DPO", "2026-11-25"),
        ("transfers", "does not apply", "Servers in Berlin, contracts read", "DPO", "2026-11-25"),
    ]
    assert "Who else, in words" not in words_of(asked)


CARE = {
    "What do you call": ["Care"],
    "What are the data used for": ["Give care"],
    "Whose data": ["Patients"],
    "which data": ["Health data"],
}


def test_special_data_do_not_leave_without_a_word_on_risk() -> None:
    """Signs of WP 248 in the record itself are named, and whether they are met, and what follows, is asked and not taken."""
    form, asked = filled(
        small(), "activity",
        {**CARE, "Which of the nine": ["4, 7"], "And the other 7": ["yes"], "Is there a data protection impact": ["Folder D-7"]},
    )  # fmt: skip
    (question,) = [one for one in asked if one.path == "criteria"]
    assert "4 sensitive or highly personal data (Health data)" in question.hints[0]
    assert "7 vulnerable people (Patients)" in question.hints[0]
    record = form.record()
    answers = {c.criterion: c.answer for c in record.criteria}  # type: ignore[attr-defined]
    assert [code for code, answer in answers.items() if answer == "met"] == ["sensitive", "vulnerable"]
    assert len(answers) == 9
    assert record.dpia.reference == "Folder D-7"  # type: ignore[attr-defined]
    skipped, _ = filled(small(), "activity", CARE)
    assert "criteria" not in plain(skipped.record())


def test_no_assessment_is_stated_with_a_reason() -> None:
    """Without an assessment the form asks why none is needed, and keeps the answer as a statement."""
    form, _ = filled(small(), "activity", {**CARE, "why is none needed": ["One doctor alone, recital 91"]})
    assert [(s.about, s.reason) for s in form.record().statements] == [
        ("dpia", "One doctor alone, recital 91")
    ]


def test_a_harmless_record_is_not_asked_for_an_assessment() -> None:
    """Business contacts and their addresses show no sign: the nine criteria are left out."""
    _, asked = filled(
        small(), "activity",
        {"What do you call": ["X"], "Whose data": ["Customers"], "which data": ["Email address"]},
    )  # fmt: skip
    assert "Does a program decide" in words_of(asked)
    assert "signs of a high risk" not in words_of(asked)


def test_a_name_that_is_there_is_asked_about_at_once() -> None:
    """The same name, in whatever case, is asked about before anything else, and can be changed."""
    form, asked = filled(
        small(), "activity", {"What do you call": ["newsletter", "Letters"], "already (PA-0001)": ["no"]}
    )
    assert [one.path for one in asked[:3]] == ["name", "same", "name"]
    assert form.record().name == "Letters"


def test_every_question_is_in_the_words_of_a_colleague() -> None:
    """No form falls back on a bare field title, and each question that answers an Article says which."""
    for kind, ours in [
        *((k, None) for k in KINDS if k not in ("organisation", "waiver", "own_facts")),
        ("organisation", True),
        ("organisation", False),
    ]:
        _, asked = filled(small(), kind, named(kind), ours=ours)
        bare = [one.words for one in asked if len(one.words.split()) < 3 and one.path != "end"]
        assert not bare, (kind, bare)


@pytest.mark.parametrize(("data", "asks"), [("Health data", True), ("Email address", False)])
def test_special_data_call_for_a_condition_and_others_do_not(data: str, asks: bool) -> None:
    """Art. 9(2) is asked where a category is special by the catalogue, for each purpose, and only there."""
    answers = {
        "What do you call": ["Care"],
        "What are the data used for": ["Give care"],
        "Whose data": ["Patients"],
        "which data": [data],
    }
    form, asked = filled(small(), "activity", answers)
    assert ("There are special data" in words_of(asked)) is asks
    after = applied(small(), form.changes())
    line = form.record().data[0]  # type: ignore[attr-defined]
    assert after.get(DataCategory, line.category) is not None, "what the catalogue knows comes along"


@pytest.mark.parametrize(
    ("country", "asks"),
    [("France", False), ("Norway", False), ("United States", True), ("Switzerland", True)],
)
def test_only_a_country_outside_the_eea_is_asked_for_a_transfer(country: str, asks: bool) -> None:
    """Whether data go there is asked of a recipient outside the EEA, also where a decision covers its country."""
    vendor = Organisation.model_validate({"ref": "v", "name": "Vendor", "ours": False, "country": country})
    answers = {"What do you call": ["Mailing"], "Who outside receives": ["Vendor"]}
    _, asked = filled(small(vendor), "activity", answers)
    assert any(one.words.startswith("Vendor, ") for one in asked) is asks


def test_a_country_of_the_eea_is_no_transfer() -> None:
    """Naming one is refused with the reason, and not recorded."""
    with pytest.raises(Refused, match="inside the EEA"):
        filled(small(), "activity", {"What do you call": ["X"], "Do data leave": ["Norway"]})


def test_consent_asks_how_it_is_withdrawn_and_interests_ask_which() -> None:
    """Each ground asks what it needs in law, and nothing of the others."""
    _, consent = filled(
        small(),
        "activity",
        {"What do you call": ["X"], "What are the data used for": ["Y"], "On what ground": ["consent"]},
    )
    _, interest = filled(
        small(),
        "activity",
        {"What do you call": ["X"], "What are the data used for": ["Y"], "On what ground": ["6(1)(f)"]},
    )
    assert "take their consent back" in words_of(consent)
    assert "Which interest" not in words_of(consent)
    assert "Which interest" in words_of(interest)
    assert "take their consent back" not in words_of(interest)


def test_explicit_consent_asks_for_its_proof_and_the_way_back() -> None:
    """Art. 7 binds the consent of Art. 9(2)(a) as well, whatever the basis of Art. 6 is."""
    _, asked = filled(
        small(), "activity",
        {"What do you call": ["Meals"], "What are the data used for": ["Cook"], "On what ground": ["6(1)(b)"],
         "Whose data": ["Employees"], "which data": ["Health data"], "There are special data": ["9(2)(a)"]},
    )  # fmt: skip
    assert "take their consent back" in words_of(asked)


def test_a_name_like_a_known_one_is_asked_about_and_questions_say_whom_they_concern() -> None:
    """Mailjet may be Mailjet SAS: one key takes that. Where it is new, the questions of its country and service begin with its name."""
    known = Organisation.model_validate({"ref": "mailjet-sas", "name": "Mailjet SAS", "ours": False})
    offer = "There is no vendor 'Mailjet' yet. Add it?"
    answers = {"What do you call": ["Mailings"], "Who outside receives": ["Mailjet"]}
    form, asked = filled(small(known), "activity", answers | {offer: ["mailjet-sas"]})
    assert [r["organisation"] for r in plain(form.record())["recipients"]] == ["mailjet-sas"]
    assert [c.name for q in asked if q.words == offer for c in q.choices] == [
        "yes, add it",
        "no, Mailjet SAS is meant",
        "no, ask me again",
    ]
    form, asked = filled(small(known), "activity", answers | {offer: ["yes"]})
    assert [r["organisation"] for r in plain(form.record())["recipients"]] == ["mailjet"]
    assert [q.words for q in asked if q.words.startswith("Mailjet: ")][:1] == [
        "Mailjet: In which country is it established?"
    ]
