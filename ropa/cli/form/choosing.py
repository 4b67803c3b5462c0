"""What can be chosen for a field: the records of the register, the shipped catalogue, the closed lists, the countries."""

from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import BaseModel

from ropa.cli.form.question import Choice
from ropa.cli.form.state import Form
from ropa.model.codes import vocabulary
from ropa.model.walk import FieldSaid
from ropa.reference.facts import cells, table

_TABLES = {
    "data_category": "data_categories",
    "subject_category": "subject_categories",
    "measure": "measures",
}
"""Kinds of which the shipped catalogue holds terms → its table."""
OURS = ("Activity.entity", "Agreement.party")
"""Fields that name an organisation of ours."""
_EITHER = ("System.vendor", "Organisation.parent", "Recipient.organisation")


def choices_of(form: Form, cls: type[BaseModel], known: FieldSaid) -> Sequence[Choice]:
    """The choices of a field; none where anything can be said."""
    if known.vocabulary:
        words = vocabulary(known.vocabulary)
        meanings = getattr(words, "meanings", {})
        return [Choice(code, words.label(code), meanings.get(code, "")) for code in words.codes]
    if known.names:
        return records(form, known.names, ours=_whose(cls, known))
    if known.shape == "country":
        return _countries()
    if known.shape == "yes/no":
        return (Choice("yes", "yes"), Choice("no", "no"))
    return ()


def _whose(cls: type[BaseModel], known: FieldSaid) -> bool | None:
    if known.names != "organisation" or f"{cls.__name__}.{known.name}" in _EITHER:
        return None
    return f"{cls.__name__}.{known.name}" in OURS


def records(form: Form, kind: str, *, ours: bool | None = None) -> list[Choice]:
    """The records of a kind, those outside and the most used ones first, then what the shipped catalogue has besides."""
    own = [
        r
        for r in form.register.records.get(kind, {}).values()
        if ours is None or bool(getattr(r, "ours", None)) is ours
    ]
    used = form.register.named_by
    own.sort(key=lambda r: (bool(getattr(r, "ours", None)), -len(used.get((kind, r.ref), ()))))
    taken = {r.ref for r in own}
    return [
        *(Choice(r.ref, r.name, r.ref, tuple(r.aliases)) for r in own),
        *(c for c in _catalogue(kind) if c.word not in taken),
    ]


@cache
def _catalogue(kind: str) -> tuple[Choice, ...]:
    if kind not in _TABLES:
        return ()
    return tuple(
        Choice(row["slug"], row["name"], "shipped catalogue", tuple(cells(row["aliases"])))
        for row in table(_TABLES[kind])
    )


@cache
def _countries() -> tuple[Choice, ...]:
    return tuple(_each_country())


def _each_country() -> Iterator[Choice]:
    from ropa.reference.countries import countries

    for code, one in countries().items():
        yield Choice(code, one.name, code)
