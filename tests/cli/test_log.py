"""`ropa log`: of the register, of a record under any of its refs, of a field: who, when, why, before and after."""

from pathlib import Path

import pytest

from ropa.compare import Change
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import open_store
from tests.cli.running import Inside
from tests.cli.terminal import Terminal


@pytest.fixture
def changed(example: Inside) -> Inside:
    """The example, with a retention that changed twice, a rename, and other changes in between."""
    for words in (
        (
            "activity",
            "set",
            "PA-0007",
            "data.1.retention=vouchers-8y",
            "--why",
            "tax audit",
            "--actor",
            "Head of Tax",
        ),
        ("activity", "set", "PA-0007", "owner=Head of Risk"),
        (
            "activity",
            "set",
            "PA-0007",
            "data.1.retention=applicants-6m",
            "--why",
            "a slip",
            "--actor",
            "Intern",
        ),
        ("vendor", "rename", "mockmail", "mail-house", "--yes"),
    ):
        assert example(*words).code == 0
    return example


def revisions(ropa: Inside, *words: str) -> list[int]:
    return [entry["revision"] for entry in ropa("log", *words, "--json").json]


@pytest.mark.parametrize("field", ["retention", "data.retention", "Retention", "data.1.retention"])
def test_who_set_the_retention_and_why(changed: Inside, field: str) -> None:
    """One command: who, when, why, before and after in words, of the revisions that changed it and of no others."""
    out = changed("log", "PA-0007", field).out
    assert revisions(changed, "PA-0007", field) == [4, 2, 1]
    for words in ("Head of Tax", "Why: tax audit", "Intern", "Why: a slip"):
        assert words in out
    assert "Head of Risk" not in out
    assert "Invoices and other vouchers, 8 years → " in out


def test_a_period_that_changed_in_its_rule_is_told_of_the_activity(example: Inside) -> None:
    """A rule that is named changes what the activity promises: who, why, before and after stand under its own retention."""
    example(
        "retention",
        "set",
        "vouchers-8y",
        "period=10 years",
        "--why",
        "new law",
        "--actor",
        "Head of Tax",
        "--yes",
    )
    example("retention", "set", "applicants-6m", "period=4 months", "--why", "not its own", "--yes")
    told = example("log", "PA-0001", "retention").out.partition("It names vouchers-8y")[2]
    assert "Head of Tax" in told
    assert "Why: new law" in told
    assert "period: 8 years → 10 years" in told
    assert "not its own" not in told
    assert "It names" not in example("log", "PA-0001", "retention", "--by", "Intern").out
    assert "It names" not in example("log", "PA-0001", "retention", "--as-of", "r1").out


def test_before_and_after_for_programs(changed: Inside) -> None:
    """JSON: the documented keys, and of a field its values; CSV: a row a fact."""
    (entry, *_) = changed("log", "PA-0007", "data.1.retention", "--json").json
    assert entry["changes"][0]["fields"] == [
        {"field": "data.1.retention", "before": ["vouchers-8y"], "after": ["applicants-6m"]}
    ]
    (owner, *_) = changed("log", "PA-0007", "owner", "--json").json
    assert owner["changes"][0]["fields"][0]["after"] == "Head of Risk"
    assert [row[0] for row in changed("log", "PA-0007", "owner", "--csv").rows] == ["r3", "r1"]
    assert (
        changed("log", "PA-0007", "owner", "--csv").rows[0][3]
        == "owner: Head of Facility Management → Head of Risk"
    )


def test_a_part_is_followed_through_its_places(example: Inside) -> None:
    """The number is that of today: what stood there before it is another one's story."""
    example("activity", "set", "PA-0014", "purposes.1.law=§ 7 UWG", "--why", "asked by Legal")
    example("activity", "add", "Two", "purposes+={text: first}", "purposes+={text: second, law: a}")
    ref = example("log", "--json").json[0]["changes"][0]["ref"]
    example("activity", "set", ref, "purposes-=1")
    example("activity", "set", ref, "purposes.1.law=b")
    assert revisions(example, ref, "purposes.1.law") == [5, 3]
    assert "law: a → b" in example("log", ref, "purposes.1.law").out
    assert "purpose first" not in example("log", ref, "purposes.1.law").out
    assert "There are 1 to 1" in example.refused("log", ref, "purposes.2.law")


def test_a_record_is_found_by_every_ref_it_had(changed: Inside) -> None:
    """Renamed and removed ones too; who only follows is told so; another record that takes the ref later is not it."""
    assert revisions(changed, "mockmail") == revisions(changed, "mail-house") == [5, 1]
    assert "renamed: mockmail → mail-house" in changed("log", "mockmail").out
    assert "names mail-house, which was mockmail" in changed("log", "PA-0014").out
    changed("vendor", "add", "Mockmail")
    assert revisions(changed, "mockmail") == [6]
    assert revisions(changed, "mail-house") == [5, 1]
    changed("activity", "remove", "PA-0027", "--why", "never took place", "--yes")
    out = changed("log", "PA-0027").out
    assert out.startswith("PA-0027  Draft answers by an AI assistant\n")
    assert "Why: never took place\n    removed" in out


def test_only_what_is_asked_for(changed: Inside) -> None:
    """Of some people, since a day, up to a state, at most so many."""
    assert revisions(changed, "--by", "intern") == [4]
    assert revisions(changed, "--since", "2000-01-01") == [5, 4, 3, 2, 1]
    assert revisions(changed, "PA-0007", "--as-of", "r3") == [3, 2, 1]
    assert revisions(changed, "--limit", "2") == [5, 4]
    assert "and 3 more. See them all: --limit 5" in changed("log", "--limit", "2").err
    assert "2999-13-01" in changed.refused("log", "--since", "2999-13-01")


def test_two_kinds_with_one_ref(example: Inside) -> None:
    """Neither is guessed: the way to say which is told, and works."""
    assert example("system", "add", "Staff").code == 0
    line = example.refused("log", "staff")
    assert "Say which: --kind system or --kind notice" in line
    assert revisions(example, "staff", "--kind", "system") == [2]
    assert "notice" in example.refused("log", "staff", "--kind", "notise")


def test_a_ref_that_is_another_ones_name(example: Inside) -> None:
    """Neither is guessed, in log as in restore: the activity Newsletter is not the rule of that ref."""
    for words in (("log",), ("restore", "--as-of", "r1", "--why", "x")):
        line = example.refused(*words, "newsletter")
        assert "Say which: PA-0014, or --kind retention" in line
    assert revisions(example, "newsletter", "--kind", "retention") == [1]
    assert revisions(example, "newsletter", "--kind", "activity") == [1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("PA-0007", "ownr"), "owner"),
        (("PA-0007", "since"), "recipients.since"),
        (("mockmial",), "mockmail"),
        (("PA-0007", "data.99.retention"), "no data 99"),
        (("PA-0007", "1.2.3"), "part"),
    ],
)
def test_what_is_meant_is_asked(example: Inside, words: tuple[str, ...], told: str) -> None:
    """A slip of the finger gets the nearest names, in one line."""
    assert told in example.refused("log", *words)


def test_hostile_words_stay_words(example: Inside) -> None:
    """Escapes, markup and formulas in reason, actor and values are shown, not obeyed; also those that an old file holds."""
    bad = "=[red]1+1\x1b[31m\u202e"
    store = open_store(str(example.register))
    register = load(store)
    before = register.activities["PA-0001"]
    change = Change(before, before.model_copy(update={"owner": bad}))
    commit(store, [change], based_on=register.revision, actor=bad, why=bad)
    for words in (("log",), ("log", "PA-0001", "owner"), ("log", "PA-0001", "--csv")):
        out = example(*words).out
        assert "[red]" in out
        assert "\u202e" not in out
        assert "\x1b" not in out
    assert example("log", "PA-0001", "owner", "--csv").rows[0][2].startswith("'=")


def test_a_narrow_window_breaks_no_words(changed: Inside) -> None:
    """At 80 columns every word of every reason and change is whole, and the names stand beside the refs."""
    terminal = Terminal(changed.folder, "log", "PA-0007", "retention")
    assert terminal.end() == 0
    assert "Invoices and other vouchers, 8 years" in " ".join(terminal.screen.split())
    assert "…" not in terminal.screen.split("r1 ")[0]


def test_a_damaged_past_is_named(example: Inside, tmp_path: Path) -> None:
    """A record of the past that does not read: one line, and what finds the trouble."""
    import sqlite3

    with sqlite3.connect(example.register) as file:
        file.execute("update change set record = '{' where ref = 'PA-0001'")
    file.close()
    assert "ropa verify" in example.refused("log", "PA-0001")


def test_since_takes_a_day_as_people_say_it(example: Inside) -> None:
    """The mistake of yesterday is looked for by that word; a day to come leaves nothing; what is no day is named."""
    assert example("activity", "set", "PA-0001", "notes=x").code == 0
    assert {one["revision"] for one in example("log", "--since", "yesterday", "--json").json} == {1, 2}
    assert example("log", "--since", "in 2 weeks", "--json").json == []
    assert "someday" in example.refused("log", "--since", "someday")
