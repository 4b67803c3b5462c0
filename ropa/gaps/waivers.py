"""Gaps that were accepted on purpose: which waivers hold on a day, also of what falls due."""

from collections.abc import Mapping
from datetime import date

from ropa.gaps.rules.adequacy import is_dpf
from ropa.gaps.texts import blank
from ropa.model.due import ADEQUACY, REVIEW, Due
from ropa.model.notice import Waiver
from ropa.model.organisation import Organisation
from ropa.model.register import Register
from ropa.model.touching import activities_of

Waivers = Mapping[tuple[str, str], Mapping[str, tuple[Waiver, bool]]]
"""(kind, ref) → rule id → the waiver, and whether it still holds."""

_RULE_OF: Mapping[str, str] = {
    REVIEW: "ROPA-G102",
    ADEQUACY: "ROPA-T102",
    "art28": "ROPA-V101",
}
"""A sort of what falls due → the rule that asks about it when the day has passed."""
_OF_CERTIFICATE = "ROPA-T104"


def waivers(register: Register, on: date) -> Waivers:
    """Waivers made by that day with a reason (one without proves nothing); of several the one that lasts longest."""
    made = [w for w in register.all(Waiver).values() if not blank(w.reason) and (w.on is None or w.on <= on)]
    made.sort(key=lambda waiver: waiver.until or date.max)
    found: dict[tuple[str, str], dict[str, tuple[Waiver, bool]]] = {}
    for one in made:
        of = found.setdefault((one.record_kind or "", one.record or ""), {})
        of[(one.rule or "").upper()] = one, one.until is None or one.until >= on
    return found


def accepted(register: Register, made: Waivers, due: Due, on: date) -> Waiver | None:
    """Of the waivers made by today the one by which somebody lives with what falls due: it holds today, and on the day itself where that is to come.

    Of a paper that several activities need, each has one; the one that ends first speaks for them.
    """
    rule = _RULE_OF.get(due.sort) or (_OF_CERTIFICATE if is_dpf(due.sort) else "")
    holding = [
        made.get(("activity", ref), {}).get(rule, (None, False))[0]
        for ref in (_needing(register, due) if rule else ())
    ]
    each = [one for one in holding if one and (one.until is None or one.until >= max(on, due.on))]
    return min(each, key=lambda one: one.until or date.max) if each and len(each) == len(holding) else None


def _needing(register: Register, due: Due) -> list[str]:
    """The activities, of those that go on, for which something falls due."""
    if due.ref in register.activities:
        return [due.ref]
    organisation = register.get(Organisation, due.ref)
    using = activities_of(register, organisation) if organisation else {}
    return [ref for ref, one in using.items() if one.status != "ended"]
