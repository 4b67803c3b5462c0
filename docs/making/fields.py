"""reference/fields.md: every record and part, field by field, walked out of what the fields say of themselves."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from docs.making.markdown import grid, opening
from ropa.model.codes import vocabulary
from ropa.model.register import KINDS
from ropa.model.walk import FieldSaid, fields

_SHAPES = {
    "text": "text",
    "day": "a day, such as 2026-03-31",
    "period": "a period, such as 10 years or P10Y",
    "country": "a country, by name or code",
    "number": "a whole number",
    "yes/no": "yes or no",
    "ref": "a ref",
}


def fields_as_markdown() -> str:
    """The page."""
    return "\n".join([*_head(), *_records(), *_parts(), *_choices()])


def _head() -> Iterator[str]:
    yield from opening("Fields", "Every record of a register, and every part of a record.")
    yield "A field that is left out is *not said*. It never means no. An *internal* field stays in the house: it is on no form"
    yield "for an authority. The Article is the one that the field helps to answer, of the GDPR unless another act is named."
    yield ""


def _records() -> Iterator[str]:
    yield "## Records"
    yield ""
    for cls in KINDS.values():
        yield from _section(cls.__name__, cls)


def _parts() -> Iterator[str]:
    yield "## Parts of records"
    yield ""
    for name, cls in sorted(parts().items()):
        yield from _section(name, cls)


def parts() -> Mapping[str, type[BaseModel]]:
    """Every class of parts, at any depth, by name."""
    found: dict[str, type[BaseModel]] = {}
    waiting: list[type[BaseModel]] = list(KINDS.values())
    while waiting:
        for said in fields(waiting.pop()):
            if said.part and said.part.__name__ not in found:
                found[said.part.__name__] = said.part
                waiting.append(said.part)
    return found


def _section(name: str, cls: type[BaseModel]) -> Iterator[str]:
    yield f"### {name}"
    yield ""
    yield " ".join((cls.__doc__ or "").split())
    yield ""
    yield from grid(
        ["field", "title", "what it says", "takes", "Article"], [_row(said) for said in fields(cls)]
    )


def _row(said: FieldSaid) -> list[str]:
    needed = "" if said.blank else " **Always needed.**"
    internal = " *Internal.*" if said.internal else ""
    return [f"`{said.name}`", said.title, f"{said.help}{needed}{internal}", _takes(said), said.answers]


def _takes(said: FieldSaid) -> str:
    if said.part:
        one = f"[{said.part.__name__}](#{said.part.__name__.lower()})"
    elif said.names:
        name = KINDS[said.names].__name__
        one = f"ref of [{name}](#{name.lower()})"
    elif said.vocabulary:
        one = f"[{_title(said.vocabulary)}](#{_anchor(said.vocabulary)})"
    else:
        one = _SHAPES[said.shape]
    return f"list: {one}" if said.many else one


def _choices() -> Iterator[str]:
    yield "## Choices"
    yield ""
    yield "Other spellings are understood where they can mean only one thing; an ambiguous one is refused with the choices."
    yield ""
    for name in sorted(_vocabularies()):
        yield f"### {_title(name)}"
        yield ""
        words = vocabulary(name)
        meanings = getattr(words, "meanings", None)
        yield from grid(
            ["choice", "meaning"],
            [[f"`{code}`", meanings[code] if meanings else words.label(code)] for code in words.codes],
        )


def _vocabularies() -> set[str]:
    every = [*KINDS.values(), *parts().values()]
    return {said.vocabulary for cls in every for said in fields(cls) if said.vocabulary}


def _title(vocabulary_name: str) -> str:
    return f"Choice of {vocabulary_name.replace('_', ' ')}"


def _anchor(vocabulary_name: str) -> str:
    return _title(vocabulary_name).lower().replace(" ", "-")
