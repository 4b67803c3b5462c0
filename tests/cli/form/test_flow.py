"""What is asked, in which order, and what comes of the answers."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ropa.cli.form.lacking import gaps_of
from ropa.cli.form.question import Choice, New, Question, answered
from ropa.compare import applied
from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.canonical import plain
from ropa.model.catalogue import DataCategory, RetentionRule
from ropa.model.common import Documented
from ropa.model.organisation import Organisation
from ropa.model.register import KINDS, Register
from tests.cli.form.filling import filled, words_of

US_VENDOR = {
    "What is it called": ["Newsmail"],
    "In which country is it established": ["USA"],
    "Which service of it": ["Newsletter tool"],
}


def _register(*more: Documented) -> Register:
    ours = Organisation.model_validate(
        {"ref": "musterfeld", "name": "Musterfeld GmbH", "ours": True, "country": "DE"}
    )
    letter = Activity.model_validate(
        {"ref": "PA-0001", "name": "Newsletter", "role": "controller", "entity": "musterfeld"}
    )
    return Register.of([ours, letter, *more])


def _after(register: Register, kind: str, answers: Mapping[str, Sequence[str]], **how: Any) -> Register:
    form, _ = filled(register, kind, answers, **how)
    return applied(register, form.changes())


def test_a_new_vendor_reaches_the_activities_that_use_it() -> None:
    """The call "we now use a newsletter service, in the US" is one form: vendor, recipient and transfer are recorded."""
    after = _after(
        _register(), "organisation",
        {
            **US_VENDOR,
            "Which contract": ["1"],
            "When was that signed": ["20 November 2026"],
            "Which of our activities": ["Newsletter"],
            "In which role": ["processor"],
            "do data of these activities go there": ["yes"],
            "what does the transfer rest on": ["SCC"],
            "Which modules": ["2"],
        },
        ours=False,
    )  # fmt: skip
    vendor = after.organisations["newsmail"]
    assert (vendor.ours, vendor.country) == (False, "US")
    assert [plain(a) for a in vendor.agreements] == [{"kind": "art28", "signed_on": "2026-11-20"}]
    letter = after.activities["PA-0001"]
    assert [plain(r) for r in letter.recipients] == [{"organisation": "newsmail", "role": "processor"}]
    (leg,) = letter.transfers
    assert (leg.destination, leg.recipient, leg.mechanism, leg.scc_modules) == (
        "US",
        "newsmail",
        "46-2-c",
        (2,),
    )


def test_nothing_is_assumed() -> None:
    """A form of which all is skipped but the name records the name, and what is the register's own book-keeping."""
    for kind, ours in [
        *((k, None) for k in KINDS if k not in ("organisation", "waiver")),
        ("organisation", False),
    ]:
        form, _ = filled(_register(), kind, _name(kind), ours=ours)
        said = plain(form.record())
        assert set(said) <= {"ref", "name", "status", "ours"}, said
        assert said.get("status") in (None, "draft")


def _name(kind: str) -> dict[str, list[str]]:
    words = "What is it called" if kind == "organisation" else "call"
    return {words: ["Something new"]}


def test_a_processor_is_not_asked_for_what_a_controller_decides() -> None:
    """No legal basis, no lines of data, no signs of risk in a processor's record; its clients and its processors instead."""
    vendor = Organisation.model_validate({"ref": "v", "name": "Vendor", "ours": False, "country": "FR"})
    form, asked = filled(
        _register(vendor),
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
        _register(), "activity",
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
        _register(), "activity",
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
    skipped, _ = filled(_register(), "activity", CARE)
    assert "criteria" not in plain(skipped.record())


def test_no_assessment_is_stated_with_a_reason() -> None:
    """Without an assessment the form asks why none is needed, and keeps the answer as a statement."""
    form, _ = filled(
        _register(), "activity", {**CARE, "why is none needed": ["One doctor alone, recital 91"]}
    )
    assert [(s.about, s.reason) for s in form.record().statements] == [
        ("dpia", "One doctor alone, recital 91")
    ]


def test_a_harmless_record_is_not_asked_for_an_assessment() -> None:
    """Business contacts and their addresses show no sign: the nine criteria are left out."""
    _, asked = filled(
        _register(), "activity",
        {"What do you call": ["X"], "Whose data": ["Customers"], "which data": ["Email address"]},
    )  # fmt: skip
    assert "Does a program decide" in words_of(asked)
    assert "signs of a high risk" not in words_of(asked)


def test_periods_of_law_are_suggested_and_taken_one_by_one() -> None:
    """Examples of the entity's country stand with source and day; a rule after one takes only what is confirmed."""
    form, asked = filled(
        _register(), "activity",
        {"What do you call": ["Recruitment"], "Which organisation of ours": ["1"], "Whose data": ["Job applicants"],
         "which data": ["Email address"], "how long": ["Applications of rejected candidates, 6 months"], "Add it": ["yes"],
         "How long? (such": ["1"], "From when is it counted": [""]},
    )  # fmt: skip
    (question,) = [one for one in asked if one.words.endswith("how long are these kept?")]
    assert any("facts of 2026-11-23" in hint and "6 months" in hint for hint in question.hints)
    (rule,) = applied(_register(), form.changes()).all(RetentionRule).values()
    assert (rule.period, rule.starts, rule.ground) == ("P6M", None, None)


def test_a_known_vendor_comes_with_suggestions() -> None:
    """Country, service and role of a vendor that the facts know are hints with their day; skipped, they stay blank."""
    form, asked = filled(
        _register(), "organisation",
        {"What is it called": ["Mailchimp"], "Which service": ["1"], "Which of our activities": ["Newsletter"]}, ours=False,
    )  # fmt: skip
    hints = {one.path: " ".join(one.hints) for one in asked if one.hints}
    assert "facts of 2026-11-23" in hints["country"]
    assert "usually processor" in hints["activities: role"]
    record = plain(form.record())
    assert record["services"] == [{"name": "Newsletters"}]
    assert "country" not in record


def test_a_name_that_is_there_is_asked_about_at_once() -> None:
    """The same name, in whatever case, is asked about before anything else, and can be changed."""
    form, asked = filled(
        _register(), "activity", {"What do you call": ["newsletter", "Letters"], "already (PA-0001)": ["no"]}
    )
    assert [one.path for one in asked[:3]] == ["name", "same", "name"]
    assert form.record().name == "Letters"


def test_every_question_is_in_the_words_of_a_colleague() -> None:
    """No form falls back on a bare field title, and each question that answers an Article says which."""
    for kind, ours in [
        *((k, None) for k in KINDS if k not in ("organisation", "waiver")),
        ("organisation", True),
        ("organisation", False),
    ]:
        _, asked = filled(_register(), kind, _name(kind), ours=ours)
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
    form, asked = filled(_register(), "activity", answers)
    assert ("There are special data" in words_of(asked)) is asks
    after = applied(_register(), form.changes())
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
    _, asked = filled(_register(vendor), "activity", answers)
    assert any(one.words.startswith("Vendor, ") for one in asked) is asks


def test_a_country_of_the_eea_is_no_transfer() -> None:
    """Naming one is refused with the reason, and not recorded."""
    with pytest.raises(Refused, match="inside the EEA"):
        filled(_register(), "activity", {"What do you call": ["X"], "Do data leave": ["Norway"]})


def test_the_facts_of_a_destination_are_shown_and_not_taken() -> None:
    """The question for the mechanism shows the decision with its date; a skipped question leaves a blank."""
    form, asked = filled(_register(), "activity", {"What do you call": ["X"], "Do data leave": ["Japan"]})
    (question,) = [one for one in asked if "rest on" in one.words]
    assert any("2019/419" in hint for hint in question.hints), question.hints
    (leg,) = form.record().transfers  # type: ignore[attr-defined]
    assert leg.mechanism is None


def test_consent_asks_how_it_is_withdrawn_and_interests_ask_which() -> None:
    """Each ground asks what it needs in law, and nothing of the others."""
    _, consent = filled(
        _register(),
        "activity",
        {"What do you call": ["X"], "What are the data used for": ["Y"], "On what ground": ["consent"]},
    )
    _, interest = filled(
        _register(),
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
        _register(), "activity",
        {"What do you call": ["Meals"], "What are the data used for": ["Cook"], "On what ground": ["6(1)(b)"],
         "Whose data": ["Employees"], "which data": ["Health data"], "There are special data": ["9(2)(a)"]},
    )  # fmt: skip
    assert "take their consent back" in words_of(asked)


def test_a_period_that_is_typed_makes_a_rule_of_that_period() -> None:
    """The answer "2 years" to "how long" is a new rule, once the person says so; its period is what was typed."""
    after = _after(
        _register(), "activity",
        {"What do you call": ["X"], "Whose data": ["Customers"], "which data": ["Email address"], "how long": ["2 years"], "Add it": ["yes"]},
    )  # fmt: skip
    (rule,) = after.all(RetentionRule).values()
    assert (rule.name, rule.period) == ("2 years", "P2Y")


def test_mending_asks_for_what_the_gaps_name() -> None:
    """After "mend" the place of each gap is asked once; a reason instead of a value becomes a statement."""
    form, asked = filled(
        _register(), "activity",
        {"What do you call": ["X"], "What now": ["m", "w"], "do we act for a client": ["", "controller"],
         "Describe the technical": ["Paper files in a locked room alone"]},
    )  # fmt: skip
    record = form.record()
    assert record.role == "controller"  # type: ignore[attr-defined]
    assert [(s.about, s.says, s.by) for s in record.statements] == [("measures", "does not apply", "DPO")]
    paths = [one.path for one in asked]
    mended = [path for path in paths[paths.index("end") + 1 :] if path != "end"]
    assert len(mended) == len(set(mended)), mended


def test_mending_reaches_what_the_form_changes_elsewhere() -> None:
    """A contract without a place and a transfer without a ground show as gaps of the activity; mending asks for both by name."""
    form, asked = filled(
        _register(), "organisation",
        {**US_VENDOR, "Which contract": ["1"], "When was that signed": ["20 November 2026"], "Which of our activities": ["Newsletter"],
         "In which role": ["processor"], "do data of these activities go there": ["yes"], "Where is it kept": ["", "Folder C-9"],
         "What now": ["m", "w"], "What does the transfer rest on": ["SCC"]},
        ours=False,
    )  # fmt: skip
    after = applied(_register(), form.changes())
    assert [a.document for a in after.organisations["newsmail"].agreements] == ["Folder C-9"]
    assert [leg.mechanism for leg in after.activities["PA-0001"].transfers] == ["46-2-c"]
    assert not [one.path for one in asked if one.path.endswith("recipients.1.organisation")]


@pytest.mark.parametrize(("answer", "left"), [("yes", 0), ("no", 1), ("", 1)])
def test_a_statement_that_the_call_overtakes_is_asked_about(answer: str, left: int) -> None:
    """Nothing leaves the EEA: that falls only where the person takes it back."""
    stated = {
        "about": "transfers",
        "says": "does not apply",
        "reason": "all in the EEA",
        "by": "DPO",
        "on": "2026-01-01",
    }
    old = Activity.model_validate(
        {"ref": "PA-0002", "name": "Mailing", "role": "controller", "statements": [stated]}
    )
    form, _ = filled(
        _register(old), "organisation",
        {**US_VENDOR, "Which of our activities": ["Mailing"], "do data of these activities go there": ["yes"], "Take it back": [answer]},
        ours=False,
    )  # fmt: skip
    assert len(applied(_register(old), form.changes()).activities["PA-0002"].statements) == left


def test_gaps_that_were_there_before_are_not_of_this_form() -> None:
    """What the activity lacked already is not told as a consequence of the new vendor."""
    form, _ = filled(
        _register(), "organisation",
        {**US_VENDOR, "Which of our activities": ["Newsletter"], "In which role": ["processor"]}, ours=False,
    )  # fmt: skip
    found = {one.outcome.rule.id for one in gaps_of(form) if not one.own}
    assert "ROPA-A104" not in found, "it had no purpose before, and has none now"
    assert found, "the missing contract is new"


def _choices(*names: str, many: bool = False, adds: str = "vendor") -> Question:
    return Question(
        "x", "Who?", choices=tuple(Choice(n.lower(), n) for n in names), many=many, named=True, adds=adds
    )


def test_a_name_is_what_is_there_or_new_and_never_nearly() -> None:
    """Exact names count; what looks like a known one is refused unless the person says that it is new."""
    question = _choices("Mailjet SAS", "Stripe")
    assert answered(question, "mailjet sas") == "mailjet sas"
    assert answered(question, "2") == "stripe"
    with pytest.raises(Refused, match="Mailjet SAS"):
        answered(question, "Mailjet")
    assert answered(question, "new Mailjet") == New("Mailjet")
    assert answered(question, "Brevo") == New("Brevo")


def test_a_name_with_a_comma_is_one_name() -> None:
    """The name "Acme, Inc." is found whole; two names have a comma, or a semicolon, between them."""
    question = _choices("Acme, Inc.", "Stripe", many=True)
    assert answered(question, "Acme, Inc.") == ("acme, inc.",)
    assert answered(question, "Acme, Inc.; Stripe") == ("acme, inc.", "stripe")


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x00b", "a\x9bb", "x" * 30_000])
def test_what_no_record_should_hold_is_refused(text: str) -> None:
    """Escape sequences, control characters and pages of text are no answer."""
    with pytest.raises(Refused):
        answered(Question("x", "Who?"), text)
