"""A declared sheet and the records → the lines of a sheet, from top to bottom."""

from collections.abc import Iterator, Sequence

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.sheets.forms.abouts import Abouts
from ropa.sheets.forms.answers import ANSWERS, About
from ropa.sheets.forms.declare import Block, Form, Heading, Sheet
from ropa.sheets.forms.speech import Speech
from ropa.sheets.forms.tally import Tally
from ropa.sheets.table import FormLine, FormSheet
from ropa.steps import steps

UNASKED = ("party", "label", "ref", "name", "for the hand")
"""Answers that nobody can miss: they say what a row is about, or leave room for a signature."""
CARDS = 200
"""Activities up to which each has a sheet of its own; more sheets than that nobody finds anything in, so they follow one another on one."""


class Laying:
    """Lays one form out. ours: the organisations whose record it is; activities: those that belong in it."""

    def __init__(
        self, say: Speech, form: Form, ours: Sequence[Organisation], activities: Sequence[Activity]
    ) -> None:
        self._say, self._form, self._activities = say, form, activities
        self._abouts = Abouts(say, form.head.role, ours)
        self.tally = Tally()

    def sheets(self) -> Iterator[FormSheet]:
        """Every sheet of the form, those that are made for each activity as often."""
        for sheet in self._form.sheets:
            if not sheet.each:
                yield self._sheet(sheet, sheet.name, sheet.name, [self._activities])
            elif len(self._activities) <= CARDS:
                for one in self._activities:
                    yield self._sheet(sheet, one.ref, f"{one.ref} {one.name}", [[one]])
            else:
                yield self._sheet(sheet, sheet.name, sheet.name, [[one] for one in self._activities])

    def _sheet(self, sheet: Sheet, name: str, title: str, cards: Sequence[Sequence[Activity]]) -> FormSheet:
        table = max(sheet.blocks, key=lambda block: 0 if block.upright else len(block.headings))
        widths = sheet.widths or tuple(heading.width for heading in table.headings)
        each = steps(cards, f"Rows of {name}", len(cards))
        lines = (line for card in each for block in sheet.blocks for line in self._block(block, card))
        return FormSheet(name, title, widths, lines)

    def _block(self, block: Block, activities: Sequence[Activity]) -> Iterator[FormLine]:
        if block.title:
            yield FormLine("heading", (block.title,))
        abouts = self._abouts.of(block, activities)
        if block.upright:
            for number, about in enumerate(abouts):
                if number:
                    yield FormLine("gap", ())
                for heading in block.headings:
                    text = about.label if heading.text == "" else heading.text
                    yield FormLine("field", (text, self._cell(block, heading, about)))
        else:
            yield from self._table(block, abouts)
        yield FormLine("gap", ())

    def _table(self, block: Block, abouts: Iterator[About]) -> Iterator[FormLine]:
        if any(heading.group for heading in block.headings):
            yield FormLine("groups", tuple(heading.group for heading in block.headings))
        texts = tuple(heading.text for heading in block.headings)
        if any(texts):
            yield FormLine("headings", texts, still=block.about in ("activity", "clients"))
        for about in abouts:
            yield FormLine("row", tuple(self._cell(block, heading, about) for heading in block.headings))

    def _cell(self, block: Block, heading: Heading, about: About) -> str:
        cell = ANSWERS[heading.answer].cell(self._say, about)
        if heading.answer not in UNASKED:
            self.tally.add(_name(block), heading, self._label(block, heading, about), cell)
        return cell

    def _label(self, block: Block, heading: Heading, about: About) -> str:
        """What the cover calls a cell of a block in which each row is about another party."""
        if block.about in ("party", "actors"):
            return f"{self._say.word(f'party {about.field}')} – {heading.text}"
        return ""


def _name(block: Block) -> str:
    """What the cover calls the block: its title, or the heading above the labels of its rows."""
    return block.title or next((one.text for one in block.headings if one.answer == "label"), "")
