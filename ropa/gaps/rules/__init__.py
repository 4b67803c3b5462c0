"""The rules, one file per theme. A new file, or a new function in one, is all that a new rule takes."""

import pkgutil
from collections.abc import Iterable, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType

from ropa.errors import Refused
from ropa.gaps.rule import Rule
from ropa.words import listing, nearest


def collected(modules: Iterable[ModuleType]) -> Mapping[str, Rule]:
    """The rules of these modules by id, in the order of their ids. Raises TypeError for an id used twice."""
    by_id: dict[str, Rule] = {}
    for module in modules:
        for one in vars(module).values():
            if not isinstance(one, Rule):
                continue
            if by_id.setdefault(one.id, one) is not one:
                raise TypeError(f"two rules have the id {one.id}; the second is in {module.__name__}")
    return MappingProxyType(dict(sorted(by_id.items())))


RULES = collected(import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
"""Every rule by its id. Made once, at import; it never grows."""


def rule_of(words: str) -> Rule:
    """The rule that a user names: "ROPA-A104", "ropa-a104", "A104". Raises Refused with the nearest ids."""
    wanted = f"ROPA-{words.strip().upper().removeprefix('ROPA-')}"
    if found := RULES.get(wanted):
        return found
    near = nearest(wanted, list(RULES))
    raise Refused(
        f"there is no rule '{words}'.", do=f"Did you mean {listing(near)}?" if near else "See: ropa rules"
    )
