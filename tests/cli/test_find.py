"""`ropa find`: which records it finds, in which order, what it says where nothing is found."""

from tests.cli.running import Inside
from tests.cli.terminal import Terminal


def refs(found: Inside, *words: str) -> list[str]:
    """The refs of what is found, in their order."""
    return [one["ref"] for one in found("find", *words, "--json").json]


def test_the_likeliest_comes_first(empty: Inside) -> None:
    """A name before a text, a whole word before a part of one, what a record says before whom it names, a notice last."""
    empty("vendor", "add", "Postbox", "ref=postbox")
    empty("notice", "add", "For staff", "text=" + "We have a mail service. " * 40)
    empty("activity", "add", "Parcels", "description=Sent by mail", "recipients+=postbox")
    empty("activity", "add", "Mailings")
    empty("activity", "add", "Letters and mail")
    empty("activity", "add", "Mail")
    assert refs(empty, "mail") == ["PA-0004", "PA-0003", "PA-0002", "PA-0001", "for-staff"]
    assert refs(empty, "postbox") == ["postbox", "PA-0001"]
    assert refs(empty, "mail", "letters") == ["PA-0003"]


def test_no_accent_script_or_case_hides_a_name(empty: Inside) -> None:
    """Who types plain letters finds Müller and Łódź; Greek and Japanese are found as they are written; the word is shown."""
    for name in ("Müller Łódź", "Δεδομένα πελατών", "顧客データの管理"):
        assert empty("vendor", "add", name).code == 0
    for word, name in (
        ("muller", "Müller Łódź"),
        ("LODZ", "Müller Łódź"),
        ("δεδομενα", "Δεδομένα πελατών"),
        ("データ", "顧客データの管理"),
    ):
        assert [one["name"] for one in empty("find", word, "--json").json] == [name]
    long = "word " * 60 + "Zürich " + "word " * 60
    empty("activity", "add", "Travel", f"description={long}")
    assert "Zürich" in empty("find", "zurich").out


def test_nothing_found_says_which_word_and_what_is_near(example: Inside) -> None:
    """The word that stands nowhere is named with its nearest spellings; words that never meet are told apart from it."""
    ran = example("find", "payroll", "newslettr")
    assert (ran.code, ran.out) == (0, "")
    assert "'newslettr'" in ran.err
    assert "newsletter" in ran.err
    assert "'payroll'" not in ran.err
    assert "no record says all" in example("find", "newsletter", "whistleblowing").err
    assert "no words" in example.refused("find", "…")


def test_a_screen_holds_what_was_found(example: Inside) -> None:
    """On a terminal twenty, and how many more; in a pipe all; --limit says how many anywhere."""
    every = refs(example, "data")
    assert len(every) > 20
    assert len(example("find", "data").out.splitlines()) == len(every) + 1
    terminal = Terminal(example.folder, "find", "data")
    assert terminal.end() == 0
    assert f"and {len(every) - 20} more" in terminal.screen
    assert refs(example, "data", "--limit", "3") == every[:3]
    assert [row[1] for row in example("find", "data", "--limit", "3", "--csv").rows] == every[:3]
    example.refused("find", "data", "--limit", "0")
