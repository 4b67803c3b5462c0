"""What the register holds and the form has no place for, so that nothing is withheld by accident: found by walking the schema.

Two sheets. One has what the activities say beside the form. The other has the records that they name, each with all that
may leave the house, because a form gives little more of them than the name.
"""

from collections import deque
from collections.abc import Iterator, Sequence

from ropa.model.activity import Activity
from ropa.model.base import Part
from ropa.model.common import Documented, Statement
from ropa.model.organisation import Organisation
from ropa.model.register import KINDS
from ropa.model.walk import FieldSaid, mentions
from ropa.sheets.article30.further import about_in_words
from ropa.sheets.forms.abouts import ACTORS
from ropa.sheets.forms.answers import ANSWERS
from ropa.sheets.forms.declare import Form
from ropa.sheets.forms.speech import Speech
from ropa.sheets.saying import activity_keys, open_fields
from ropa.sheets.table import Column, Table

_LINE = "\n"
PARTIES = (*ACTORS, "party", "actors", "every")
"""Blocks about these show no activity."""


def everything(say: Speech, activities: Sequence[Activity]) -> Iterator[Sequence[str]]:
    """A row an activity and field, with all that it says."""
    return (row for one in activities for row in _rows(say, frozenset({"ref", "name"}), one))


def beside_the_form(say: Speech, form: Form, activities: Sequence[Activity]) -> Table:
    """A row an activity and field of which the form shows nothing, or not all; the parts of a list in a line each."""
    shown = frozenset({"role"}).union(
        *(
            ANSWERS[heading.answer].shows
            for _, block, heading in form.headings()
            if block.about not in PARTIES
        )
    )
    columns = (
        Column(say.word("column number"), 11),
        Column(say.word("column activity"), 26),
        Column(say.word("column field"), 24),
        Column(say.word("column said"), 90),
    )
    rows = (row for one in activities for row in _rows(say, shown, one))
    return Table(say.word("sheet beside"), say.word("title beside"), columns, rows)


def _rows(say: Speech, shown: frozenset[str], activity: Activity) -> Iterator[Sequence[str]]:
    for known in open_fields(Activity):
        text = "" if known.name in shown else _said(say, shown, activity, known)
        if text:
            yield (*activity_keys(activity), known.title, text)


def _said(say: Speech, shown: frozenset[str], record: Documented, known: FieldSaid) -> str:
    if not known.part:
        return say.say(record, known.name)
    seen = {path.partition(".")[2] for path in shown if path.startswith(f"{known.name}.")}
    value = getattr(record, known.name)
    parts = value if known.many else () if value is None else (value,)
    lines = []
    for number, part in enumerate(parts, 1):
        if rest := _part(say, part, seen):
            lines.append(f"{number}. {rest}" if len(parts) > 1 else rest)
    return "\n".join(lines)


def _part(say: Speech, part: Part, seen: set[str]) -> str:
    """All that a part says where the form does not show all of it; the words that name it stay, so that one knows which it is."""
    if isinstance(part, Statement):
        return say.word("of", what=about_in_words(part.about), said=say.stated(part))
    return say.details(part) if say.details(part, but=seen) else ""


def records_named(say: Speech, activities: Sequence[Activity], ours: Sequence[Organisation]) -> Table:
    """A row a record: all that may leave of each record that the activities name, and of those that these name."""
    columns = (
        Column(say.word("column kind"), 20),
        Column(say.word("column name"), 30),
        Column(say.word("column ref"), 22),
        Column(say.word("column said"), 85),
    )
    rows = (_record(say, record) for record in _named(say, activities, ours))
    return Table(say.word("sheet records"), say.word("title records"), columns, rows)


def _record(say: Speech, record: Documented) -> Sequence[str]:
    said = (
        (known.title, _said(say, frozenset(), record, known))
        for known in open_fields(type(record))
        if known.name not in ("ref", "name")
    )
    lines = [f"{title}:{_LINE if _LINE in text else ' '}{text}" for title, text in said if text]
    return type(record).noun.capitalize(), record.name, record.ref, "\n".join(lines)


def _named(say: Speech, activities: Sequence[Activity], ours: Sequence[Organisation]) -> Iterator[Documented]:
    """Every record that can be reached from these by its name, kind by kind; other activities only as names."""
    found: dict[tuple[str, str], Documented] = {}
    waiting: deque[Documented] = deque((*ours, *activities))
    for one in ours:
        found[one.kind, one.ref] = one
    while waiting:
        for mention in mentions(waiting.popleft()):
            key = (mention.kind, mention.ref)
            record = say.register.get(KINDS[mention.kind], mention.ref)
            if record is None or key in found or mention.kind == Activity.kind:
                continue
            found[key] = record
            waiting.append(record)
    order = list(KINDS)
    return iter(sorted(found.values(), key=lambda one: (order.index(one.kind), one.ref)))
