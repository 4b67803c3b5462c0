"""Notices as Word documents: what is read, and what is refused."""

import socket

import pytest

from ropa.errors import Refused
from ropa.notices.read import read_notice
from ropa.notices.source import load
from tests.notices.made_files import docx, paragraph

ENTRY = (
    paragraph("Analytics", "berschrift2")
    + paragraph("Google Analytics (Google Ireland Limited)")
    + paragraph("Personal Data processed:")
    + paragraph("Cookies", listed=True)
    + paragraph("Usage Data", listed=True)
    + paragraph("Place of processing: Ireland")
)


def lines(body: str) -> list[tuple[str, int, bool]]:
    return [(line.text, line.level, line.bullet) for line in load(docx(body), "n.docx").lines]


def test_headings_lists_and_paragraphs_of_a_document_are_read() -> None:
    """Styles by the name that Word gives them in every language, lists by their numbering."""
    reading = read_notice(docx(ENTRY), "n.docx")
    block = reading.blocks[0]
    assert [term.text for term in block.data] == ["Cookies", "Usage Data"]
    assert block.purpose
    assert block.purpose.text == "Analytics"
    assert (reading.kind, reading.text.split("\n")[3]) == ("docx", "- Cookies")


def test_a_style_based_on_a_heading_is_one() -> None:
    """A house style counts as what it is based on."""
    assert lines(paragraph("Our own heading", "Ours")) == [("Our own heading", 2, False)]


def test_tracked_changes_count_as_accepted() -> None:
    """What was inserted is read, what was deleted is not; a field's code is no text."""
    body = (
        "<w:p><w:r><w:t>kept </w:t></w:r><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText>"
        "</w:r></w:del><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r>"
        "</w:hyperlink></w:p>"
    )
    assert lines(body) == [("kept new link", 0, False)]


def test_controls_boxes_and_tables_are_read_in_their_order() -> None:
    """A content control, a row of a table as one line with its cells parted, a text box after its paragraph."""
    cell = "<w:tc>{}</w:tc>".format
    row = f"<w:tr>{cell(paragraph('Purpose'))}{cell(paragraph('Legal basis'))}</w:tr>"
    box = f"<w:p><w:r><w:t>outside</w:t><w:pict><w:txbxContent>{paragraph('inside')}</w:txbxContent></w:pict></w:r></w:p>"
    body = f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt><w:tbl>{row}</w:tbl>{box}"
    assert [text for text, _, _ in lines(body)] == [
        "controlled",
        "Purpose | Legal basis",
        "outside",
        "inside",
    ]


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(docx(ENTRY, more={"word/vbaProject.bin": b"x"}), "n.docm", "macros", id="macros"),
        pytest.param(docx(paragraph("&b;"), prolog=BOMB), "n.docx", "entities", id="entities"),
        pytest.param(docx(paragraph("x" * 41_000_000)), "n.docx", "unpack", id="a bomb"),
        pytest.param(docx(ENTRY)[:200], "n.docx", "damaged", id="cut off"),
        pytest.param(docx("<w:p>"), "n.docx", "damaged", id="no XML"),
        pytest.param(docx(paragraph(" ")), "n.docx", "no text", id="no words"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "n.docx", "encrypted", id="encrypted"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_in_one_line(content: bytes, name: str, says: str) -> None:
    """The refusal names the file, the trouble and the next step."""
    with pytest.raises(Refused) as refused:
        read_notice(content, name)
    assert refused.value.at == name
    assert says in refused.value.what
    assert refused.value.do
    assert "\n" not in str(refused.value)


def test_what_a_document_names_elsewhere_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template, a picture and an included file on another machine are left where they are."""
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("the network was asked for"))
    links = b'<Relationships><Relationship Id="r1" TargetMode="External" Target="http://x.invalid/t.dotm"/></Relationships>'
    made = docx(ENTRY, more={"word/_rels/document.xml.rels": links, "word/_rels/settings.xml.rels": links})
    assert read_notice(made, "n.docx").blocks


def test_a_nest_of_tables_costs_no_more_than_its_text() -> None:
    """Sixty tables inside each other give their words once."""
    body = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * 60
    assert lines(body) == [("deep", 0, False)]
