"""A part of a register for one colleague: some activities, and every record that these name, also through others."""

from collections.abc import Collection
from dataclasses import replace

from ropa.model.common import Documented
from ropa.model.register import KINDS, Register
from ropa.model.walk import mentions


def slice_of(register: Register, only: Collection[str] | None) -> Register:
    """The register with these activities alone, in the same order; the whole of it for None.

    Another activity that one of them names, as that which replaced it, stays outside.
    """
    if only is None:
        return register
    wanted: dict[str, set[str]] = {kind: set() for kind in KINDS}
    wanted["activity"] = set(only)
    waiting: list[Documented] = [one for ref, one in register.activities.items() if ref in only]
    while waiting:
        for mention in mentions(waiting.pop()):
            if mention.kind != "activity" and mention.ref not in wanted[mention.kind]:
                wanted[mention.kind].add(mention.ref)
                waiting += [record] if (record := register.records[mention.kind].get(mention.ref)) else []
    records = {
        kind: {ref: one for ref, one in each.items() if ref in wanted[kind]}
        for kind, each in register.records.items()
    }
    return replace(register, records=records)
