"""Two edits at once: both stand where they touch different things; where they touch the same, nobody is overwritten."""

from tests.cli.editing.scripted import Scripted, kept_in, replaced
from tests.cli.running import Inside

OTHER = {"ROPA_ACTOR": "Head of Sales"}


def meanwhile(*words: str) -> dict[str, object]:
    """What another person does while the editor is open."""
    return {"meanwhile": [["activity", *words]], "as": OTHER}


def test_different_fields_and_different_parts(example: Inside) -> None:
    """Also different fields of one part: all of it is recorded, and the user is told what the other one did."""
    editor = Scripted(
        example.folder,
        replaced(
            ("owner: Head of HR", "owner: HR desk"),
            ("Carry out and end the employment contract", "Carry out and end the contract"),
            ("#  - date:", "  - date: 2026-02-03"),
            **meanwhile(
                "set",
                "PA-0004",
                "department=People",
                "purposes.1.law=§ 26 BDSG",
                "breaches+={date: 2026-01-02}",
            ),
        ),
    )
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert ran.code == 0, ran
    assert "Head of Sales (r2," in ran.err
    assert "department: Human Resources → People" in ran.err
    said = example("activity", "show", "PA-0004", "--json").json
    assert (said["owner"], said["department"]) == ("HR desk", "People")
    assert said["purposes"][0]["law"] == "§ 26 BDSG"
    assert said["purposes"][0]["text"].startswith("Carry out and end the contract")
    assert [one["date"] for one in said["breaches"]] == ["2026-01-02", "2026-02-03"]
    assert [e["revision"] for e in example("log", "--json").json] == [3, 2, 1]
    assert kept_in(example.folder) == []


def test_the_same_field_without_a_terminal(example: Inside) -> None:
    """A conflict: exit 1, theirs stands in the register, ours in the file that is named; JSON holds both values."""
    step = replaced(
        ("owner: Head of HR", "owner: HR desk"),
        ("\nnotes:", "\nnotes: seen"),
        **meanwhile("set", "PA-0004", "owner=Finance"),
    )
    editor = Scripted(example.folder, step)
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    (kept,) = kept_in(example.folder)
    assert (ran.code, ran.out) == (1, "")
    assert "Head of Sales (r2" in ran.err
    assert "owner" in ran.err
    assert str(kept) in ran.err
    assert "owner: HR desk" in kept.read_text()
    assert example("activity", "show", "PA-0004", "--json").json["owner"] == "Finance"
    kept.unlink()
    editor = Scripted(
        example.folder,
        replaced(("owner: Finance", "owner: HR desk"), **meanwhile("set", "PA-0004", "owner=Sales")),
    )
    ran = example("activity", "edit", "PA-0004", "--json", EDITOR=editor.command)
    assert ran.code == 1
    assert ran.json["conflicts"] == [
        {"kind": "activity", "ref": "PA-0004", "field": "owner", "ours": "HR desk", "theirs": "Sales"}
    ]


def test_an_unchanged_save_undoes_nobody(example: Inside) -> None:
    """What the other one changed stays, though the text that was saved still shows the old value."""
    editor = Scripted(example.folder, meanwhile("set", "PA-0004", "owner=Finance"))
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert (ran.code, ran.err.strip().split("\n")[-1]) == (0, "No change.")
    assert example("activity", "show", "PA-0004", "--json").json["owner"] == "Finance"


def test_both_typed_the_same(example: Inside) -> None:
    """No conflict, and no second revision of it."""
    editor = Scripted(
        example.folder,
        replaced(("owner: Head of HR", "owner: HR desk"), **meanwhile("set", "PA-0004", "owner=HR desk")),
    )
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert (ran.code, ran.err.strip().split("\n")[-1]) == (0, "No change.")
    assert len(example("log", "--json").json) == 2


def test_the_record_is_gone(example: Inside) -> None:
    """Removed or given another ref meanwhile: nothing is written, and the text is kept."""
    editor = Scripted(
        example.folder,
        {
            **replaced(("\nnotes:", "\nnotes: seen")),
            "meanwhile": [["measure", "rename", "backup", "backups", "--yes"]],
            "as": OTHER,
        },
    )
    said = example.refused("measure", "edit", "backup", EDITOR=editor.command)
    (kept,) = kept_in(example.folder)
    assert "another ref" in said
    assert str(kept) in said


def test_what_the_record_names_is_renamed_or_goes(example: Inside) -> None:
    """A vendor gets another ref while the text still shows the old one: that is no mistake. One that is gone is."""
    step = replaced(
        ("\nnotes:", "\nnotes: seen"),
        meanwhile=[["vendor", "rename", "fiktiv-hr", "fiktiv", "--yes"]],
    )
    editor = Scripted(example.folder, step)
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert ran.code == 0, ran
    assert "organisation: fiktiv-hr" in editor.seen(0)
    said = example("activity", "show", "PA-0004", "--json").json
    assert said["notes"] == "seen"
    assert "fiktiv" in [one.get("organisation") for one in said["recipients"]]
    assert example("vendor", "add", "Passing by").code == 0
    editor = Scripted(
        example.folder,
        replaced(
            ("\nreplaced_by:", "\nreplaced_by: PA-0003"),
            meanwhile=[["activity", "remove", "PA-0003", "--why", "never took place at all", "--yes"]],
        ),
        {},
    )
    assert "PA-0003" in example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
