"""`ropa verify WORKBOOK`: made from this register, at which revision, and are its cells as they were."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from ropa.sheets.proof.digest import PROPERTY
from ropa.sheets.proof.origin import digest_of
from ropa.sheets.proof.read import read_workbook
from tests.cli.running import Inside

SHEET = "Controller records 30(1)"


def exported(example: Inside, *options: str) -> Path:
    assert example("export", "--out", "a.xlsx", "--force", *options).code == 0
    return example.folder / "a.xlsx"


def altered(path: Path, change: Callable[[Workbook], object]) -> Path:
    book = load_workbook(path)
    change(book)
    book.save(path.with_name("altered.xlsx"))
    return path.with_name("altered.xlsx")


@pytest.mark.parametrize(
    "options",
    [(), ("--no-gaps",), ("--no-further", "--no-gaps"), ("--entity", "musterfeld"), ("--as-of", "r1"), ("--as-of", "today")],
    ids=" ".join,
)  # fmt: skip
def test_a_workbook_is_proven_with_the_options_it_was_made_with(
    example: Inside, options: tuple[str, ...]
) -> None:
    """Long after, when the register has moved on: the workbook says itself how it is to be laid out again."""
    path = exported(example, *options)
    example("activity", "set", "PA-0001", "name=Wages")
    ran = example("verify", path)
    assert ran.code == 0, ran
    assert "a.xlsx was made from this register at r1, " in ran.out
    assert "as the register gives them" in ran.out
    said = example("verify", path, "--json").json
    assert (said["ok"], said["revision"], said["problems"]) == (True, 1, [])
    assert said["hash"] == example("log", "--json", "--as-of", "r1").json[0]["hash"]


def test_an_altered_cell_is_told_with_both_texts(example: Inside) -> None:
    """What the workbook says, what the register says, where; and the command that writes what the register says."""
    path = exported(example)

    def change(book: Workbook) -> None:
        book[SHEET]["B9"] = "Nothing to see"

    before = load_workbook(path)[SHEET]["B9"].value
    ran = example("verify", altered(path, change))
    assert ran.code == 1
    assert f"{SHEET}!B9: 'Nothing to see' in the workbook, '{before}' in the register at r1\n" in ran.out
    assert "ropa export --as-of r1" in ran.err


def test_a_digest_made_anew_does_not_help(example: Inside) -> None:
    """Who alters a cell and mends the digest in both places is found all the same: by the register."""
    path = exported(example)

    def change(book: Workbook) -> None:
        book[SHEET]["B9"] = "Nothing to see"

    forged = altered(path, change)
    digest = digest_of(read_workbook(forged))
    book = load_workbook(forged)
    book.custom_doc_props[PROPERTY].value = digest
    for row in book["Cover"].iter_rows():
        if row[0].value == "Digest of the cells":
            row[1].value = digest
    book.save(forged)
    problems = example("verify", forged, "--json").json["problems"]
    assert [one["where"].partition("!")[0] for one in problems] == [SHEET]


def test_a_workbook_without_its_properties_is_proven_by_its_cover(example: Inside) -> None:
    """Some web services drop them; the cover says the same in words."""
    path = exported(example, "--no-gaps", "--entity", "musterfeld")
    stripped = path.with_name("stripped.xlsx")
    with ZipFile(path) as old, ZipFile(stripped, "w") as new:
        for name in old.namelist():
            if name != "docProps/custom.xml":
                new.writestr(name, old.read(name))
    assert example("verify", stripped).code == 0


def test_another_register_is_told_from_this_one(
    example: Inside, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another hash, or a revision that this register does not have: said so, and no cell is compared."""
    other = Inside(tmp_path_factory.mktemp("other"))
    assert other("init", "--name", "Exempla", "--country", "DE").code == 0
    path = exported(other)
    (one,) = example("verify", path, "--json").json["problems"]
    assert "another register, or its history was rewritten" in one["what"]
    other("activity", "add", "Payroll")
    (one,) = example("verify", exported(other), "--json").json["problems"]
    assert "at r2, and this register ends at r1" in one["what"]


def test_a_register_that_was_tampered_with_proves_no_workbook(example: Inside) -> None:
    """The hash of the workbook's revision stands there still, but its record was rewritten: the workbook is right, the register not."""
    import sqlite3

    path = exported(example)
    with sqlite3.connect(example.register) as file:
        file.execute(
            "update change set record = replace(record, 'Payroll', 'Pay list') where ref = 'PA-0001'"
        )
    file.close()
    ran = example("verify", path)
    assert ran.code == 1
    assert f"{SHEET}!B2: 'Payroll' in the workbook, 'Pay list' in the register at r1" in ran.out
    assert "r1, PA-0001: " in ran.out
    assert "hold a backup against it" in ran.err


def test_another_version_of_the_program_is_said(example: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version proves the workbook too; where a cell differs it says that the other version may have put it so."""
    path = exported(example)
    monkeypatch.setattr("ropa.cli.workbook_proof.__version__", "9.0")
    monkeypatch.setattr("ropa.sheets.proof.stamp.__version__", "9.0")
    assert example("verify", path).code == 0

    def change(book: Workbook) -> None:
        book[SHEET]["B9"] = "in other words"

    _, version, cell = example("verify", altered(path, change), "--json").json["problems"]
    assert "was laid out by ropa 0" in version["what"]
    assert "this is 9.0" in version["what"]
    assert cell["where"] == f"{SHEET}!B9"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", None, "a.xlsx"),
        ("letter.txt", b"Dear authority", "no workbook"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        ("data", None, "data"),
    ],
)
def test_what_is_no_workbook_is_one_line(
    example: Inside, name: str, content: bytes | None, said: str
) -> None:
    """Missing, a folder, a text, one with a password."""
    if content is not None:
        (example.folder / name).write_bytes(content)
    assert said in example.refused("verify", name)


def test_a_workbook_of_somebody_else_is_no_proof(example: Inside) -> None:
    """A workbook that ropa did not write bears no stamp: exit 1 and one line."""
    book = Workbook()
    assert book.active
    book.active["A1"] = "Processing activities"
    book.save(example.folder / "theirs.xlsx")
    ran = example("verify", "theirs.xlsx")
    assert ran.code == 1
    assert "theirs.xlsx: does not say which register it was made from" in ran.out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ropa revision", "many"),
        ("ropa as of", "soon"),
        ("ropa open points", "perhaps"),
        ("ropa revision", "9" * 40),
    ],
)
def test_a_stamp_that_says_nonsense_is_refused(example: Inside, name: str, value: str) -> None:
    """One line, whatever somebody wrote into the properties."""

    def change(book: Workbook) -> None:
        book.custom_doc_props[name].value = value

    assert "altered and cannot be read" in example.refused("verify", altered(exported(example), change))


@pytest.mark.parametrize(("name", "value"), [("ropa layout", "article31"), ("ropa entity", "fabula-desk")])
def test_a_stamp_that_names_what_is_not_there_is_a_finding(example: Inside, name: str, value: str) -> None:
    """A form that this program does not know, an entity that is not in the register."""

    def change(book: Workbook) -> None:
        book.custom_doc_props[name].value = value

    ran = example("verify", altered(exported(example), change))
    assert ran.code == 1
    assert "cannot be laid out again: " in ran.out
    assert value in ran.out
