"""What is open in the records that a form would write."""

from collections.abc import Mapping
from typing import NamedTuple

from ropa.cli.form.state import Form
from ropa.compare import applied
from ropa.gaps import check
from ropa.gaps.outcome import Outcome
from ropa.model.common import Documented
from ropa.model.register import Register


class Open(NamedTuple):
    """A gap of what is about to be written."""

    outcome: Outcome
    own: bool


def after(form: Form) -> Register:
    """The register as it would be."""
    return applied(form.register, form.changes())


def gaps_of(form: Form) -> list[Open]:
    """What is open in the records that would be written, the form's own first, the most serious first.

    Of a record that was there before, only what the form brings about.
    """
    own, changes = form.record(), form.changes()
    written = {(c.record.kind, c.record.ref): c.record for c in changes}
    before = {(c.before.kind, c.before.ref): c.before for c in changes if c.before}
    old = _open(form, form.origin, before) if before else {}
    found = [_new_of(one, old.get(key)) for key, one in _open(form, after(form), written).items()]
    return sorted(
        (Open(o, (o.record.kind, o.record.ref) == (own.kind, own.ref)) for o in found if o),
        key=lambda one: not one.own,
    )


def _new_of(now: Outcome, before: Outcome | None) -> Outcome | None:
    """An outcome with those of its gaps that were not there before; None where nothing is new."""
    if before is None:
        return now
    # A form adds parts elsewhere and changes none: a gap in a part that had it is old, whatever it is told together with.
    fields = {gap.field for gap in before.gaps if "." in gap.field}
    told = {(gap.field, gap.say) for gap in before.gaps}
    new = tuple(gap for gap in now.gaps if gap.field not in fields and (gap.field, gap.say) not in told)
    return now._replace(gaps=new) if new else None


def _open(
    form: Form, register: Register, of: Mapping[tuple[str, str], Documented]
) -> dict[tuple[str, str, str], Outcome]:
    """The open outcomes of these records, by record and rule."""
    report = check(_near(register, of), form.day)
    return {
        (o.record.kind, o.record.ref, o.rule.id): o
        for o in report.findings
        if o.open and o.rule.severity != "info" and (o.record.kind, o.record.ref) in of
    }


def _near(register: Register, written: Mapping[tuple[str, str], Documented]) -> Register:
    """The register with only those activities that are written: the others need not be judged now."""
    activities = {ref: a for ref, a in register.activities.items() if ("activity", ref) in written}
    return Register({**register.records, "activity": activities}, revision=register.revision)
