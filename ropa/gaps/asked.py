"""Which records the rules ask, as what, and which of them are scored."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping

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
    systems = _uses((ref, live) for a, live in bound for ref in a.systems)
    yield from _used(
        register.organisations,
        {"entity": _uses((a.entity, live) for a, live in activities), **_named(bound, systems, case)},
    )
    of = {
        RetentionRule.kind: {
            "retention": _uses(
                (line.retention, live) for a, live in bound if a.role != "processor" for line in a.data
            )
        },
        Measure.kind: {"measure": _measures(bound, systems, case)},
        System.kind: {"system": systems},
        DataCategory.kind: {"category": _uses((line.category, live) for a, live in bound for line in a.data)},
    }
    for waiver in register.all(Waiver).values():
        yield waiver, False, ("waiver",)
    for kind, cls in KINDS.items():
        if kind not in ("activity", "organisation", "notice", "waiver", "own_facts"):
            yield from _used(register.all(cls), of.get(kind, {}))


def _named(bound: Iterable[tuple[Activity, bool]], systems: Uses, case: Case) -> Mapping[str, Uses]:
    """The organisations that activities name, by what they are to them."""
    found: dict[str, dict[str, bool]] = {"client": {}, "engaged": {}, "partner": {}}
    for activity, live in bound:
        if activity.role == "processor":
            _note(found["client"], (one.organisation for _, one in case.clients_of(activity)), live=live)
        for _, one in case.recipients(activity):
            if one.role in _DECIDING:
                _note(found["partner"], (one.organisation,), live=live)
                if one.role == "processor" and activity.role != "processor":
                    _note(found["engaged"], (one.organisation,), live=live)
    for ref, live in systems.items():
        if (system := case.register.get(System, ref)) is not None:
            _note(found["partner"], (system.vendor,), live=live)
    return found


def _measures(bound: Iterable[tuple[Activity, bool]], systems: Uses, case: Case) -> Uses:
    """Measures of activities, and of the systems on which they run."""
    found: dict[str, bool] = {}
    for activity, live in bound:
        if activity.measures:
            _note(found, activity.measures, live=live)
    for ref, live in systems.items():
        if (system := case.register.get(System, ref)) is not None:
            _note(found, system.measures, live=live)
    return found


def _uses(mentions: Iterable[tuple[str | None, bool]]) -> Uses:
    found: dict[str, bool] = {}
    for ref, live in mentions:
        if ref is not None:
            found[ref] = found.get(ref, False) or live
    return found


def _note(found: MutableMapping[str, bool], refs: Iterable[str | None], *, live: bool) -> None:
    for ref in refs:
        if ref is not None:
            found[ref] = live or found.get(ref, False)


def _used(known: Mapping[str, Documented], uses: Mapping[str, Uses]) -> Iterator[Asked]:
    """The records of a kind, each as the targets as which activities use it, and scored where a live activity does."""
    for ref, record in known.items():
        targets = tuple(target for target, use in uses.items() if ref in use)
        yield record, any(uses[target][ref] for target in targets), (*targets, *_ELSE)
