"""`ropa NOUN show`, `transfer`, `find`: one record, one country, any words."""

import yaml

from tests.cli.running import Inside
from tests.cli.terminal import Terminal


def test_a_record_is_shown_in_words(example: Inside) -> None:
    """Names instead of refs, every purpose, what was not said."""
    text = example("activity", "show", "PA-0013").out
    said = example("activity", "show", "PA-0013", "--json").json
    assert text.startswith("PA-0013  Support tickets and repairs")
    for words in (
        "Musterfeld Messtechnik GmbH",
        "Fabula Desk Ltd",
        "Contact persons at business customers",
        "India",
    ):
        assert words in text
    assert all(purpose["text"] in text for purpose in said["purposes"])
    assert "fabula-desk" not in text


def test_what_a_letter_of_article_30_asks_and_nobody_said_is_named(example: Inside) -> None:
    """A draft without measures says so; what is not asked of it (the clients of a processor) is not held against it."""
    (line,) = [x for x in example("activity", "show", "PA-0027").out.splitlines() if "Not recorded" in x]
    assert "measures" in line.lower()
    assert "Clients" not in line


def test_a_stated_field_is_not_held_against_the_record(example: Inside) -> None:
    """What a statement answers ("transfers do not apply") is not listed as missing on the same screen."""
    said = example("activity", "show", "PA-0026", "--json").json
    assert "transfers" in {statement["about"] for statement in said["statements"]}
    missing = [x for x in example("activity", "show", "PA-0026").out.splitlines() if "Not recorded" in x]
    assert "Transfers" not in "".join(missing)


def test_one_is_an_object_and_two_are_an_array(example: Inside) -> None:
    """A ref, a name in any case and a part of a name mean the same record; YAML says the same as JSON."""
    payroll = example("activity", "show", "PA-0001", "--json").json
    assert payroll["name"] == "Payroll"
    for words in ("payroll", "pa-0001"):
        assert example("activity", "show", words, "--json").json == payroll
    both = example("activity", "show", "PA-0002", "payr", "--json").json
    assert [r["ref"] for r in both] == ["PA-0002", "PA-0001"]
    assert yaml.safe_load(example("activity", "show", "PA-0001", "--yaml").out) in (payroll, [payroll])


def test_a_near_miss_is_met_with_a_guess_that_is_not_taken(example: Inside) -> None:
    """A misspelling is refused with the name it resembles."""
    assert "PA-0001" in example.refused("activity", "show", "Pyaroll")
    assert "Did you mean" in example.refused("system", "show", "Tikcet desk")


def test_a_name_that_fits_many_lists_choices(example: Inside) -> None:
    """Up to five choices with their refs, and none is taken."""
    line = example.refused("activity", "show", "e")
    assert "Say which" in line
    assert 2 <= line.count("PA-") <= 5


def test_one_unknown_of_two_shows_neither(example: Inside) -> None:
    """All or nothing: half an answer would read as a whole one."""
    assert "PA-9999" in example.refused("activity", "show", "PA-0001", "PA-9999", "--json")


def test_an_organisation_of_ours_is_pointed_to(example: Inside) -> None:
    """Who looks for it among the vendors is told where it is."""
    assert "ropa entity show" in example.refused("vendor", "show", "musterfeld")


def test_a_vendor_shows_everything_that_touches_it(example: Inside) -> None:
    """Activities and systems that name it."""
    text = example("vendor", "show", "fabula-desk").out
    assert "PA-0013" in text
    assert "Ticket desk" in text


def test_a_vendor_shows_what_it_touches_through_others(empty: Inside) -> None:
    """A sub-processor's sub-processor reaches the activity, with who stands between; a party to a contract does not."""
    empty("vendor", "add", "Deep Disks", "ref=deep")
    empty("vendor", "add", "Cloud Racks", "ref=racks", "sub_processors+=deep")
    empty("vendor", "add", "Mail Works", "ref=mail", "sub_processors+=racks")
    empty("vendor", "add", "Paper Signer", "ref=signer")
    empty("vendor", "set", "mail", "agreements+={party: signer, kind: processing agreement}")
    empty("activity", "add", "Newsletter", "recipients+={organisation: mail, role: processor}")
    text = " ".join(empty("vendor", "show", "deep").out.split())
    assert "Activities PA-0001 Newsletter (draft), through Cloud Racks and Mail Works" in text
    signer = empty("vendor", "show", "signer").out
    assert "mail" in signer
    assert "PA-0001" not in signer


def test_what_stands_around_a_record_is_told(example: Inside) -> None:
    """A sub-processor shows the data, people and transfers of what it touches; a category its periods, systems, receivers."""
    text = " ".join(example("vendor", "show", "invented-relay").out.split())
    assert "PA-0014 Newsletter: recipient; transfer to United States" in text
    assert "PA-0025 Customer satisfaction survey (suspended), through Modelform ApS" in text
    assert "Email address; Name; Privacy and consent choices; Survey answers and opinions" in text
    assert "United States: Invented Relay Inc., 46(2)(c) SCC (Commission) (PA-0014)" in text
    assert "Sub-processors of mockmail Mockmail SAS" in text
    text = " ".join(example("data", "show", "health").out.split())
    for words in (
        "PA-0017 User day and seminars, through Allergies",
        "Sick leave records, 1 year",
        "HR cloud",
    ):
        assert words in text
    assert "Fiktiv Personalwolke GmbH (hands on to Exemplar Rechenzentrum GmbH)" in text
    kept = example("retention", "show", "invoices").out
    assert "PA-0010 Accounting and annual accounts: Invoice data; Payment data; Name; Expenses" in kept


def test_a_screen_says_how_to_see_the_rest(example: Inside) -> None:
    """Of many activities a terminal shows twenty and a command for all, which finds them; a pipe holds all."""
    many = example("entity", "show", "musterfeld").out
    assert many.count("PA-00") == 29
    terminal = Terminal(example.folder, "entity", "show", "musterfeld", width=140)
    terminal.end()
    assert "and 9 more: ropa activity list --entity musterfeld" in terminal.screen
    assert len(example("activity", "list", "--entity", "musterfeld", "--csv").rows) == 29


def test_transfers_are_a_view_of_the_legs(example: Inside) -> None:
    """Each leg once, with what the dated facts say; a country by code or name; the EEA is none."""
    activities = example("activity", "list", "--json").json
    legs = [(a["ref"], n) for a in activities for n, _ in enumerate(a.get("transfers", []), 1)]
    listed = example("transfer", "list", "--json").json
    assert sorted((t["activity"], t["leg"]) for t in listed) == sorted(legs)
    assert all(t["facts"] for t in listed)
    us = example("transfer", "show", "USA", "--json").json
    assert us == [t for t in listed if t["destination"] == "US"] != []
    assert "2023/1795" in example("transfer", "show", "United States").out
    ran = example("transfer", "show", "Japan")
    assert ran.code == 0
    assert "No activity records a transfer to Japan" in ran.out + ran.err
    assert "no transfer under Chapter V" in example("transfer", "show", "France").out


def test_find_says_where_it_matched(example: Inside) -> None:
    """Any record, any field; case and accents do not count; a near spelling is offered."""
    found = example("find", "NEWSLETTER", "--json").json
    assert {f["kind"] for f in found} >= {"activity", "system"}
    assert all(set(f) == {"kind", "ref", "name", "field", "text"} for f in found)
    assert [f["ref"] for f in example("find", "izmisljeni", "--json").json] != []
    ran = example("find", "newslettr")
    assert (ran.code, ran.out) == (0, "")
    assert "newsletter" in ran.err
    assert example("find", "zzzqqq", "--json").json == []
    example.refused("find", "")
