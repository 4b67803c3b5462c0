"""`ropa diff` with a workbook: what changed since it was made, and what was altered in it, by record and column."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.running import Inside

SHEET = "Controller records 30(1)"


@pytest.fixture
def sent(example: Inside) -> Inside:
    """The example with the workbook of r1, `a30.xlsx`; since then an owner changed."""
    assert example("export", "--out", "a30.xlsx").code == 0
    assert example("activity", "set", "PA-0003", "owner=Head of Talent").code == 0
    return example


def altered(path: Path, change: Callable[[Workbook], object], name: str = "altered.xlsx") -> str:
    book = load_workbook(path)
    change(book)
    book.save(path.with_name(name))
    return name


def by_hand(book: Workbook) -> None:
    sheet = book[SHEET]
    sheet["D9"] = "=1+1 [bold]HR"
    sheet["C9"] = "paused"
    sheet.append(["PA-0099", "A new one"])


def nameless(book: Workbook) -> None:
    """Without all that says where it comes from."""
    del book["Cover"]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def test_what_changed_since_we_sent_it(sent: Inside) -> None:
    """One command, the workbook's name: from the revision that it was made at until now, and that it is as it was."""
    ran = sent("diff", "a30.xlsx")
    first, *lines = ran.out.splitlines()
    assert first.startswith("Changed between a30.xlsx (r1, 20")
    assert lines == [
        "~ PA-0003  Applicant pool",
        "    owner: Head of HR → Head of Talent",
        "In all: 1 record changed.",
    ]
    assert ran.err == "a30.xlsx was made from this register at r1; its cells are as they were written.\n"
    assert sent("diff", "r1", "a30.xlsx").code == 0
    assert sent("diff", "a30.xlsx", "--json").json["changes"] == sent("diff", "r1", "--json").json["changes"]


def test_a_colleague_wrote_into_it(sent: Inside) -> None:
    """Each altered cell by record, column and address, with both texts; in JSON among what is not read; exit 1."""
    name = altered(sent.folder / "a30.xlsx", by_hand)
    ran = sent("diff", "r1", name)
    assert ran.code == 1
    assert ran.out.startswith("Nothing changed between r1 (20")
    assert "In altered.xlsx 3 places say something else than the register:" in ran.out
    was = load_workbook(sent.folder / "a30.xlsx")[SHEET]
    record, status = f"{was['A9'].value} {was['B9'].value}", str(was["C9"].value).replace("\n", " / ")
    told = f"'paused' in the workbook, '{status}' in the register at r1"
    assert f"  {record}, Status [{SHEET}!C9]: {told}\n" in ran.out
    assert f"  {record}, Department [{SHEET}!D9]: a formula " in ran.out
    assert "is not from the register at r1: 'PA-0099', 'A new one'" in ran.out
    unread = sent("diff", "r1", name, "--json").json["unread"]
    assert [one["text"] for one in unread] == ["paused", "", ""]
    assert set(unread[0]) == {"place", "text", "reason"}
    assert "PA-0003" in sent("diff", name).out


def test_one_without_a_cover_is_held_against_a_state(sent: Inside) -> None:
    """Its sheets are known by their headings; first of two, or a stranger's, it is refused with what can be compared."""
    name = altered(sent.folder / "a30.xlsx", nameless, "bare.xlsx")
    ran = sent("diff", "r1", name)
    assert ran.code == 0
    assert f"Held against r1, cell by cell: {SHEET}, " in ran.err
    assert altered(sent.folder / name, by_hand, name) == name
    ran = sent("diff", "r1", name)
    assert ran.code == 1
    assert ran.out.startswith("In bare.xlsx 3 places say something else than the register:\n")
    assert f"[{SHEET}!C9]: 'paused' in the workbook, " in ran.out
    assert "Hold it against a state: ropa diff now bare.xlsx" in sent.refused("diff", name)
    book = Workbook()
    book.active.append(["Process", "Owner"])  # type: ignore[union-attr]
    book.save(sent.folder / "theirs.xlsx")
    assert "no sheet of it has the headings of an Article 30 workbook" in sent.refused(
        "diff", "now", "theirs.xlsx"
    )


def test_one_of_another_register_is_refused(sent: Inside) -> None:
    """Also one whose revision number this register has, with another hash."""
    assert sent("--db", "other.db", "init", "--name", "Other", "--country", "FR").code == 0
    assert "and this register ends at r1" in sent.refused("--db", "other.db", "diff", _later(sent))
    assert "it is another register, or its history was rewritten" in sent.refused(
        "--db", "other.db", "diff", "a30.xlsx"
    )


def _later(sent: Inside) -> str:
    assert sent("export", "--out", "later.xlsx").code == 0
    return "later.xlsx"


def test_one_of_one_entity_tells_of_that_one_alone(sent: Inside) -> None:
    """What changed in other entities' activities was never in it; what its own activities name was."""
    assert sent("entity", "add", "Sister", "country=FR").code == 0
    assert sent("activity", "add", "Elsewhere", "entity=sister").code == 0
    assert sent("export", "--out", "one.xlsx", "--entity", "musterfeld").code == 0
    ref = sent("log", "--json").json[0]["changes"][0]["ref"]
    for words in (
        ("activity", "set", ref, "owner=Head of Sister"),
        ("vendor", "set", "mockmail", "email=post@mockmail.example"),
        ("measure", "add", "Locks nobody uses"),
    ):
        assert sent(*words).code == 0
    ran = sent("diff", "one.xlsx")
    assert [line for line in ran.out.splitlines() if line[:2] in ("~ ", "+ ")] == ["~ mockmail  Mockmail SAS"]
    assert "one.xlsx holds the activities of musterfeld only" in ran.err


def test_what_is_no_workbook_is_refused(sent: Inside) -> None:
    """A torn file, one with a password, a document: one line."""
    whole = (sent.folder / "a30.xlsx").read_bytes()
    for name, content in (
        ("torn.xlsx", whole[: len(whole) // 2]),
        ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(600)),
    ):
        (sent.folder / name).write_bytes(content)
        assert sent.refused("diff", name).startswith(f"{name}: is ")
