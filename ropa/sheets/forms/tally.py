"""Counting what a form asks and the register lacks, while the form is being laid out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ropa.sheets.forms.declare import Heading
from ropa.sheets.table import Blank, Partly

INSIDE = "kept inside"
NO_FIELD = ("no field", "no field of special data")


@dataclass
class Counted:
    """How often a heading was answered. blank: not at all. partly: not in full."""

    heading: str
    answer: str
    asks: str
    cells: int = 0
    blank: int = 0
    partly: int = 0

    @property
    def inside(self) -> bool:
        """Whether the register keeps the answer in the house."""
        return self.answer == INSIDE

    @property
    def by_hand(self) -> bool:
        """Whether the register has no field for it."""
        return self.answer in NO_FIELD


@dataclass
class Tally:
    """The count of each heading, in the order of the form."""

    counted: dict[tuple[str, str, str], Counted] = field(default_factory=dict)

    def add(self, block: str, heading: Heading, label: str, cell: str) -> None:
        """Count a cell. label: what the form calls it where the heading alone does not say."""
        key = (block, heading.text, label)
        one = self.counted.get(key)
        if one is None:
            words = label or " – ".join(filter(None, (block, heading.text)))
            one = self.counted[key] = Counted(words, heading.answer, heading.asks)
        one.cells += 1
        one.blank += isinstance(cell, Blank)
        one.partly += isinstance(cell, Partly)

    def lacking(self) -> Iterator[Counted]:
        """The headings under which something is missing that the register could hold."""
        return (one for one in self.counted.values() if (one.blank or one.partly) and not one.inside)

    def inside(self) -> list[str]:
        """The headings whose answers stay in the house."""
        return [one.heading for one in self.counted.values() if one.inside]

    @property
    def blank(self) -> int:
        """Cells in which nothing is recorded, those for what the register keeps in the house left out."""
        return sum(one.blank for one in self.counted.values() if not one.inside)

    @property
    def partly(self) -> int:
        """Cells of which a part is not recorded."""
        return sum(one.partly for one in self.counted.values())

    @property
    def cells(self) -> int:
        """Cells that the form asks to be filled in."""
        return sum(one.cells for one in self.counted.values() if not one.inside)
