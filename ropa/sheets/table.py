"""A sheet before it is written: its columns, its rows, and cells that say how they are to be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


class Blank(str):
    """A cell that says that nothing is recorded; shown so that nobody overlooks it."""

    __slots__ = ()


class Partly(str):
    """A cell of which a part is not recorded, and says so; shown like a blank."""

    __slots__ = ()


class Answer(str):
    """A cell that holds a statement in place of a value: that the point does not apply, and why."""

    __slots__ = ()


class DigestHere(str):
    """A cell of a page that gets the digest of all other cells of the workbook when these are written."""

    __slots__ = ()


NOT_RECORDED = Blank("not recorded")


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True)
class Table:
    """A sheet of rows under one heading.

    name: of the sheet. title: what it holds, printed on every page. keys: how many of the first columns tell which row it
    is; they stay in sight, and stand again where a row goes on. rows: as many cells as there are columns, each.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    keys: int = 2


@dataclass(frozen=True)
class Page:
    """A sheet that is read from top to bottom.

    lines: (style, label, text), the style being title, subtitle, heading, line, or chart: then the label is a key of charts.
    """

    name: str
    title: str
    lines: Sequence[tuple[str, str, str]]
    charts: "Mapping[str, Chart]" = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """A sheet of numbers, a name before each row, of which charts are drawn."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True)
class Chart:
    """A picture of figures: columns (or bars, which lie) in parts, one on the other.

    parts: number of the column → its colour. description: what it shows, for who does not see it.
    """

    title: str
    description: str
    figures: Figures
    parts: Mapping[int, str]
    lying: bool = False


@dataclass(frozen=True)
class FormLine:
    """A line of a form. style: heading, groups, headings, row, field, gap. still: the headings that stay in sight and are printed on each page."""

    style: str
    cells: Sequence[str]
    still: bool = False


@dataclass(frozen=True)
class FormSheet:
    """A sheet laid out as a form. widths: of its columns. keys: how many of the first columns stand again where a row goes on."""

    name: str
    title: str
    widths: Sequence[int]
    lines: Iterable[FormLine]
    keys: int = 1
