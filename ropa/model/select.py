"""Which records of a kind a question means: filters by the words of the field, combined with "and"."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.find import among, find_one
from ropa.model.organisation import Organisation
from ropa.model.register import KINDS, R, Register
from ropa.model.touching import activities_of, hands_on
from ropa.model.walk import field, fields, mentions
from ropa.model.where import below, where_tests
from ropa.words import fold

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

_BASIS = "purposes.legal_basis"
"""Whoever asks for a basis and for another field of purposes means one purpose."""
_OURS = {"entity": True, "vendor": False}
"""Filters that name an organisation → whether it is one of ours."""
_PLACED = ("organisation", "system")
"""Kinds whose records are somewhere."""

Test = Callable[[Documented], bool]


def select(
    register: Register,
    cls: type[R],
    wanted: Mapping[str, Sequence[str]],
    *,
    text: str = "",
    where: Sequence[str] = (),
) -> list[R]:
    """The records of a kind that fit every filter, in the order of the register.

    wanted: filter → words, any of which may fit; a word that begins with "!" must not fit; "-" fits a blank. text: words
    that stand anywhere in the record. where: FIELD=WORD, FIELD!=WORD or FIELD= (blank) for any field. Raises Refused for a
    filter that this kind has no field for, or an unknown name.
    """
    return fitting(register, cls, register.all(cls).values(), wanted, text=text, where=where)


def fitting(
    register: Register,
    cls: type[R],
    records: Iterable[R],
    wanted: Mapping[str, Sequence[str]],
    *,
    text: str = "",
    where: Sequence[str] = (),
) -> list[R]:
    """Those of some records that fit every filter, in their order. Takes the same words as `select`."""
    tests: list[Test] = []
    said = list(where)
    for name, words in wanted.items():
        plain = [word for word in words if not word.startswith("!")]
        if name == "basis" and says_something(cls, name):
            said += [f"{_BASIS}={'' if word == '-' else word}" for word in plain]
        elif plain:
            tests.append(_any(register, cls, name, plain))
        tests += [_not(_one(register, cls, name, w[1:])) for w in words if w.startswith("!")]
    tests += where_tests(register, cls, said)
    needle = fold(text)
    return [
        r
        for r in records
        if all(test(r) for test in tests) and (not needle or needle in fold(" ".join(texts(r))))
    ]


def says_something(cls: type[BaseModel], name: str) -> bool:
    """Whether a filter can mean anything for records of a class: whether they can say, or name, such a thing."""
    within = list(_fields_within(cls))
    if name in KIND_OF:
        return any(f.names == KIND_OF[name] and (name != "entity" or f.name == "entity") for f in within)
    if name == "country":
        return any(f.shape == "country" or f.names in ("organisation", "system") for f in within)
    return any(f.name == FIELD_OF[name] for f in within)


def _any(register: Register, cls: type[R], name: str, words: Sequence[str]) -> Test:
    tests = [_one(register, cls, name, word) for word in words]
    return lambda record: any(test(record) for test in tests)


def _not(test: Test) -> Test:
    return lambda record: not test(record)


def _one(register: Register, cls: type[R], name: str, word: str) -> Test:
    if not says_something(cls, name):
        able = [f"--{one}" for one in (*KIND_OF, *FIELD_OF) if says_something(cls, one)]
        raise Refused(
            f"--{name} says nothing of {cls.plural}.",
            do=f"They know {', '.join(able)} and --where FIELD=WORD.",
        )
    if name in KIND_OF:
        return _naming(register, cls, name, word)
    known = FIELD_OF[name]
    if name == "country":
        return _in_country(register, word)
    if word in ("", "-"):
        return lambda record: not any(_values(record, known))
    folded = fold(_standard(cls, known, word))
    return lambda record: any(
        folded == fold(str(v)) or (known in ("owner", "department") and folded in fold(str(v)))
        for v in _values(record, known)
    )


def _standard(cls: type[BaseModel], name: str, word: str) -> str:
    """A coded word in its standard form, so that "contract" finds 6(1)(b)."""
    said = next(f for f in _fields_within(cls) if f.name == name)
    if not said.vocabulary:
        return word
    from ropa.model.codes import vocabulary

    return vocabulary(said.vocabulary).parse(word)


def _naming(register: Register, cls: type[R], name: str, word: str) -> Test:
    kind = KIND_OF[name]
    if name == "vendor" and cls is Activity:
        return _reached_by(register, word)
    if word == "-":
        refs = set(among(register, KINDS[kind], ours=_OURS.get(name)))
    else:
        target = find_one(register, KINDS[kind], word, ours=_OURS.get(name))
        refs = {target.ref} | below(register, kind, target.ref)
    own = "entity" if name == "entity" else ""

    def names(record: Documented) -> bool:
        return any(m.kind == kind and m.ref in refs and (not own or m.path == own) for m in mentions(record))

    return _not(names) if word == "-" else names


def _reached_by(register: Register, word: str) -> Test:
    """The activities that a vendor touches, also through its systems and whoever engages it; "-": those that none does."""
    if word != "-":
        reached = set(activities_of(register, find_one(register, Organisation, word, ours=False)))
        return lambda record: record.ref in reached
    vendors = among(register, Organisation, ours=False).values()
    any_reached = {ref for vendor in vendors for ref in activities_of(register, vendor)}
    return lambda record: record.ref not in any_reached


def _in_country(register: Register, word: str) -> Test:
    from ropa.model.values import parse_country

    def all_countries(record: Documented) -> set[str]:
        return _countries(record).union(
            *(beyond(m.kind, m.ref) for m in mentions(record) if m.kind in _PLACED)
        )

    @cache
    def beyond(kind: str, ref: str) -> set[str]:
        """Countries of a record that an activity names, and of those to whom it hands on."""
        found = register.records[kind].get(ref)
        if found is None:
            return set()
        return _countries(found).union(*(_countries(one) for one in hands_on(register, found)))

    if word == "-":
        return lambda record: not all_countries(record)
    code = parse_country(word)
    return lambda record: code in all_countries(record)


def _countries(record: BaseModel) -> set[str]:
    return {value for said, value in walked(record) if said.shape == "country"}


def _values(record: BaseModel, name: str) -> Iterator[Any]:
    """The record's own values of a field; of a field that only its parts have, theirs."""
    if (own := field(type(record), name)) is not None:
        value = getattr(record, name)
        return iter(value if own.many else () if value is None else (value,))
    return (value for said, value in walked(record) if said.name == name)


def _fields_within(cls: type[BaseModel]) -> Iterator[Any]:
    for said in fields(cls):
        yield said
        if said.part:
            yield from _fields_within(said.part)


def walked(record: BaseModel) -> Iterator[tuple[Any, Any]]:
    """Every value that a record says, at any depth, with its field."""
    for said in fields(type(record)):
        value = getattr(record, said.name)
        if value is None:
            continue
        for one in value if said.many else (value,):
            if said.part:
                yield from walked(one)
            else:
                yield said, one


def texts(record: BaseModel) -> Iterator[str]:
    """Every text that a record says, for searching."""
    return (str(value) for _, value in walked(record))
