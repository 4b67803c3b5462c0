"""What a person types: signs that nobody can read are refused by every verb, and days in words become days."""

from datetime import UTC, datetime, timedelta

import pytest

from ropa.days import day_after
from tests.cli.running import Inside

ESC = "a\x1b[31mb"


@pytest.mark.parametrize(
    "words",
    [
        ("activity", "add", ESC),
        ("activity", "add", "Parking", f"owner={ESC}"),
        ("activity", "set", "PA-0001", "tags+=a\x07b"),
        ("activity", "set", "PA-0001", "purposes.1.law=a\x7fb", "--dry-run"),
        ("activity", "set", "PA-0001", "owner=x", "--why", ESC),
        ("activity", "set", "PA-0001", "owner=x", "--actor", ESC),
        ("activity", "state", "PA-0023", "transfers", "--reason", f"all inside {ESC}"),
        ("activity", "review", "PA-0001", "--by", "a\x85b"),
        ("activity", "rename", "PA-0001", ESC),
        ("waive", "A107", "PA-0023", "--reason", f"agreed so {ESC}"),
        ("vendor", "add", "--from", "one.json"),
    ],
)
def test_a_control_character_is_refused_by_every_verb(example: Inside, words: tuple[str, ...]) -> None:
    """One line that names the code and the place; nothing is written."""
    before = example.register.read_bytes()
    (example.folder / "one.json").write_text('{"name": "X", "notes": "a\\u001bb"}')
    told = example.refused(*words)
    assert "control character (code" in told
    assert "Take it out." in told
    assert example.register.read_bytes() == before


def test_a_register_does_not_begin_with_one(quick: Inside) -> None:
    """`init` is held to the same, and leaves no file behind."""
    assert "code 27" in quick.refused("init", "--name", ESC)
    assert not quick.register.exists()


def test_what_a_file_holds_is_kept_and_no_hindrance(quick: Inside) -> None:
    """A notice with escapes is imported as it stands and shown safely; its record can be changed elsewhere, not there."""
    quick("init", "--name", "Acme", "--country", "DE")
    notice = quick.folder / "notice.txt"
    notice.write_text(
        "Privacy notice of Acme\n\nNewsletter\nPurpose: Send \x1b[31mit\x07\nLegal basis: consent\nPersonal data: name\nRetention: 3 years\n"
    )
    assert quick("import", notice.name, "--yes").code == 0
    (ref,) = (r["ref"] for r in quick("notice", "list", "--json").json)
    assert "\x1b[31m" in quick("notice", "show", ref, "--json").json["text"]
    assert quick("notice", "set", ref, "language=en").code == 0
    assert "control character" in quick.refused("notice", "set", ref, f"notes={ESC}")


@pytest.mark.parametrize(
    ("said", "period", "sign"),
    [("yesterday", "P1D", -1), ("heute", "P0D", 1), ("in 3 months", "P3M", 1), ("2 weeks ago", "P2W", -1)],
)
def test_days_in_words_become_the_day(example: Inside, said: str, period: str, sign: int) -> None:
    """`set`, `add` and the options of a day read them; what is stored and told is the day itself."""
    today = datetime.now(UTC).date()
    days = {"P1D": 1, "P0D": 0, "P2W": 14}
    expected = day_after(today, period) if period == "P3M" else today + sign * timedelta(days=days[period])
    ran = example("vendor", "set", "mockmail", f"agreements.1.valid_until={said}")
    assert f"valid until: {expected}" in ran.out
    stored = example("vendor", "show", "mockmail", "--json").json["agreements"][0]["valid_until"]
    assert stored == expected.isoformat()
    line = f"agreements+={{kind: art28, valid_until: {said}}}"
    (change,) = example("vendor", "add", "Parking Ltd", line, "--json").json["changes"]
    assert expected.isoformat() in str(change["fields"])


def test_days_in_words_in_options(example: Inside) -> None:
    """--on, --until and --due take what a field takes; other words are refused, with the option."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert example("activity", "end", "PA-0003", "--on", "yesterday").code == 0
    assert example("activity", "show", "PA-0003", "--json").json["ended_on"] == yesterday.isoformat()
    assert example("waive", "A107", "PA-0023", "--reason", "as agreed", "--until", "in a year").code == 0
    assert "--on: 'soon'" in example.refused("activity", "end", "PA-0004", "--on", "soon")
    assert "--due: 'in 3 bananas'" in example.refused("activity", "list", "--due", "in 3 bananas")


@pytest.mark.parametrize(("field", "most"), [("name", 250), ("owner", 250), ("department", 250)])
def test_a_page_in_the_place_of_a_name_is_refused(example: Inside, field: str, most: int) -> None:
    """What nobody could call anything is refused with its length; what is just short enough is taken."""
    before = example.register.read_bytes()
    told = example.refused("activity", "set", "PA-0001", f"{field}={'x' * (most + 1)}")
    assert f"is {most + 1} characters long; {most} is the most." in told
    assert example.register.read_bytes() == before
    assert example("activity", "set", "PA-0001", f"{field}={'x' * most}").code == 0


def test_commas_part_tags_and_not_other_names(example: Inside) -> None:
    """Two tags with a comma between are two, in += and -=; a firm whose alias holds a comma has one alias."""
    assert example("vendor", "set", "mockmail", "tags+=mail,checked", "aliases+=Mockmail, Inc.").code == 0
    said = example("vendor", "show", "mockmail", "--json").json
    assert (said["tags"][-2:], said["aliases"][-1]) == (["mail", "checked"], "Mockmail, Inc.")
    assert example("vendor", "set", "mockmail", "tags-=mail,checked").code == 0
    assert "mail" not in example("vendor", "show", "mockmail", "--json").json.get("tags", [])


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("purposes.1.legal_basis=legitimate", "6(1)(f)"),
        ("recipients.1.role=proc", "processor"),
        ("recipients.1.role=joint", "joint controller"),
    ],
)
def test_what_a_short_word_may_mean_is_asked(example: Inside, expression: str, meant: str) -> None:
    """The refusal of a word that is the beginning of another one names that one, and takes it for nothing."""
    assert f"Did you mean {meant}" in example.refused("activity", "set", "PA-0014", expression)
