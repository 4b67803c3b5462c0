"""Which records the rules ask, as what, and which of them are scored."""

from collections.abc import Iterable, Iterator, Mapping

from ropa.gaps.case import Case
from ropa.model.activity import Activity
from ropa.model.catalogue import DataCategory, Measure, RetentionRule, System
from ropa.model.common import Documented
from ropa.model.notice import Waiver
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


def asked(case: Case) -> Iterator[Asked]:
    """Every record that a rule may ask, activities first, each kind in the order of the register."""
    register = case.register
    activities = [(a, a.status in _LIVE) for a in register.activities.values() if a.status != "ended"]
    for activity, live in activities:
        yield activity, live, _AS_PROCESSOR if activity.role == "processor" else _AS_CONTROLLER
    for activity in register.activities.values():
        if activity.status == "ended":
            yield activity, False, _CLOSED if activity.role == "processor" else _ENDED
    bound = [(a, live) for a, live in activities if not case.other_law(a)]
    systems = _uses((a.systems, live) for a, live in bound)
    entities = _uses(((a.entity,), live) for a, live in activities)
    yield from _used(register.organisations, {"entity": entities, **_named(bound, systems, case)})
    limits = (
        ([line.retention for line in a.data], live) for a, live in bound if a.data and a.role != "processor"
    )
    categories = (([line.category for line in a.data], live) for a, live in bound if a.data)
    of = {
        RetentionRule.kind: {"retention": _uses(limits)},
        Measure.kind: {"measure": _measures(bound, systems, case)},
        System.kind: {"system": systems},
        DataCategory.kind: {"category": _uses(categories)},
    }
    for waiver in register.all(Waiver).values():
        yield waiver, False, ("waiver",)
    for kind, cls in KINDS.items():
        if kind not in ("activity", "organisation", "notice", "waiver", "own_facts"):
            yield from _used(register.all(cls), of.get(kind, {}))


def _named(bound: Iterable[tuple[Activity, bool]], systems: Uses, case: Case) -> Mapping[str, Uses]:
    """The organisations that activities name, by what they are to them."""
    processors = [(a, live) for a, live in bound if a.role == "processor"]
    controllers = [(a, live) for a, live in bound if a.role != "processor"]
    in_roles = [
        ([one.organisation for _, one in case.recipients(a) if one.role in _DECIDING], live)
        for a, live in bound
        if a.recipients
    ]
    engaged = (
        ([one.organisation for _, one in case.recipients(a) if one.role == "processor"], live)
        for a, live in controllers
        if a.recipients
    )
    vendors = [
        ((system.vendor,), live)
        for ref, live in systems.items()
        if (system := case.register.get(System, ref)) is not None
    ]
    return {
        "client": _uses(
            ([one.organisation for _, one in case.clients_of(a)], live) for a, live in processors
        ),
        "engaged": _uses(engaged),
        "partner": _uses([*in_roles, *vendors]),
    }


def _measures(bound: Iterable[tuple[Activity, bool]], systems: Uses, case: Case) -> Uses:
    """Measures of activities, and of the systems on which they run."""
    of_systems = [
        (system.measures, live)
        for ref, live in systems.items()
        if (system := case.register.get(System, ref)) is not None
    ]
    return _uses([*((a.measures, live) for a, live in bound), *of_systems])


def _uses(mentions: Iterable[tuple[Iterable[str | None], bool]]) -> Uses:
    """The refs that are named, each with whether something live names it."""
    at_all: dict[bool, set[str | None]] = {False: set(), True: set()}
    for refs, live in mentions:
        at_all[live].update(refs)
    found = dict.fromkeys(at_all[False], False) | dict.fromkeys(at_all[True], True)
    return {ref: live for ref, live in found.items() if ref is not None}


def _used(known: Mapping[str, Documented], uses: Mapping[str, Uses]) -> Iterator[Asked]:
    """The records of a kind, each as the targets as which activities use it, and scored where a live activity does."""
    for ref, record in known.items():
        targets = tuple(target for target, use in uses.items() if ref in use)
        yield record, any(uses[target][ref] for target in targets), (*targets, *_ELSE)
