"""`ropa` alone, and the words for what was mistyped or written."""

import pytest

from tests.cli.running import Inside, modules_loaded


def test_ropa_alone_where_nothing_is(quick: Inside) -> None:
    """It says that there is no register, and how to begin."""
    ran = quick()
    assert (ran.code, ran.err) == (0, "")
    assert "no register" in ran.out
    assert "ropa init" in ran.out


def test_ropa_alone_with_a_register(example: Inside) -> None:
    """What it holds and who changed it last, in a line each; then what to do. It fits a small screen."""
    example("activity", "set", "PA-0001", "owner=Head of Pay", "--why", "new\nowner")
    ran = example()
    assert (ran.code, ran.err) == (0, "")
    assert "29 activities" in ran.out
    assert "r2, " in ran.out
    assert "Head of Privacy: new owner" in ran.out
    assert "ropa status" in ran.out
    assert len(ran.out.splitlines()) <= 16
    assert "29 activities" in example("--db", "data/register.db", cwd=example.folder).out


def test_ropa_alone_with_an_empty_register(empty: Inside) -> None:
    """It names the next step."""
    assert "no activities yet" in empty().out
    assert "ropa import" in empty().out


def test_a_register_of_nobody_asks_first_whose_it_is(quick: Inside) -> None:
    """Without an organisation of ours, init, `ropa` alone, status and gaps name `entity add`; with one they do not."""
    assert "ropa entity add NAME" in quick("init").err
    for words in ((), ("status",), ("gaps",)):
        assert "ropa entity add" in quick(*words).out, words
    quick("entity", "add", "Acme GmbH", "country=DE")
    for words in ((), ("status",), ("gaps",)):
        assert "ropa entity add" not in quick(*words).out.partition("Next")[2], words


def test_ropa_alone_with_a_register_that_cannot_be_read(example: Inside) -> None:
    """It says so, exit 0, and names the command that tells why."""
    example.register.write_text("no database")
    ran = example()
    assert ran.code == 0
    assert "cannot be read" in ran.out


def test_ropa_alone_loads_nothing_heavy(example: Inside) -> None:
    """As fast as help."""
    out, loaded = modules_loaded(example.folder)
    assert "29 activities" in out
    assert not {"sqlalchemy", "sqlmodel", "pydantic", "pandas"} & loaded


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("activty list", "Did you mean activity"),
        ("activity lst", "Did you mean list"),
        ("activity list --onwer x", "Did you mean --owner"),
        ("activity list --colums name", "Did you mean --columns"),
        ("activity list --columns ownr", "Did you mean owner"),
        ("activity list --status actve", "Did you mean active?"),
        ("activity set PA-0001 ownr=x", "Did you mean owner?"),
        ("activity set PA-0001 status=actve", "Did you mean active?"),
        ("activity set PA-0001 purposes.1.legal_bsis=x", "Did you mean legal_basis?"),
        ("activity add Parking ownr=x", "Did you mean owner?"),
        ("rules show L10", "Did you mean ROPA-L101"),
        ("rules shw A104", "Did you mean show"),
        ("export --layout artcle30", "Did you mean article30?"),
        ("activity show --jsn PA-0001", "Did you mean --json"),
    ],
)
def test_did_you_mean(example: Inside, words: str, meant: str) -> None:
    """One line, exit 2, with what was most likely meant standing first."""
    said = example.refused(*words.split())
    assert meant in said
    assert "?." not in said


def test_what_changed_is_said_with_names(example: Inside) -> None:
    """A part that came or went is told by names and main facts; of one that stays, only what differs."""
    example("vendor", "add", "Brevmail", "country=FR")
    ran = example("activity", "set", "PA-0001", "recipients+={organisation: brevmail, role: processor}")
    assert "recipient added: Brevmail (processor, FR)" in ran.out
    count = len(example("activity", "show", "PA-0001", "--json").json["recipients"])
    ran = example("activity", "set", "PA-0001", f"recipients.{count}.role=joint controller")
    assert "recipient Brevmail: role: processor → joint controller" in ran.out
    ran = example("activity", "set", "PA-0001", "recipients-=brevmail", "tags+=pay")
    assert "recipient taken out: Brevmail (joint controller, FR)" in ran.out
    example("vendor", "set", "brevmail", "aliases=one")
    assert "also called added: two" in example("vendor", "set", "brevmail", "aliases+=two").out
