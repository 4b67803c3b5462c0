"""`ropa diff` between days and revisions: what changed, in words that can be quoted, and as data that can be carried out."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from ropa.compare import Change, compare
from ropa.model.plainregister import KEYS, register_as_plain
from ropa.model.register import Register
from ropa.model.renaming import following, renamed
from ropa.store.commit import commit
from ropa.store.load import load
from ropa.store.open import Store, create_store, open_store
from tests.cli.running import Inside
from tests.strategies import registers

Plain = dict[tuple[str, str], dict[str, Any]]


def put(store: Store, changes: list[Change]) -> None:
    commit(store, changes, based_on=load(store).revision, actor="DPO", command="test")


def rename(store: Store, kind: str, old: str, new: str) -> None:
    """As `ropa NOUN rename` does, for any kind."""
    register = load(store)
    record = register.records[kind][old]
    also = [one for one in following(register, record) if (one.kind, one.ref) != (kind, old)]
    put(
        store,
        [
            Change(record, None),
            Change(None, renamed(record, kind, old, new)),
            *(Change(one, renamed(one, kind, old, new)) for one in also),
        ],
    )


def as_data(register: Register) -> Plain:
    said = register_as_plain(register)
    return {(KEYS[key], one["ref"]): one for key, many in said.items() if key in KEYS for one in many}


def carried_out(before: Plain, told: dict[str, Any]) -> Plain:
    """A register with what `diff --json` tells, done by its words alone: first what goes, then what comes."""
    after, come = deepcopy(before), []
    for change in told["changes"]:
        fields = {one["field"]: one for one in change["fields"]}
        ref = fields["ref"]["before"] if "ref" in fields else change["ref"]
        record = after.pop((change["kind"], ref)) if change["op"] != "added" else {}
        assert {n: record.get(n) for n in fields} == {n: one["before"] for n, one in fields.items()}
        said = {**record, **{name: one["after"] for name, one in fields.items()}}
        if change["op"] != "removed":
            come.append((change, said))
    for change, said in come:
        assert (change["kind"], change["ref"]) not in after
        after[change["kind"], change["ref"]] = {
            name: value for name, value in said.items() if value is not None
        }
    return after


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers(), registers())
def test_what_is_told_carried_out_makes_the_one_of_the_other(one: Register, other: Register) -> None:
    """Of any two states, forwards and backwards, with renames of a vendor and an activity between them and what came after."""
    with TemporaryDirectory() as folder:
        ropa = Inside(Path(folder))
        ropa.register.parent.mkdir()
        store = create_store(str(ropa.register))
        put(store, compare(Register(), one))
        for kind, old, new in (
            ("organisation", "organisation-1", "other"), ("activity", "PA-0001", "PA-0077"),
            ("organisation", "other", "another"),
        ):  # fmt: skip
            if old in one.records[kind] or (old == "other" and "organisation-1" in one.records[kind]):
                rename(store, kind, old, new)
        put(store, compare(load(store), other))
        last = load(store).revision
        for a in range(last + 1):
            for b in {1, last}:
                told = ropa("diff", f"r{a}", f"r{b}", "--json").json
                assert carried_out(as_data(load(store, a)), told) == as_data(load(store, b))
                assert told["conflicts"] == told["unread"] == []


@pytest.fixture
def changed(example: Inside) -> Inside:
    """The example, in which a vendor got another ref and then another address, an activity an owner, and a measure came."""
    for words in (
        ("vendor", "rename", "mockmail", "mail-house", "--yes"),
        ("vendor", "set", "mail-house", "email==1+1@mail.example"),
        ("activity", "set", "PA-0007", "owner=[bold]Head of Risk"),
        ("measure", "add", "Locks"),
    ):
        assert example(*words).code == 0
    return example


def test_in_words_that_can_be_quoted(changed: Inside) -> None:
    """Both states with revision and time, each record once with its facts, what follows a new ref in one line, a count."""
    ran = changed("diff", "r1", "r5")
    first, *lines = ran.out.splitlines()
    assert ran.code == 1
    assert first.startswith("Changed between r1 (20")
    assert " UTC) and r5 (20" in first
    assert lines == [
        "~ mockmail → mail-house  Mockmail SAS",
        "    email: privacy@mockmail.example → =1+1@mail.example",
        "+ locks  Locks",
        "~ PA-0007  Door access control",
        "    owner: Head of Facility Management → [bold]Head of Risk",
        "~ 2 records name mail-house by its new ref: newsletter-tool, PA-0014",
        "In all: 1 record added, 3 changed, 1 renamed.",
    ]


def test_a_record_is_followed_that_went_twice(changed: Inside) -> None:
    """Through all the refs that it had between the two states, and one that came in the place of the old ref is another."""
    assert changed("vendor", "rename", "mail-house", "post-house", "--yes").code == 0
    assert changed("vendor", "add", "mockmail").code == 0
    told = {
        (c["op"], c["ref"])
        for c in changed("diff", "r1", "--json").json["changes"]
        if c["kind"] == "organisation"
    }
    assert told == {("renamed", "post-house"), ("added", "mockmail")}
    back = changed("diff", "now", "r1", "--json").json["changes"]
    assert ("renamed", "mockmail") in {(c["op"], c["ref"]) for c in back}


def test_a_row_a_fact_for_a_spreadsheet(changed: Inside) -> None:
    """CSV has before and after in words; what a spreadsheet would run is inert; new refs are told where they are named."""
    rows = changed("diff", "r1", "--csv").rows
    lead = ["renamed", "organisation", "mail-house", "mockmail", "Mockmail SAS"]
    assert rows[:2] == [
        [*lead, "ref", "ref", "mockmail", "mail-house"],
        [*lead, "email", "email", "privacy@mockmail.example", "'=1+1@mail.example"],
    ]
    assert ["recipients.1.organisation", "names by its new ref", "mockmail", "mail-house"] in [
        row[5:] for row in rows
    ]
    assert ["owner", "Head of Facility Management", "[bold]Head of Risk"] in [row[6:] for row in rows]


def test_what_went_is_told_in_full(changed: Inside) -> None:
    """As a line in words, and field by field as data."""
    assert changed("measure", "remove", "locks", "--yes", "--why", "added by mistake").code == 0
    assert "- locks  Locks\n    removed\n" in changed("diff", "r5").out
    assert ["removed", "measure", "locks", "", "Locks", "name", "name", "Locks", ""] in changed(
        "diff", "r5", "--csv"
    ).rows


def test_alone_it_tells_of_the_last_revision(changed: Inside) -> None:
    """`ropa diff` is what was done last."""
    assert changed("diff").out.splitlines()[1:] == [
        "+ locks  Locks",
        "In all: 1 record added.",
    ]


def test_no_change_is_said(changed: Inside) -> None:
    """In words with both states, as data with an empty list; exit 0."""
    ran = changed("diff", "now")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Nothing changed between now (r5, ")
    assert changed("diff", "today", "now", "--json").json["changes"] == []


def test_a_later_state_first(changed: Inside) -> None:
    """Reads backwards, and says so."""
    ran = changed("diff", "now", "r4")
    assert "- locks  Locks" in ran.out
    assert "now is the later one: this is what going back changes." in ran.err


def test_before_the_first_revision_there_was_nothing(changed: Inside) -> None:
    """A day before the register began: everything came since, and it is said."""
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    for word in ("2 days ago", f"{yesterday:%-d %B %Y}", "r0"):
        ran = changed("diff", word, "r1")
        assert ran.out.startswith(f"Changed between {word} (before the first revision) and r1 (20"), ran
        assert ran.out.endswith("In all: 223 records added.\n")


def test_an_empty_register_has_no_changes(empty: Inside) -> None:
    """Neither alone nor against a day."""
    for words in ((), ("yesterday",), ("r0", "now")):
        ran = empty("diff", *words)
        assert (ran.code, ran.err) == (0, "")
        assert "Nothing changed between" in ran.out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("r99",), "there is no revision r99. See them: ropa log"),
        (("now", "r" + "9" * 30), "9' is no day, no revision and no file."),
        (("hallo",), "'hallo' is no day, no revision and no file. Write a day like 2026-03-31 or yesterday,"),
        (("r²",), "'r²' is no day, no revision and no file."),
        (("2026-13-40",), "'2026-13-40' is not a day of the calendar."),
        (("03/04/2026",), "'03/04/2026' could be 2026-04-03 or 2026-03-04."),
        (("2199-01-01",), "2199-01-01 is still to come."),
        (("now", "2026-03-31 12:00"), "'2026-03-31 12:00' does not say in which zone."),
        (("now", "now", "--json", "--csv"), "--json and --csv cannot both be had."),
    ],
)
def test_what_is_no_state_is_refused(example: Inside, words: tuple[str, ...], line: str) -> None:
    """One line that says what to write."""
    assert line in example.refused("diff", *words)


def test_hostile_words_are_only_shown(example: Inside) -> None:
    """Escapes and signs that turn the reading direction stand in the screen as signs, in JSON as they are."""
    store = open_store(str(example.register))
    record = load(store).activities["PA-0007"]
    put(store, [Change(record, record.model_copy(update={"owner": "\x1b[31m\u202eevil"}))])
    ran = example("diff")
    assert "␛[31m\\u202eevil" in ran.out
    assert "\x1b" not in ran.out + example("diff", "--csv").out
    assert example("diff", "--json").json["changes"][0]["fields"][0]["after"] == "\x1b[31m\u202eevil"


def test_what_was_redacted_is_told_as_such(changed: Inside) -> None:
    """A value that was taken out of the history does not come back: the mark stands in its place, in words and as data."""
    assert (
        changed("redact", "PA-0007", "owner", "--as-of", "r1", "--yes", "--why", "letter of 3 March").code
        == 0
    )
    assert "owner: (redacted in r6) → [bold]Head of Risk" in changed("diff", "r1", "r5").out
    ((owner,),) = (
        c["fields"] for c in changed("diff", "r1", "r5", "--json").json["changes"] if c["ref"] == "PA-0007"
    )
    assert owner == {"field": "owner", "before": "(redacted in r6)", "after": "[bold]Head of Risk"}
