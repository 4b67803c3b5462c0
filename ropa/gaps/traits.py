"""What an activity has that rules are about: found in one walk, so that a rule is called only where it has something to ask.

A rule names its trait (`about=`). Of an activity without it the rule says the sentence that stands here, and is not called.
"""

from collections.abc import Mapping

from ropa.gaps.case import CRIMINAL, Case
from ropa.model.activity import Activity

TRAITS: Mapping[str, str] = {
    "a processor": "No current processor is recorded.",
    "a joint controller": "No joint controller is recorded.",
    "a client": "No current client is recorded.",
    "a basis of law": "No purpose rests on a basis or condition that depends on law.",
    "a contract": "No purpose rests on a contract.",
    "consent": "No purpose rests on consent.",
    "legitimate interests": "No purpose rests on legitimate interests.",
    "a condition": "No purpose has a condition of Art. 9(2).",
    "health care": "No purpose rests on 9(2)(h).",
    "special data": "No special category of data is recorded.",
    "criminal data": "No data on convictions and offences are recorded.",
    "data that need more": "Neither special or criminal data nor a large scale are recorded.",
    "an automated decision": "No decision under Art. 22 is recorded.",
    "criteria": "No criterion for an impact assessment is answered.",
    "two criteria": "Not two of the nine criteria are met.",
    "a case of Art. 35(3)": "No case of Art. 35(3) can be seen.",
    "an assessment": "No impact assessment is recorded.",
    "a transfer": "No transfer is recorded.",
    "a transfer abroad": "No current leg is known to leave the EEA.",
    "adequacy": "No current transfer rests on an adequacy decision.",
    "clauses": "No current transfer rests on standard clauses of the Commission.",
    "another safeguard": "No current transfer rests on another tool of Art. 46 or 47.",
    "corporate rules": "No current transfer rests on binding corporate rules.",
    "a derogation": "No current transfer rests on a derogation of Art. 49(1), first subparagraph.",
    "an assessed transfer": "No assessment of a current transfer is dated.",
}
"""Each trait, and what is said of an activity that lacks it."""

_BIT = {trait: 1 << n for n, trait in enumerate(TRAITS)}
ALL = (1 << len(TRAITS)) - 1
"""The traits of a record that is no activity: every rule that may ask it does."""
_ROLES = {"processor": _BIT["a processor"], "joint controller": _BIT["a joint controller"]}
CLAUSES = "46-2-c"
CORPORATE_RULES = ("46-2-b", "47-bcr-c", "47-bcr-p")
OTHER_SAFEGUARDS = ("46-2-a", "46-2-d", "46-2-e", "46-2-f", "46-3-a", "46-3-b", *CORPORATE_RULES)
DEROGATIONS = ("49-1-a", "49-1-b", "49-1-c", "49-1-d", "49-1-e", "49-1-f", "49-1-g")
_MECHANISMS = (
    {"45": _BIT["adequacy"], CLAUSES: _BIT["clauses"]}
    | dict.fromkeys(OTHER_SAFEGUARDS, _BIT["another safeguard"])
    | dict.fromkeys(CORPORATE_RULES, _BIT["another safeguard"] | _BIT["corporate rules"])
    | dict.fromkeys(DEROGATIONS, _BIT["a derogation"])
)


def _several(*traits: str) -> int:
    return sum(_BIT[trait] for trait in traits)


_BASES = {
    "6(1)(a)": _several("consent"),
    "6(1)(b)": _several("a contract"),
    "6(1)(c)": _several("a basis of law"),
    "6(1)(e)": _several("a basis of law"),
    "6(1)(f)": _several("legitimate interests"),
}
_CONDITIONS = dict.fromkeys((f"9(2)({letter})" for letter in "abcdefghij"), _several("a condition")) | {
    "9(2)(a)": _several("a condition", "consent"),
    "9(2)(h)": _several("a condition", "a basis of law", "health care"),
    **dict.fromkeys((f"9(2)({letter})" for letter in "bgij"), _several("a condition", "a basis of law")),
}
_SPECIAL = _several("special data", "data that need more")
_CRIMINAL = _several("criminal data", "data that need more")


def traits(activity: Activity, case: Case) -> int:
    """The traits of an activity, a bit for each."""
    found = _of_purposes(activity) | _of_data(activity, case)
    if activity.recipients:
        for _, one in case.recipients(activity):
            found |= _ROLES.get(one.role or "", 0)
    if activity.clients and case.clients_of(activity):
        found |= _BIT["a client"]
    if activity.transfers:
        found |= _of_transfers(activity, case)
    if activity.criteria:
        found |= _of_criteria(activity)
    if activity.automated_decisions == "article 22":
        found |= _BIT["an automated decision"]
    dpia = activity.dpia
    if dpia is not None and not (dpia.reference is None and dpia.date is None and dpia.outcome is None):
        found |= _BIT["an assessment"]
    return found


def _of_criteria(activity: Activity) -> int:
    answers = {one.criterion for one in activity.criteria if one.answer == "met"}
    found = _BIT["criteria"]
    if len(answers) > 1:
        found |= _BIT["two criteria"]
    if "large-scale" in answers:
        found |= _BIT["data that need more"] | _BIT["a case of Art. 35(3)"]
    elif "evaluation" in answers and "automated-decision" in answers:
        found |= _BIT["a case of Art. 35(3)"]
    return found


def _of_purposes(activity: Activity) -> int:
    found = 0
    for purpose in activity.purposes:
        if (basis := purpose.legal_basis) is not None:
            found |= _BASES.get(basis, 0)
        if (condition := purpose.art9_condition) is not None:
            found |= _CONDITIONS.get(condition, 0)
    return found


def _of_data(activity: Activity, case: Case) -> int:
    found, sorts = 0, case.sorts
    for line in activity.data:
        if line.category in sorts:
            found |= _CRIMINAL if sorts[line.category] == CRIMINAL else _SPECIAL
    return found


def _of_transfers(activity: Activity, case: Case) -> int:
    found = _BIT["a transfer"]
    for _, leg in case.legs_abroad(activity):
        found |= _BIT["a transfer abroad"]
        found |= _MECHANISMS.get(leg.mechanism or "", 0)
        if leg.tia_date is not None:
            found |= _BIT["an assessed transfer"]
    return found


def bit(trait: str) -> int:
    """The bit of a trait; 0 for "", of which no rule asks whether it is there."""
    return _BIT[trait] if trait else 0
