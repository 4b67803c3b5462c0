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
from ropa.sheets.article30.words import Words, activity_keys, open_fields
from ropa.sheets.table import NOT_RECORDED, Column, Table

Cell = Callable[[Words, Activity, Any], str]


@dataclass(frozen=True)
class Shown:
    """A column about a part: its heading, width, the fields it shows; cell: where it is not just these, a line each.

    asked: Article 30 or the law beside it asks for it, so that a blank is shown as one.
    """

    heading: str
    width: int
    fields: tuple[str, ...]
    cell: Cell | None = None
    asked: bool = False


def _limit(words: Words, activity: Activity, line: DataLine) -> str:
    if not line.retention:
        return words.or_answer("", activity, "retention", "data.retention", "time limits")
    name, limit = words.name("retention_rule", line.retention), words.time_limit(line.retention)
    return f"{limit}\nRule: {name}" if limit else f"Rule: {name}"


def _ground(words: Words, activity: Activity, line: DataLine) -> str:
    rule = words.register.get(RetentionRule, line.retention)
    return words.labelled(rule, ("ground", "country")) if rule else ""


def _fate(words: Words, activity: Activity, line: DataLine) -> str:
    rule = words.register.get(RetentionRule, line.retention)
    return words.labelled(rule, ("fate", "method")) if rule else ""


def _special(words: Words, activity: Activity, line: DataLine) -> str:
    return words.special(line.category) if line.category else ""


def _purposes(words: Words, activity: Activity, line: DataLine) -> str:
    """The purposes themselves, so that the row stands alone; all of them unless the line says which."""
    texts = [words.say(one, "text") for one in activity.purposes]
    if not line.purposes:
        return "all" if texts else ""
    return "\n".join(
        f"{n}. {texts[n - 1] if n <= len(texts) and texts[n - 1] else NOT_RECORDED}" for n in line.purposes
    )


def _recipient(words: Words, activity: Activity, one: Recipient) -> str:
    return words.labelled(one, ("organisation", "category")) or NOT_RECORDED


def _contact(words: Words, activity: Activity, one: Recipient) -> str:
    return words.contact(one.organisation).partition("\n")[2] if one.organisation else ""


def _agreements(words: Words, activity: Activity, one: Recipient) -> str:
    return words.agreements(one.organisation) if one.organisation else ""


def _engages(words: Words, activity: Activity, one: Recipient) -> str:
    organisation = words.register.get(Organisation, one.organisation)
    return "\n".join(words.details(sub) for sub in organisation.sub_processors) if organisation else ""


def _destination(words: Words, activity: Activity, leg: Transfer) -> str:
    return words.labelled(leg, ("destination", "international_organisation")) or NOT_RECORDED


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
    Shown("Country or organisation — Art. 30(1)(e), 30(2)(c)", 22, ("destination", "international_organisation"),
          _destination, asked=True),
    Shown("Recipient there", 20, ("recipient",)),
    Shown("Mechanism — Art. 45, 46, 47, 49", 26, ("mechanism", "scc_modules"), asked=True),
    Shown("Why it is in scope", 26, ("scope_reason",)),
    Shown("Document", 20, ("document",)),
    Shown("Transfer impact assessment", 18, ("tia_reference", "tia_date")),
    Shown("Compelling interests — Art. 49(1) second subparagraph, 49(6)", 34,
          ("art49_assessment", "art49_safeguards", "told_authority_on", "told_subjects_on")),
    Shown("Since", 11, ("since",)),
    Shown("Until", 11, ("until",)),
)
_ROLE = Column("We act as", 11)


def data_lines(words: Words, activities: Sequence[Activity]) -> Table:
    """A row an activity, subject category and data category, with its time limit."""
    return _table("Data", "Categories of data and time limits, Art. 30(1)(c) and (f) GDPR", DataLine, "data", DATA, words,
                  activities)


def recipient_lines(words: Words, activities: Sequence[Activity]) -> Table:
    """A row an activity and recipient."""
    return _table("Recipients", "Recipients, Art. 30(1)(d) GDPR", Recipient, "recipients", RECIPIENTS, words, activities)


def transfer_lines(words: Words, activities: Sequence[Activity]) -> Table:
    """A row an activity and leg of a transfer."""
    return _table("Transfers", "Transfers, Art. 30(1)(e), 30(2)(c) GDPR", Transfer, "transfers", TRANSFERS, words, activities)


def _table(
    name: str, title: str, part: type[Part], field: str, shown: Sequence[Shown], words: Words,
    activities: Sequence[Activity],
) -> Table:
    columns = (*shown, *_further(part, shown))
    rows = (row for one in activities for row in _rows(one, field, columns, words))
    return Table(name, title, (*KEYS, _ROLE, *(Column(c.heading, c.width) for c in columns)), rows)


def _further(part: type[Part], shown: Sequence[Shown]) -> tuple[Shown, ...]:
    """A column for each field that may leave and that no column shows yet."""
    named = {name for column in shown for name in column.fields}
    return tuple(Shown(known.title, 20, (known.name,)) for known in open_fields(part) if known.name not in named)


def _rows(activity: Activity, field: str, columns: Sequence[Shown], words: Words) -> Iterator[Sequence[str]]:
    keys = (*activity_keys(activity), words.say(activity, "role") or NOT_RECORDED)
    for part in getattr(activity, field):
        yield (*keys, *(_cell(column, words, activity, part) for column in columns))
    if not getattr(activity, field) and (activity.role != "processor" or field == "transfers"):
        # Of a processor Art. 30(2) asks neither data nor recipients; elsewhere an activity without a row would look complete.
        answer = words.or_answer("", activity, field)
        yield (*keys, answer, *("" for _ in columns[1:]))


def _cell(column: Shown, words: Words, activity: Activity, part: Part) -> str:
    text = column.cell(words, activity, part) if column.cell else words.labelled(part, column.fields)
    return text or (NOT_RECORDED if column.asked else "")
