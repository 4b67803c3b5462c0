"""`ropa import` and `ropa gaps` of notices that are PDF or Word documents, and of files that mean harm."""

import zlib
from collections.abc import Callable

import pytest

from tests.cli.running import TREE, Inside
from tests.notices.made_files import docx, encrypted, paragraph, pdf

SHIPPED = (TREE / "data" / "notices" / "postdicom-2026-04-15.txt").read_text("utf-8")
KEEP = ("role", "status", "data", "transfers", "purposes", "recipients")
Made = Callable[[], bytes]


def as_pdf() -> bytes:
    """The shipped notice, sixty rows to a page."""
    rows = [row for row in SHIPPED.split("\n") if row.strip()]
    plain = [row.encode("cp1252", "replace").decode("cp1252") for row in rows]
    return pdf([plain[n : n + 60] for n in range(0, len(plain), 60)])


def as_docx() -> bytes:
    """The shipped notice, a paragraph to a row."""
    escaped = SHIPPED.replace("&", "&amp;").replace("<", "&lt;")
    return docx("".join(paragraph(row) for row in escaped.split("\n") if row.strip()))


@pytest.mark.parametrize(("name", "made"), [("notice.pdf", as_pdf), ("notice.docx", as_docx)])
def test_a_document_says_what_its_text_says(
    noticed: Inside, tmp_path_factory: pytest.TempPathFactory, name: str, made: Made
) -> None:
    """The same notice as PDF and as Word document makes the same activities; once more it changes nothing."""
    other = Inside(tmp_path_factory.mktemp("form"))
    other("init")
    file = other.folder / name
    file.write_bytes(made())
    assert other("import", file, "--yes").code == 0
    told = [
        [{k: a.get(k) for k in KEEP} for a in ropa("activity", "list", "--json").json]
        for ropa in (noticed, other)
    ]
    assert told[0] == told[1]
    assert other("import", file).err.splitlines()[-1] == "No change."
    assert other("gaps", file).out.startswith("Gaps of ")


def big_page() -> bytes:
    """50 MB of page, most of it a script."""
    return b"<!doctype html><html><script>" + b"x=1;" * 12_500_000 + b"</script></html>"


def bomb() -> bytes:
    """A PDF of which one page unpacks to 300 MB."""
    packed = zlib.compress(b" " * 300_000_000)
    made = pdf([["x"]])
    start, end = made.index(b"<< /Length"), made.index(b"endstream")
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\n"
    return made[:start] + stream + made[end:]


BAD: dict[str, tuple[str, Made, str]] = {
    "scan": ("n.pdf", lambda: pdf([[]]), "scan"),
    "encrypted": ("n.pdf", lambda: encrypted(pdf([["x"]]), "secret"), "encrypted"),
    "pages": ("n.pdf", lambda: pdf([["x"]] * 2000), "more than 400 pages"),
    "bomb": ("n.pdf", bomb, "cannot be read|can be read|memory"),
    "macros": ("n.docm", lambda: docx(paragraph("x"), more={"word/vbaProject.bin": b"x"}), "macros"),
    "old": ("n.doc", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old or an encrypted"),
    "entities": (
        "n.docx",
        lambda: docx(paragraph("&a;"), prolog='<!DOCTYPE d [<!ENTITY a "b">]>'),
        "entities",
    ),
    "page": ("n.html", big_page, "20 MB"),
    "arabic": ("n.txt", "سياسة الخصوصية الخاصة بنا وكيف نحفظ بياناتكم".encode, "Arabic"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_is_one_line_and_changes_nothing(noticed: Inside, case: str) -> None:
    """The register is the same byte for byte, and the message is one line that names the file."""
    name, made, says = BAD[case]
    file = noticed.folder / name
    file.write_bytes(made())
    before = noticed.register.read_bytes()
    for command in (("import", file, "--yes"), ("gaps", file)):
        ran = noticed(*command)
        assert ran.code == 2
        assert ran.out == ""
        assert any(word in ran.err for word in says.split("|"))
        assert ran.err.count("\n") == 1
        assert name in ran.err
        assert "Traceback" not in ran.err
    assert noticed.register.read_bytes() == before


def test_the_share_of_prose_that_was_read_is_told(noticed: Inside) -> None:
    """Of a notice in prose only what is stated outright is taken: how much that is stands below the preview."""
    file = noticed.folder / "prose.md"
    file.write_text(
        "# Privacy policy\n\n## Controller\n\nExample Works Ltd\n\n1 Long Road\n\nWe keep the logs for 30 days (Art. 6(1)(f) GDPR).\n"
        "The moon is round.\n",
        "utf-8",
    )
    ran = noticed("import", file, "--dry-run")
    assert ran.code == 0
    assert "Read for certain: " in ran.out + ran.err
    assert "The moon is round." in ran.out + ran.err
