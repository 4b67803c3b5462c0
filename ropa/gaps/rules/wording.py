"""Theme Q: wording that says nothing. True, and useless."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, not_applicable, rule
from ropa.gaps.texts import blank, is_placeholder, shown, vague_phrase
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, SubjectCategory
from ropa.model.common import Documented, Provenance
from ropa.model.parts import DataLine
from ropa.model.walk import fields
from ropa.words import fold

_FEW_WORDS = 4
_LONGEST = 1000
"""Characters. A longer text is no placeholder, and is not kept in the memory of those looked up."""

_Values = Callable[[Mapping[str, Any]], tuple[Any, ...]]


@cache
def _texts(cls: type[BaseModel]) -> tuple[tuple[str, ...], _Values, tuple[tuple[str, bool], ...]]:
    """The text fields of a record or part, what takes their values, and its fields that hold parts, each whether many.

    The first value is taken twice, so that the values of a single field are a tuple as well.
    """
    own = tuple(f.name for f in fields(cls) if f.shape == "text" and not f.many and not f.internal)
    parts = tuple((f.name, f.many) for f in fields(cls) if f.part and f.part is not Provenance)
    return own, itemgetter(*own, own[0]) if own else lambda _: (), parts


def _placeholders(of: BaseModel) -> list[tuple[str, str]]:
    """Where a record or part holds a placeholder, as a path with parts counted from 1, and which."""
    own, _, parts = _texts(type(of))
    values = of.__dict__
    found = [(name, values[name]) for name in own if _is_one(values[name])]
    for name, many in parts:
        for n, part in enumerate((values[name] if many else (values[name],)) if values[name] else (), 1):
            for path, text in _placeholders(part):
                found.append((f"{name}.{n}.{path}" if many else f"{name}.{path}", text))
    return found


def _holds_one(of: BaseModel, case: Case) -> bool:
    """Whether a record holds a placeholder at all. Most hold none: this is looked up first, and is quick."""
    texts: list[str | None] = []
    _gather(of, texts)
    if case.telling.issuperset(texts):
        return False
    new = set(texts) - case.telling
    placeholders = {text for text in new if _is_one(text)}
    case.telling |= new - placeholders
    return bool(placeholders)


def _gather(of: BaseModel, texts: list[str | None]) -> None:
    """Put the texts of a record or part, and of the parts within it, to those gathered already."""
    _, texts_of, parts = _texts(type(of))
    values = of.__dict__
    texts += texts_of(values)
    for name, many in parts:
        if not (value := values[name]):
            continue
        each = value if many else (value,)
        kind: type[BaseModel] = type(each[0])
        _, texts_of, further = _texts(kind)
        for (
            part
        ) in each:  # most parts are gone through here: without a call, where they hold no parts themselves
            if further:
                _gather(part, texts)
            else:
                texts += texts_of(part.__dict__)


def _is_one(text: str | None) -> bool:
    return text is not None and len(text) <= _LONGEST and is_placeholder(text)


@rule(
    "ROPA-Q101",
    severity="quality",
    on="any",
    ask="What should stand here?",
    facts=("plain_words", "vague_words"),
    yields=True,
    explainable=True,
    law="GDPR Art. 5(2); Art. 30(1), 30(2)",
    applies="any record with texts",
    good="No transfers: every server stands in Linz",
    bad="Transfers: n/a",
    fix="ropa {noun} set {ref} {field}='…'",
    otherwise='ropa {noun} set {ref} {field}= && ropa {noun} state {ref} {field} --reason "…"',
)
def placeholders(record: Documented, case: Case) -> Answer:
    """Replace placeholders.

    "tbd", "n/a" or a lone dash looks like an answer and is none: rules of content take it for a blank. Where one of them
    says so already, this rule is silent on that field.
    """
    gaps = [
        Gap(
            path,
            f"'{shown(text)}' stands where an answer should.",
            shown(text),
            otherwise=None if path in type(record).model_fields and path != "name" else "",
        )
        for path, text in (_placeholders(record) if _holds_one(record, case) else ())
    ]
    return found(gaps, "No text is a placeholder.")


@rule(
    "ROPA-Q102",
    severity="quality",
    on="controller",
    ask="What exactly is done with the data, and for whom?",
    facts=("vague_words",),
    explainable=True,
    law="GDPR Art. 5(1)(b); recitals 33, 39",
    applies="a controller's activity with purposes",
    good="Tell buyers when their parcel arrives",
    bad="Improve our services",
    fix="ropa activity set {ref} {field}='…'",
    otherwise='ropa activity state {ref} ROPA-Q102 --reason "…"',
)
def vague_purposes(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Make purposes specific.

    A purpose says what is done for whom, so that somebody can test what belongs to it. A word or two that repeat the name of
    the activity, or a phrase such as "marketing purposes", cannot be tested.
    """
    said = [(n, text) for n, one in enumerate(activity.purposes, 1) if (text := one.text) and not blank(text)]
    if not said:
        return not_applicable("No purpose is recorded yet.")
    gaps = []
    for n, text in said:
        if phrase := vague_phrase(text, "purpose"):
            say = f"'{phrase}' does not say what is done for whom."
            gaps.append(Gap(f"purposes.{n}.text", say, shown(text)))
        elif _repeats(text, activity.name) and not _named_by_import(activity):
            say = "The purpose only repeats the name of the activity."
            gaps.append(Gap(f"purposes.{n}.text", say, shown(text)))
    return found(gaps, "Every purpose says what is done.")


def _named_by_import(activity: Activity) -> bool:
    """Whether the activity was drafted from a notice: then its purpose gave it the name, which tells nothing of either."""
    return any(part.notice and not part.field for part in activity.provenance)


def _repeats(text: str, name: str) -> bool:
    """Whether a text is no more than a short name; a name of some length may well say what is done."""
    return len(text) <= len(name) + 4 and fold(text) == fold(name) and len(name.split()) <= _FEW_WORDS


@rule(
    "ROPA-Q103",
    severity="quality",
    on="activity",
    ask="Which data, people or recipients are meant, or what is done for the client?",
    facts=("vague_words",),
    explainable=True,
    law="GDPR Art. 30(1)(c)-(d); Art. 30(2)(b)",
    applies="an activity with data, recipients or clients",
    good="Name, date of birth, marks of each term",
    bad="All kinds of information",
    fix="ropa activity set {ref} {field}='…'",
    otherwise='ropa activity state {ref} ROPA-Q103 --reason "…"',
)
def vague_categories(activity: Activity, case: Case) -> Answer:
    """Make categories and recipients specific.

    Categories suffice, but they must describe: one should be able to picture the data and the people. A line of data whose
    category is wide may say in its description what exactly it holds; that description is judged as well. It says nothing of
    the people: they are judged by their category.
    """
    if not activity.data and not activity.recipients and not activity.clients:
        return not_applicable("Neither data nor recipients are recorded yet.")
    return found(_vague_parts(activity, case), "Data, people and recipients are described.")


def _vague_parts(activity: Activity, case: Case) -> Iterator[Gap]:
    vague_data, vague_people = case.once(_vague_names)
    for n, line in enumerate(activity.data, 1):
        words = line.description  # nearly all say enough, and are gone through without a call
        if (
            line.subjects in vague_people
            or line.category in vague_data
            or (words is not None and not _tells(words))
        ):
            yield from _vague_line(n, line, case)
    for n, one in enumerate(activity.recipients, 1):
        if one.organisation is None and not blank(one.category) and vague_phrase(one.category, "recipient"):
            say = f"'{shown(one.category)}' does not say who receives the data."
            yield Gap(f"recipients.{n}.category", say, shown(one.category))
    for n, client in enumerate(activity.clients, 1):
        done = client.categories
        if not blank(done) and (vague_phrase(done, "processing") or vague_phrase(done, "purpose")):
            say = f"'{shown(done)}' does not say what is done for the client."
            yield Gap(f"clients.{n}.categories", say, shown(done))


@lru_cache(maxsize=16_384)
def _tells(words: str) -> bool:
    return len(words) <= _LONGEST and not vague_phrase(words, "data")


def _vague_names(case: Case) -> Iterator[frozenset[str | None]]:
    """Refs of the categories of data, and of those of people, whose names say nothing."""
    for cls, sort in (DataCategory, "data"), (SubjectCategory, "subject"):
        yield frozenset(ref for ref, one in case.register.all(cls).items() if vague_phrase(one.name, sort))


def _vague_line(n: int, line: DataLine, case: Case) -> list[Gap]:
    vague_data, vague_people = case.once(_vague_names)
    words, gaps = line.description, []
    if words and not blank(words):
        if vague_phrase(words, "data"):
            say = f"Line {n} ('{shown(words)}') does not say which data."
            gaps.append(Gap(f"data.{n}.description", say, shown(words)))
    elif line.category in vague_data:
        which = shown(case.name("data_category", line.category))
        say = f"Line {n} ('{which}') does not say which data."
        gaps.append(Gap(f"data.{n}.category", say, which, fix="ropa activity set {ref} {field}=DATA"))
    if line.subjects in vague_people:
        whose = shown(case.name("subject_category", line.subjects))
        say = f"Line {n} ('{whose}') does not say whose data."
        gaps.append(Gap(f"data.{n}.subjects", say, whose, fix="ropa activity set {ref} {field}=SUBJECTS"))
    return gaps
