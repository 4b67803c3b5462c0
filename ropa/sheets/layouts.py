"""The layouts there are, found in this room, and laying a register out in one of them.

A layout is a module or package of this room with a constant `LAYOUT`, or with several in `LAYOUTS`; there is no list to keep.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, BinaryIO

import ropa.sheets
from ropa.errors import Refused
from ropa.model.register import Register
from ropa.sheets.layout import Asked, Days, Layout
from ropa.sheets.whole import write_whole
from ropa.words import nearest

if TYPE_CHECKING:
    from ropa.gaps import Outcome


@cache
def layouts() -> Mapping[str, Layout]:
    """Every layout by name, those of authorities last. Cheap: a layout imports what it writes with when it writes."""
    modules = (
        import_module(f"ropa.sheets.{m.name}")
        for m in iter_modules(ropa.sheets.__path__)
        if m.name != "layouts"
    )
    found = [layout for module in modules for layout in _of(module)]
    ordered = sorted(found, key=lambda layout: (bool(layout.sure), layout.name))
    return MappingProxyType({layout.name: layout for layout in ordered})


def _of(module: ModuleType) -> Iterator[Layout]:
    one = getattr(module, "LAYOUT", None)
    if isinstance(one, Layout):
        yield one
    yield from getattr(module, "LAYOUTS", ())


def layout_named(name: str) -> Layout:
    """The layout of that name; Refused, with those there are, for any other."""
    known = layouts()
    if name in known:
        return known[name]
    near = nearest(name, list(known))
    choices = f"There are {', '.join(known)}."
    raise Refused(
        f"there is no layout '{name}'.", do=f"Did you mean {near[0]}? {choices}" if near else choices
    )


def lay_out(
    register: Register,
    layout: str | Layout,
    *,
    on: date,
    findings: "Sequence[Outcome] | None" = None,
    entity: str | None = None,
    further: bool = True,
    only: frozenset[str] | None = None,
    days: Days | None = None,
) -> bytes:
    """The register in that layout, as the bytes of a file. The same register on the same day gives the same bytes.

    on: the day for which the layout speaks. findings: those of `ropa.gaps.check`, or None to leave the open points out. entity: the ref of
    the organisation of ours whose records are wanted. further: with what the register holds beside the form. only: the
    refs of the activities that are wanted, of a layout that comes home. days: by ref of an activity when it came into the register and
    was last changed. Raises Refused for an unknown layout or entity.
    """
    content = BytesIO()
    _write(Asked(register, on, findings, entity, further, only, days or {}), layout, content)
    return content.getvalue()


def save(
    path: Path,
    register: Register,
    layout: str | Layout,
    *,
    on: date,
    findings: "Sequence[Outcome] | None" = None,
    entity: str | None = None,
    further: bool = True,
    only: frozenset[str] | None = None,
    days: Days | None = None,
    force: bool = False,
) -> None:
    """`lay_out` into a file, which appears whole or not at all.

    Raises Refused as well where `path` cannot be written, or is there already and `force` is not given.
    """
    asked = Asked(register, on, findings, entity, further, only, days or {})
    write_whole(path, lambda file: _write(asked, layout, file), force=force)


def _write(asked: Asked, layout: str | Layout, file: BinaryIO) -> None:
    chosen = layout_named(layout) if isinstance(layout, str) else layout
    if asked.entity is not None:
        if chosen.whole:
            raise Refused(
                f"the layout {chosen.name} always holds the whole register.",
                do="Leave the entity out, or take article30.",
            )
        _refuse_unknown_entity(asked.register, asked.entity)
    chosen.write(asked, file)


def _refuse_unknown_entity(register: Register, entity: str) -> None:
    organisation = register.organisations.get(entity)
    if organisation is None or not organisation.ours:
        ours = [ref for ref, one in register.organisations.items() if one.ours]
        raise Refused(
            f"'{entity}' is no organisation of ours.", do=f"Ours are {', '.join(ours)}." if ours else ""
        )
