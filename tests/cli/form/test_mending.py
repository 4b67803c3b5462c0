"""What is open at the end of a form, and that mending asks for exactly that."""

from ropa.cli.form.lacking import gaps_of
from ropa.cli.form.mending import law_of, places
from ropa.compare import applied
from tests.cli.form.filling import US_VENDOR, filled, small


def test_mending_asks_for_what_the_gapsnamed() -> None:
    """After "mend" the place of each gap is asked once; a reason instead of a value becomes a statement."""
    form, asked = filled(
        small(), "activity",
        {"What do you call": ["X"], "What now": ["m", "w"], "do we act for a client": ["", "controller"],
         "Measures: does that not apply": ["Paper files in a locked room alone"]},
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
        small(), "organisation",
        {**US_VENDOR, "Which contract": ["1"], "When was that signed": ["20 November 2026"], "Which of our activities": ["Newsletter"],
         "In which role": ["processor"], "do data of these activities go there": ["yes"], "Where is it kept": ["", "Folder C-9"],
         "What now": ["m", "w"], "What does the transfer rest on": ["SCC"]},
        ours=False,
    )  # fmt: skip
    after = applied(small(), form.changes())
    assert [a.document for a in after.organisations["newsmail"].agreements] == ["Folder C-9"]
    assert [leg.mechanism for leg in after.activities["PA-0001"].transfers] == ["46-2-c"]
    assert not [one.path for one in asked if one.path.endswith("recipients.1.organisation")]


def test_what_was_skipped_is_asked_for_again() -> None:
    """The role of a vendor, which a rule asks, and the authorisation of sub-processors, for which none does, are named by mending."""
    call = {
        **US_VENDOR, "Which contract": ["1"], "Where is it kept": ["Folder C-9"], "Which of our activities": ["Newsletter"],
    }  # fmt: skip
    form, _ = filled(small(), "organisation", call, ours=False)
    said = {one.gap.say for one in places(form) if one.outcome is None}
    assert "Sub-processor authorisation (Art. 28 contract)" in said
    roles = [one for one in places(form) if one.outcome and one.outcome.rule.id == "ROPA-V108"]
    assert [one.gap.say for one in roles] == ["It is not recorded in which role Newsmail acts."]
    form, _ = filled(
        small(), "organisation",
        {**call, "What now": ["m", "w"], "May it engage": ["", "general"], "In which role": ["", "processor"]}, ours=False,
    )  # fmt: skip
    after = applied(small(), form.changes())
    assert [a.subprocessors for a in after.organisations["newsmail"].agreements] == ["general"]
    assert [r.role for r in after.activities["PA-0001"].recipients] == ["processor"]
    left = [one.gap.say for one in places(form) if one.outcome is None]
    assert not [one for one in left if one.startswith(("Sub-processor auth", "Role"))]


def test_mending_says_of_what_it_asks_and_gives_each_question_its_own_reason() -> None:
    """Of a certificate, a supplier or a contract the question begins with its name; a hint is about the field that is asked."""
    form, asked = filled(
        small(), "organisation",
        {**US_VENDOR, "Which contract": ["1"], "Whom does it engage": ["Rocket Sub Inc"], "Add it": ["yes"],
         "Which certificate": ["ISO/IEC 27001"], "Which of our activities": ["Newsletter"], "In which role": ["processor"],
         "What now": ["m", "w"]},
        ours=False,
    )  # fmt: skip
    mended = asked[[one.path for one in asked].index("end") + 1 :]
    words = [one.words for one in mended]
    assert "Rocket Sub Inc: Where does it process, or look at, the data?" in words
    assert "ISO/IEC 27001: Until when is it valid?" in words
    (kept,) = [one for one in mended if one.words.endswith("Where is it kept?")]
    assert kept.words == "Art. 28 contract: Where is it kept?"
    assert not [hint for hint in kept.hints if "date of signature" in hint]
    assert not [one for one in words if "reason why it cannot be said" in one]
    assert not [one for one in form.record().statements if one.about and "." in one.about]


def test_a_processor_is_told_no_article_that_binds_controllers_only() -> None:
    """Who owns and who reviewed a record under Art. 30(2) is asked under that, and not under Art. 5(2) or 24."""
    form, _ = filled(
        small(), "activity", {"What do you call": ["Hosting"], "do we act for a client": ["processor"]}
    )
    laws = {one.outcome.rule.id: law_of(one.outcome) for one in gaps_of(form)}
    assert {"ROPA-G101", "ROPA-G102", "ROPA-A107"} <= set(laws)
    assert not [law for law in laws.values() if "30(1)" in law or "24(1)" in law or "5(2)" in law], laws
