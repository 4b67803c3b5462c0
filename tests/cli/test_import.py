"""`ropa import`: from a file to a preview, and after a yes into the register."""

from pathlib import Path

import pytest

from tests.cli.running import TREE, Inside

SHIPPED = TREE / "data" / "notices" / "postdicom-2026-04-15.txt"
HEAD = "Privacy Policy of www.example.org\nExample Ltd is the Data Controller.\n\n"
TWO = "Personal Data: email address; Usage Data\nPlace of processing: United States\nPersonal Data: phone number\n"


def as_html(text: str) -> str:
    """The notice as a page, each line a paragraph."""
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in text.splitlines())}</body></html>"


def as_markdown(text: str) -> str:
    """The notice as Markdown, labels in bold."""
    lines = [line.replace("Personal Data: ", "**Personal Data:** ") for line in text.splitlines()]
    return "# Privacy\n\n" + "\n\n".join(lines) + "\n"


@pytest.mark.parametrize(("name", "form"), [("notice.html", as_html), ("notice.md", as_markdown)])
def test_a_page_says_what_its_text_says(
    noticed: Inside, tmp_path_factory: pytest.TempPathFactory, name: str, form: object
) -> None:
    """The same notice as HTML and Markdown makes the same activities: data, transfers, status."""
    other = Inside(tmp_path_factory.mktemp("form"))
    other("init")
    file = other.folder / name
    file.write_text(form(SHIPPED.read_text("utf-8")), "utf-8")  # type: ignore[operator]
    assert other("import", file, "--yes").code == 0
    keep = ("role", "status", "data", "transfers", "purposes", "recipients")
    told = [
        [{k: a.get(k) for k in keep} for a in ropa("activity", "list", "--json").json]
        for ropa in (noticed, other)
    ]
    assert told[0] == told[1]


def test_the_same_notice_again_changes_nothing(noticed: Inside) -> None:
    """Importing twice is "No change.", without a question, and no revision."""
    before = noticed.register.read_bytes()
    ran = noticed("import", SHIPPED)
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == "No change."
    assert noticed.register.read_bytes() == before


def test_a_changed_notice_previews_just_what_changed(noticed: Inside) -> None:
    """One block more data: one activity changed, and no other."""
    changed = noticed.folder / SHIPPED.name
    text = SHIPPED.read_text("utf-8").replace(
        "Personal Data: phone number\n", "Personal Data: phone number; email address\n"
    )
    changed.write_text(text, "utf-8")
    ran = noticed("import", changed, "--dry-run", "--json")
    assert ran.code == 0
    touched = {c["ref"]: c["op"] for c in ran.json["changes"] if c["kind"] == "activity"}
    assert touched == {"PA-0007": "changed"}


def test_without_a_terminal_and_without_yes_nothing_is_written(empty: Inside) -> None:
    """The write says what it would do and how to do it, and exits 2."""
    before = empty.register.read_bytes()
    ran = empty("import", SHIPPED)
    assert ran.code == 2
    assert "--yes" in ran.err.splitlines()[-1]
    assert "nothing was written" in ran.err.splitlines()[-1]
    assert "PA-0001" in ran.out + ran.err
    assert empty.register.read_bytes() == before


def test_a_dry_run_tells_and_writes_nothing(empty: Inside) -> None:
    """--dry-run --json has the promised shape, and what was not read is listed with its place."""
    before = empty.register.read_bytes()
    file = empty.folder / "notice.txt"
    file.write_text(HEAD + "Zebras may graze on our lawn after nine.\n" + TWO)
    said = empty("import", file, "--dry-run", "--json").json
    assert set(said) == {"changes", "conflicts", "unread"}
    for change in said["changes"]:
        assert set(change) == {"op", "kind", "ref", "name", "fields"}
        assert all(set(field) == {"field", "before", "after"} for field in change["fields"])
    assert [c["ref"] for c in said["changes"] if c["kind"] == "activity"] == ["PA-0001", "PA-0002"]
    (unread,) = said["unread"]
    assert set(unread) == {"place", "text", "reason"}
    assert "notice.txt" in unread["place"]
    assert "4" in unread["place"]
    assert unread["text"].startswith("Zebras")
    assert empty.register.read_bytes() == before


@pytest.mark.parametrize("layout", ["json", "yaml"])
def test_a_register_as_text_comes_home_equal(
    example: Inside, tmp_path_factory: pytest.TempPathFactory, layout: str
) -> None:
    """Out as text, into an empty register, out again: the same bytes; and a second import is "No change."."""
    text = example.folder / f"out.{layout}"
    assert example("export", "--layout", layout, "--out", text).code == 0
    other = Inside(tmp_path_factory.mktemp("home"))
    other("init")
    assert other("import", text, "--yes").code == 0
    again = other.folder / f"again.{layout}"
    assert other("export", "--layout", layout, "--out", again).code == 0
    assert again.read_bytes() == text.read_bytes()
    assert other("import", text).err.strip() == "No change."


def test_two_files_go_in_together_or_not_at_all(empty: Inside) -> None:
    """One bad file of two: one line, nothing written of the good one."""
    good, bad = empty.folder / "good.txt", empty.folder / "bad.txt"
    good.write_text(HEAD + TWO)
    bad.write_text("A recipe for bread.\n" * 50)
    before = empty.register.read_bytes()
    assert "bad.txt" in empty.refused("import", good, bad, "--yes")
    assert empty.register.read_bytes() == before


def hostile(folder: Path) -> Path:
    """A notice that tries to dress its own text up and to call out."""
    file = folder / "evil.txt"
    file.write_text(HEAD + "Personal Data: \x1b[31mred\x1b[0m; [bold]x[/bold]; =cmd|' /C calc'!A0\n", "utf-8")
    return file


def test_escapes_and_markup_in_a_notice_show_as_text(empty: Inside) -> None:
    """What a notice holds is shown as its letters, in the preview and in the list; no output has an escape code."""
    ran = empty("import", hostile(empty.folder), "--yes")
    assert ran.code == 0, ran
    listed = empty("data", "list", "--csv").out
    assert "[bold]x[/bold]" in ran.out
    assert "[bold]x[/bold]" in listed
