"""What a document is made of, whatever program shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Heading:
    """A heading. level: 1 to 3. anchor: by which other places lead here; "" for none. fresh: whether it begins a page."""

    text: str
    level: int = 1
    anchor: str = ""
    fresh: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text."""

    text: str


@dataclass(frozen=True)
class Fields:
    """Labels with what stands under each, one below another. A cell tells by its class how it is shown (`ropa.sheets.table`)."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Grid:
    """A table. widths: of its columns, in hundredths of the page. leads: for each row the anchor that its first cell leads to."""

    headings: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    leads: Sequence[str] = ()


Block = Heading | Paragraph | Fields | Grid


@dataclass(frozen=True)
class Content:
    """A document. title, subtitle: at its beginning. foot: under every page. at: the time in its properties."""

    title: str
    subtitle: str
    blocks: Iterable[Block]
    foot: str
    at: datetime
