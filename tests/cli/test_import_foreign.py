"""`ropa import` of a spreadsheet that others made: the mapping is shown and kept, drafts come in one revision."""

from pathlib import Path

import pytest

from tests.cli.running import Inside

CSV = (
    "Verzeichnis von Verarbeitungstätigkeiten;;;\n"
    "Bezeichnung der Verarbeitung;Zwecke der Verarbeitung;Betroffene;Farbe\n"
    "Lohnabrechnung;Gehälter zahlen;Beschäftigte;rot\n"
    "Rundbrief;Versand;Kunden;blau\n"
)


def given(ropa: Inside, text: str = CSV, name: str = "theirs.csv", encoding: str = "utf-8") -> Path:
    path = ropa.folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_becomes_drafts(empty: Inside, encoding: str) -> None:
    """What is which column, what becomes of each cell, and the drafts with their notes; the whole is one revision."""
    given(empty, encoding=encoding)
    ran = empty("import", "theirs.csv", "--yes")
    assert ran.code == 0, ran
    assert "Bezeichnung der Verarbeitung → name" in ran.err
    assert "Farbe → note" in ran.err
    assert "13 cells with content: 4 headings, 6 became values, 2 stand in the notes" in ran.err
    pay, news = empty("activity", "list", "--json").json
    assert (pay["name"], pay["status"], pay["purposes"]) == (
        "Lohnabrechnung",
        "draft",
        [{"text": "Gehälter zahlen"}],
    )
    assert "Farbe: blau" in news["notes"]
    assert pay["provenance"] == [{"source": "theirs.csv", "sheet": "theirs", "cell": "A3"}]
    assert len({one["revision"] for one in empty("log", "--json").json}) == 1
    assert empty("verify").code == 0


def test_the_mapping_is_kept_mended_and_used(empty: Inside) -> None:
    """The proposal is written once; what a person changes in it counts; a wrong field is named; without a yes nothing is written."""
    given(empty)
    before = empty.register.read_bytes()
    assert empty("import", "theirs.csv", "--mapping", "m.yaml", "--dry-run").code == 0
    assert empty.register.read_bytes() == before
    kept = empty.folder / "m.yaml"
    kept.write_text(kept.read_text("utf-8").replace('"Farbe": "note"', '"Farbe": "tags"'), "utf-8")
    assert empty("import", "theirs.csv", "--mapping", "m.yaml", "--yes").code == 0
    assert [one["tags"] for one in empty("activity", "list", "--json").json] == [["rot"], ["blau"]]
    assert '"tags"' in kept.read_text("utf-8")
    kept.write_text('"Farbe": "colour"', "utf-8")
    assert "'colour' is no field" in empty.refused("import", "theirs.csv", "--mapping", "m.yaml", "--yes")
    kept.write_text("- a\n- b\n", "utf-8")
    assert "is no mapping" in empty.refused("import", "theirs.csv", "--mapping", "m.yaml", "--yes")


def test_known_names_are_used_and_doubles_told(example: Inside) -> None:
    """A vendor of that very name is the recipient; an activity of the same name is a draft beside it, and that is said."""
    given(example, "Activity;Purpose;Recipients\nNewsletter;Send it;Mockmail SAS, The printer\n")
    ran = example("import", "theirs.csv", "--yes")
    assert "bears the same name" in ran.err
    new = example("activity", "list", "--json").json[-1]
    assert new["recipients"] == [{"organisation": "mockmail"}, {"category": "The printer"}]
    assert "role" not in new


@pytest.mark.parametrize(
    "form", ["ico-controller", "cnil-controller", "dsk-controller", "garante-controller", "aepd", "ap"]
)
def test_an_authoritys_form_comes_in(example: Inside, tmp_path: Path, form: str) -> None:
    """The forms as we fill them, read by somebody else: an activity for each of theirs, and no cell is lost."""
    assert example("export", "--layout", form, "--out", "form.xlsx").code == 0
    other = Inside(tmp_path / "other")
    other.folder.mkdir()
    assert other("init").code == 0
    ran = other("import", str(example.folder / "form.xlsx"), "--yes")
    assert ran.code == 0, ran
    assert "None was left out." in ran.err
    theirs = example("activity", "list", "--role", "controller", "--json").json
    assert len(other("activity", "list", "--json").json) >= 0.8 * len(theirs)
    assert other("verify").code == 0


def test_what_is_none_changes_nothing(empty: Inside) -> None:
    """A table of something else, a damaged workbook: one line, and the register as it was."""
    before = empty.register.read_bytes()
    given(empty, "Colour;Size\nred;5\n")
    assert "no table of processing activities" in empty.refused("import", "theirs.csv", "--yes")
    (empty.folder / "cut.xlsx").write_bytes(b"PK\x03\x04cut")
    assert "damaged, cut off or encrypted" in empty.refused("import", "cut.xlsx", "--yes")
    assert empty.register.read_bytes() == before


def test_a_formula_without_a_value_is_told(empty: Inside) -> None:
    """Nobody calculated it, or it shows an error: it is read as a blank, and its cell is named."""
    from openpyxl import Workbook

    book = Workbook()
    for row in (
        ["Activity", "Purpose", "Remark"],
        ["Payroll", "Pay wages", "=A1&B1"],
        ["News", "Send it", "#REF!"],
    ):
        book.active.append(row)
    book.save(empty.folder / "theirs.xlsx")
    ran = empty("import", "theirs.xlsx", "--yes")
    assert "Formulas without a value and cells that show an error, read as blanks: C2, C3." in ran.err
    assert [one["name"] for one in empty("activity", "list", "--json").json] == ["Payroll", "News"]
