"""Notices as PDF: what is read, and what is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from ropa.errors import Refused
from ropa.notices import pdf as pdf_source
from ropa.notices.read import read_notice
from tests.notices.made_files import encrypted, pdf

ROWS = (
    "Privacy Policy of www.example.test",
    "Analytics",
    "Google Analytics (Google Ireland Limited)",
    "Personal Data processed: Cookies; Usage",
    "Data.",
    "Place of processing: Ireland \u2013 Privacy Policy.",
)


def test_a_pdf_gives_what_the_same_words_give_as_text() -> None:
    """Its rows are the lines of the notice, and a list that its margin breaks is whole again."""
    from_pdf = read_notice(pdf([ROWS]), "n.pdf")
    from_text = read_notice("\n".join(ROWS).encode(), "n.txt")
    assert from_pdf.blocks == from_text.blocks
    assert [term.text for term in from_pdf.blocks[0].data] == ["Cookies", "Usage Data"]
    assert from_pdf.kind == "pdf"
    assert from_pdf.text.split("\n")[from_pdf.blocks[0].lines[0] - 1] == ROWS[3]


def test_what_each_page_repeats_at_its_edges_is_set_aside() -> None:
    """An entry that a page break cuts is whole, and no foot of a page stands in it."""
    pages = [
        ["Example Ltd", *rows, f"Page {n} of 3"] for n, rows in enumerate((ROWS[:4], ROWS[4:], ["End."]))
    ]
    reading = read_notice(pdf(pages), "n.pdf")
    assert [term.text for term in reading.blocks[0].data] == ["Cookies", "Usage Data"]
    assert reading.text == "\n".join([*ROWS, "End."])


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    """It opens without a password, as it does in any viewer."""
    assert read_notice(encrypted(pdf([ROWS]), ""), "n.pdf").blocks


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(pdf([[]], drawn="10 10 100 100 re f"), "scan", id="no text"),
        pytest.param(encrypted(pdf([ROWS]), "secret"), "encrypted", id="encrypted"),
        pytest.param(pdf([["x"]] * 2000), "more than 400 pages", id="2,000 pages"),
        pytest.param(pdf([ROWS])[:300], "damaged", id="cut off"),
        pytest.param(b"%PDF-1.7 nothing", "damaged", id="a signature alone"),
        pytest.param(pdf([["word " * 900_000]]), "more text than any notice", id="4 MB on a page"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_refused_in_one_line(content: bytes, says: str) -> None:
    """The refusal names the file, the trouble and the next step."""
    with pytest.raises(Refused) as refused:
        read_notice(content, "n.pdf")
    assert refused.value.at == "n.pdf"
    assert says in refused.value.what
    assert refused.value.do
    assert "\n" not in str(refused.value)


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads it is ended when its time is over."""
    monkeypatch.setattr(pdf_source, "_SECONDS", 0.01)
    with pytest.raises(Refused, match="within"):
        read_notice(pdf([ROWS]), "n.pdf")


def test_no_file_beside_the_notice_is_run(tmp_path: Path) -> None:
    """A file named like a package, in the folder where the user works, stays a file."""
    (tmp_path / "pypdf.py").write_text("raise SystemExit('run')")
    (tmp_path / "json.py").write_text("raise SystemExit('run')")
    (tmp_path / "n.pdf").write_bytes(pdf([ROWS]))
    asked = "from ropa.notices.read import read_notice; print(len(read_notice('n.pdf', 'n.pdf').blocks))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
