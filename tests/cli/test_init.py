"""`ropa init`: a register begins, and an existing one is never touched."""

import pytest

from tests.cli.running import Inside, Ropa


def test_a_register_begins_with_the_organisation(ropa: Ropa) -> None:
    """The organisation of ours is the first record, and the words say where the register is and what comes next."""
    ran = ropa("init", "--name", "Acme GmbH", "--country", "Germany")
    assert ran.code == 0
    assert "data/register.db" in ran.out
    assert "ropa import" in ran.err
    (entity,) = ropa("entity", "list", "--json").json
    assert (entity["name"], entity["country"], entity["ours"]) == ("Acme GmbH", "DE", True)
    assert [p.name for p in ropa.register.parent.iterdir()] == ["register.db"]


def test_an_existing_register_is_refused_and_stays(example: Inside) -> None:
    """Neither an empty beginning nor the example touches a register that is there."""
    before = example.register.read_bytes()
    assert "there is a register already" in example.refused("init")
    example.refused("init", "--example")
    assert example.register.read_bytes() == before


def test_another_file_is_no_place_for_a_register(ropa: Ropa) -> None:
    """A file that is no register is not written over."""
    letter = ropa.folder / "letter.txt"
    letter.write_text("Dear authority")
    ropa.refused("--db", letter, "init")
    assert letter.read_text() == "Dear authority"


@pytest.mark.parametrize(
    "words",
    [
        ("--name", "Acme", "--country", "Atlantis"),
        ("--country", "DE"),
        ("--example", "--name", "Acme"),
    ],
)
def test_a_wrong_use_leaves_no_register_behind(quick: Inside, words: tuple[str, ...]) -> None:
    """Refused before anything is made, the folder included."""
    quick.refused("init", *words)
    assert list(quick.folder.iterdir()) == []


def test_the_example_is_a_whole_organisation(example: Inside) -> None:
    """About 25 activities, controller and processor, with gaps left open, complete history from r1."""
    activities = example("activity", "list", "--json").json
    assert len(activities) >= 25
    assert {a["role"] for a in activities} >= {"controller", "processor"}
    (entry,) = example("log", "--json").json
    assert (entry["revision"], entry["actor"]) == (1, "Head of Privacy")
