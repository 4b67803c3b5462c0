"""`ropa NOUN add|set|state|unstate`, `activity review|end`, `waive`, `unwaive`: words become one revision."""

import pytest

from tests.cli.running import Inside, Ropa


def test_a_new_activity_says_only_what_was_said(quick: Inside) -> None:
    """What was not said is not in the record, but for its being a draft; the actor, the reason and the command are in the history."""
    quick("init", "--name", "Acme", "--country", "DE")
    ran = quick("activity", "add", "Parking permits", "owner=Head of Facilities", "--why", "new car park")
    assert ran.code == 0
    assert "r2" in ran.err
    assert quick("activity", "show", "PA-0001", "--json").json == {
        "ref": "PA-0001",
        "name": "Parking permits",
        "owner": "Head of Facilities",
        "status": "draft",
    }
    entry = quick("log", "--json").json[0]
    assert (entry["actor"], entry["why"]) == ("Head of Privacy", "new car park")
    assert entry["command"].startswith("ropa activity add 'Parking permits'")


def test_a_new_activity_brings_the_catalogue_categories_it_names(quick: Inside) -> None:
    """A category of the catalogue comes along with its parents, without a question."""
    quick("init", "--name", "Acme", "--country", "DE")
    ran = quick("activity", "add", "Parking", "data+={subjects: employees, category: email address}")
    assert ran.code == 0, ran
    assert quick("activity", "show", "Parking", "--json").json["data"] == [
        {"subjects": "employees", "category": "email-address"}
    ]
    assert [c["ref"] for c in quick("data", "list", "--json").json] == ["contact", "email-address"]


def test_a_period_is_no_retention_rule(example: Inside) -> None:
    """The words "10 years" do not take the rule for annual accounts, with its start and its ground: the rules of that period are named."""
    line = "data+={subjects: employees, category: salary, retention: 10 years}"
    told = example.refused("activity", "add", "Bonus", line)
    assert "is a period, and a retention rule is wanted" in told
    assert "books-10y" in told
    assert "ropa retention add NAME period='10 years'" in told
    assert "in days" in example.refused("retention", "add", "Camera", "period=72 hours")


def test_a_last_day_on_record_is_not_exchanged_for_today(example: Inside) -> None:
    """Who ends an activity twice without a day is told the day; with a day it is changed."""
    assert example("activity", "end", "PA-0018", "--on", "2026-10-31").code == 0
    assert "it ended on 2026-10-31 already" in example.refused("activity", "end", "PA-0018")
    assert example("activity", "end", "PA-0018", "--on", "2026-10-30").code == 0
    assert example("activity", "show", "PA-0018", "--json").json["ended_on"] == "2026-10-30"


def test_a_name_that_is_in_use_is_said(example: Inside) -> None:
    """Two activities may bear one name; whoever adds the second hears of the first."""
    assert "another activity of that name: PA-0001" in example("activity", "add", "payroll", "--yes").err
    assert "another" not in example("activity", "add", "Bonus", "--yes").err


def test_fields_are_set_added_to_and_taken_from(example: Inside) -> None:
    """=, += and -= change one record by one revision; an empty value makes a field blank; words take the standard form."""
    example("activity", "set", "payroll", "tags+=one", "tags+=two", "owner=")
    ran = example(
        "activity", "set", "PA-0001", "tags-=one", "purposes.1.legal_basis=Art. 6 (1) c GDPR", "--json"
    )
    (change,) = ran.json["changes"]
    assert {f["field"] for f in change["fields"]} >= {"tags"}
    said = example("activity", "show", "PA-0001", "--json").json
    assert said["tags"] == ["two"]
    assert said["purposes"][0]["legal_basis"] == "6(1)(c)"
    assert "owner" not in said
    assert [e["revision"] for e in example("log", "PA-0001", "--json").json] == [3, 2, 1]


def test_setting_what_is_set_is_no_change(example: Inside) -> None:
    """No revision without a change."""
    ran = example("activity", "set", "PA-0001", "name=Payroll")
    assert (ran.code, ran.err.strip()) == (0, "No change.")
    assert example("verify", "--json").json["revision"] == 1


def test_a_dry_run_of_set_writes_nothing(example: Inside) -> None:
    """Shown, not written."""
    before = example.register.read_bytes()
    ran = example("activity", "set", "PA-0001", "owner=Head of Legal", "--dry-run")
    assert ran.code == 0
    assert "Head of Legal" in ran.out
    assert example.register.read_bytes() == before


def test_a_statement_answers_a_gap_and_can_be_taken_back(example: Inside) -> None:
    """A field that does not apply closes the gap; taking the statement back opens it again."""
    asked = ("gaps", "--activity", "PA-0023", "--rule", "A107", "--json")
    assert [f["rule"] for f in example(*asked).json["findings"]] == ["ROPA-A107"]
    ran = example("activity", "state", "PA-0023", "transfers", "--reason", "all inside the EEA")
    assert ran.code == 0, ran
    (statement,) = [
        s
        for s in example("activity", "show", "PA-0023", "--json").json["statements"]
        if s["about"] == "transfers"
    ]
    assert statement["says"] == "does not apply"
    assert statement["by"] == "Head of Privacy"
    assert example(*asked).json["findings"] == []
    example("activity", "unstate", "PA-0023", "transfers")
    assert example(*asked).code == 1


def test_a_waived_gap_stays_a_finding(example: Inside) -> None:
    """Waived with reason and end: still listed, never counted as open; unwaived it is open again."""
    asked = ("gaps", "--activity", "PA-0023", "--rule", "A107", "--json")
    ran = example("waive", "A107", "PA-0023", "--reason", "agreed", "--until", "2099-12-31")
    assert ran.code == 0, ran
    ran = example(*asked)
    assert [(f["rule"], f["waived"]) for f in ran.json["findings"]] == [("ROPA-A107", True)]
    assert ran.json["summary"]["missing"] == {"missing": 0, "waived": 1, "met": 0, "not_applicable": 0}
    assert ran.code == 0
    assert example("unwaive", "A107", "PA-0023").code == 0
    assert [f["waived"] for f in example(*asked).json["findings"]] == [False]


def test_reviews_of_several_ask_first(example: Inside) -> None:
    """More than one record without --yes: nothing; with it, each bears the day and who reviewed."""
    before = example.register.read_bytes()
    assert example("activity", "review", "PA-0001", "PA-0002").code == 2
    assert example.register.read_bytes() == before
    ran = example(
        "activity", "review", "PA-0001", "recruitment", "--yes", "--by", "DPO office", "--on", "2026-11-02"
    )
    assert ran.code == 0, ran
    said = example("activity", "show", "PA-0001", "PA-0002", "--json").json
    assert [(a["reviewed_on"], a["reviewed_by"]) for a in said] == [("2026-11-02", "DPO office")] * 2


def test_an_ended_activity_stays(example: Inside) -> None:
    """Ended on a day, and still in the register."""
    assert example("activity", "end", "PA-0003", "--on", "2026-10-31").code == 0
    said = example("activity", "show", "PA-0003", "--json").json
    assert (said["status"], said["ended_on"]) == ("ended", "2026-10-31")


@pytest.mark.parametrize(
    "noun", ["vendor", "entity", "data", "subject", "retention", "system", "measure", "notice"]
)
def test_every_noun_adds_lists_and_shows(empty: Inside, noun: str) -> None:
    """The same verbs for every kind of record; a vendor is no entity and the other way round."""
    assert empty(noun, "add", "Ünïque name").code == 0
    (record,) = empty(noun, "list", "--json").json
    assert record["name"] == "Ünïque name"
    assert empty(noun, "show", "unique NAME", "--json").json == record
    if noun in ("vendor", "entity"):
        other = {"vendor": "entity", "entity": "vendor"}[noun]
        assert empty(other, "list", "--json").json == []


def test_the_real_command_writes_for_the_git_user(ropa: Ropa) -> None:
    """Without --actor and ROPA_ACTOR the change is made by git's user.name."""
    (ropa.folder / ".gitconfig").write_text("[user]\n\tname = Office of Legal Affairs\n")
    ropa("init", ROPA_ACTOR="", PATH="/usr/local/bin:/usr/bin:/bin")
    ropa("activity", "add", "Parking", ROPA_ACTOR="", PATH="/usr/local/bin:/usr/bin:/bin")
    assert {e["actor"] for e in ropa("log", "--json").json} == {"Office of Legal Affairs"}


def test_one_answer_for_several_records(example: Inside) -> None:
    """The same fields of several records: asked about, then one revision."""
    words = ("activity", "set", "PA-0001", "PA-0002", "payroll", "department=People")
    ran = example(*words)
    assert ran.code == 2
    assert "2 records would change" in ran.err
    assert example(*words, "--yes").code == 0
    departments = {a["ref"]: a["department"] for a in example("activity", "list", "--json").json}
    assert departments["PA-0001"] == departments["PA-0002"] == "People" != departments["PA-0003"]
    assert [c["ref"] for c in example("log", "--json").json[0]["changes"]] == ["PA-0001", "PA-0002"]


def test_set_with_a_filter_in_place_of_refs(example: Inside) -> None:
    """What the filter fits is previewed, and written with --yes only; with refs both must fit; nothing fits is refused."""
    before = example("activity", "list", "--owner", "Head of HR", "--csv", "--columns", "ref").rows
    assert len(before) > 1
    words = ("activity", "set", "--owner", "Head of HR", "owner=HR desk")
    shown = example(*words, "--dry-run")
    assert (shown.code, shown.out.count("owner: Head of HR → HR desk")) == (0, len(before))
    assert example(*words).code == 2, "without a terminal nobody was asked"
    assert example("activity", "list", "--owner", "HR desk", "--json").json == []
    assert (
        example("activity", "set", "PA-0001", "PA-0010", "--owner", "Head of HR", "owner=HR desk").code == 0
    )
    assert [r["ref"] for r in example("activity", "list", "--owner", "HR desk", "--json").json] == ["PA-0001"]
    assert example(*words, "--yes").code == 0
    assert example("activity", "list", "--owner", "HR desk", "--csv", "--columns", "ref").rows == before
    assert "no activities fit" in example.refused("activity", "set", "--owner", "nobody", "owner=X")


def test_what_is_there_already_is_not_added_again(example: Inside) -> None:
    """A ref, a word, a part of which all is said: said once, no revision; a part that says more, or a former one, is another."""
    (ref,) = example(
        "activity", "add", "Door book", "tags+=a", "tags+=a", "recipients+=mockmail", "--json"
    ).json["changes"][-1:]
    door = ref["ref"]
    assert example("activity", "show", door, "--json").json["tags"] == ["a"]
    ran = example("activity", "set", door, "recipients+=Mockmail", "tags+=a")
    assert ran.code == 0
    assert "recipients Mockmail SAS: already there." in ran.err
    assert ran.err.endswith("No change.\n")
    ran = example("activity", "set", door, "recipients.1.until=2026-01-31", "recipients+=mockmail")
    assert ran.code == 0, ran
    assert len(example("activity", "show", door, "--json").json["recipients"]) == 2
    example("vendor", "set", "mockmail", "services+={name: Mail, countries: [DE]}")
    many = len(example("vendor", "show", "mockmail", "--json").json["services"])
    ran = example("vendor", "set", "mockmail", f"services.{many}.countries+=Germany")
    assert "already there" in ran.err
    assert ran.err.endswith("No change.\n")


def test_what_contradicts_itself_is_refused_by_every_verb(example: Inside) -> None:
    """One line, nothing written: a processor with a legal basis, an end before the start, a review still to come."""
    before = example.register.read_bytes()
    assert "role=controller" in example.refused(
        "activity", "add", "Hosting", "role=processor", "purposes+={text: x, legal_basis: consent}"
    )
    assert "before started on" in example.refused(
        "activity", "set", "PA-0001", "started_on=2026-02-01", "ended_on=2026-01-01"
    )
    assert "still to come" in example.refused("activity", "review", "PA-0001", "--on", "2999-01-01")
    assert "still to come" in example.refused("activity", "end", "PA-0001", "--on", "2999-01-01")
    assert "it is filled" in example.refused(
        "activity", "state", "PA-0001", "purposes", "--reason", "none at all"
    )
    assert example.register.read_bytes() == before
