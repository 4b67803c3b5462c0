"""`ropa NOUN edit` with a scripted editor: what is saved, what is wrong, and what is never lost."""

import shutil
from pathlib import Path

import pytest

from tests.cli.editing.scripted import Scripted, kept_in, replaced
from tests.cli.running import Inside, Ropa

NOUNS = {
    "activity": "PA-0004", "vendor": "mockmail", "entity": "musterfeld", "data": "email-address", "subject": "applicants",
    "retention": "applicants-6m", "system": "crm", "measure": "backup", "notice": "staff",
}  # fmt: skip


@pytest.mark.parametrize(("noun", "ref"), NOUNS.items())
def test_an_unchanged_save_makes_no_revision(example: Inside, noun: str, ref: str) -> None:
    """Every noun: the editor shows the record, closes, and nothing is written or left behind."""
    editor = Scripted(example.folder, {})
    before = example.register.read_bytes()
    ran = example(noun, "edit", ref, EDITOR=editor.command)
    assert (ran.code, ran.out, ran.err) == (0, "", "No change.\n")
    assert f"\nref: {ref}\n" in editor.seen(0)
    assert example.register.read_bytes() == before
    assert kept_in(example.folder) == []


def test_texts_stay_texts(example: Inside) -> None:
    """Norway is no "no", 1e3 and 010 are texts, a day is a day, yes is yes; a name becomes its ref."""
    editor = Scripted(
        example.folder,
        replaced(
            ("country: FR", "country: NO"),
            ("registration_number:", "registration_number: 010"),
            ("phone:", "phone: 1e3"),
            ("employees:", "employees: 1 200"),
            ("domains:", "domains: [a.example, on]"),
            ("parent:", "parent: Musterfeld Messtechnik GmbH"),
            ("notes:", "notes: |-\n  one: two # three\n\n    four 👩‍👩‍👧"),
        ),
    )
    ran = example("vendor", "edit", "mockmail", EDITOR=editor.command)
    assert ran.code == 0, ran
    assert "country: France → Norway" in ran.out
    said = example("vendor", "show", "mockmail", "--json").json
    assert said["country"] == "NO"
    assert (said["registration_number"], said["phone"], said["employees"]) == ("010", "1e3", 1200)
    assert said["domains"] == ["a.example", "on"]
    assert said["parent"] == "musterfeld"
    assert said["notes"] == "one: two # three\n\n  four 👩‍👩‍👧"
    assert "mockmail" in example("log", "--json").json[0]["command"]


def test_what_the_catalogue_knows_comes_along(example: Inside) -> None:
    """A category by the name that the shipped catalogue gives it, in a part that was filled in below the list."""
    editor = Scripted(
        example.folder,
        replaced(
            ("#  - subjects:", "  - subjects: employees"),
            ("#    category:", "    category: Trade union membership"),
        ),
    )
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert ran.code == 0, ran
    assert "from the shipped catalogue" in ran.out
    assert "data line added: Employees" in ran.out


def test_mistakes_stand_at_their_lines_and_are_gone_when_mended(example: Inside) -> None:
    """All of them at once, above the line each; what else was typed is still there, and is recorded in the end."""
    editor = Scripted(
        example.folder,
        replaced(
            ("owner: Head of HR", "owner: Chief of staff"),
            ("\nstatus: active", "\nstatus: sleeping"),
            ("legal_basis: 6(1)(b)", "legal_basis: 6(1)(z)"),
            ("entity: musterfeld", "entity: nobody at all"),
            ("\nnotes:", "\ncolour: red\nnotes:"),
            ("\nstarted_on: 2012-01-01", "\nstarted_on: 03/04/2026"),
        ),
        replaced(
            ("\nstatus: sleeping", "\nstatus: suspended"),
            ("legal_basis: 6(1)(z)", "legal_basis: contract"),
            ("entity: nobody at all", "entity: musterfeld"),
            ("\ncolour: red\n", "\n"),
            ("\nstarted_on: 03/04/2026", "\nstarted_on: 3 April 2012"),
        ),
    )
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert ran.code == 0, ran
    lines = editor.seen(1).split("\n")
    for line, what in (
        ("status: sleeping", "suspended"),
        ("    legal_basis: 6(1)(z)", "6(1)(a)"),
        ("entity: nobody at all", "ropa entity add"),
        ("colour: red", "no field 'colour'"),
        ("started_on: 03/04/2026", "2026-04-03"),
    ):
        at = lines.index(next(one for one in lines if one.startswith(line)))
        above = " ".join(lines[at - 3 : at])
        assert "#! " in lines[at - 1]
        assert what in above, above
        assert any(f"line {at + 1}: " in one for one in lines[:25]), f"{line} is not on top"
    assert "owner: Chief of staff" in lines
    assert "    owner: Head of HR → Chief of staff\n" in ran.out
    assert "started on: 2012-01-01 → 2012-04-03" in ran.out
    assert len(example("log", "--json").json) == 2
    assert kept_in(example.folder) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("owner: Head of HR", "owner: Head of: HR", "owner: Head of: HR", "double quotes"),
        ("owner: Head of HR", 'owner: "Head of HR', None, "quotation marks"),
        ("owner: Head of HR", "owner: Head\x1b of HR", "owner: Head\x1b of HR", "U+001B"),
        ("owner: Head of HR", "owner: [Head, of HR]", "owner: [Head, of HR]", "text"),
        ("owner: Head of HR", "owner: {a: b}", "owner: {a: b}", "text"),
        ("owner: Head of HR", "owner: a\nowner: b", "owner: b", "twice"),
        ("\nowner: Head of HR", "\nowner: &x [a]\ndepartment2: *x", "owner: &x [a]", "alias"),
        ("owner: Head of HR", "owner:\n\t- x", "\t- x", "tab"),
        ("ref: PA-0004", "ref: PA-0099", "ref: PA-0099", "PA-0004"),
        ("name: Personnel files", "name:", "name:", "missing"),
        ("role: controller", "role: processor", "  - text: Carry out", "processor"),
        ("reviewed_on: 2026-05-19", "reviewed_on: 2096-05-19", "reviewed_on: 2096-05-19", "still to come"),
        ("      - 1  #", "      - 9  #", "      - 9  #", "no purpose 9"),
    ],
)  # fmt: skip
def test_what_no_record_can_be(example: Inside, old: str, new: str, line: str | None, what: str) -> None:
    """The mistake in words, at its line; left as it is, nothing is written, and the text lies where one line says."""
    before = example.register.read_bytes()
    editor = Scripted(example.folder, replaced((old, new)), {})
    said = example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert editor.times == 2
    assert what in said
    assert example.register.read_bytes() == before
    (kept,) = kept_in(example.folder)
    assert str(kept) in said
    assert kept.stat().st_mode & 0o777 == 0o600
    text = kept.read_text("utf-8")
    assert new.split("\n", maxsplit=1)[0] in text
    if line:
        lines = text.split("\n")
        at = lines.index(next(one for one in lines if one.startswith(line)))
        assert lines[at - 1].startswith("#! "), lines[at - 3 : at + 1]
        assert said.startswith(f"line {at + 1}: ")


def test_emptying_the_text_changes_nothing(example: Inside) -> None:
    """At once: there is nothing to keep. After a mistake: what was typed before lies in the file that is named."""
    editor = Scripted(example.folder, {"instead": "# nothing\n\n"})
    assert "emptied" in example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert kept_in(example.folder) == []
    editor = Scripted(example.folder, replaced(("role: controller", "role: boss")), {"instead": ""})
    said = example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    (kept,) = kept_in(example.folder)
    assert str(kept) in said
    assert "role: boss" in kept.read_text()
    assert len(example("log", "--json").json) == 1


def test_a_text_that_was_cut_off_takes_nothing_out(example: Inside) -> None:
    """What stood below the cut is named and nothing is written; a field is emptied by a line with nothing behind the colon."""
    shown = Scripted(example.folder, {})
    example("activity", "edit", "PA-0004", EDITOR=shown.command)
    whole = shown.seen(0)
    editor = Scripted(example.folder, {"instead": whole[: whole.index("\npurposes:")] + "\n"}, {})
    said = example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert "purposes" in said
    assert "their lines are gone" in said
    assert "(purposes:)" in said
    assert len(example("log", "--json").json) == 1
    editor = Scripted(example.folder, replaced(("owner: Head of HR", "owner:")))
    assert "owner taken out: Head of HR" in example("activity", "edit", "PA-0004", EDITOR=editor.command).out


def test_a_script_that_never_mends_it_comes_to_an_end(example: Inside) -> None:
    """Each time another mistake, and nobody at a terminal: it is not opened for ever."""
    editor = Scripted(
        example.folder, {"add": "colour: red\n"}, {"add": "size: 3\n"}, {"add": "form: round\n"}
    )
    said = example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert editor.times == 3
    assert "colour" in said
    assert "And 2 more" in said


@pytest.mark.parametrize(
    ("step", "what"), [({"code": 1}, "status 1"), ({"kill": "editor"}, "SIGKILL")], ids=["fails", "killed"]
)
def test_an_editor_that_fails(example: Inside, step: dict[str, object], what: str) -> None:
    """Nothing is written; what it saved before lies in the file that is named, and nothing is left where it saved nothing."""
    before = example.register.read_bytes()
    editor = Scripted(example.folder, step)
    assert what in example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert kept_in(example.folder) == []
    editor = Scripted(example.folder, replaced(("owner: Head of HR", "owner: HR desk"), **step))
    said = example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    (kept,) = kept_in(example.folder)
    assert what in said
    assert str(kept) in said
    assert "owner: HR desk" in kept.read_text()
    assert example.register.read_bytes() == before


def test_an_editor_that_takes_the_file_away_or_writes_another_alphabet(example: Inside) -> None:
    """One line each; what cannot be read as text is kept as it is."""
    editor = Scripted(example.folder, {"remove": True})
    assert "cannot be read" in example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert kept_in(example.folder) == []
    editor = Scripted(example.folder, {"bytes": "6f776e65723a20476ef6df650a"})
    said = example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    (kept,) = kept_in(example.folder)
    assert "Save it as UTF-8" in said
    assert str(kept) in said
    assert kept.read_bytes().startswith(b"owner: Gn")


@pytest.mark.parametrize(
    ("env", "what"),
    [
        ({"EDITOR": "no-such-editor --wait"}, "$EDITOR: there is no program 'no-such-editor'"),
        ({"VISUAL": "no-such-editor", "EDITOR": "true"}, "$VISUAL"),
        ({"EDITOR": "'true"}, "quotation marks"),
        ({"EDITOR": "/etc/passwd"}, "/etc/passwd"),
        ({}, "ropa activity set PA-0004"),
    ],
)
def test_an_editor_that_is_not_there(example: Inside, env: dict[str, str], what: str) -> None:
    """One line that says how to name one, or how to do without."""
    assert what in example.refused("activity", "edit", "PA-0004", **env)
    assert kept_in(example.folder) == []


def test_a_dry_run_shows_and_keeps(example: Inside) -> None:
    """What would change, nothing written, the text kept; --why and --actor reach the history."""
    editor = Scripted(example.folder, replaced(("owner: Head of HR", "owner: HR desk")))
    ran = example("activity", "edit", "PA-0004", "--dry-run", EDITOR=editor.command)
    assert ran.code == 0, ran
    assert "owner: Head of HR → HR desk" in ran.out
    (kept,) = kept_in(example.folder)
    assert str(kept) in ran.err
    kept.unlink()
    editor = Scripted(example.folder, replaced(("owner: Head of HR", "owner: HR desk")))
    ran = example(
        "activity",
        "edit",
        "Personnel",
        "--why",
        "new desk",
        "--actor",
        "DPO",
        "--json",
        EDITOR=editor.command,
    )
    assert [c["fields"][0]["after"] for c in ran.json["changes"]] == ["HR desk"]
    last = example("log", "--json").json[0]
    assert (last["actor"], last["why"]) == ("DPO", "new desk")


def test_numbers_left_alone_follow_the_purposes(example: Inside) -> None:
    """Purpose 1 is taken out of the text: lines that named purpose 2 name it still, by its new number."""
    before = example("activity", "show", "PA-0004", "--json").json
    used = [line.get("purposes", []) for line in before["data"]]
    assert any(2 in one for one in used)
    editor = Scripted(example.folder, {})
    example("activity", "edit", "PA-0004", EDITOR=editor.command)
    text = editor.seen(0)
    first = text[text.index("  # purpose 1\n") : text.index("  # purpose 2\n")]
    alone = [n for n, one in enumerate(used, 1) if one == [1]]
    editor = Scripted(example.folder, replaced((first, "")), {})
    said = example.refused("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert f"data {alone[0]} is used by purpose 1 alone" in said
    for n in reversed(alone):
        assert example("activity", "set", "PA-0004", f"data-={n}").code == 0
    for path in kept_in(example.folder):
        path.unlink()
    editor = Scripted(example.folder, replaced((first, "")))
    ran = example("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert ran.code == 0, ran
    after = example("activity", "show", "PA-0004", "--json").json
    assert [p["text"] for p in after["purposes"]] == [p["text"] for p in before["purposes"][1:]]
    kept = [one for one in used if one != [1]]
    assert [line.get("purposes", []) for line in after["data"]] == [
        [n - 1 for n in one if n > 1] for one in kept
    ]


def test_a_text_of_a_megabyte(example: Inside) -> None:
    """Goes into the editor and comes back as it is."""
    long = "\n".join(f"Line {n}: größe, 名前 and 'so' on # no comment" for n in range(24_000))
    assert len(long.encode()) > 1_000_000
    block = "notes: |-\n" + "\n".join(f"  {line}" for line in long.split("\n"))
    editor = Scripted(example.folder, replaced(("\nnotes:", f"\n{block}")))
    assert example("activity", "edit", "PA-0004", EDITOR=editor.command).code == 0
    assert example("activity", "show", "PA-0004", "--json").json["notes"] == long
    editor = Scripted(example.folder, {})
    assert example("activity", "edit", "PA-0004", EDITOR=editor.command).err == "No change.\n"
    assert block in editor.seen(0)


def test_a_killed_program_loses_nothing(ropa: Ropa, made_example: Path) -> None:
    """The window is closed, the program is gone: what the editor saved is there, and the next edit says where."""
    ropa.register.parent.mkdir()
    shutil.copy(made_example, ropa.register)
    editor = Scripted(ropa.folder, replaced(("owner: Head of HR", "owner: HR desk"), kill="program"), {})
    assert ropa("activity", "edit", "PA-0004", EDITOR=editor.command).code == -9
    (kept,) = kept_in(ropa.folder)
    assert "owner: HR desk" in kept.read_text()
    ran = ropa("activity", "edit", "PA-0004", EDITOR=editor.command)
    assert ran.code == 0
    assert str(kept) in ran.err
    assert "owner: Head of HR" in editor.seen(1)
    assert kept_in(ropa.folder) == [kept]
