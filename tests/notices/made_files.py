"""PDF and Word files made for a test, byte by byte: no other program's habits are in them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: Sequence[Sequence[str]], *, drawn: str = "") -> bytes:
    """A PDF with these rows on its pages, one below the other. drawn: further orders to draw, on each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, rows in enumerate(pages):
        escaped = (row.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for row in rows)
        shown = "".join(f"({row}) Tj T*\n" for row in escaped)
        content = f"BT /F1 11 Tf 14 TL 60 780 Td\n{shown}ET\n{drawn}"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
    made, places = "%PDF-1.7\n", []
    for n, body in enumerate(objects, start=1):
        places.append(len(made.encode("cp1252")))
        made += f"{n} 0 obj\n{body}\nendobj\n"
    start = len(made.encode("cp1252"))
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    made += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return made.encode("cp1252")


def encrypted(content: bytes, password: str, *, owner: str = "owner") -> bytes:
    """The PDF, encrypted; with an empty password it opens without asking."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(content)))
    writer.encrypt(password, owner, algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def docx(body: str, *, prolog: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A Word document with this XML as its body. prolog: what stands before it; more: further parts of the file."""
    styles = (
        f'<w:styles xmlns:w="{_W}"><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="Ours"><w:name w:val="Ours"/><w:basedOn w:val="berschrift2"/></w:style></w:styles>'
    )
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(
            "word/document.xml",
            f'{prolog}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        )
        packed.writestr("word/styles.xml", styles)
        for part, content in (more or {}).items():
            packed.writestr(part, content)
    return made.getvalue()


def paragraph(text: str, style: str = "", *, listed: bool = False) -> str:
    """A paragraph of a Word document."""
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    marks += '<w:numPr><w:ilvl w:val="0"/></w:numPr>' if listed else ""
    return f"<w:p><w:pPr>{marks}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
