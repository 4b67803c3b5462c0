"""`ropa diff` with files: backups, registers that parted, texts of a register, notices, and what is none of them."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import NOTICE
from tests.cli.running import Inside


@pytest.fixture
def copied(example: Inside) -> Inside:
    """The example as r2 with a backup of r1, `then.db`, since when a vendor got another ref and an address."""
    shutil.copy(example.register, example.folder / "then.db")
    assert example("vendor", "rename", "mockmail", "mail-house", "--yes").code == 0
    assert example("vendor", "set", "mail-house", "email=post@mockmail.example").code == 0
    return example


def told(ropa: Inside, *words: str) -> set[tuple[str, str]]:
    return {(change["op"], change["ref"]) for change in ropa("diff", *words, "--json").json["changes"]}


def test_a_backup_is_a_state_of_the_same_history(copied: Inside) -> None:
    """Renames are followed from it and to it, and it stays as it is, byte for byte."""
    backup = copied.folder / "then.db"
    before = backup.read_bytes()
    ran = copied("diff", "then.db")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("Changed between then.db (r1, 20")
    assert (
        "~ mockmail → mail-house  Mockmail SAS\n    email: privacy@mockmail.example → post@mockmail.example"
        in ran.out
    )
    assert ("renamed", "mockmail") in told(copied, "now", "then.db")
    assert "the later one" in copied("diff", "now", "then.db").err
    assert backup.read_bytes() == before


def test_two_that_parted_are_followed_over_where_they_were_one(copied: Inside) -> None:
    """Each renamed the same vendor: one change, from the one ref to the other; where they part is said."""
    assert copied("--db", "then.db", "vendor", "rename", "mockmail", "mock-post", "--yes").code == 0
    ran = copied("diff", "then.db", "now")
    assert "~ mock-post → mail-house  Mockmail SAS" in ran.out
    assert ran.err == "then.db and now have the same history up to r1, and part there.\n"
    assert ("renamed", "mail-house") in told(copied, "then.db", "now")


def test_a_text_of_the_register(copied: Inside) -> None:
    """YAML and JSON say the whole register: what they lack went, what has another ref and says the same was renamed."""
    for layout in ("yaml", "json"):
        assert copied("export", "--layout", layout, "--out", f"then.{layout}", "--as-of", "r1").code == 0
    assert copied("diff", "then.db", "then.json").code == 0
    assert (
        copied("diff", "then.yaml", "then.json").out == "Nothing changed between then.yaml and then.json.\n"
    )
    assert ("renamed", "mail-house") in told(copied, "then.yaml", "r2")
    text = (copied.folder / "then.json").read_text(encoding="utf-8")
    (copied.folder / "less.json").write_text(text.replace('"ours": true', '"ours": false'), encoding="utf-8")
    assert "ours: yes → no" in copied("diff", "then.json", "less.json").out


def test_two_files_need_no_register_of_ones_own(
    copied: Inside, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In a folder without one; a day or `now` alone asks for it."""
    elsewhere = Inside(tmp_path_factory.mktemp("elsewhere"))
    shutil.copy(copied.register, elsewhere.folder / "now.db")
    shutil.copy(copied.folder / "then.db", elsewhere.folder)
    assert elsewhere("diff", "then.db", "now.db").code == 1
    assert "there is no register in this folder" in elsewhere.refused("diff", "then.db")


def test_the_register_of_another_organisation(copied: Inside) -> None:
    """It is compared, and it is said that it is another one; so of its text."""
    assert copied("--db", "other.db", "init", "--name", "Other", "--country", "FR").code == 0
    ran = copied("diff", "now", "other.db")
    assert ran.err.startswith("now and other.db have no revision in common: two registers, ")
    assert copied("--db", "other.db", "export", "--layout", "json", "--out", "other.json").code == 0
    assert (
        "other.json is of Other, now of Musterfeld Messtechnik GmbH: two registers, "
        in copied("diff", "other.json").err
    )


def test_a_notice_is_what_it_would_bring(example: Inside) -> None:
    """Second, it is read beside the first, with what no field holds; first, it is refused."""
    shutil.copy(NOTICE, example.folder / "notice.txt")
    ran = example("diff", "now", "notice.txt")
    assert "recipient added: Stripe" in ran.out
    assert "Not kept as a value (7):" in ran.err
    data = example("diff", "now", "notice.txt", "--json").json
    brought = example("import", "notice.txt", "--dry-run", "--json").json
    assert {key: data[key] for key in brought} == brought
    assert "Name it second: ropa diff now notice.txt" in example.refused("diff", "notice.txt")
    assert example("import", "notice.txt", "--yes").code == 0
    ran = example("diff", "now", "notice.txt")
    assert ran.code == 0
    assert ran.out.startswith("Nothing changed between now (r2, ")


def test_a_later_notice_moves_lines(noticed: Inside) -> None:
    """Records that merely stand on other lines are counted, not listed; the notice itself has another text."""
    text = NOTICE.read_text(encoding="utf-8")
    (noticed.folder / NOTICE.name).write_text(f"\n\n{text}", encoding="utf-8")
    ran = noticed("diff", "now", NOTICE.name)
    assert "records: only their line numbers move." in ran.err
    assert "In all: 1 record changed." in ran.out


def test_what_a_notice_contradicts(noticed: Inside) -> None:
    """A value that was changed here and in the notice is a conflict, with both; exit 1."""
    assert noticed("activity", "set", "PA-0003", "transfers.1.mechanism=SCC", "--yes").code == 0
    old = "Personal Data: number of Users; session statistics; Trackers; Usage Data\nPlace of processing: "
    text = NOTICE.read_text(encoding="utf-8")
    assert f"{old}United States" in text
    (noticed.folder / NOTICE.name).write_text(
        text.replace(f"{old}United States", f"{old}Japan"), encoding="utf-8"
    )
    ran = noticed("diff", "now", NOTICE.name)
    assert ran.code == 1
    assert "Conflict: PA-0003 " in ran.err
    (conflict,) = noticed("diff", "now", NOTICE.name, "--json").json["conflicts"]
    assert (conflict["kind"], conflict["ref"]) == ("activity", "PA-0003")


def bytes_in(ropa: Inside, name: str, content: bytes) -> str:
    (ropa.folder / name).write_bytes(content)
    return name


def test_what_is_no_register_is_refused(example: Inside) -> None:
    """One line that says what would do; an SQLite file of another program too, and it stays as it is."""
    import sqlite3

    with sqlite3.connect(example.folder / "other.db") as other:
        other.execute("create table t (x)")
    other.close()
    torn = bytes_in(example, "torn.db", example.register.read_bytes()[:9000])
    for words, line in (
        (bytes_in(example, "a.pdf", b"%PDF-1.4"), "a.pdf: is damaged, or no PDF that can be read"),
        (bytes_in(example, "noise", bytes(range(256)) * 9), "noise: This is a binary file"),
        (bytes_in(example, "empty.txt", b""), "empty.txt: "),
        (bytes_in(example, "list.json", b"[1]"), "list.json: is not the text of a register."),
        (bytes_in(example, "half.json", b'{"activities": ['), "is not JSON"),
        ("other.db", "other.db: this database holds no register."),
        (torn, "torn.db: the register is damaged."),
        ("nowhere.xlsx", "nowhere.xlsx: there is no such file."),
        ("folder/nowhere", "folder/nowhere: there is no such file."),
        ("data", "data: this is a folder."),
        ("nonsense://x", "nonsense://x: "),
    ):
        assert line in example.refused("diff", words), words


def test_a_register_of_an_earlier_version_is_not_touched(
    copied: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at a backup does not bring it up: it is refused with the way."""
    from ropa.store.version import VERSION

    monkeypatch.setattr("ropa.store.open.EARLIER", (VERSION,))
    monkeypatch.setattr("ropa.store.version.VERSION", "9999")
    monkeypatch.setattr("ropa.store.open.VERSION", "9999")
    assert "then.db: is a register of an earlier version of ropa" in copied.refused(
        "diff", "then.db", "then.db"
    )


def test_a_day_goes_before_a_file_of_its_name(copied: Inside) -> None:
    """`./r1` is the file, r1 the revision."""
    shutil.copy(copied.folder / "then.db", copied.folder / "r3")
    assert copied("diff", "r3", "now").code == 0
    assert copied("diff", f".{Path('/')}r3", "now").code == 1
