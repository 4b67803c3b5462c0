"""What a form is: its sheets, blocks and headings, as a file in `declared/` says them.

A form is data, because a lawyer who knows an authority's paper has to be able to read and correct it without reading a program.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "declared"
ALWAYS, APPLIES, WANTED = "always", "where it applies", "if wanted"
"""When a form wants an answer: of every activity; where there is something to say; or as an extra that nobody has to give."""
_BODY = "\n[["


@dataclass(frozen=True)
class Heading:
    """A heading of a form. answer: which answer stands under it. group: the heading above it. asks: when the form wants an answer."""

    text: str
    answer: str
    width: int = 0
    group: str = ""
    asks: str = ALWAYS


@dataclass(frozen=True)
class FixedRow:
    """A row that a form has in any case.

    of: the categories of data that stand in it, by ref of the shipped catalogue, those below them included; or the sorts
    of special data. A category whose `family` is the row's text stands there as well.
    """

    text: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Headings that belong together.

    about: what each row or field is about (`abouts.py` knows them). upright: the headings stand one below another. labels: what
    the form calls the first row, the second and so on, the last one for all others, with {n} for the number. rows: those that
    it has in any case.
    """

    about: str
    headings: tuple[Heading, ...]
    title: str = ""
    upright: bool = False
    labels: tuple[str, ...] = ()
    rows: tuple[FixedRow, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet of a form. each: "activity" where there is one for each. widths: of its columns, where the headings do not give them."""

    name: str
    blocks: tuple[Block, ...]
    each: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Head:
    """What is known of a form without reading its sheets.

    language: of its headings. role: whose record it is, controller's or processor's. law: whose Article numbers and borders count.
    held: the published file that its headings were held against, by language; none where they follow a description. after: where they
    come from, by language; seen: the day on which that was looked at.
    """

    name: str
    title: str
    what: str
    language: str
    role: str
    law: str
    article: str
    authority: str
    after: Mapping[str, str]
    seen: str
    held: Mapping[str, str] = field(default_factory=dict)

    @property
    def sure(self) -> str:
        """How sure its headings are, in English."""
        return f"held against {self.held['en']}" if self.held else "after a description"


@dataclass(frozen=True)
class Form:
    """A form whole."""

    head: Head
    sheets: tuple[Sheet, ...]

    def headings(self) -> Iterator[tuple[Sheet, Block, Heading]]:
        """Every heading with where it stands."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                yield from ((sheet, block, heading) for heading in block.headings)


@cache
def heads() -> tuple[Head, ...]:
    """Every form that is declared, without its sheets: all that a list of the layouts needs."""
    texts = (file.read_text("utf-8") for file in sorted(FOLDER.glob("*.toml")))
    return tuple(_head(text.partition(_BODY)[0]) for text in texts)


@cache
def form_named(name: str) -> Form:
    """A form that is declared."""
    text = (FOLDER / f"{name}.toml").read_text("utf-8")
    return Form(_head(text.partition(_BODY)[0]), tuple(_sheet(said) for said in _read(text)["sheets"]))


def _head(text: str) -> Head:
    return Head(**_read(text))


def _read(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)


def _sheet(said: dict[str, Any]) -> Sheet:
    blocks = tuple(_block(one) for one in said.pop("blocks"))
    return Sheet(blocks=blocks, widths=tuple(said.pop("widths", ())), **said)


def _block(said: dict[str, Any]) -> Block:
    headings = tuple(Heading(**one) for one in said.pop("headings"))
    rows = tuple(FixedRow(one["text"], tuple(one["of"])) for one in said.pop("rows", ()))
    return Block(headings=headings, labels=tuple(said.pop("labels", ())), rows=rows, **said)
