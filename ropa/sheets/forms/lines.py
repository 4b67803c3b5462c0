"""A declared sheet and the records → the lines of a sheet, from top to bottom."""

from collections.abc import Iterator, Sequence

from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.sheets.forms.answers import ANSWERS, About
from ropa.sheets.forms.declare import Block, Form, Heading, Sheet
from ropa.sheets.forms.speech import Speech
from ropa.sheets.forms.tally import Tally
from ropa.sheets.table import FormLine, FormSheet

PARTIES = ("role", "dpo", "representative")
UNASKED = ("party", "ref", "name")
"""Answers that say what a row is about: they are no answers to be missed."""


class Laying:
    """Lays one form out. ours: the organisations whose record it is; activities: those that belong in it."""

    def __init__(
        self, say: Speech, form: Form, ours: Sequence[Organisation], activities: Sequence[Activity]
    ) -> None:
        self.say, self.form, self.ours, self.activities = say, form, ours, activities
        self.tally = Tally()

    def sheets(self) -> Iterator[FormSheet]:
        """Every sheet of the form, those that are made for each activity as often."""
        for sheet in self.form.sheets:
            if sheet.each:
                for one in self.activities:
                    yield self._sheet(sheet, one.ref, f"{one.ref} {one.name}", [one])
            else:
                yield self._sheet(sheet, sheet.name, sheet.name, self.activities)

    def _sheet(self, sheet: Sheet, name: str, title: str, activities: Sequence[Activity]) -> FormSheet:
        table = max(sheet.blocks, key=lambda block: 0 if block.upright else len(block.headings))
        widths = sheet.widths or tuple(heading.width for heading in table.headings)
        lines = (line for block in sheet.blocks for line in self._block(block, activities))
        return FormSheet(name, title, widths, lines, keys=1)

    def _block(self, block: Block, activities: Sequence[Activity]) -> Iterator[FormLine]:
        if block.title:
            yield FormLine("heading", (block.title,))
        abouts = list(self._abouts(block, activities)) if block.about != "activity" else None
        if block.upright:
            for about in abouts if abouts is not None else (self._of(one) for one in activities):
                yield from self._fields(block, about)
        else:
            yield from self._table(block, activities, abouts)
        yield FormLine("gap", ())

    def _fields(self, block: Block, about: About) -> Iterator[FormLine]:
        for heading in block.headings:
            yield FormLine("field", (heading.text, self._cell(block, heading, about)))

    def _table(
        self, block: Block, activities: Sequence[Activity], abouts: "list[About] | None"
    ) -> Iterator[FormLine]:
        if any(heading.group for heading in block.headings):
            yield FormLine("groups", tuple(heading.group for heading in block.headings))
        main = (block.about == "activity" and len(activities) != 1) or block.about == "client"
        texts = tuple(heading.text for heading in block.headings)
        yield FormLine("headings", texts, still=main)
        for about in abouts if abouts is not None else (self._of(one) for one in activities):
            yield FormLine("row", tuple(self._cell(block, heading, about) for heading in block.headings))

    def _cell(self, block: Block, heading: Heading, about: About) -> str:
        cell = ANSWERS[heading.answer].cell(self.say, about)
        if heading.answer not in UNASKED:
            self.tally.add(block.title, heading, self._label(block, heading, about), cell)
        return cell

    def _label(self, block: Block, heading: Heading, about: About) -> str:
        """What the cover calls a cell of a block in which each row is about another party."""
        if block.about != "party":
            return ""
        return f"{self.say.word(f'party {about.field}')} – {heading.text}"

    def _of(self, activity: Activity) -> About:
        return About(self.say.register.organisations.get(activity.entity or ""), activity)

    def _abouts(self, block: Block, activities: Sequence[Activity]) -> Iterator[About]:
        if block.about == "party":
            for entity in self.ours or (None,):
                yield from (About(entity, field=self._party(field)) for field in PARTIES)
        else:
            for activity in activities:
                yield from self._parts(block.about, activity)

    def _party(self, field: str) -> str:
        return self.form.head.role if field == "role" else field

    def _parts(self, field: str, activity: Activity) -> Iterator[About]:
        entity = self.say.register.organisations.get(activity.entity or "")
        parts = getattr(activity, field)
        if not parts:
            yield About(entity, activity, field)
        for number, part in enumerate(parts, 1):
            yield About(entity, activity, field, number, part)
