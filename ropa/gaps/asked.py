"""Which records the rules ask, as what, and which of them are scored."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from ropa.gaps.case import Case
from ropa.gaps.tallies import tally
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, Measure, RetentionRule, System
from ropa.model.common import Documented
from ropa.model.notice import Waiver
from ropa.model.organisation import Organisation
from ropa.model.register import KINDS

Asked = tuple[Documented, bool, tuple[str, ...]]
"""A record, whether it is scored, and as what it is asked: the `TARGETS` of rule.py that it is."""

_LIVE = ("active", "suspended")
_AS_CONTROLLER = ("controller", "activity", "any")
_AS_PROCESSOR = ("processor", "activity", "any")
_ENDED = ("ended", "closed")
_CLOSED = ("closed",)
_ELSE = ("named", "any")
_DECIDING = ("processor", "joint controller", "separate controller")

Uses = Mapping[str, bool]
"""Refs that activities name → whether a live activity does."""

_Named = Mapping[tuple[str, bool], set[str | None]]
"""(as what, whether by a live activity) → the refs that activities name."""
_BY_KIND = {
    Organisation.kind: ("entity", "client", "engaged", "partner"),
    RetentionRule.kind: ("retention",),
    Measure.kind: ("measure",),
    System.kind: ("system",),
    DataCategory.kind: ("category",),
}
"""Kind → as what activities use its records."""


def asked(case: Case) -> Iterator[Asked]:
    """Every record that a rule may ask, activities first, each kind in the order of the register."""
    register = case.register
    for activity in register.activities.values():
        if activity.status != "ended":
            targets = _AS_PROCESSOR if activity.role == "processor" else _AS_CONTROLLER
            yield activity, activity.status in _LIVE, targets
    for activity in register.activities.values():
        if activity.status == "ended":
            yield activity, False, _CLOSED if activity.role == "processor" else _ENDED
    (named,) = case.once(_named_anywhere)
    uses = {kind: {target: _uses(named, target) for target in targets} for kind, targets in _BY_KIND.items()}
    yield from _used(register.organisations, uses[Organisation.kind])
    for waiver in register.all(Waiver).values():
        yield waiver, False, ("waiver",)
    for kind, cls in KINDS.items():
        if kind not in ("activity", "organisation", "notice", "waiver", "own_facts"):
            yield from _used(register.all(cls), uses.get(kind, {}))


def _named_anywhere(case: Case) -> Iterator[_Named]:
    """What activities name, and the vendors and measures of the systems that they run on."""
    named = case.tally(_named)
    found = {key: set(refs) for key, refs in named.items()}
    for ref, live in _uses(named, "system").items():
        if (system := case.register.get(System, ref)) is not None:
            found.setdefault(("partner", live), set()).add(system.vendor)
            found.setdefault(("measure", live), set()).update(system.measures)
    yield found


@tally(lambda: defaultdict(set))
def _named(found: _Named, activity: Activity, case: Case) -> None:
    live = activity.status in _LIVE
    found["entity", live].add(activity.entity)
    if case.other_law(activity):
        return
    found["system", live].update(activity.systems)
    found["measure", live].update(activity.measures)
    found["category", live].update([line.category for line in activity.data])
    each = [one for _, one in case.recipients(activity)]
    found["partner", live].update([one.organisation for one in each if one.role in _DECIDING])
    if activity.role == "processor":
        found["client", live].update([one.organisation for _, one in case.clients_of(activity)])
    else:
        found["retention", live].update([line.retention for line in activity.data])
        found["engaged", live].update([one.organisation for one in each if one.role == "processor"])


def _uses(named: _Named, target: str) -> Uses:
    found = dict.fromkeys(named.get((target, False), ()), False)
    found |= dict.fromkeys(named.get((target, True), ()), True)
    return {ref: live for ref, live in found.items() if ref is not None}


def _used(known: Mapping[str, Documented], uses: Mapping[str, Uses]) -> Iterator[Asked]:
    """The records of a kind, each as the targets as which activities use it, and scored where a live activity does."""
    for ref, record in known.items():
        targets = tuple(target for target, use in uses.items() if ref in use)
        yield record, any(uses[target][ref] for target in targets), (*targets, *_ELSE)
