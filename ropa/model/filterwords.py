"""The filters by a word of the field, such as --basis and --vendor: which fields of a record, or of its parts, each means."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pydantic import BaseModel

from ropa.model.walk import FieldSaid, fields

KIND_OF = {
    "entity": "organisation",
    "vendor": "organisation",
    "data": "data_category",
    "subject": "subject_category",
    "retention": "retention_rule",
    "system": "system",
}
"""Filters that name a record → its kind."""
FIELD_OF = {
    "role": "role",
    "department": "department",
    "owner": "owner",
    "status": "status",
    "tag": "tags",
    "basis": "legal_basis",
    "country": "",
}
"""Filters that look at values → the field; country looks at every country."""

PLACED = ("organisation", "system")
"""Kinds whose records are somewhere."""


def positive(words: Sequence[str]) -> list[str]:
    """The words any of which may fit, without those that must not."""
    return [word for word in words if not word.startswith("!")]


def of_one_list(cls: type[BaseModel], wanted: Mapping[str, Sequence[str]]) -> list[str]:
    """The filters that speak of the parts of one list, as `where` has them: what is said of such parts must fit one part."""
    each = {name: positive(words) for name, words in wanted.items()}
    return [
        f"{path}={'' if word == '-' else word}"
        for name, words in each.items()
        if (path := path_of(cls, name, words))
        for word in words
    ]


def path_of(cls: type[BaseModel], name: str, words: Sequence[str]) -> str:
    """The field of parts that a filter means, such as purposes.legal_basis; "" where it means more than one field.

    Who asks for "-" asks for a record that names no such thing at all, or has a purpose without a basis.
    """
    return "" if name in KIND_OF and not {"-", ""}.isdisjoint(words) else _only_path(cls, name)


@cache
def _only_path(cls: type[BaseModel], name: str) -> str:
    within = sum(_means(f, name) for f in fields_within(cls))
    paths = [
        f"{at.name}.{f.name}"
        for at in fields(cls)
        if at.part and at.many
        for f in fields(at.part)
        if _means(f, name)
    ]
    return paths[0] if within == len(paths) == 1 and name != "country" else ""


def says_something(cls: type[BaseModel], name: str) -> bool:
    """Whether records of a class can say, or name, such a thing as a filter chooses by.

    Of those that cannot, the filter is asked of the activities that touch them: the vendors of --data health.
    """
    return any(_means(f, name) for f in fields_within(cls))


def _means(said: FieldSaid, name: str) -> bool:
    """Whether a filter can mean a field."""
    if name in KIND_OF:
        return said.names == KIND_OF[name] and (name != "entity" or said.name == "entity")
    if name == "country":
        return said.shape == "country" or said.names in PLACED
    return said.name == FIELD_OF[name]


def fields_within(cls: type[BaseModel]) -> Iterator[FieldSaid]:
    """The fields of a record and of its parts, at any depth."""
    for said in fields(cls):
        yield said
        if said.part:
            yield from fields_within(said.part)
