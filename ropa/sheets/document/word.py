"""Writing a document for Word: python-docx for its parts, and tables as XML at once, which takes a tenth of the time.

Every text of a record goes through `_text`: it becomes text of a run and nothing else. Fields of Word (the number of the page, the
links of the table of activities) are the program's own.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ropa.sheets.celltext import cell_text
from ropa.sheets.document.blocks import Block, Content, Fields, Grid, Heading, Paragraph
from ropa.sheets.table import Answer, Blank, Partly

_WIDE = 17.0
"""Centimetres between the margins of an upright page of A4."""
_LABELS = (32, 68)
"""Hundredths of the page for labels and for what stands under them."""
_HEAD, _LABEL, _GAP = "1F3864", "D9E1F2", "FFF2CC"
_TWIPS = 567
"""Twentieths of a point in a centimetre."""
_YEAR = (1980, 1, 1, 0, 0, 0)
"""The time of every part in the file: with the clock's the same register would give other bytes."""


def write_document(content: Content, file: BinaryIO) -> None:
    """Write it into a file that is open for writing bytes. The same content gives the same bytes."""
    document: Any = Document()
    _prepare(document, content)
    _alone(document, content.title, "Title")
    _alone(document, content.subtitle, "Subtitle")
    bookmarks = 0
    for block in content.blocks:
        bookmarks += isinstance(block, Heading) and bool(block.anchor)
        _add(document, block, bookmarks)
    draft = BytesIO()
    document.save(draft)
    _pack(draft, file)


def _prepare(document: Any, content: Content) -> None:
    """Page, styles, properties, what is printed on each page."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name.split(" ")[0] in (
            "Normal",
            "Heading",
            "Title",
            "Subtitle",
        ):
            style.font.name = "Calibri"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            if style.name != "Normal":
                style.font.color.rgb = RGBColor.from_string(_HEAD)
    document.styles["Normal"].font.size = Pt(10)
    properties = document.core_properties
    properties.title, properties.subject = cell_text(content.title), "Article 30 GDPR"
    properties.author, properties.comments = "ropa", cell_text(content.foot)
    properties.created = properties.modified = content.at
    properties.last_modified_by = "ropa"
    foot = section.footer.paragraphs[0]
    foot.add_run(cell_text(content.foot) + ", page ").font.size = Pt(8)
    foot._p.append(_element("w:fldSimple", {"w:instr": "PAGE"}, _run("1", size=16)))  # noqa: SLF001  no public way to a field


def _add(document: Any, block: Block, bookmark: int) -> None:
    if isinstance(block, Heading):
        _heading(document, block, bookmark)
    elif isinstance(block, Paragraph):
        _alone(document, block.text, "Normal")
    elif isinstance(block, Fields):
        rows = [
            _row([_cell(cell_text(label), _LABELS[0], _LABEL, bold=True), _said(text, _LABELS[1])])
            for label, text in block.rows
        ]
        _table(document, rows, _LABELS)
    else:
        _table(document, list(_grid(block)), block.widths)


def _alone(document: Any, text: str, style: str) -> Any:
    paragraph = document.add_paragraph(style=style)
    for child in _runs(cell_text(text)):
        paragraph._p.append(child)  # noqa: SLF001  see _text
    return paragraph


def _heading(document: Any, block: Heading, bookmark: int) -> None:
    paragraph = _alone(document, block.text, f"Heading {block.level}")
    paragraph.paragraph_format.page_break_before = block.fresh
    paragraph.paragraph_format.keep_with_next = True
    if block.anchor:
        number = str(bookmark)
        start = _element("w:bookmarkStart", {"w:id": number, "w:name": _anchor(block.anchor)})
        paragraph._p.insert(1, start)  # noqa: SLF001  no public way to a bookmark
        paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))  # noqa: SLF001


def _anchor(ref: str) -> str:
    """A name as Word allows it: letters, digits, underscores."""
    return "".join(sign if sign.isalnum() else "_" for sign in ref)[:40]


def _grid(block: Grid) -> Iterable[Any]:
    head = _row(
        [
            _cell(cell_text(text), share, _HEAD, bold=True, color="FFFFFF")
            for text, share in zip(block.headings, block.widths, strict=True)
        ]
    )
    head.insert(0, _element("w:trPr", {}, _element("w:tblHeader", {})))
    yield head
    for number, cells in enumerate(block.rows):
        row = [_said(text, share) for text, share in zip(cells, block.widths, strict=True)]
        if block.leads:
            _link(row[0], _anchor(block.leads[number]))
        yield _row(row)


def _link(cell: Any, anchor: str) -> None:
    """Make the text of a cell lead to a place in the document."""
    paragraph = cell.find(qn("w:p"))
    link = _element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
    for run in paragraph.findall(qn("w:r")):
        link.append(run)
    paragraph.append(link)


def _table(document: Any, rows: Sequence[Any], shares: Sequence[int]) -> None:
    borders = _element("w:tblBorders", {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(
            _element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "BFBFBF"})
        )
    look = _element("w:tblPr", {}, _element("w:tblW", {"w:w": str(_twips(100)), "w:type": "dxa"}), borders)
    look.append(_element("w:tblLayout", {"w:type": "fixed"}))
    columns = [_element("w:gridCol", {"w:w": str(_twips(share))}) for share in shares]
    table = _element("w:tbl", {}, look, _element("w:tblGrid", {}, *columns), *rows)
    body = document.element.body
    body.insert(len(body) - 1, table)  # before the properties of the section, which come last
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _twips(share: int) -> int:
    return int(_WIDE * _TWIPS * share / 100)


def _row(cells: Sequence[Any]) -> Any:
    return _element("w:tr", {}, *cells)


def _said(text: str, share: int) -> Any:
    """A cell of a record's text, shown by its kind: a blank on yellow, a statement in italics."""
    kind = type(text)
    fill = _GAP if issubclass(kind, Blank | Partly) else ""
    return _cell(cell_text(text), share, fill, italic=issubclass(kind, Blank | Answer))


def _cell(
    text: str,
    share: int,
    fill: str,
    *,
    bold: bool = False,
    italic: bool = False,
    color: str = "",
) -> Any:
    look = _element("w:tcPr", {}, _element("w:tcW", {"w:w": str(_twips(share)), "w:type": "dxa"}))
    if fill:
        look.append(_element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}))
    spacing = _element("w:pPr", {}, _element("w:spacing", {"w:before": "20", "w:after": "20"}))
    paragraph = _element("w:p", {}, spacing, *_runs(text, bold=bold, italic=italic, color=color, size=18))
    return _element("w:tc", {}, look, paragraph)


def _runs(
    text: str, *, bold: bool = False, italic: bool = False, color: str = "", size: int = 0
) -> list[Any]:
    """The text as one run; its line ends are breaks, its tabs are tabs."""
    return [_run(text, bold=bold, italic=italic, color=color, size=size)] if text else []


def _run(text: str, *, bold: bool = False, italic: bool = False, color: str = "", size: int = 0) -> Any:
    look = _element("w:rPr", {})
    for name, wanted in (("w:b", bold), ("w:i", italic)):
        if wanted:
            look.append(_element(name, {}))
    if color:
        look.append(_element("w:color", {"w:val": color}))
    if size:
        look.append(_element("w:sz", {"w:val": str(size)}))
    run = _element("w:r", {}, look)
    for n, line in enumerate(text.split("\n")):
        if n:
            run.append(_element("w:br", {}))
        for m, piece in enumerate(line.split("\t")):
            if m:
                run.append(_element("w:tab", {}))
            if piece:
                run.append(_text(piece))
    return run


def _text(text: str) -> Any:
    element = _element("w:t", {"xml:space": "preserve"})
    element.text = text
    return element


def _element(name: str, attributes: dict[str, str], *children: Any) -> Any:
    element: Any = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    element.extend(children)
    return element


def _pack(draft: BytesIO, file: BinaryIO) -> None:
    """The same parts with the same times."""
    with ZipFile(draft) as parts, ZipFile(file, "w") as packed:
        for part in parts.infolist():
            info = ZipInfo(part.filename, _YEAR)
            info.compress_type = ZIP_DEFLATED
            packed.writestr(info, parts.read(part.filename))
