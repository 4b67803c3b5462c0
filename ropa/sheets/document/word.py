"""Writing a document for Word: python-docx makes its styles, its foot and its properties; the text is written past it, piece by piece.

python-docx keeps the whole text as a tree and looks through it for each paragraph: a register of a thousand activities takes a minute, and
written so two seconds.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from ropa.sheets.celltext import cell_text
from ropa.sheets.document.blocks import Content
from ropa.sheets.document.wordxml import block_in_xml, field, paragraph, run

_HEAD = "1F3864"
_YEAR = (1980, 1, 1, 0, 0, 0)
"""The time of every part in the file: with the clock's the same register would give other bytes."""
_TEXT = "word/document.xml"
_LAST = b"<w:sectPr"
"""What comes after the text: the properties of the page."""


def write_document(content: Content, file: BinaryIO) -> None:
    """Write it into a file that is open for writing bytes. The same content gives the same bytes."""
    document: Any = Document()
    _prepare(document, content)
    draft = BytesIO()
    document.save(draft)
    with ZipFile(draft) as parts, ZipFile(file, "w") as packed:
        for part in parts.infolist():
            info = ZipInfo(part.filename, _YEAR)
            info.compress_type = ZIP_DEFLATED
            with packed.open(info, "w") as out:
                for piece in _with_text(parts.read(part.filename), part.filename, content):
                    out.write(piece)


def _with_text(part: bytes, name: str, content: Content) -> Iterator[bytes]:
    """A part of the file; that of the text with the text in it."""
    if name != _TEXT:
        yield part
        return
    before, last, after = part.partition(_LAST)
    yield before
    yield paragraph(content.title, "Title").encode()
    yield paragraph(content.subtitle, "Subtitle").encode()
    for number, block in enumerate(content.blocks):
        yield block_in_xml(block, number).encode()
    yield last + after


def _prepare(document: Any, content: Content) -> None:
    """Page, styles, properties, what is printed on each page."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    for style in document.styles:
        first = style.name.split(" ")[0]
        if style.type == WD_STYLE_TYPE.PARAGRAPH and first in ("Normal", "Heading", "Title", "Subtitle"):
            _dress(style)
    document.styles["Normal"].font.size = Pt(10)
    properties = document.core_properties
    properties.title, properties.subject = cell_text(content.title), "Article 30 GDPR"
    properties.author = properties.last_modified_by = "ropa"
    properties.comments = cell_text(content.foot)
    properties.created = properties.modified = content.at
    foot = section.footer.paragraphs[0]._p  # noqa: SLF001  there is no public way to the number of the page
    for piece in (run(f"{content.foot}, page ", size=16), field("PAGE", run("1", size=16))):
        foot.append(parse_xml(piece.replace(">", f" {nsdecls('w')}>", 1)))


def _dress(style: Any) -> None:
    """One font in one colour: the template's own depend on the theme of the program that shows it."""
    style.font.name = "Calibri"
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    if style.name != "Normal":
        style.font.color.rgb = RGBColor.from_string(_HEAD)
