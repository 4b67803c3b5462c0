"""What an activity has that rules are about: found in one walk, so that a rule is called only where it has something to ask.

A rule names its trait (`about=`). Of an activity without it the rule says the sentence that stands here, and is not called.
"""

from collections.abc import Mapping

from ropa.gaps.case import Case
from ropa.model.activity import Activity

TRAITS: Mapping[str, str] = {
    "a processor": "No current processor is recorded.",
    "a joint controller": "No joint controller is recorded.",
    "clauses": "No current transfer rests on standard clauses of the Commission.",
    "another safeguard": "No current transfer rests on another tool of Art. 46 or 47.",
    "corporate rules": "No current transfer rests on binding corporate rules.",
    "a derogation": "No current transfer rests on a derogation of Art. 49(1), first subparagraph.",
    "an assessed transfer": "No assessment of a current transfer is dated.",
}
"""Each trait, and what is said of an activity that lacks it."""

_BIT = {trait: 1 << n for n, trait in enumerate(TRAITS)}
_ROLES = {"processor": _BIT["a processor"], "joint controller": _BIT["a joint controller"]}
CLAUSES = "46-2-c"
CORPORATE_RULES = ("46-2-b", "47-bcr-c", "47-bcr-p")
OTHER_SAFEGUARDS = ("46-2-a", "46-2-d", "46-2-e", "46-2-f", "46-3-a", "46-3-b", *CORPORATE_RULES)
DEROGATIONS = ("49-1-a", "49-1-b", "49-1-c", "49-1-d", "49-1-e", "49-1-f", "49-1-g")
_MECHANISMS = (
    {CLAUSES: _BIT["clauses"]}
    | dict.fromkeys(OTHER_SAFEGUARDS, _BIT["another safeguard"])
    | dict.fromkeys(CORPORATE_RULES, _BIT["another safeguard"] | _BIT["corporate rules"])
    | dict.fromkeys(DEROGATIONS, _BIT["a derogation"])
)


def traits(activity: Activity, case: Case) -> int:
    """The traits of an activity, a bit for each."""
    found = 0
    if activity.recipients:
        for _, one in case.recipients(activity):
            found |= _ROLES.get(one.role or "", 0)
    if activity.transfers:
        for _, leg in case.legs_abroad(activity):
            found |= _MECHANISMS.get(leg.mechanism or "", 0)
            if leg.tia_date is not None:
                found |= _BIT["an assessed transfer"]
    return found


def lacks(found: int, trait: str) -> bool:
    """Whether an activity with these traits lacks one; no rule lacks what it does not name."""
    return bool(trait) and not found & _BIT[trait]
