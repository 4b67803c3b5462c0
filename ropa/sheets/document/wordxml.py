"""The blocks of a document in the XML of Word.

Every text goes through `run`, which escapes it: it is text of the document and nothing else. Links, bookmarks and the number of the page are
the program's own.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ropa.sheets.celltext import cell_text
from ropa.sheets.document.blocks import Block, Fields, Grid, Heading, Paragraph
from ropa.sheets.table import Answer, Blank, Partly

_WIDE = 17.0
"""Centimetres between the margins of an upright page of A4."""
_LABELS = (32, 68)
"""Hundredths of the page for labels and for what stands beside them."""
_HEAD, _LABEL, _GAP = "1F3864", "D9E1F2", "FFF2CC"
_TWIPS = 567
"""Twentieths of a point in a centimetre."""
_SMALL = 18
"""Half points of the letters in a table."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>' for side in _SIDES)
_TIGHT = '<w:spacing w:before="20" w:after="20"/>'


def block_in_xml(block: Block, number: int) -> str:
    """A block. number: of the block in the document, by which its bookmark is told from others."""
    if isinstance(block, Heading):
        return _heading(block, number)
    if isinstance(block, Paragraph):
        return paragraph(block.text)
    if isinstance(block, Fields):
        rows = (
            _cell(run(label, bold=True, size=_SMALL), _LABELS[0], _LABEL) + _said(text, _LABELS[1])
            for label, text in block.rows
        )
        return _table((f"<w:tr>{row}</w:tr>" for row in rows), _LABELS)
    return _table(_grid(block), block.widths)


def paragraph(text: str, style: str = "Normal", *, more: str = "", before: str = "", after: str = "") -> str:
    """A paragraph. more: further properties of it. before, after: what stands around its text."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>'
    return f"<w:p>{look}{before}{run(text)}{after}</w:p>"


def run(text: str, *, bold: bool = False, italic: bool = False, color: str = "", size: int = 0) -> str:
    """Text in one look. Its line ends are breaks, its tabs are tabs, what cannot be seen is shown as a sign. "" for none."""
    if not text:
        return ""
    look = f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
    look += f'<w:color w:val="{color}"/>' if color else ""
    look += f'<w:sz w:val="{size}"/>' if size else ""
    lines = (
        "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in line.split("\t")
        )
        for line in cell_text(text).split("\n")
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{'<w:br/>'.join(lines)}</w:r>"


def field(instruction: str, shown: str) -> str:
    """A field of Word, with what it shows until the program works it out."""
    return f'<w:fldSimple w:instr="{instruction}">{shown}</w:fldSimple>'


def _heading(block: Heading, number: int) -> str:
    more = f"<w:keepNext/>{'<w:pageBreakBefore/>' if block.fresh else ''}"
    if not block.anchor:
        return paragraph(block.text, f"Heading{block.level}", more=more)
    before = f'<w:bookmarkStart w:id="{number}" w:name="{_anchor(block.anchor)}"/>'
    after = f'<w:bookmarkEnd w:id="{number}"/>'
    return paragraph(block.text, f"Heading{block.level}", more=more, before=before, after=after)


def _anchor(ref: str) -> str:
    """A name as Word allows it: letters, digits, underscores."""
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in ref)[:40]


def _grid(block: Grid) -> Iterator[str]:
    both = zip(block.headings, block.widths, strict=True)
    head = (_cell(run(text, bold=True, color="FFFFFF", size=_SMALL), share, _HEAD) for text, share in both)
    yield f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{''.join(head)}</w:tr>"
    for number, cells in enumerate(block.rows):
        leads = _anchor(block.leads[number]) if block.leads else ""
        row = (
            _said(text, share, leads if n == 0 else "")
            for n, (text, share) in enumerate(zip(cells, block.widths, strict=True))
        )
        yield f"<w:tr>{''.join(row)}</w:tr>"


def _table(rows: Iterator[str], shares: Sequence[int]) -> str:
    """A table, and a paragraph after it, without which two of them would grow together."""
    look = f'<w:tblW w:w="{_twips(100)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    columns = "".join(f'<w:gridCol w:w="{_twips(share)}"/>' for share in shares)
    table = f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    return table + paragraph("", more='<w:spacing w:after="40"/>')


def _twips(share: int) -> int:
    return int(_WIDE * _TWIPS * share / 100)


def _said(text: str, share: int, leads: str = "") -> str:
    """A cell of a record's text, shown by its kind: a blank on yellow, a statement in italics. leads: the anchor it leads to."""
    kind = type(text)
    shown = run(text, italic=issubclass(kind, Blank | Answer), size=_SMALL)
    if leads:
        shown = f'<w:hyperlink w:anchor="{leads}" w:history="1">{shown}</w:hyperlink>'
    return _cell(shown, share, _GAP if issubclass(kind, Blank | Partly) else "")


def _cell(shown: str, share: int, fill: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    look = f'<w:tcPr><w:tcW w:w="{_twips(share)}" w:type="dxa"/>{shade}</w:tcPr>'
    return f"<w:tc>{look}<w:p><w:pPr>{_TIGHT}</w:pPr>{shown}</w:p></w:tc>"
