"""Which activities a slice of the register holds."""

from collections.abc import Mapping, Sequence
from datetime import date

from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.model.select import select


def slice_asked(
    layout: str,
    register: Register,
    on: date,
    ours: str | None,
    wanted: Mapping[str, Sequence[str] | None],
    *,
    only_gaps: bool,
) -> frozenset[str] | None:
    """The activities of a slice; None where the whole register is asked for. Raises Refused for a form that has no slices."""
    filters = {word: list(said) for word, said in wanted.items() if said}
    if not (filters or only_gaps or (ours and layout == "register")):
        return None
    if layout != "register":
        raise Refused(f"the layout {layout} has no slices.", do="Take --layout register, or --entity alone.")
    found = [one.ref for one in select(register, Activity, filters) if ours in (None, one.entity)]
    if only_gaps:
        from ropa.cli.export import findings_of

        is_open = {o.record.ref for o in findings_of(register, on, ours) if o.open}
        found = [ref for ref in found if ref in is_open]
    if not found:
        raise Refused("no activity fits.", do="See them: ropa activity list")
    return frozenset(found)
