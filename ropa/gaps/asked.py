"""Which records the rules ask, as what, and which of them are scored."""

from collections.abc import Iterable, Iterator, Mapping

from ropa.gaps.case import Case
from ropa.model.catalogue import RetentionRule
from ropa.model.common import Documented
from ropa.model.register import KINDS

Asked = tuple[Documented, bool, tuple[str, ...]]
"""A record, whether it is scored, and as what it is asked: the `TARGETS` of rule.py that it is."""

_LIVE = ("active", "suspended")
_AS_CONTROLLER = ("controller", "activity", "any")
_AS_PROCESSOR = ("processor", "activity", "any")
_ELSE = ("any",)


def asked(case: Case) -> Iterator[Asked]:
    """Every record that a rule may ask, activities first, each kind in the order of the register."""
    register = case.register
    activities = [(a, a.status in _LIVE) for a in register.activities.values() if a.status != "ended"]
    for activity, live in activities:
        yield activity, live, _AS_PROCESSOR if activity.role == "processor" else _AS_CONTROLLER
    bound = [(a, live) for a, live in activities if not case.other_law(a)]
    entities = _uses((a.entity, live) for a, live in activities)
    clients = _uses(
        (client.organisation, live)
        for a, live in bound
        if a.role == "processor"
        for client in a.clients
        if case.current(client)
    )
    yield from _used(register.organisations, {"entity": entities, "client": clients})
    periods = _uses((line.retention, live) for a, live in bound if a.role != "processor" for line in a.data)
    for kind, cls in KINDS.items():
        if cls is RetentionRule:
            yield from _used(register.all(cls), {"retention": periods})
        elif kind not in ("activity", "organisation", "notice", "waiver"):
            yield from ((record, False, _ELSE) for record in register.all(cls).values())


def _uses(mentions: Iterable[tuple[str | None, bool]]) -> Mapping[str, bool]:
    """Refs that activities name → whether a live activity does."""
    found: dict[str, bool] = {}
    for ref, live in mentions:
        if ref is not None:
            found[ref] = found.get(ref, False) or live
    return found


def _used(known: Mapping[str, Documented], uses: Mapping[str, Mapping[str, bool]]) -> Iterator[Asked]:
    """The records of a kind, each as the targets as which activities use it, and scored where a live activity does."""
    for ref, record in known.items():
        targets = tuple(target for target, use in uses.items() if ref in use)
        yield record, any(uses[target][ref] for target in targets), (*targets, *_ELSE)
