"""What a check found: one outcome per rule and record, counts, the score."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from ropa.gaps.outcome import STATES, Judged, Outcome
from ropa.gaps.rule import MET, MISSING, SEVERITIES, WAIVED, Rule
from ropa.model.redacted import Unknown, in_words

SCORED = ("missing", "risk")
"""The severities that press: what the law asks, and what a person must look at."""
COMPLETE = ("missing",)
"""The severities of which a record has to answer every question to be complete, each with the weight 1."""
LEGAL_BASIS = "ROPA-L101"
"""The rule whose gap no share outweighs: without a basis nothing may be done at all (Art. 6(1))."""

_FEW = 4
"""Remarks of one rule that are told one by one; more share a line, which names so many."""


@dataclass(frozen=True)
class Score:
    """How many of the questions that the law asks are answered: met, or waived with a reason, and shown as such.

    What does not apply, or was stated not to, is not asked; a waiver that ran out answers nothing.
    """

    met: int
    asked: int
    waived: int

    @property
    def answered(self) -> int:
        """How many are met or waived."""
        return self.met + self.waived

    @property
    def percent(self) -> int | None:
        """The share in percent, rounded down so that only all is 100; None where nothing was asked."""
        return 100 * self.answered // self.asked if self.asked else None

    @property
    def text(self) -> str:
        """Such as "17/18 = 94 % (1 waived)"; "–" where nothing was asked."""
        if not self.asked:
            return "–"
        waived = f" ({self.waived} waived)" if self.waived else ""
        return f"{self.answered}/{self.asked} = {self.percent} %{waived}"

    @property
    def full(self) -> bool:
        """Whether something was asked and all of it is answered: complete."""
        return 0 < self.asked == self.answered

    def as_plain(self) -> dict[str, Any]:
        """The share as plain data."""
        return {
            "answered": self.answered,
            "asked": self.asked,
            "waived": self.waived,
            "percent": self.percent,
            "complete": self.full,
        }


@dataclass(frozen=True)
class Report:
    """The gap analysis of one register on one day.

    facts: name of each table that the rules read → the day it was last checked. stale: those older than their shelf life.
    own: name of each that is the organisation's own → the day it was gone through. known_by: the day as of which facts were known; None: all that is known. unknown: what of a past state was taken out of the history since, and not judged.
    """

    as_of: date
    revision: int
    hash: str
    facts: Mapping[str, date]
    stale: tuple[str, ...]
    judged: tuple[Judged, ...]
    unknown: tuple[Unknown, ...] = ()
    own: Mapping[str, date] = field(default_factory=dict)
    known_by: date | None = None

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Everything that every rule says, also what is met and what does not apply."""
        return tuple(one for each in self.judged for one in each.outcomes())

    @cached_property
    def findings(self) -> tuple[Outcome, ...]:
        """What is missing or waived, worst first: what expired by its date, then missing, contradictions, the rest."""
        lacking = (one for each in self.judged for one in each.outcomes((MISSING, WAIVED)))
        return tuple(sorted(lacking, key=urgency))

    @property
    def unjudged(self) -> tuple[Outcome, ...]:
        """Outcomes of rules that stopped with an error: these records could not be judged."""
        return tuple(o for o in self.findings if o.unjudged)

    @cached_property
    def summary(self) -> Mapping[str, Mapping[str, int]]:
        """Severity → how many outcomes are missing, waived, met, not applicable."""
        counts = Counter(
            (one.severity, answer.state)
            for each in self.judged
            for one, answer in zip(each.rules, each.answers, strict=True)
        )
        return {severity: {state: counts[severity, state] for state in STATES} for severity in SEVERITIES}

    @cached_property
    def score(self) -> Score:
        """The score of the register: all live records in one fraction, so that none weighs more than its questions."""
        return _score([each for each in self.judged if each.scored])

    @cached_property
    def scores(self) -> Mapping[tuple[str, str], Score]:
        """(kind, ref) → the score of each live record."""
        return {
            (each.record.kind, each.record.ref): _score([each])
            for each in self.judged
            if each.scored and each.rules
        }

    @cached_property
    def without_basis(self) -> tuple[str, ...]:
        """Refs of the activities of which a purpose has no legal basis; drafts too, and those where somebody waived it."""
        return tuple(
            each.record.ref
            for each in self.judged
            for one in each.outcomes((MISSING, WAIVED))
            if one.rule.id == LEGAL_BASIS
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader must know before the findings: other law, rules that failed, facts past their shelf life."""
        failed = Counter(o.rule.id for o in self.unjudged)
        return (
            *self._remarks(),
            *(
                f"{rule} could not judge {n} records: a fault of ropa, please report it."
                for rule, n in failed.items()
            ),
            *((in_words(self.unknown),) if self.unknown else ()),
            *self.on_facts,
        )

    def _remarks(self) -> Iterator[str]:
        """What is said beside the findings, and counts nowhere: many of one rule in a line."""
        said: dict[Rule, list[Outcome]] = {}
        for one in self.findings:
            if one.open and one.rule.severity == "info":
                said.setdefault(one.rule, []).append(one)
        for rule, each in said.items():
            if len(each) < _FEW:
                yield from (one.message for one in each)
            else:
                refs = [one.record.ref for one in each]
                rest = f" and {len(refs) - _FEW} more" if len(refs) > _FEW else ""
                short = rule.id.removeprefix("ROPA-")
                yield f"{rule.title}: {', '.join(refs[:_FEW])}{rest}. Why: ropa rules show {short}"

    @property
    def on_facts(self) -> tuple[str, ...]:
        """What a reader must know of the facts that were used."""
        return (
            *self._whose(),
            *(
                f"The facts '{name}' were last checked on {self.facts[name]} and may be out of date: ropa facts show {name}"
                for name in self.stale
            ),
        )

    def _whose(self) -> Iterator[str]:
        for name, day in self.own.items():
            yield f"'{name}' is your own table, gone through on {day}: ropa facts show {name}"
        if self.known_by:
            yield f"Facts as they were known on {self.known_by}, as far as they are dated; what bears no date is as known today."

    def narrowed(self, keep: Callable[[Outcome], bool]) -> "Report":
        """The same report with only the outcomes that are asked for; counts and scores follow."""
        return replace(self, judged=tuple(each.narrowed(keep) for each in self.judged))


def _score(judged: Iterable[Judged]) -> Score:
    states = Counter(
        answer.state
        for each in judged
        for one, answer in zip(each.rules, each.answers, strict=True)
        if one.severity in COMPLETE
    )
    return Score(states[MET], states[MET] + states[MISSING] + states[WAIVED], states[WAIVED])


def urgency(one: Outcome) -> tuple[int, date]:
    """The order for a reader under stress; equals keep the order of the register."""
    expired = min((gap.expired for gap in one.gaps if gap.expired), default=None)
    if one.state == WAIVED:
        return 5, date.max
    if one.rule.severity == "info":
        return 4, date.max
    if expired and one.rule.severity in SCORED:
        return 0, expired
    if one.rule.severity == "missing":
        return 1, date.max
    if one.rule.id.startswith("ROPA-X"):
        return 2, date.max
    return 3, expired or date.max


def report_as_plain(report: Report, *, all: bool = False) -> dict[str, Any]:
    """The report as plain data, as `ropa gaps --json` prints it. all: met and not-applicable outcomes too."""
    outcomes = report.findings if not all else tuple(sorted(report.outcomes, key=_state_first))
    unknown = [{"kind": u.kind, "ref": u.ref, "field": u.path, "mark": u.mark} for u in report.unknown]
    return {
        "as_of": report.as_of.isoformat(),
        "revision": report.revision,
        "hash": report.hash,
        "facts": {name: day.isoformat() for name, day in report.facts.items()},
        "summary": {severity: dict(counts) for severity, counts in report.summary.items()},
        "findings": [finding_as_plain(one) | ({"outcome": one.state} if all else {}) for one in outcomes],
    } | _where_said(
        unknown=unknown,
        own_facts=list(report.own),
        facts_as_of=report.known_by and report.known_by.isoformat(),
    )


def _where_said(**more: Any) -> dict[str, Any]:
    """What stands in the JSON only where there is something to say."""
    return {name: value for name, value in more.items() if value}


def _state_first(one: Outcome) -> tuple[int, tuple[int, date]]:
    return STATES.index(one.state), urgency(one)


def finding_as_plain(one: Outcome) -> dict[str, Any]:
    """One finding as plain data, as every JSON of ropa has it."""
    fix, otherwise = one.fix, one.otherwise
    return {
        "rule": one.rule.id,
        "severity": one.rule.severity,
        "kind": one.record.kind,
        "ref": one.record.ref,
        "name": one.record.name,
        "field": one.field,
        "message": one.message or one.reason,
        "law": one.rule.law,
        "fix": f"{fix}; or: {otherwise}" if fix and otherwise else fix or otherwise,
        "waived": one.state == WAIVED,
    }
