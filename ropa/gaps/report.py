"""What a check found: one outcome per rule and record, counts, the score."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from ropa.gaps.rule import MET, MISSING, NOT_APPLICABLE, SEVERITIES, WAIVED, Gap, Rule
from ropa.gaps.texts import is_placeholder
from ropa.model.activity import Activity
from ropa.model.calling import command_of
from ropa.model.common import Documented
from ropa.model.notice import Waiver

SCORED = ("missing", "risk")
"""The severities that count in a score, each outcome with the weight 1."""


class Outcome(NamedTuple):
    """What a rule says of a record.

    state: met, missing (people read "open" for risk and quality), not_applicable, or waived. scored: False for a draft and what only
    drafts use. waiver: what accepts the gap, or, on a missing outcome, the waiver that ran out. unjudged: the rule stopped
    with an error, so the record counts as missing (unknown is never met).
    """

    rule: Rule
    record: Documented
    state: str
    reason: str
    gaps: tuple[Gap, ...] = ()
    scored: bool = False
    waiver: Waiver | None = None
    unjudged: bool = False

    @property
    def open(self) -> bool:
        """Whether something is lacking and nobody accepted that."""
        return self.state == MISSING

    @property
    def draft(self) -> bool:
        """Whether the record is a draft: checked, and not scored."""
        return isinstance(self.record, Activity) and self.record.status == "draft"

    @property
    def field(self) -> str:
        """The paths of the gaps, joined with ", "; parts are counted from 1."""
        return ", ".join(dict.fromkeys(gap.field for gap in self.gaps))

    @property
    def message(self) -> str:
        """What is lacking, the first five places in words."""
        says = list(dict.fromkeys(map(_said, self.gaps)))
        more = f" And {len(says) - 5} more." if len(says) > 5 else ""
        ran_out = (
            f" Waiver {self.waiver.ref} ran out on {self.waiver.until}." if self.waiver and self.open else ""
        )
        return " ".join(says[:5]) + more + ran_out

    @property
    def fix(self) -> str:
        """The commands that close it, with the record's own ref; several are joined with " && "."""
        return _joined(self._filled(g, self.rule.fix if g.fix is None else g.fix) for g in self.gaps)

    @property
    def otherwise(self) -> str:
        """The statement that answers instead, as commands; "" where the rule takes none."""
        return _joined(
            self._filled(g, self.rule.otherwise if g.otherwise is None else g.otherwise) for g in self.gaps
        )

    def _filled(self, gap: Gap, template: str) -> str:
        return (
            template.replace("{ref}", self.record.ref)
            .replace("{field}", gap.field)
            .replace("{noun}", noun(self.record))
        )


def _said(gap: Gap) -> str:
    """The message of a gap; with the placeholder that stands there, so that Q101 need not tell it once more."""
    told = not gap.seen or f"'{gap.seen}'" in gap.say or not is_placeholder(gap.seen)
    return gap.say if told else f"{gap.say} '{gap.seen}' stands there and is a placeholder."


def noun(record: Documented) -> str:
    """The word by which the command line knows such a record."""
    return command_of(type(record), ours=getattr(record, "ours", None))


def _joined(commands: Iterator[str]) -> str:
    """Several commands as one line: `set` on the same record becomes one command, others follow each other."""
    sets: dict[str, list[str]] = {}
    for one in (part for command in commands for part in command.split(" && ") if part):
        words = one.split(" ", 4)
        if len(words) == 5 and words[2] == "set":
            sets.setdefault(" ".join(words[:4]), []).append(words[4])
        else:
            sets.setdefault(one, [])
    return " && ".join(" ".join((head, *dict.fromkeys(tails))) for head, tails in sets.items())


@dataclass(frozen=True)
class Score:
    """How many of the questions that law and prudence ask are answered. Waived gaps count as asked, never as met."""

    met: int
    asked: int
    waived: int

    @property
    def text(self) -> str:
        """Such as "17/18 = 94 % (1 waived)", rounded down so that only all is 100; "–" where nothing was asked."""
        if not self.asked:
            return "–"
        waived = f" ({self.waived} waived)" if self.waived else ""
        return f"{self.met}/{self.asked} = {100 * self.met // self.asked} %{waived}"

    @property
    def full(self) -> bool:
        """Whether something was asked and all of it is met."""
        return 0 < self.asked == self.met


@dataclass(frozen=True)
class Report:
    """The gap analysis of one register on one day.

    facts: name of each table that the rules read → the day it was last checked. stale: those older than their shelf life.
    """

    as_of: date
    revision: int
    hash: str
    facts: Mapping[str, date]
    stale: tuple[str, ...]
    outcomes: tuple[Outcome, ...]

    @cached_property
    def findings(self) -> tuple[Outcome, ...]:
        """What is missing or waived, worst first: what expired by its date, then missing, contradictions, the rest."""
        return tuple(sorted((o for o in self.outcomes if o.state in (MISSING, WAIVED)), key=urgency))

    @property
    def unjudged(self) -> tuple[Outcome, ...]:
        """Outcomes of rules that stopped with an error: these records could not be judged."""
        return tuple(o for o in self.outcomes if o.unjudged)

    @cached_property
    def summary(self) -> Mapping[str, Mapping[str, int]]:
        """Severity → how many outcomes are missing, waived, met, not applicable."""
        counts = Counter((o.rule.severity, o.state) for o in self.outcomes)
        states = (MISSING, WAIVED, MET, NOT_APPLICABLE)
        return {severity: {state: counts[severity, state] for state in states} for severity in SEVERITIES}

    @cached_property
    def score(self) -> Score:
        """The score of the register: all live records in one fraction, so that none weighs more than its questions."""
        return _score([o for o in self.outcomes if o.scored])

    @cached_property
    def scores(self) -> Mapping[tuple[str, str], Score]:
        """(kind, ref) → the score of each live record."""
        by_record: dict[tuple[str, str], list[Outcome]] = {}
        for one in self.outcomes:
            if one.scored:
                by_record.setdefault((one.record.kind, one.record.ref), []).append(one)
        return {key: _score(outcomes) for key, outcomes in by_record.items()}

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader must know before the findings: other law, rules that failed, facts past their shelf life."""
        other = [o.message for o in self.outcomes if o.open and o.rule.severity == "info"]
        failed = Counter(o.rule.id for o in self.unjudged)
        return (
            *other,
            *(
                f"{rule} could not judge {n} records: a fault of ropa, please report it."
                for rule, n in failed.items()
            ),
            *(
                f"The facts '{name}' were last checked on {self.facts[name]} and may be out of date."
                for name in self.stale
            ),
        )

    def narrowed(self, keep: Callable[[Outcome], bool]) -> "Report":
        """The same report with only the outcomes that are asked for; counts and scores follow."""
        return replace(self, outcomes=tuple(filter(keep, self.outcomes)))


def _score(outcomes: list[Outcome]) -> Score:
    states = Counter(o.state for o in outcomes if o.rule.severity in SCORED)
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
    return {
        "as_of": report.as_of.isoformat(),
        "revision": report.revision,
        "hash": report.hash,
        "facts": {name: day.isoformat() for name, day in report.facts.items()},
        "summary": {severity: dict(counts) for severity, counts in report.summary.items()},
        "findings": [_plain(one) | ({"outcome": one.state} if all else {}) for one in outcomes],
    }


def _state_first(one: Outcome) -> tuple[int, tuple[int, date]]:
    return (MISSING, WAIVED, MET, NOT_APPLICABLE).index(one.state), urgency(one)


def _plain(one: Outcome) -> dict[str, Any]:
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
