"""A change to a record that many share: who uses it is said, a rule that several use is asked about, what may not fit is named."""

from tests.cli.running import Inside
from tests.cli.terminal import Terminal

CHANGE = ("retention", "set", "vouchers-8y", "period=10 years")


def test_who_uses_it_is_said_on_stderr_and_a_script_is_not_stopped(example: Inside) -> None:
    """Before (--dry-run) and after the write, also beside JSON; name, ref and ground that may no longer fit are named and stay."""
    shown = example(*CHANGE, "--dry-run")
    ran = example(*CHANGE, "--json")
    assert (shown.code, ran.code) == (0, 0), ran
    for one in (shown, ran):
        assert "vouchers-8y is used by 4 activities: PA-0001 Payroll, PA-0010" in one.err
        assert "says 8 years in its name and ref." in one.err
        assert "Its ground is still '§ 257(1)" in one.err
    assert ran.json["revision"] == 2
    said = example("retention", "show", "vouchers-8y", "--json").json
    assert (said["period"], said["name"]) == ("P10Y", "Invoices and other vouchers, 8 years")


def test_only_what_others_say_by_it_is_told(example: Inside) -> None:
    """A vendor's country and a category's name are said by activities; a note, a tag and a contract are not; an unused rule is nobody's."""
    assert (
        "is used by 1 activity: PA-0014 Newsletter" in example("vendor", "set", "mockmail", "country=US").err
    )
    assert "PA-0002 Recruitment" in example("data", "set", "email-address", "name=Mail").err
    assert "used by" in example("retention", "rename", "vouchers-8y", "Vouchers").err
    for words in (("vendor", "set", "mockmail", "notes=x"), ("data", "set", "email-address", "tags+=x")):
        assert "used by" not in example(*words).err
    example("retention", "add", "Spare, 2 years", "period=2 years")
    assert "used by" not in example("retention", "set", "spare-2-years", "fate=erase").err


def test_what_looks_like_another_is_named(example: Inside) -> None:
    """A firm without its legal form, a department with a letter less, and the texts in which an old name still stands."""
    assert "There is Mockmail SAS (mockmail) already." in example("vendor", "add", "Mockmail").err
    assert "already" not in example("vendor", "add", "Mock Transport").err
    told = example("activity", "set", "PA-0004", "department=Human Resource").err
    assert "there is 'Human Resources' (6)" in told, told
    assert "No other" not in example("activity", "set", "PA-0004", "department=Human Resources").err
    told = example("vendor", "rename", "mockmail", "Mailhouse SAS").err
    assert "still stands in texts of PA-0014, invented-relay, website." in told, told


def test_what_goes_within_the_eea_is_said_to_be_no_transfer(example: Inside) -> None:
    """It is recorded as it was said, with the word of the law and the way to take it out; of the US nothing is said."""
    leg = "transfers+={destination: %s, recipient: mockmail}"
    assert "France is in the EEA" in example("activity", "set", "PA-0004", leg % "France").err
    assert "in the EEA" not in example("activity", "set", "PA-0004", leg % "US").err


def test_a_rule_that_several_use_is_asked_about(example: Inside) -> None:
    """At a terminal no leaves it as it is; a rule of one activity, and a note on a shared one, are written unasked."""
    before = example.register.read_bytes()
    terminal = Terminal(example.folder, *CHANGE)
    terminal.wait_for("Write this change? [y/N]")
    assert "used by 4 activities" in terminal.screen
    terminal.type("n\n")
    assert terminal.end() == 2
    assert example.register.read_bytes() == before
    assert Terminal(example.folder, "retention", "set", "vouchers-8y", "notes=x").end() == 0
    assert Terminal(example.folder, *CHANGE, "--yes").end() == 0
    assert example("retention", "show", "vouchers-8y", "--json").json["period"] == "P10Y"
