"""What is done: purposes, whose data, which data, who receives them, how long they are kept."""

from collections.abc import Callable

from ropa.model.parts import DataLine, Recipient
from ropa.sheets.forms.answers.purposes import each_purpose, is_special
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech


@answers("function", "ref", "name", "department")
def function(say: Speech, about: About) -> str:
    """The department, and below it the activity with its number."""
    activity = about.its
    department = say.say(activity, "department") or say.answer(activity, "department")
    lines = [department or say.missing(say.word("department")), f"{activity.name} ({activity.ref})"]
    return say.partly("\n".join(lines), gap=not department)


@answers("name", "name")
def name(say: Speech, about: About) -> str:
    """The name of the activity."""
    return about.its.name


@answers("ref", "ref")
def ref(say: Speech, about: About) -> str:
    """The number of the activity in the register."""
    return about.its.ref


@answers("purposes", "purposes.text")
def purposes(say: Speech, about: About) -> str:
    """The purposes, numbered where there are several (Art. 30(1)(b))."""
    said = each_purpose(say, about.its, lambda one, _: say.say(one, "text"))
    return say.or_answer(said, about.its, "purposes")


@answers("subjects")
def subjects(say: Speech, about: About) -> str:
    """Each category of data subjects once (Art. 30(1)(c))."""
    return _named(say, about, "subjects", lambda line: say.say(line, "subjects"))


@answers("data categories")
def data_categories(say: Speech, about: About) -> str:
    """Each category of data once, with what is special about it (Art. 9, 10)."""
    return _named(say, about, "category", lambda line: category(say, line.category))


def category(say: Speech, ref: str | None) -> str:
    """The name of a category of data, with the sort of special data that it is."""
    if not ref:
        return ""
    special = say.special(ref)
    name = say.name("data_category", ref)
    return f"{name} [{special}]" if special else name


def _named(say: Speech, about: About, field: str, name: Callable[[DataLine], str]) -> str:
    lines = about.its.data
    names = [name(line) for line in lines]
    if not any(names):
        return say.or_answer("", about.its, f"data.{field}", "data")
    return say.whole(names, [say.blank] if not all(names) else [])


@answers(
    "recipients", "recipients.organisation", "recipients.category", "recipients.role", "recipients.what_for"
)
def recipients(say: Speech, about: About) -> str:
    """Each recipient with its role and what for (Art. 30(1)(d))."""
    recipients = about.its.recipients
    lines = [recipient_in_words(say, one) for one in recipients]
    gap = any(not one.organisation and not one.category for one in recipients)
    return say.or_answer(say.partly("\n".join(lines), gap=gap), about.its, "recipients")


@answers("internal recipients")
def internal_recipients(say: Speech, about: About) -> str:
    """The recipients in the house."""
    found = [one for one in about.its.recipients if one.role == "internal"]
    return _some(say, about, found, [], "no internal recipient")


@answers("external recipients")
def external_recipients(say: Speech, about: About) -> str:
    """The recipients outside, and those of which nobody has recorded where they are."""
    found = [one for one in about.its.recipients if one.role not in ("internal", None)]
    unknown = [one for one in about.its.recipients if one.role is None]
    return _some(say, about, found, unknown, "no external recipient")


def _some(say: Speech, about: About, found: list[Recipient], unknown: list[Recipient], none: str) -> str:
    lines = [recipient_in_words(say, one) for one in found]
    missing = [say.missing(say.word("role of", who=recipient_in_words(say, one))) for one in unknown]
    if lines or missing:
        return say.whole(lines, missing)
    recipients = about.its.recipients
    if recipients and all(one.role for one in recipients):
        return say.none(none)
    return say.or_answer("", about.its, "recipients")


def recipient_in_words(say: Speech, one: Recipient) -> str:
    """A recipient with its role and what for."""
    name = ", ".join(filter(None, (say.say(one, "organisation"), say.say(one, "category"))))
    inside = ", ".join(filter(None, (say.say(one, "role"), say.say(one, "what_for"))))
    return f"{name or say.blank}{f' ({inside})' if inside else ''}"


@answers("people and data", "data.subjects", "data.category")
def people_and_data(say: Speech, about: About) -> str:
    """The categories of data, grouped by whose they are, with what is special (Art. 9, 10)."""
    groups: dict[str, dict[str, None]] = {}
    gap = False
    for line in about.its.data:
        whose, what = say.say(line, "subjects"), category(say, line.category)
        groups.setdefault(whose or say.blank, {})[what or say.blank] = None
        gap = gap or not (whose and what)
    lines = [say.word("of", what=whose, said="; ".join(what)) for whose, what in groups.items()]
    return say.or_answer(say.partly("\n".join(lines), gap=gap), about.its, "data")


@answers("special categories")
def special_categories(say: Speech, about: About) -> str:
    """The categories of data that are special (Art. 9) or of Art. 10; that there are none, where the register says it of all."""
    refs = dict.fromkeys(line.category for line in about.its.data if line.category)
    found = [category(say, ref) for ref in refs if say.special(ref)]
    if found:
        return "\n".join(found)
    return (
        say.none("no special data")
        if is_special(say, about.its) is False
        else say.or_answer("", about.its, "data")
    )


@answers("purposes and bases", "purposes.text", "purposes.legal_basis", "purposes.law")
def purposes_and_bases(say: Speech, about: About) -> str:
    """Each purpose with its legal basis and the act relied on."""
    lines, gap = [], False
    several = len(about.its.purposes) > 1
    for number, one in enumerate(about.its.purposes, 1):
        basis = say.say(one, "legal_basis") or say.part_answer(about.its, "purposes", number, "legal_basis")
        text = say.say(one, "text")
        rest = "; ".join(filter(None, (basis or say.blank, say.say(one, "law"))))
        lines.append(f"{f'{number}. ' if several else ''}{text or say.blank} ({rest})")
        gap = gap or not text or not basis
    return say.or_answer(say.partly("\n".join(lines), gap=gap), about.its, "purposes")


@answers("time limits")
def time_limits(say: Speech, about: About) -> str:
    """Each time limit after the categories of data it is for; those that have none last (Art. 30(1)(f))."""
    activity = about.its
    groups: dict[str, dict[str, None]] = {}
    for number, line in enumerate(activity.data, 1):
        limit = say.time_limit(line.retention) if line.retention else ""
        limit = limit or say.part_answer(activity, "data", number, "retention") or ""
        groups.setdefault(limit, {})[say.say(line, "category") or say.blank] = None
    lines = [say.word("of", what="; ".join(names), said=limit) for limit, names in groups.items() if limit]
    if not lines:
        return say.or_answer("", activity, "retention", "data", "time limits")
    return say.whole(lines, [say.missing("; ".join(groups[""]))] if "" in groups else [])


@answers("sources")
def sources(say: Speech, about: About) -> str:
    """Where the data come from (Art. 14(2)(f))."""
    return _named(say, about, "source", lambda line: say.say(line, "source"))


@answers("automated decisions", "automated_decisions", "decision_logic", "decision_safeguards")
def automated_decisions(say: Speech, about: About) -> str:
    """None, profiling, or decisions under Article 22, with how they are made."""
    names = ("automated_decisions", "decision_logic", "decision_safeguards")
    said = "\n".join(filter(None, (say.say(about.its, name) for name in names)))
    if not about.its.automated_decisions and said:
        return say.whole([said], [say.blank])
    return say.or_answer(said, about.its, "automated_decisions")
