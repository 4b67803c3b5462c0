"""What every record has besides its own fields: statements, provenance, tags, notes."""

from typing import Annotated

from ropa.model.base import Part, Record, listed, needed, said
from ropa.model.values import DayDone, Line, Mark, NoticeRef, Text, Word, code


class Statement(Part):
    """An answer in place of a value: why a field stays empty, or that somebody looked at what a rule doubts and it holds."""

    about: Text = said("About", "The field or the rule that the statement answers.", answers="5(2)")
    says: Annotated[str | None, code("statement")] = said(
        "Says", "Does not apply, or checked and right.", answers="5(2)"
    )
    reason: Text = said("Reason", "Why, in a sentence that the authority may read.", answers="5(2)")
    by: Text = said("By", "Who says so.", answers="5(2)")
    on: DayDone = said("On", "The day on which it was said.", answers="5(2)")


class Provenance(Part):
    """Where something came from: which notice or file, and where in it."""

    source: Text = said("Source", "The file or page that it was read from.", answers="5(2)")
    notice: NoticeRef = said("Notice", "The notice that it was read from.", answers="5(2)")
    lines: Text = said("Lines", "The lines of the text, such as 5-6.", answers="5(2)")
    sheet: Text = said("Sheet", "The sheet of the workbook.", answers="5(2)")
    cell: Text = said("Cell", "The cell of the sheet, such as C12.", answers="5(2)")
    field: Text = said("Field", "The field it speaks of, where not the whole record.", answers="5(2)")


class Documented(Record):
    """A record with what every record has besides its own fields."""

    ref: str = needed("Ref", "What other records name it by.")
    name: Line = needed("Name", "What people call it.")
    aliases: tuple[Word, ...] = listed(
        "Also called", "Other names by which people and files know it.", own=True
    )
    statements: tuple[Statement, ...] = listed(
        "Statements", "Answers with a reason: does not apply, or checked and right.", answers="5(2)", own=True
    )
    provenance: tuple[Provenance, ...] = listed(
        "Provenance", "The notice or file it came from.", answers="5(2)", own=True
    )
    tags: tuple[Mark, ...] = listed("Tags", "Words of your own to find it by.", internal=True)
    notes: Text = said("Notes", "What only your own people read.", internal=True, own=True)
