"""Theme X: places where a record contradicts itself or the rest of the register."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from ropa.gaps import rules
from ropa.gaps.case import Case
from ropa.gaps.outside import Place, leg_words, unrecorded_places
from ropa.gaps.rule import Answer, Gap, found, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, no_reason, shown
from ropa.model.activity import Activity
from ropa.model.at_path import at_path
from ropa.model.common import Documented, Statement
from ropa.model.organisation import Organisation
from ropa.model.renumber import beyond
from ropa.words import listing


@rule(
    "ROPA-X101",
    severity="risk",
    on="activity",
    ask="Do the data go to that place or not, and why not?",
    facts=("countries", "region_membership"),
    silenced_by=("ROPA-A107",),
    law="GDPR Art. 30(1)(e), 30(2)(c), 44; EDPB Guidelines 05/2021; EDPB Opinion 22/2024",
    applies="an activity whose list of transfers is empty",
    good="'EEA only': the host is in Germany and has no sub-processor abroad",
    bad="'No transfers', and the ticket desk lets a firm in the Philippines answer at night",
    fix="ropa activity set {ref} transfers+='{destination: COUNTRY, recipient: ORGANISATION, mechanism: MECHANISM}'",
    otherwise='ropa activity state {ref} transfers --reason "COUNTRY: …"',
)
def no_transfers_claimed(activity: Activity, case: Case) -> Answer:
    """Explain 'no transfers' where vendors, systems or their suppliers are abroad.

    A recipient, the service used of it, a system's host or vendor, or a processor's own processor outside the EEA speaks for
    a transfer. Where there is none all the same, the statement's reason names that place and says why.
    """
    if case.legs(activity):
        return not_applicable("Transfers are recorded.")
    places = unrecorded_places(activity, case)
    if not places:
        return met("No recipient or system outside the EEA is known, or the statement names it.")
    countries = listing(dict.fromkeys(place.called for place in places))
    first, *others = map(_claimed_away, places)
    state = f'ropa activity state {{ref}} transfers --reason "{countries}: …"'
    return missing(Gap(*first[:4], otherwise=state), *others)


@lru_cache(maxsize=8192)
def _claimed_away(place: Place) -> Gap:
    say = f"No transfer is recorded, but {place.say} is outside the EEA."
    fix = "ropa activity unstate {ref} transfers && ropa activity set {ref} "
    fix += f"transfers+='{{{leg_words(place)}, mechanism: MECHANISM}}'"
    return Gap("transfers", say, place.country, fix, otherwise="")


@rule(
    "ROPA-X107",
    severity="risk",
    on="activity entity client",
    ask="Does the statement still hold?",
    law="GDPR Art. 5(2); Art. 30(1), 30(2)",
    applies="a record with a statement",
    good="Recipients do not apply, with the reason, and none are listed",
    bad="Transfers do not apply, and two legs below",
    fix="ropa {noun} unstate {ref} {field}",
)
def statements(record: Activity | Organisation, case: Case) -> Answer:  # noqa: ARG001
    """Do not claim 'not applicable' against the facts.

    A statement is an answer only where it gives a reason (two words at least, and no placeholder) and names a field or rule
    that exists. "Does not apply" is one only while the field is empty; "checked, is right" speaks of what stands there.
    """
    if not record.statements:
        return not_applicable("No statement is made.")
    gaps = [gap for n, one in enumerate(record.statements, 1) if (gap := _lazy(n, one, record)) is not None]
    return found(
        gaps, "Every statement has a reason and names what it is about; what does not apply is empty."
    )


def _lazy(n: int, one: Statement, record: Documented) -> Gap | None:
    path = one.about or ""
    remove = f"ropa {{noun}} set {{ref}} statements-={n}"
    if blank(path):
        return Gap("statements", "A statement does not say what it is about.", shown(one.reason), fix=remove)
    names_rule = path.upper().startswith("ROPA-")
    values = [] if names_rule else list(at_path(record, path.split(".")))
    if one.says == "does not apply" and values and not any(map(_empty, values)):
        return _on_filled(path)
    if no_reason(one.reason):
        say = f"The statement on {shown(path)} gives no reason: two words at least, and no placeholder."
        return Gap(path, say, shown(one.reason), fix='ropa {noun} state {ref} {field} --reason "…"')
    if one.says is None:
        say = f"The statement on {shown(path)} says neither that it does not apply nor that it was checked."
        return Gap(path, say, fix=remove)
    if names_rule and path.upper() not in rules.RULES:
        return Gap(path, f"The statement names {shown(path)}, and there is no such rule.", fix=remove)
    if not names_rule and not values:
        return Gap(path, f"The statement is about {shown(path)}, which the record does not have.", fix=remove)
    return None


@lru_cache(maxsize=1024)
def _on_filled(path: str) -> Gap:
    return Gap(path, f"The statement on '{shown(path)}' says 'does not apply', but the field is filled.")


def _empty(value: Any) -> bool:
    if value is None or value == ():
        return True
    if isinstance(value, BaseModel):
        return all(_empty(inner) for _, inner in value)
    return isinstance(value, str) and blank(value)


@rule(
    "ROPA-X111",
    severity="risk",
    on="activity",
    ask="Which purposes use these data?",
    law="GDPR Art. 5(1)(b); Art. 30(1)(b), 30(1)(c)",
    applies="an activity with a line of data that names its purposes by number",
    good="Bank account: for purpose 1, Pay wages",
    bad="Bank account: for purpose 4, and the record has three",
    fix="ropa activity set {ref} {field}=…",
)
def purposes_of_data(activity: Activity, case: Case) -> Answer:  # noqa: ARG001
    """Let each line of data name purposes that the record has.

    Data are collected for specified purposes (Art. 5(1)(b)). A number behind which no purpose stands says that there is a
    purpose, and not which. It can come in by an import only: where it is typed it is refused.
    """
    last = 0
    for line in activity.data:  # nearly all are right, and are gone through without a call
        if line.purposes:
            last = max(last, *line.purposes)
    if not last:
        return not_applicable("No line of data names its purposes.")
    if last <= len(activity.purposes):
        return met("The purposes that its data name are there.")
    gaps = [
        Gap(
            f"{parts}.{int(n) + 1}.{name}",
            f"It names purpose {number}, and the record has {len(activity.purposes)}.",
            str(number),
        )
        for (parts, n, *_), name, number in beyond(activity)
    ]
    return found(gaps, "The purposes that its data name are there.")
