"""What can be chosen for a field: the records of the register, the shipped catalogue, the closed lists, the countries."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from ropa.cli.form.question import Choice
from ropa.cli.form.state import Form
from ropa.model.codes import vocabulary
from ropa.model.organisation import Organisation
from ropa.model.walk import FieldSaid, field
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


_ABROAD = ("scc", "bcr")
"""Kinds of agreement that are there for transfers only."""


def choices_of(form: Form, cls: type[BaseModel], known: FieldSaid) -> Sequence[Choice]:
    """The choices of a field; none where anything can be said."""
    if known.vocabulary:
        words = vocabulary(known.vocabulary)
        meanings = getattr(words, "meanings", {})
        # The nine criteria are numbered in their text; here each choice has its number already.
        return [
            Choice(code, words.label(code), meanings.get(code, "").lstrip("123456789 "))
            for code in words.codes
        ]
    if known.names:
        return records(form, known.names, ours=_whose(cls, known))
    if known.shape == "country":
        return _countries()
    if known.shape == "yes/no":
        return (Choice("yes", "yes"), Choice("no", "no"))
    return ()


def narrowed(
    form: Form, cls: type[BaseModel], known: FieldSaid, said: Mapping[str, Any]
) -> list[Choice] | None:
    """What is listed for the parts of a field where not all that there is applies; None where all of it does.

    An organisation of which every known country lies in the EEA is asked for no tool of Chapter V, unless one of ours is
    outside it or sends under another law. All can still be typed.
    """
    if not (cls is Organisation and known.name == "agreements" and known.part and _stays_inside(form, said)):
        return None
    kind = field(known.part, "kind")
    return [one for one in choices_of(form, known.part, kind) if one.word not in _ABROAD] if kind else None


def _stays_inside(form: Form, said: Mapping[str, Any]) -> bool:
    from ropa.reference.countries import in_eea

    ours = [one for one in form.register.organisations.values() if one.ours]
    there = [said.get("country"), *(c for one in said.get("services", ()) for c in one.get("countries", ()))]
    known = [code for code in (*there, *(one.country for one in ours)) if code]
    same_law = all(one.jurisdiction in (None, "EU GDPR") for one in ours)
    return same_law and any(there) and all(in_eea(code, form.day) for code in known)


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
