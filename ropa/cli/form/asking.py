"""From a field's own declaration to its question, and from the answer to the field: for any field of any record."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from ropa.cli.form.choosing import OURS, choices_of, narrowed
from ropa.cli.form.question import NONE, Choice, New, Question, yes_or_no
from ropa.cli.form.reading import reading
from ropa.cli.form.state import Form
from ropa.cli.form.suggesting import suggested
from ropa.cli.form.words import ASK, MORE, TOPICS
from ropa.errors import Refused
from ropa.model.base import Part, Record
from ropa.model.calling import called_one
from ropa.model.periods import parse_period
from ropa.model.register import KINDS
from ropa.model.speech import name_of
from ropa.model.walk import FieldSaid, field, fields, main

Asking = Generator[Question, Any, Any]
"""Yields questions, is sent their values, and returns what the whole of it came to."""

BRIEF: Mapping[str, Sequence[str]] = {
    "organisation": ("country", "services", "agreements"),
    "retention_rule": ("period", "criterion", "starts", "ground", "fate"),
    "data_category": ("special",),
    "subject_category": ("vulnerable", "children", "staff"),
    "system": ("vendor", "vendor_access", "hosting_countries"),
    "measure": ("description",),
}
"""What is asked of a record that is made in passing, while another one is filled in."""
_ENGAGED = ("country",)
"""What is asked of an organisation that does not work for us itself: a sub-processor, the maker of a system, a client."""
_BRIEF_PARTS: Mapping[str, Sequence[str]] = {
    "services": ("countries",),
    "agreements": ("signed_on", "document", "subprocessors"),
    "sub_processors": ("country", "service"),
    "certifications": ("until", "checked_on"),
    "clients": ("categories",),
    "dpo": ("position", "email"),
    "representative": ("country", "email"),
    "dpia": ("date", "outcome", "dpo_advice"),
}
"""What is asked of a part after its main field, by the field that holds it; all of it where nothing stands here."""


def ask(
    form: Form,
    cls: type[BaseModel],
    said: dict[str, Any],
    name: str,
    at: str = "",
    *,
    many: bool | None = None,
    choices: Sequence[Choice] | None = None,
    **otherwise: Any,
) -> Asking:
    """Ask one field of a record or part and put the answer into its plain data. Returns the value.

    at: where the part stands ("purposes.1."). many: several answers though the field holds one (the caller makes a part of
    each, and nothing is put into the data). choices: what is listed instead; everything else can still be typed.
    otherwise: what is other in the question: words, law, hints.
    """
    known = field(cls, name)
    if known is None:
        raise KeyError(f"{cls.__name__}.{name}")
    if not at:
        form.asked.add(name)
    question = _question(form, cls, known, at, said, choices)
    question = replace(question, many=known.many if many is None else many, **_filled(otherwise))
    value = yield question
    if value is NONE:
        return NONE
    if value in (None, ()) and known.answers:
        form.skipped.add((cls, name))
    if known.names:
        value = yield from _there(form, known.names, question, value)
    if many is None and value not in (None, ()):
        said[name] = list(value) if known.many else value
    return value


def _filled(otherwise: Mapping[str, Any]) -> dict[str, Any]:
    """What differs; a word that is left blank differs not."""
    return {key: value for key, value in otherwise.items() if value != ""}


def parts(form: Form, cls: type[BaseModel], said: dict[str, Any], name: str, at: str = "") -> Asking:
    """Ask for the parts of a list, one after the other, until one is skipped; or for the one part of a field."""
    known = field(cls, name)
    if known is None or known.part is None:
        raise KeyError(f"{cls.__name__}.{name}")
    if not at:
        form.asked.add(name)
    first = main(known.part)
    rest = _BRIEF_PARTS.get(name, [f.name for f in fields(known.part) if f.name != first])
    while True:
        there = len(said.get(name) or ()) if known.many else 0
        place = f"{at}{name}.{there + 1}." if known.many else f"{at}{name}."
        again = MORE.get(f"{known.part.__name__}.{first}", "") if there else ""
        new: dict[str, Any] = {}
        what = narrowed(form, cls, known, said)
        if not (
            yield from ask(form, known.part, new, first, place, choices=what, words=again, again=bool(there))
        ):
            return
        if (
            known.many
        ):  # in its place before the rest is asked: what contradicts an answer is then seen at once
            said.setdefault(name, []).append(new)
        else:
            said[name] = new
        named = field(known.part, first)
        whose = name_of(form.register, named.names, new[first]) if named and named.names else ""
        for one_name in rest:
            yield from told_whose(whose, any_field(form, known.part, new, one_name, place))
        if not known.many:
            return


def told_whose(whose: str, asking: Asking) -> Asking:
    """The same questions, each beginning with whom it is about; "" changes nothing."""
    try:
        question = next(asking)
        while True:
            words = question.words
            if whose and not question.whose and whose not in words:
                words = f"{whose}: {words}"
            question = asking.send((yield replace(question, words=words, whose=question.whose or whose)))
    except StopIteration as end:
        return end.value


def any_field(form: Form, cls: type[BaseModel], said: dict[str, Any], name: str, at: str = "") -> Asking:
    """Ask a field, whatever it holds."""
    known = field(cls, name)
    if known and known.part:
        yield from parts(form, cls, said, name, at)
    else:
        yield from ask(form, cls, said, name, at)


def _question(
    form: Form,
    cls: type[BaseModel],
    known: FieldSaid,
    at: str,
    said: Mapping[str, Any],
    choices: Sequence[Choice] | None,
) -> Question:
    key = f"{cls.__name__}.{known.name}"
    needed = known.name == "name" and issubclass(cls, Record) and not said.get("name")
    usual = tuple(choices_of(form, cls, known))
    hints = suggested(form, key, said)
    if choices is None and (taken := [one.choice for one in hints if one.choice]):
        choices = taken
    return Question(
        path=f"{at}{known.name}",
        words=ASK.get(key) or f"{known.title}? ({_small(known.help)})",
        law=law_of(known),
        help=known.help,
        hints=tuple(one.line for one in hints),
        choices=usual if choices is None else tuple(choices),
        others=() if choices is None else usual,
        read=reading(cls, known, form),
        needed=needed,
        name=known.shape == "text" and issubclass(cls, Part) and known.name == main(cls),
        named=bool(known.names),
        adds=called_one(KINDS[known.names], ours=False)
        if known.names in BRIEF and choices is None and not _is_ours(key)
        else "",
        shape=known.shape,
        topic=TOPICS.get(key, ""),
    )


def _small(sentence: str) -> str:
    """A sentence as it stands in brackets; one that begins with letters such as DPO keeps them."""
    first = sentence[:1] if sentence[1:2].isupper() else sentence[:1].lower()
    return f"{first}{sentence[1:].rstrip('.')}"


def _is_ours(key: str) -> bool:
    """Whether the field names an organisation of ours: one of these is not made in passing."""
    return key in OURS


def law_of(known: FieldSaid) -> str:
    """The provisions that a field answers, as a lawyer cites them."""
    return f"Art. {known.answers.replace('; ', ', ')}" if known.answers else ""


def _there(form: Form, kind: str, question: Question, value: Any) -> Asking:
    """The refs of what was named. What is not there yet is made in passing, if the person says so; else it is asked again."""
    refs = []
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, New):
            ref = yield from _new_or_near(form, kind, one, question.path)
            if ref is None:
                again = yield question
                return (yield from _there(form, kind, question, again))
            refs.append(ref)
        elif one is not None:
            refs.append(form.take(kind, one))
    if question.many:
        return tuple(refs)
    return refs[0] if refs else None


def _new_or_near(form: Form, kind: str, new: New, at: str) -> Asking:
    """The ref of a record to add, or of one that was meant; None where the question is to be asked again."""
    noun = called_one(KINDS[kind], ours=False)
    meant = [Choice(one.word, f"no, {one.name} is meant") for one in new.near]
    answer = yield Question(
        path=f"{at} new {new.name}",
        words=f"There is no {noun} '{new.name}' yet. Add it?",
        choices=(Choice("yes", "yes, add it"), *meant, Choice("no", "no, ask me again")),
        read=_one_of("yes", "no", *(one.word for one in new.near)),
        needed=True,
        whose=new.name,
    )
    if answer == "yes":
        return (yield from in_passing(form, kind, new.name, at))
    return None if answer == "no" else form.take(kind, answer)


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        return text if text in words else yes_or_no(text)

    return read


def in_passing(form: Form, kind: str, name: str, at: str) -> Asking:
    """Make a record that the answer to another question names. Returns its ref."""
    said: dict[str, Any] = {"name": name, **({"ours": False} if kind == "organisation" else {})}
    cls = KINDS[kind]
    engaged = kind == "organisation" and not at.startswith("recipients.")
    for one in _ENGAGED if engaged else BRIEF[kind]:
        if kind == "retention_rule" and one == "period" and (period := _period_in(name)):
            said["period"] = period
        elif not (one == "criterion" and said.get("period")):
            yield from told_whose(name, any_field(form, cls, said, one, f"{name}: "))
    record = form.made(kind, said)
    form.bring(record)
    return record.ref


def _period_in(name: str) -> str:
    """The period that a name says outright, such as "10 years"."""
    try:
        return parse_period(name)
    except Refused:
        return ""
