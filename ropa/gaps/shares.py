"""How complete the register is, seen by activity, department, entity, owner or theme: shares that can be added up.

Each record counts once: an activity where it belongs, an organisation of ours to itself, and what several activities share in a
group of its own. So no department looks better for a vendor that another one answers for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ropa.gaps.report import COMPLETE, LEGAL_BASIS, Report, Score
from ropa.gaps.rule import MET, MISSING, NOT_APPLICABLE, WAIVED
from ropa.gaps.themes import THEMES, theme_of
from ropa.model.activity import Activity
from ropa.model.common import Documented
from ropa.model.organisation import Organisation

GROUPS = ("activity", "department", "entity", "owner", "theme")
SHARED = "(shared)"
"""The key of records that activities share: vendors, measures, retention rules, systems."""
_OPEN = ("missing", "risk", "quality")


@dataclass(frozen=True)
class Share:
    """One group. key: a ref, a name or the letter of a theme; "" where nobody said. name: what a person calls it.

    open: severity → open gaps, those of drafts too. drafts: activities that are drafts, and not scored. without_basis: refs of
    activities with a purpose that has no legal basis, waived or not.
    """

    key: str
    name: str
    score: Score
    open: Mapping[str, int]
    drafts: int
    without_basis: tuple[str, ...]

    def as_plain(self, by: str) -> dict[str, Any]:
        """The group as plain data, under the word by which it was grouped."""
        return {
            by: self.key or None,
            "name": self.name,
            "share": self.score.as_plain(),
            "open": dict(self.open),
            "drafts": self.drafts,
            "without_legal_basis": list(self.without_basis),
        }


def shares(report: Report, by: str) -> tuple[Share, ...]:
    """The groups, those first of which an activity has no legal basis, then the least complete. by: one of `GROUPS`."""
    scored: Counter[tuple[str, str]] = Counter()
    still_open: Counter[tuple[str, str]] = Counter()
    drafts: dict[str, set[str]] = {}
    unfounded: dict[str, list[str]] = {}
    for each in report.judged:
        draft = isinstance(each.record, Activity) and each.record.status == "draft"
        key = _key(by, each.record)
        for rule, answer in zip(each.rules, each.answers, strict=True):
            if by == "theme":
                key = theme_of(rule)
            drafts.setdefault(key, set()).update((each.record.ref,) if draft else ())
            if answer.state == NOT_APPLICABLE:
                continue
            if each.scored and rule.severity in COMPLETE:
                scored[key, answer.state] += 1
            if answer.state == MISSING:
                still_open[key, rule.severity] += 1
            if rule.id == LEGAL_BASIS and answer.state in (MISSING, WAIVED):
                unfounded.setdefault(key, []).append(each.record.ref)
    names = _names(report, by)
    found = [
        Share(
            key,
            names.get(key, key or "nobody said"),
            _score(scored, key),
            {severity: still_open[key, severity] for severity in _OPEN},
            len(refs),
            tuple(unfounded.get(key, ())),
        )
        for key, refs in drafts.items()
    ]
    return tuple(sorted(found, key=_worst_first))


def _key(by: str, record: Documented) -> str:
    """Where a record belongs; what a theme asks belongs to the rule."""
    if isinstance(record, Activity):
        return record.ref if by == "activity" else (getattr(record, by, None) or "").strip()
    return record.ref if by == "entity" and isinstance(record, Organisation) and record.ours else SHARED


def _names(report: Report, by: str) -> Mapping[str, str]:
    """Key → name, where the key is not a name itself."""
    if by == "theme":
        return THEMES
    kinds: Mapping[str, type[Documented]] = {"activity": Activity, "entity": Organisation}
    of = kinds.get(by)
    named = {
        each.record.ref: each.record.name for each in report.judged if of and isinstance(each.record, of)
    }
    return named | {SHARED: "vendors, measures, periods, systems that activities share"}


def _score(states: Counter[tuple[str, str]], key: str) -> Score:
    met, waived = states[key, MET], states[key, WAIVED]
    return Score(met, met + waived + states[key, MISSING], waived)


def _worst_first(one: Share) -> tuple[bool, bool, float]:
    """Where nothing was asked stands last: that is no praise."""
    asked = one.score.asked
    return not one.without_basis, not asked, one.score.answered / asked if asked else 0


def shares_as_plain(
    report: Report, groups: Sequence[str] = ("activity", "department", "entity", "theme")
) -> dict[str, Any]:
    """The share of the whole, and of each group, as plain data."""
    return {
        "share": report.score.as_plain(),
        "without_legal_basis": list(report.without_basis),
        "shares": {by: [one.as_plain(by) for one in shares(report, by)] for by in groups},
    }
