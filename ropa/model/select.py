"""Which records of a kind a question means: filters by the words of the field, combined with "and"."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from ropa.model.activity import Activity
from ropa.model.filterwords import (
    FIELD_OF,
    KIND_OF,
    PLACED,
    fields_within,
    of_one_list,
    path_of,
    positive,
    says_something,
)
from ropa.model.find import among, find_one
from ropa.model.organisation import Organisation
from ropa.model.register import KINDS, R, Register
from ropa.model.touching import Touch, activities_of, hands_on, touches
from ropa.model.walk import field, field_at, fields, mentions
from ropa.model.where import below, part_tests, where_tests
from ropa.words import fold

_OURS = {"entity": True, "vendor": False}
"""Filters that name an organisation → whether it is one of ours."""

Test = Callable[[Any], bool]


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
    that stand anywhere in the record. where: FIELD=WORD, FIELD!=WORD or FIELD= (blank) for any field. A filter of
    which this kind says nothing is asked of the activities that touch a record. Raises Refused for an unknown name.
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
    said = [*where, *of_one_list(cls, wanted)]
    through = {name: positive(words) for name, words in wanted.items() if not says_something(cls, name)}
    if any(through.values()):
        tests.append(_touched(register, through))
    for name, words in wanted.items():
        plain = positive(words)
        if plain and name not in through and not path_of(cls, name, plain):
            tests.append(_any(register, cls, name, plain))
        tests += [_not(_one(register, cls, name, w[1:])) for w in words if w.startswith("!")]
    tests += where_tests(register, cls, said)
    needle = fold(text)
    return [
        r
        for r in records
        if all(test(r) for test in tests) and (not needle or needle in fold(" ".join(texts(r))))
    ]


def part_fits(
    register: Register,
    cls: type[R],
    path: str,
    wanted: Mapping[str, Sequence[str]],
    where: Sequence[str] = (),
) -> Test | None:
    """Which parts of the list at a path the filters of `select` mean, all of them judged on one part.

    None where they say nothing of such parts. A word that must not fit is said of the whole record.
    """
    said = field_at(cls, path)
    part: Any = said.part if said else None
    if part is None:
        return None
    tests = part_tests(register, cls, path, [*where, *of_one_list(cls, wanted)])
    for name, words in wanted.items():
        plain = positive(words)
        own = name in FIELD_OF and field(cls, FIELD_OF[name]) is not None
        if plain and not own and not path_of(cls, name, plain) and says_something(part, name):
            tests.append(_any(register, part, name, plain))
    return (lambda one: all(test(one) for test in tests)) if tests else None


def _any(register: Register, cls: Any, name: str, words: Sequence[str]) -> Test:
    tests = [_one(register, cls, name, word) for word in words]
    return lambda record: any(test(record) for test in tests)


def _not(test: Test) -> Test:
    return lambda record: not test(record)


def _touched(register: Register, wanted: Mapping[str, Sequence[str]]) -> Test:
    """The records that an activity touches which fits those filters, all of them judged on that one activity.

    A line of data that names the record must fit by itself: of an activity that holds health data for ten years and names
    for two, the rule for health data is the first.
    """
    hits = {one.ref for one in select(register, Activity, wanted)}

    @cache
    def part_test(head: str) -> Test | None:
        return part_fits(register, Activity, head, wanted)

    def fits(touch: Touch) -> bool:
        head, _, rest = touch.path.partition(".")
        number, _, _ = rest.partition(".")
        test = part_test(head) if number else None
        return touch.activity.ref in hits and (
            test is None or test(getattr(touch.activity, head)[int(number) - 1])
        )

    return lambda record: any(fits(touch) for touch in touches(register, record))


def _one(register: Register, cls: Any, name: str, word: str) -> Test:
    if not says_something(cls, name):
        return _touched(register, {name: [word]})
    if name in KIND_OF:
        return _naming(register, cls, name, word)
    known = FIELD_OF[name]
    if name == "country":
        return _in_country(register, word)
    if word in ("", "-"):
        return lambda record: not any(said_in(record, known))
    folded = fold(_standard(cls, known, word))
    return lambda record: any(
        folded == fold(str(v)) or (known in ("owner", "department") and folded in fold(str(v)))
        for v in said_in(record, known)
    )


def _standard(cls: type[BaseModel], name: str, word: str) -> str:
    """A coded word in its standard form, so that "contract" finds 6(1)(b)."""
    said = next(f for f in fields_within(cls) if f.name == name)
    if not said.vocabulary:
        return word
    from ropa.model.codes import vocabulary

    return vocabulary(said.vocabulary).parse(word)


def _naming(register: Register, cls: type[BaseModel], name: str, word: str) -> Test:
    kind = KIND_OF[name]
    if name == "vendor" and cls is Activity:
        return _reached_by(register, word)
    if word == "-":
        refs = set(among(register, KINDS[kind], ours=_OURS.get(name)))
    else:
        target = find_one(register, KINDS[kind], word, ours=_OURS.get(name))
        refs = {target.ref} | below(register, kind, target.ref)
    own = "entity" if name == "entity" else ""

    def names(record: BaseModel) -> bool:
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

    def all_countries(record: BaseModel) -> set[str]:
        return _countries(record).union(
            *(beyond(m.kind, m.ref) for m in mentions(record) if m.kind in PLACED)
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


def said_in(record: BaseModel, name: str) -> Iterator[Any]:
    """The record's own values of a field; of a field that only its parts have, theirs."""
    if (own := field(type(record), name)) is not None:
        value = getattr(record, name)
        return iter(value if own.many else () if value is None else (value,))
    return (value for said, value in walked(record) if said.name == name)


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
