"""A field as a person names it: by its path, its name, its title, or the name of the one list whose parts have it."""

from collections.abc import Iterator
from typing import Any

from ropa.errors import Ambiguous, Refused
from ropa.model.walk import FieldSaid, fields
from ropa.words import fold, listing, nearest


def field_path(cls: Any, words: str) -> str:
    """The path that the words mean: owner; "Legal basis" is purposes.legal_basis; purposes.2.law is one purpose's.

    Raises Ambiguous with the choices where parts of several lists have such a field, Refused with the nearest otherwise.
    """
    numbers = [step for step in words.split(".") if step.strip().isdecimal()]
    if len(numbers) > 1:
        raise Refused(
            f"'{words}' names a part within a part.", do="Name one part by its number: purposes.2.law"
        )
    wanted = [fold(step) for step in words.split(".") if not step.strip().isdecimal()]
    paths = dict(_paths(cls))
    found = _meant(paths, wanted)
    if not found:
        near = nearest(words, [said.title for said in paths.values()] + list(paths))
        by_title = {said.title: path for path, said in paths.items()}
        close = list(dict.fromkeys(by_title.get(one, one) for one in near))
        raise Refused(
            f"there is no field '{words}'.",
            do=f"Did you mean {listing(close, 'or')}?" if close else f"All of them: ropa schema {_noun(cls)}",
        )
    if len(found) > 1:
        raise Ambiguous(f"'{words}' fits {len(found)} fields.", do=f"Say which: {listing(found, 'or')}.")
    first, *rest = found[0].split(".")
    return (
        ".".join([first, *numbers, *rest])
        if numbers and paths[first].part and paths[first].many
        else found[0]
    )


def _noun(cls: Any) -> str:
    return str(cls.kind)


def _paths(cls: Any, before: str = "") -> Iterator[tuple[str, FieldSaid]]:
    """Every field with its path, a list before the fields of its parts."""
    for said in fields(cls):
        yield before + said.name, said
        if said.part:
            yield from _paths(said.part, f"{before}{said.name}.")


def _meant(paths: dict[str, FieldSaid], wanted: list[str]) -> list[str]:
    """The paths whose last steps have these names or titles; the shortest of them before all others."""
    found = [path for path in paths if _fits(paths, path.split("."), wanted)]
    shortest = min((path.count(".") for path in found), default=0)
    return [path for path in found if path.count(".") == shortest]


def _fits(paths: dict[str, FieldSaid], steps: list[str], wanted: list[str]) -> bool:
    if not wanted or len(wanted) > len(steps):
        return False
    ends = range(len(steps) - len(wanted) + 1, len(steps) + 1)
    return all(
        word in (fold(steps[end - 1]), fold(paths[".".join(steps[:end])].title))
        for word, end in zip(wanted, ends, strict=True)
    )
