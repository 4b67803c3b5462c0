"""Theme T, derogations: transfers on an exception of Art. 49(1), first subparagraph."""

from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, found, rule
from ropa.gaps.texts import no_reason, shown
from ropa.gaps.traits import DEROGATIONS
from ropa.model.activity import Activity

_WHY = {
    "49-1-b": "why the transfer is occasional",
    "49-1-c": "why the transfer is occasional",
    "49-1-d": "which law of the Union or a Member State recognises the interest",
    "49-1-e": "why the transfer is occasional",
    "49-1-g": "which law opens the register, and that not all of it goes",
}
_WHY_ELSE = "why neither a decision nor a safeguard can be used"
_NOT_FOR_AUTHORITIES = ("49-1-a", "49-1-b", "49-1-c")


@rule(
    "ROPA-T109",
    severity="risk",
    on="activity",
    about="a derogation",
    ask="Why is this a case for an exception, and not for clauses or a decision?",
    law="GDPR Art. 49(1)-(4); recitals 111, 112; EDPB Guidelines 2/2018 (25 May 2018)",
    applies="a current leg on a derogation of Art. 49(1), first subparagraph",
    good="One booking of a hotel abroad, not repeated: 49(1)(b)",
    bad="Each month's payroll to a host in the US, on consent",
    fix="ropa activity set {ref} {field}='…'",
)
def derogation(activity: Activity, case: Case) -> Answer:
    """Keep derogations exceptional.

    The Board reads them narrowly. That contract and claims allow occasional transfers only stands in recital 111; for the
    others it is the Board's view, which not all lawyers share: the record says why the case fits. Points (a) to (c) are closed
    to public authorities in the exercise of their public powers: where the transfer is none, state it on ROPA-T109.
    """
    entity = case.organisation(activity.entity)
    public = bool(entity and entity.public_body) and not case.explained(activity, "ROPA-T109")
    gaps = []
    for n, leg in case.legs_abroad(activity):
        if leg.mechanism not in DEROGATIONS:
            continue
        label = case.label("mechanisms", leg.mechanism)
        if no_reason(leg.scope_reason):
            say = f"The transfer to {case.where(leg)} rests on '{label}'; {_WHY.get(leg.mechanism, _WHY_ELSE)} is not recorded."
            gaps.append(Gap(f"transfers.{n}.scope_reason", say, shown(leg.scope_reason)))
        if public and leg.mechanism in _NOT_FOR_AUTHORITIES:
            say = (
                f"The entity is a public body; why Art. 49(3) does not close '{label}' to it is not recorded."
            )
            fix = 'ropa activity state {ref} ROPA-T109 --reason "…"'
            gaps.append(Gap(f"transfers.{n}.mechanism", say, leg.mechanism, fix=fix))
    return found(gaps, "Each derogation has its reason.")
