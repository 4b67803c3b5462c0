"""Which records say a word in a field, whichever the field: FIELD=WORD, also of a part, also of a count."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from pydantic import BaseModel

from ropa.errors import Refused
from ropa.model import values
from ropa.model.codes import vocabulary
from ropa.model.columns import COUNT, Column, column
from ropa.model.dates import parse_day
from ropa.model.find import find_one
from ropa.model.periods import parse_period
from ropa.model.register import KINDS, Register
from ropa.model.speech import spoken
from ropa.model.walk import field_at
from ropa.words import fold

_EXPRESSION = re.compile(r"([A-Za-z0-9_.*]+)\s*(!=|=)(.*)", re.DOTALL)
Test = Callable[[Any], bool]


def where_tests(register: Register, cls: type[BaseModel], expressions: Sequence[str]) -> list[Test]:
    """Tests of FIELD=WORD, FIELD!=WORD and FIELD= (blank): said twice of one field means "or".

    What is said of the fields of one list of parts must fit one and the same part: a purpose on consent that says no
    withdrawal. A record without such parts fits a blank. A word that must not fit stands by itself, for the whole record.
    Raises Refused for anything else, an unknown field or an unknown name.
    """
    by_field: dict[str, list[str]] = {}
    tests: list[Test] = []
    for path, sign, word in map(_read, expressions):
        if sign == "!=":
            tests.append(partial(_fits_not, _each(register, cls, {path: [word]})))
        else:
            by_field.setdefault(path, []).append(word)
    by_list: dict[str, dict[str, list[str]]] = {}
    for path, words in by_field.items():
        by_list.setdefault(path.partition(".")[0], {})[path] = words
    return tests + [_each(register, cls, fields) for fields in by_list.values()]


def part_tests(register: Register, cls: type[BaseModel], path: str, expressions: Sequence[str]) -> list[Test]:
    """Tests of one part of the list at a path: what the same expressions say of it; none where they say nothing of such parts.

    A word that must not fit, and a count of the parts, are said of the whole record.
    """
    said = field_at(cls, path)
    if said is None or said.part is None:
        return []
    positive = [(at, word) for at, sign, word in map(_read, expressions) if sign == "="]
    inner = [
        f"{at.removeprefix(path)[1:]}={word}"
        for at, word in positive
        if at.startswith(f"{path}.") and at != f"{path}.{COUNT}"
    ]
    whole = [fold(word) for at, word in positive if at == path]
    tests = where_tests(register, said.part, inner)
    if whole:
        tests.append(
            lambda part: any(word and word in fold(spoken((part,), said, register)) for word in whole)
        )
    return tests


def _read(expression: str) -> tuple[str, str, str]:
    """Path, sign and word of FIELD=WORD; purposes.*.law, as `set` has it, is purposes.law."""
    found = _EXPRESSION.fullmatch(expression)
    if not found:
        raise Refused(
            f"'{expression}' is not FIELD=WORD.", at="--where", do="Write --where owner='Head of HR'."
        )
    path, sign, word = found.groups()
    return path.replace(".*", ""), sign, word.strip()


def _each(register: Register, cls: type[BaseModel], fields: Mapping[str, Sequence[str]]) -> Test:
    """Whether a record says one of the words in each of the fields, all of which begin alike: where parts do, in one part."""
    whole = [[_saying(register, column(cls, path), word) for word in words] for path, words in fields.items()]
    first = column(cls, next(iter(fields))).steps[0]
    inner = {path.partition(".")[2]: words for path, words in fields.items()}
    if not (first.part and first.many) or COUNT in inner or "" in inner:
        return partial(_fits, whole)
    one_part = _each(register, first.part, inner)
    return lambda record: (
        any(map(one_part, getattr(record, first.name)))
        or (not getattr(record, first.name) and _fits(whole, record))
    )


def _fits_not(test: Test, record: BaseModel) -> bool:
    return not test(record)


def _fits(fields: Sequence[Sequence[Test]], record: BaseModel) -> bool:
    return all(any(test(record) for test in tests) for tests in fields)


def _saying(register: Register, asked: Column, word: str) -> Test:
    """Whether a column of a record says a word: a number, ref, code, country or yes/no exactly, a text in part."""
    if word in ("", "-"):
        said = (
            any if asked.counts else bool
        )  # a count of nothing is a blank, a number 0 that somebody recorded is not
        return lambda record: not said(asked.values(record))
    last = asked.steps[-1]
    if not asked.counts and last.names:
        target = find_one(register, KINDS[last.names], word)
        refs = {target.ref} | below(register, last.names, target.ref)
        return lambda record: any(value in refs for value in asked.values(record))
    if asked.counts or not (last.part or last.shape in ("text", "line", "verbatim", "word", "")):
        wanted = _standard_of(asked, word)
        return lambda record: any(fold(str(v)) == wanted for v in asked.values(record))
    needle = fold(word)
    return lambda record: any(needle in fold(one) for one in asked.each(record, register))


def _standard_of(asked: Column, word: str) -> str:
    """A word as such a field keeps it, folded."""
    last = asked.steps[-1]
    if asked.counts:
        return fold(str(values.parse_number(word)))
    if last.vocabulary:
        return fold(vocabulary(last.vocabulary).parse(word))
    readers: dict[str, Callable[[str], Any]] = {
        "country": values.parse_country,
        "yes/no": values.parse_yes_no,
        "number": values.parse_number,
        "period": parse_period,
        "day": parse_day,
    }
    return fold(str(readers.get(last.shape, str)(word)))


def below(register: Register, kind: str, ref: str) -> set[str]:
    """Categories under a category: who asks for health data means sick notes too. Not for organisations."""
    if kind not in ("data_category", "subject_category"):
        return set()
    found: set[str] = set()
    level = {ref}
    while level:
        level = {
            r.ref for r in register.records[kind].values() if getattr(r, "parent", None) in level
        } - found
        found |= level
    return found
