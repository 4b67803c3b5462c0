"""A Word document to lines: its paragraphs, headings, lists and tables, out of the two parts of the file that hold them.

Nothing else in the file is opened: no macro, no picture, no link, no template that it names elsewhere.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from ropa.errors import Refused
from ropa.notices.source import Line, clean, has_words, strip_bullet

DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_MOST_BYTES = 40_000_000
"""Bytes of a part, unpacked: a novel has two million."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC, _T = (_W + name for name in ("p", "tbl", "tr", "tc", "t"))
_BREAKS, _TAB = {_W + "br", _W + "cr"}, _W + "tab"
_GONE = {_W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "txbxContent")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
"""What a reader of the document does not see: deleted words, field codes, second copies. (Text boxes are paragraphs of their own.)"""
_HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)
_SAVE = "Open it, and save it as .docx or as plain text."


def is_document(content: bytes) -> bool:
    """Whether a packed file is a document of a word processor."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            return DOCUMENT in packed.namelist()
    except (BadZipFile, ValueError, OSError):
        return False


def docx_lines(content: bytes, name: str) -> tuple[Line, ...]:
    """The text of a document, one line per paragraph or table row. Raises Refused, naming the file.

    Words that were inserted with changes tracked count, deleted ones do not: it is the text as it would be accepted.
    """
    document, styles = _parts(content, name)
    rows = _Rows(_heading_levels(styles)).of(document)
    lines = tuple(
        Line(number, text, level, bullet) for number, (text, level, bullet) in enumerate(rows, start=1)
    )
    if not lines:
        raise Refused("has no text.", at=name, do=_SAVE)
    return lines


def _parts(content: bytes, name: str) -> tuple[etree._Element, etree._Element | None]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            if any(one.lower().endswith("vbaproject.bin") for one in names):
                raise Refused("holds macros (.docm); it was not opened.", at=name, do=_SAVE)
            document = _part(packed, DOCUMENT, name)
            return document, _part(packed, _STYLES, name) if _STYLES in names else None
    except (
        BadZipFile,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        etree.LxmlError,
    ):
        raise Refused("is damaged, cut off or encrypted.", at=name, do=_SAVE) from None


def _part(packed: ZipFile, part: str, name: str) -> etree._Element:
    with packed.open(part) as file:
        xml = file.read(_MOST_BYTES + 1)
    if len(xml) > _MOST_BYTES:
        raise Refused("would unpack to far more than any notice holds; it was not read.", at=name, do=_SAVE)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\0" in xml:
        raise Refused(
            "declares entities, which no word processor writes; it was not read.", at=name, do=_SAVE
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(xml, parser)


def _heading_levels(styles: etree._Element | None) -> dict[str, int]:
    """Style → the level of heading that it is, by its name or the style that it is based on."""
    if styles is None:
        return {}
    levels: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in styles.iter(_W + "style"):
        ref, called, on = (
            style.get(_W + "styleId") or "",
            _value(style, "name"),
            _value(style, "basedOn"),
        )
        if found := _HEADING.fullmatch(called):
            levels[ref] = int(found[1])
        elif called.casefold() == "title":
            levels[ref] = 1
        elif on:
            based[ref] = on
    for ref, on in based.items():
        if on in levels:
            levels.setdefault(ref, levels[on])
    return levels


def _value(element: etree._Element, tag: str) -> str:
    found = element.find(f"{_W}{tag}")
    return (found.get(_W + "val") or "") if found is not None else ""


class _Rows:
    """Walks the document in its order."""

    def __init__(self, levels: dict[str, int]) -> None:
        self._levels = levels

    def of(self, document: etree._Element) -> Iterator[tuple[str, int, bool]]:
        """Text, level of heading, bullet: of each paragraph and row that says something."""
        stack = [iter(document)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif element.tag == _P:
                yield from self._paragraph(element)
                boxes = [box for box in element.iter(_W + "txbxContent") if not _in_second_copy(box)]
                stack.extend(iter(box) for box in reversed(boxes))
            elif element.tag == _TR and len(cells := _cells(element)) > 1:
                yield from _row(cells)
            elif element.tag not in _GONE:
                stack.append(iter(element))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[tuple[str, int, bool]]:
        properties = paragraph.find(f"{_W}pPr")
        style, listed = "", False
        if properties is not None:
            style = _value(properties, "pStyle")
            listed = properties.find(f"{_W}numPr") is not None or "list" in style.casefold()
        level = self._levels.get(style, 0)
        for row in _words(paragraph).split("\n"):
            text, mark = strip_bullet(row)
            if has_words(text := clean(text)):
                yield text, level, (listed or mark) and not level


def _in_second_copy(box: etree._Element) -> bool:
    return any(str(above.tag).endswith("}Fallback") for above in box.iterancestors())


def _cells(row: etree._Element) -> list[etree._Element]:
    """The row's own cells, those in a content control too; not those of a table inside a cell."""
    return [*row.iterfind(_TC), *row.iterfind(f"{_W}sdt/{_W}sdtContent/{_TC}")]


def _row(cells: list[etree._Element]) -> Iterator[tuple[str, int, bool]]:
    said = (clean(" ".join(_words(p).replace("\n", " ") for p in cell.iter(_P))) for cell in cells)
    text = " | ".join(words for words in said if has_words(words))
    if text:
        yield text, 0, False


def _words(paragraph: etree._Element) -> str:
    """What a paragraph says, its line breaks as line feeds."""
    said: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == _T:
            said.append(element.text or "")
        elif element.tag in _BREAKS:
            said.append("\n")
        elif element.tag == _TAB:
            said.append(" ")
        elif element.tag not in _GONE:
            stack.append(iter(element))
    return "".join(said)
