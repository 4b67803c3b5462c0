"""Answers that are one field and nothing else: "field started_on" of an activity, "recipients.since" of a member of one of its lists."""

from functools import partial

from ropa.model.activity import Activity
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech
from ropa.sheets.saying import open_fields


def _field(name: str, say: Speech, about: About) -> str:
    return say.or_answer(say.say(about.its, name), about.its, name)


def _of_part(field: str, name: str, say: Speech, about: About) -> str:
    if about.part is None:
        return say.or_answer("", about.its, field)
    said = say.say(about.part, name)
    return said or say.part_answer(about.its, field, about.number, name) or say.blank


for _known in open_fields(Activity):
    if _known.part is None:
        answers(f"field {_known.name}", _known.name)(partial(_field, _known.name))
    elif _known.many:
        for _one in open_fields(_known.part):
            _path = f"{_known.name}.{_one.name}"
            answers(_path, _path)(partial(_of_part, _known.name, _one.name))


@answers("label")
def label(say: Speech, about: About) -> str:
    """What the form calls the row."""
    return about.label


@answers("for the hand")
def for_the_hand(say: Speech, about: About) -> str:
    """Room for a signature or a day that a person writes by hand."""
    return ""


@answers("created")
def created(say: Speech, about: About) -> str:
    """The day on which the activity came into the register."""
    return _day(say, about, first=True)


@answers("updated")
def updated(say: Speech, about: About) -> str:
    """The day on which the activity was last changed in the register."""
    return _day(say, about, first=False)


def _day(say: Speech, about: About, *, first: bool) -> str:
    days = say.days.get(about.its.ref)
    return days[0 if first else 1].isoformat() if days else say.blank
