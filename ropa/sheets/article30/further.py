"""The sheet with all that an activity says and that no point of Article 30 asks: found by walking the schema."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from ropa.model.activity import Activity
from ropa.model.base import Part
from ropa.model.common import Statement
from ropa.model.walk import FieldSaid, field
from ropa.sheets.article30.records import KEYS, shown_fields
from ropa.sheets.saying import Words, activity_keys, open_fields
from ropa.sheets.table import Column, Table

COLUMNS = (*KEYS, Column("About", 28), Column("What is recorded", 90), Column("Where the GDPR asks it", 28))


def further_information(words: Words, activities: Sequence[Activity]) -> Table:
    """A row an activity and field that has no column on the sheets before; parts a line each."""
    rows = (row for one in activities for row in _rows(words, one))
    return Table("Further information", "What the register holds beside Article 30 GDPR", COLUMNS, rows)


def _rows(words: Words, activity: Activity) -> Iterator[Sequence[str]]:
    shown = shown_fields(activity.role)
    keys = activity_keys(activity)
    for known in open_fields(Activity):
        text = "" if known.name in shown else _said(words, activity, known)
        if text:
            yield (*keys, known.title, text, f"Art. {known.answers}" if known.answers else "")


def _said(words: Words, activity: Activity, known: FieldSaid) -> str:
    value = getattr(activity, known.name)
    if not known.part:
        return words.say(activity, known.name)
    if not known.many:
        return words.details(value) if value else ""
    return "\n".join(
        f"{f'{number}. ' if len(value) > 1 else ''}{_part(words, part)}"
        for number, part in enumerate(value, 1)
    )


def _part(words: Words, part: Part) -> str:
    if isinstance(part, Statement):
        return f"{about_in_words(part.about)}: {words.stated(part)}"
    return words.details(part)


def about_in_words(about: str | None) -> str:
    """What a statement is about: the title of the rule, or the titles of the field and its parts."""
    from ropa.gaps import RULES

    if not about:
        return "About nothing that is recorded"
    if about in RULES:
        return RULES[about].title
    cls: type[BaseModel] = Activity
    titles: list[str] = []
    for step in about.split("."):
        known = field(cls, step)
        if known is None:
            titles += [step] if step.isdigit() else []
            continue
        titles.append(known.title)
        cls = known.part or cls
    return " ".join(titles) or about
