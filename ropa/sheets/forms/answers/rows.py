"""The rows of a form that speak of one category of data, of people, one recipient, one measure."""

from ropa.model.activity import Activity
from ropa.model.catalogue import Measure, SubjectCategory, System
from ropa.sheets.forms.answers.purposes import is_special
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech
from ropa.sheets.saying import lines_of


@answers("row data", "data.category", "data.description")
def row_data(say: Speech, about: About) -> str:
    """The categories of data in a row of the form, with what they are exactly."""
    if not about.lines:
        return _empty(say, about)
    lines, gap = [], False
    for number in about.lines:
        line = about.its.data[number - 1]
        name, more = say.say(line, "category"), say.say(line, "description")
        lines.append(f"{name or say.blank}{f' ({more})' if more else ''}")
        gap = gap or not name
    return say.partly(lines_of(lines), gap=gap)


def _empty(say: Speech, about: About) -> str:
    """A row without data: that none is recorded. Of special data a blank, unless the register says of every category what it is."""
    if not about.its.data:
        return say.or_answer("", about.its, "data")
    if about.field == "data":
        return say.none("none here")
    return say.none("none here") if _sorted(say, about.its) else say.blank


def _sorted(say: Speech, activity: Activity) -> bool:
    from ropa.model.catalogue import DataCategory

    found = [say.register.get(DataCategory, line.category) for line in activity.data]
    return all(one is not None and one.special for one in found)


@answers("row time limits")
def row_time_limits(say: Speech, about: About) -> str:
    """The time limits of the data in a row of the form, each after its data where they differ."""
    if not about.lines:
        return "" if about.its.data else say.or_answer("", about.its, "data")
    groups: dict[str, dict[str, None]] = {}
    for number in about.lines:
        line = about.its.data[number - 1]
        limit = say.time_limit(line.retention) if line.retention else ""
        limit = limit or say.part_answer(about.its, "data", number, "retention") or ""
        groups.setdefault(limit, {})[say.say(line, "category") or say.blank] = None
    if len(groups) == 1:
        return next(iter(groups)) or say.blank
    lines = [say.word("of", what="; ".join(names), said=limit) for limit, names in groups.items() if limit]
    return say.whole(lines, [say.missing("; ".join(groups[""]))] if "" in groups else [])


@answers("special yes or no")
def special_yes_or_no(say: Speech, about: About) -> str:
    """Whether special categories of data or data of Art. 10 are processed; a blank where the records do not say."""
    special = is_special(say, about.its)
    return say.blank if special is None else say.word("yes" if special else "no")


@answers("subject", "data.subjects")
def subject(say: Speech, about: About) -> str:
    """A category of data subjects."""
    return say.name("subject_category", about.part) if about.part else say.or_answer("", about.its, "data")


@answers("subject description")
def subject_description(say: Speech, about: About) -> str:
    """Who they are."""
    return say.say(say.register.get(SubjectCategory, about.part), "description") if about.part else ""


@answers(
    "recipient", "recipients.organisation", "recipients.category", "recipients.what_for", "recipients.service"
)
def recipient(say: Speech, about: About) -> str:
    """Who receives the data, and what for."""
    if about.part is None:
        return say.or_answer("", about.its, "recipients")
    names = ("organisation", "category", "service", "what_for")
    said = [say.say(about.part, name) for name in names]
    text = ", ".join(filter(None, said))
    if any(said[:2]):
        return text
    return say.whole([text], [say.blank]) if text else say.blank


@answers("measure")
def measure(say: Speech, about: About) -> str:
    """The name of a measure."""
    if about.part is None:
        return say.or_answer("", about.its, "measures")
    return about.part.name if isinstance(about.part, Measure) else str(about.part)


@answers("measure description")
def measure_description(say: Speech, about: About) -> str:
    """What one could go and look at, and the systems that the measure comes with."""
    if not isinstance(about.part, Measure):
        return "" if about.part is None else say.blank
    found = [say.register.get(System, ref) for ref in about.its.systems]
    systems = [one.name for one in found if one and about.part.ref in one.measures]
    description = say.say(about.part, "description")
    return say.whole([description, "; ".join(systems)], [] if description else [say.blank])
