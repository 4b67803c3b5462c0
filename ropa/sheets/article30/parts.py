"""The sheets with a row a part: data, recipients, transfers.

Their columns are the fields of the part. A field that no column names gets a column of its own at the end, so that a new
field is in the workbook without anybody touching this file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ropa.model.activity import Activity
from ropa.model.base import Part
from ropa.model.catalogue import RetentionRule
from ropa.model.organisation import Organisation
from ropa.model.parts import DataLine, Recipient, Transfer
from ropa.sheets.article30.records import KEYS
from ropa.sheets.saying import Words, activity_keys, lines_of, open_fields
from ropa.sheets.table import NOT_RECORDED, Column, Table


@dataclass(frozen=True)
class Row:
    """What a row is about: a part, the activity it belongs to, the list and the number it has there."""

    words: Words
    activity: Activity
    field: str
    number: int
    part: Any

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that the part names."""
        return self.words.register.get(Organisation, self.part.organisation)

    @property
    def rule(self) -> RetentionRule | None:
        """The retention rule that the part names."""
        return self.words.register.get(RetentionRule, self.part.retention)


@dataclass(frozen=True)
class Shown:
    """A column about a part: its heading, width, the fields it shows; cell: where it is not just these, a line each.

    asked: Article 30 or the law beside it asks for it, so that a blank is shown as one.
    """

    heading: str
    width: int
    fields: tuple[str, ...]
    cell: Callable[[Row], str] | None = None
    asked: bool = False


def _limit(row: Row) -> str:
    rule, words = row.part.retention, row.words
    if not rule:
        return ""
    name, limit = words.name("retention_rule", rule), words.time_limit(rule)
    return f"{limit}\nRule: {name}" if limit else f"Rule: {name}"


def _ground(row: Row) -> str:
    return row.words.labelled(row.rule, ("ground", "country")) if row.rule else ""


def _fate(row: Row) -> str:
    return row.words.labelled(row.rule, ("fate", "method")) if row.rule else ""


def _special(row: Row) -> str:
    return row.words.special(row.part.category) if row.part.category else ""


def _purposes(row: Row) -> str:
    """The purposes themselves, so that the row stands alone; all of them unless the line says which."""
    texts = [row.words.say(one, "text") or NOT_RECORDED for one in row.activity.purposes]
    if not row.part.purposes:
        return "all" if texts else ""
    return "\n".join(f"{n}. {texts[n - 1] if n <= len(texts) else NOT_RECORDED}" for n in row.part.purposes)


def _recipient(row: Row) -> str:
    return lines_of(row.words.say(row.part, name) for name in ("organisation", "category"))


def _contact(row: Row) -> str:
    return row.words.contact(row.part.organisation).partition("\n")[2] if row.part.organisation else ""


def _agreements(row: Row) -> str:
    return row.words.agreements(row.part.organisation) if row.part.organisation else ""


def _engages(row: Row) -> str:
    return (
        "\n".join(row.words.details(sub) for sub in row.organisation.sub_processors)
        if row.organisation
        else ""
    )


def _destination(row: Row) -> str:
    return lines_of(row.words.say(row.part, name) for name in ("destination", "international_organisation"))


DATA = (
    Shown("Data subjects — Art. 30(1)(c)", 20, ("subjects",), asked=True),
    Shown("Category of data — Art. 30(1)(c)", 24, ("category",), asked=True),
    Shown("Special data — Art. 9, 10", 17, (), _special),
    Shown("What exactly", 26, ("description",)),
    Shown("Time limit — Art. 30(1)(f)", 28, ("retention",), _limit, asked=True),
    Shown("Ground of the time limit", 20, (), _ground),
    Shown("At the end", 16, (), _fate),
    Shown("Source of the data — Art. 14(2)(f)", 18, ("source",)),
    Shown("Must be given — Art. 13(2)(e)", 10, ("mandatory",)),
    Shown("For purposes", 24, ("purposes",), _purposes),
)
RECIPIENTS = (
    Shown("Recipient — Art. 30(1)(d)", 26, ("organisation", "category"), _recipient, asked=True),
    Shown("Role — Art. 26, 28", 16, ("role",)),
    Shown("Service", 18, ("service",)),
    Shown("What for", 28, ("what_for",)),
    Shown("Address and contact", 26, (), _contact),
    Shown("Agreements — Art. 26, 28, 46", 36, (), _agreements),
    Shown("Sub-processors — Art. 28(2)", 30, (), _engages),
    Shown("Since", 11, ("since",)),
    Shown("Until", 11, ("until",)),
)
TRANSFERS = (
    Shown(
        "Country or organisation — Art. 30(1)(e), 30(2)(c)",
        22,
        ("destination", "international_organisation"),
        _destination,
        asked=True,
    ),
    Shown("Recipient there", 20, ("recipient",)),
    Shown("Mechanism — Art. 45, 46, 47, 49", 26, ("mechanism", "scc_modules"), asked=True),
    Shown("Why it is in scope", 26, ("scope_reason",)),
    Shown("Document", 20, ("document",)),
    Shown("Transfer impact assessment", 18, ("tia_reference", "tia_date")),
    Shown(
        "Compelling interests — Art. 49(1) second subparagraph, 49(6)",
        34,
        ("art49_assessment", "art49_safeguards", "told_authority_on", "told_subjects_on"),
    ),
    Shown("Since", 11, ("since",)),
    Shown("Until", 11, ("until",)),
)
_ROLE = Column("We act as", 11)


def data_lines(words: Words, activities: Sequence[Activity]) -> Table:
    """A row an activity, subject category and data category, with its time limit."""
    title = "Categories of data and time limits, Art. 30(1)(c) and (f) GDPR"
    return Table("Data", title, *_lines("data", DataLine, DATA, words, activities))


def recipient_lines(words: Words, activities: Sequence[Activity]) -> Table:
    """A row an activity and recipient."""
    title = "Recipients, Art. 30(1)(d) GDPR"
    return Table("Recipients", title, *_lines("recipients", Recipient, RECIPIENTS, words, activities))


def transfer_lines(words: Words, activities: Sequence[Activity]) -> Table:
    """A row an activity and leg of a transfer."""
    title = "Transfers to third countries, Art. 30(1)(e), 30(2)(c) GDPR"
    return Table("Transfers", title, *_lines("transfers", Transfer, TRANSFERS, words, activities))


def _lines(
    field: str, part: type[Part], shown: Sequence[Shown], words: Words, activities: Sequence[Activity]
) -> tuple[Sequence[Column], Iterator[Sequence[str]]]:
    """The columns and rows for the parts in that field."""
    columns = (*shown, *_further(part, shown))
    rows = (row for one in activities for row in _rows(one, field, columns, words))
    return (*KEYS, _ROLE, *(Column(c.heading, c.width) for c in columns)), rows


def _further(part: type[Part], shown: Sequence[Shown]) -> tuple[Shown, ...]:
    """A column for each field that may leave and that no column shows yet."""
    named = {name for column in shown for name in column.fields}
    return tuple(
        Shown(known.title, 20, (known.name,)) for known in open_fields(part) if known.name not in named
    )


def _rows(activity: Activity, field: str, columns: Sequence[Shown], words: Words) -> Iterator[Sequence[str]]:
    keys = (*activity_keys(activity), words.say(activity, "role") or NOT_RECORDED)
    parts = getattr(activity, field)
    for number, part in enumerate(parts, 1):
        row = Row(words, activity, field, number, part)
        yield (*keys, *(_cell(column, row) for column in columns))
    if not parts and (activity.role != "processor" or field == "transfers"):
        # Without a row the activity would look complete. Of a processor Art. 30(2) asks neither data nor recipients.
        yield (*keys, words.or_answer("", activity, field), *("" for _ in columns[1:]))


def _cell(column: Shown, row: Row) -> str:
    text = column.cell(row) if column.cell else row.words.labelled(row.part, column.fields)
    if text or not column.asked:
        return text
    return row.words.part_answer(row.activity, row.field, row.number, *column.fields) or NOT_RECORDED
