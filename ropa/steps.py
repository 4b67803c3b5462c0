"""How far long work has come, told to whoever waits for it: the floors below the screen count, and do not print."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
Watch = Callable[[Iterable[Any], str, int | None], Iterable[Any]]
"""Hands on the items of some work, its name ("Judging") and how many there will be (None: not known), and tells of them."""

_watching: list[Watch] = []


def steps(items: Iterable[T], what: str, total: int | None = None) -> Iterable[T]:
    """The same items, of which somebody is told who watches. Where nobody does they are handed on as they are."""
    return _watching[-1](items, what, total) if _watching else items


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Let this be told of all steps within."""
    _watching.append(watch)
    try:
        yield
    finally:
        _watching.pop()
