"""`ropa help FIELD`: what a field of a record means, what it takes, the Article behind it, and how it is set."""

from collections.abc import Iterator
from typing import NamedTuple

from ropa.cli.noun import Noun
from ropa.model.walk import FieldSaid

_SHAPES = {
    "text": "text",
    "day": "a day, such as 2026-03-31, 'end of March 2027' or yesterday",
    "period": "a period, such as '10 years' or P10Y",
    "country": "a country, by name or code",
    "number": "a whole number",
    "yes/no": "yes or no",
}
_FEW = 4
"""So many fields are told in full; of more, a line each."""


class FieldPlace(NamedTuple):
    """A field with the noun whose records have it, and its path there, N for the number of a part."""

    noun: Noun
    path: str
    said: FieldSaid


def places() -> Iterator[FieldPlace]:
    """Every field that can be set, under one noun each: vendors and entities share theirs."""
    from ropa.cli.nouns import NOUNS

    seen = set()
    for noun in NOUNS.values():
        if noun.kind not in seen:
            seen.add(noun.kind)
            yield from (FieldPlace(noun, path, said) for path, said in _paths(noun.cls))


def _paths(cls: object, before: str = "") -> Iterator[tuple[str, FieldSaid]]:
    from ropa.cli.fieldhelp import settable

    for said in settable(cls):
        path = f"{before}{said.name}"
        yield path, said
        if said.part:
            yield from _paths(said.part, f"{path}.{'N.' if said.many else ''}")


def named(words: list[str]) -> list[FieldPlace]:
    """The fields that the words name: a noun and a field, a path, the last step of one, or the title."""
    from ropa.cli.nouns import NOUNS
    from ropa.words import fold

    noun = NOUNS.get(words[0]) if len(words) > 1 else None
    asked = fold(" ".join(words[1:] if noun else words))
    steps = " ".join("n" if step.isdigit() or step == "*" else step for step in asked.split())
    every = [one for one in places() if not noun or one.noun.kind == noun.kind]
    whole = [one for one in every if fold(one.path) in (asked, steps)]
    return whole or [one for one in every if asked in (fold(one.said.name), fold(one.said.title))]


def told(found: list[FieldPlace]) -> Iterator[str]:
    """The lines of their help."""
    if len(found) > _FEW:
        yield "Several fields have that name. One in full: ropa help PATH"
        yield ""
        wide = max(len(f"{one.noun.word} {one.path}") for one in found)
        yield from (f"  {f'{one.noun.word} {one.path}':<{wide}}  {one.said.help}" for one in found)
        return
    for n, one in enumerate(found):
        yield from [""] if n else []
        yield from _in_full(one)


def _in_full(one: FieldPlace) -> Iterator[str]:
    said = one.said
    yield f"{said.title}  ({one.noun.word}: {one.path})"
    yield f"  {said.help}" + (" It is internal: on no form for an authority." if said.internal else "")
    if said.answers:
        yield f"  Law: Art. {said.answers}"
    yield f"  Takes: {'any number of: ' if said.many else ''}{_takes(one)}"
    yield from (f"    {choice}" for choice in _choices(said))
    if not said.part or said.many:
        yield f"  Set it: {_setting(one)}"


def _takes(one: FieldPlace) -> str:
    from ropa.model.calling import called_one, command_of
    from ropa.model.register import KINDS

    said = one.said
    if said.part:
        from ropa.cli.fieldhelp import settable

        return "parts with " + ", ".join(each.name for each in settable(said.part))
    if said.names:
        cls = KINDS[said.names]
        return f"the ref or name of a {called_one(cls, ours=None)} (ropa {command_of(cls, ours=None)} list)"
    return "one of these" if said.vocabulary else _SHAPES[said.shape]


def _choices(said: FieldSaid) -> Iterator[str]:
    if not said.vocabulary:
        return
    from ropa.model.codes import vocabulary

    words = vocabulary(said.vocabulary)
    meanings = getattr(words, "meanings", None)
    for code in words.codes:
        label = meanings[code] if meanings else words.label(code)
        yield label if label.startswith(code) else f"{code}: {label}"


def _setting(one: FieldPlace) -> str:
    sign = "+=" if one.said.many else "="
    return f"ropa {one.noun.word} set REF {one.path.replace('.N.', '.1.')}{sign}…"
