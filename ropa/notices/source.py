"""From a file to lines of text: size, encoding and kind are settled here, before any grammar looks at the words."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ropa.errors import Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_TEXT = 2 * 1024 * 1024
MAX_LINES = 50_000
SAVE_AS = "Save the notice's page as HTML, PDF, Word document, Markdown or plain text and import that file."
Kind = Literal["text", "markdown", "html", "pdf", "docx"]
WITH_MARKUP: frozenset[str] = frozenset({"html", "pdf", "docx"})
"""Kinds whose text is taken out of what is no text: what is stored is the lines that were taken out."""

_PDF = b"%PDF-"
_PDF_STARTS_WITHIN = 1024  # readers of PDF look for the mark so far
_PACKED = b"PK\x03\x04"
_SIGNATURES = {
    _PACKED: "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old or an encrypted Office document",
    b"\x89PNG": "a picture",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_.:-]{2,40})", re.IGNORECASE)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAGS = re.compile(
    r"</?(?:html|body|div|p|span|h[1-6]|ul|li|br|table|section)\b[^>]{0,2000}>", re.IGNORECASE
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|[*+-] \*\*|\*\*[^*\n]{1,80}\*\*)", re.MULTILINE)
_BULLET = re.compile(r"\s*(?:[-*+•·‣▪◦–—]|\(?\d{1,3}[.)])\s+(?=\S)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the stored text, its words without markup, heading level (0: none), bullet or not."""

    number: int
    text: str
    level: int = 0
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A notice as text: `text` is what is stored, `lines` what the grammar reads (same numbers)."""

    text: str
    kind: Kind
    lines: tuple[Line, ...]


def clean(text: str) -> str:
    """One space between words, and no invisible characters inside them."""
    return " ".join(text.translate(_INVISIBLE).split())


def has_words(text: str) -> bool:
    """True where a line says something: a rule or a row of dots does not."""
    return any(character.isalnum() for character in text)


def strip_bullet(text: str) -> tuple[str, bool]:
    """The words of a list item without its mark, and whether there was one."""
    found = _BULLET.match(text)
    return (text[found.end() :], True) if found else (text, False)


def load(path_or_bytes: str | Path | bytes, name: str) -> Source:
    """Read a file, or take its bytes, as lines of text. Raises Refused for what is no text of sensible size."""
    data = path_or_bytes if isinstance(path_or_bytes, bytes) else _bytes_of(Path(path_or_bytes), name)
    if len(data) > MAX_BYTES:
        raise Refused(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB, so it is no privacy notice.",
            at=name,
            do=SAVE_AS,
        )
    source = _document(data, name) or _text(data, name)
    if len(source.text) > MAX_TEXT:
        what = f"The file holds more than {MAX_TEXT // 1024 // 1024} MB of text, so it is no privacy notice."
        raise Refused(what, at=name, do=SAVE_AS)
    if len(source.lines) > MAX_LINES:
        raise Refused(
            f"The file has more than {MAX_LINES:,} lines, so it is no privacy notice.", at=name, do=SAVE_AS
        )
    return source


def _document(data: bytes, name: str) -> Source | None:
    """A PDF or a Word document; None for anything else."""
    if _PDF in data[:_PDF_STARTS_WITHIN]:
        from ropa.notices.pdf import pdf_lines

        return _taken_out("pdf", pdf_lines(data, name))
    if data.startswith(_PACKED):
        from ropa.notices.docx import docx_lines, is_document

        if is_document(data) or Path(name).suffix.lower() in (".docx", ".docm"):
            return _taken_out("docx", docx_lines(data, name))
    return None


def _taken_out(kind: Kind, lines: tuple[Line, ...]) -> Source:
    return Source("\n".join(f"- {line.text}" if line.bullet else line.text for line in lines), kind, lines)


def _text(data: bytes, name: str) -> Source:
    text = _decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused("The file is empty: there is no privacy notice in it.", at=name, do=SAVE_AS)
    return _source(text, _kind(text, name))


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        if not path.exists():
            raise Refused(
                "There is no such file.", at=name, do="Check the name; `ropa import FILE` takes a path."
            )
        if not path.is_file():
            raise Refused("This is not a file.", at=name, do="Name the one file that holds the notice.")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as trouble:
        raise Refused(
            f"The file cannot be read ({trouble.strerror}).", at=name, do="Check its permissions."
        ) from trouble


def _decoded(data: bytes, name: str) -> str:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise Refused(
                f"This is {what}, not a text: no privacy notice can be read from it.", at=name, do=SAVE_AS
            )
    encoding = next((codec for mark, codec in _BOMS if data.startswith(mark)), "")
    if not encoding and b"\0" in data:
        raise Refused("This is a binary file: no privacy notice can be read from it.", at=name, do=SAVE_AS)
    # Where nothing is declared, windows-1252 follows UTF-8, as in the WHATWG Encoding Standard for the languages read.
    for codec in (encoding,) if encoding else ("utf-8", _declared(data), "cp1252"):
        try:
            text = data.decode(codec) if codec else ""
        except (UnicodeDecodeError, LookupError):
            continue
        if (text or not data) and not (codec == "cp1252" and _CONTROL.search(text)) and "\0" not in text:
            return text
    raise Refused(
        "This is a binary file, or a text in an encoding that could not be recognised.",
        at=name,
        do="Save it as UTF-8.",
    )


def _declared(data: bytes) -> str:
    found = _META_CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else ""


def _kind(text: str, name: str) -> Kind:
    suffix = Path(name).suffix.lower()
    if suffix in {".html", ".htm", ".xhtml"} or _HTML_START.match(text[:4096]):
        return "html"
    if suffix in {".md", ".markdown"}:
        return "markdown"
    if suffix in {".txt", ".text"}:
        return "text"
    if len(_HTML_TAGS.findall(text[:20_000])) > 3:
        return "html"
    return "markdown" if _MARKDOWN.search(text[:20_000]) else "text"


def _source(text: str, kind: Kind) -> Source:
    if kind == "html":
        from ropa.notices.html import html_lines

        return _taken_out(kind, html_lines(text))
    if kind == "markdown":
        from ropa.notices.markdown import markdown_lines

        return Source(text, kind, markdown_lines(text))
    rows = enumerate(text.split("\n"), start=1)
    return Source(text, kind, tuple(_plain(number, row) for number, row in rows))


def _plain(number: int, row: str) -> Line:
    words, bullet = strip_bullet(row)
    return Line(number, clean(words), 0, bullet)
