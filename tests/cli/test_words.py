"""The words of refusals: the user's noun, names beside refs, the way on."""

import pytest

from tests.cli.running import Inside
from tests.cli.terminal import Terminal


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("vendor", "show", "nonsense"), "there is no vendor 'nonsense'. See them: ropa vendor list"),
        (("vendor", "show", "musterfeld"), "is an entity of ours, and no vendor. See it: ropa entity show musterfeld"),
        (("entity", "show", "mockmail sas"), "is a vendor, and no entity of ours. See it: ropa vendor show mockmail"),
        (("vendor", "show", "muster"), "fits 3 vendors. Say which: muster-alpwasser (Muster Alpwasser AG)"),
        (("activity", "show", "newslettr"), "Did you mean PA-0014 (Newsletter)?"),
        (("activity", "set", "PA-0001", "entity=Foo"), "there is no entity 'Foo'. Add it first: ropa entity add 'Foo'."),
        (("activity", "set", "PA-0001", "recipients+=Foo"), "there is no vendor 'Foo'. Add it first: ropa vendor add 'Foo'."),
        (("activity", "set", "--department", "HR", "owner=x"), "No department is 'HR'; there are Facility Management"),
        (("transfer", "add"), "ropa activity set ACTIVITY transfers+='{destination: US, recipient: VENDOR}'"),
        (("init", "--example", "--name", "Real Ltd"), "under your name its records would be said of you"),
    ],
)  # fmt: skip
def test_a_refusal_speaks_the_users_words(example: Inside, words: tuple[str, ...], told: str) -> None:
    """Vendor and entity, names beside refs, the command that leads on."""
    assert told in example.refused(*words)


def test_an_empty_list_names_the_words_that_there_are(example: Inside) -> None:
    """Where one filter alone fits nothing: all values where they are few, the nearest where they are many; else no guess."""
    told = example("activity", "list", "--department", "HR").err
    assert "Human Resources" in told
    assert "there are 6(1)(a), 6(1)(b)" in example("activity", "list", "--basis", "vital interests").err
    for n in range(12):
        example("activity", "add", f"Test {n}", f"owner=Owner of {n}")
    assert "such as Head of IT" in example("activity", "list", "--owner", "Hed of IT").err
    both = example("activity", "list", "--department", "Sales", "--owner", "Head of HR")
    assert both.err.strip() == "No activities fit."
    assert example("activity", "list", "--department", "HR", "--csv").out.count("\n") == 1


def test_a_name_that_another_record_bears_is_said(example: Inside) -> None:
    """By rename and set as by add; its own name in other letters is none."""
    told = "There is another activity of that name: PA-0014."
    assert told in example("activity", "rename", "PA-0003", "newsletter").err
    told = "There is another activity of that name: PA-0003, PA-0014."
    assert told in example("activity", "set", "PA-0004", "name=Newsletter", "--dry-run").err
    assert "another" not in example("activity", "rename", "PA-0001", "PAYROLL").err
    assert "another" not in example("vendor", "rename", "mockmail", "mail-house", "--yes").err


def test_a_refusal_breaks_between_words(example: Inside) -> None:
    """At 80 columns no word of a long refusal is cut by the edge."""
    terminal = Terminal(example.folder, "vendor", "show", "muster")
    assert terminal.end() == 2
    lines = terminal.screen.splitlines()
    assert len(lines) > 1
    assert all(len(line) <= 80 for line in lines)
    assert "Steuerberatung PartG mbB)" in " ".join(line.strip() for line in lines)
