"""The report as a manager reads it: the state, what matters first, theme by theme, and who must answer what.

Plain values only, as the memo's; the files of `ropa gaps --out` are made of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ropa.gaps.grouping import Group, groups_of, who_knows
from ropa.gaps.memo import Memo
from ropa.gaps.outcome import Outcome
from ropa.gaps.report import SCORED, Report, Score
from ropa.gaps.rule import MET, MISSING, WAIVED
from ropa.gaps.texts import shown
from ropa.gaps.themes import THEMES, theme_of
from ropa.gaps.trend import Point
from ropa.model.register import Register
from ropa.words import listing

GAPS = (*SCORED, "quality")
"""The severities of a gap, the most serious first. What is left is a remark."""
NOBODY = "Nobody is named"


@dataclass(frozen=True)
class Theme:
    """The rules of one letter: what of their questions is answered, and what is open or waived."""

    letter: str
    name: str
    score: Score
    open: Mapping[str, int]
    findings: tuple[Outcome, ...]


@dataclass(frozen=True)
class Desk:
    """What one person, or one organisation outside, has to answer."""

    name: str
    open: Mapping[str, int]
    groups: tuple[Group, ...]
    findings: tuple[Outcome, ...]

    @property
    def total(self) -> int:
        """How many gaps wait for the answers."""
        return sum(self.open.values())


@dataclass(frozen=True)
class Overview:
    """A report, made ready for a file.

    house: of whom it speaks. trend: the month ends and the day itself, or nothing. given: of a file that was never imported,
    for which no command can mend anything.
    """

    house: str
    report: Report
    memo: Memo
    themes: tuple[Theme, ...]
    desks: tuple[Desk, ...]
    trend: tuple[Point, ...]
    given: bool

    @property
    def open(self) -> Mapping[str, int]:
        """Severity → how many gaps are open."""
        return {severity: self.report.summary[severity][MISSING] for severity in GAPS}

    @property
    def total(self) -> int:
        """How many gaps are open."""
        return sum(self.open.values())

    @property
    def first(self) -> tuple[Group, ...]:
        """What matters first: what ran out, then what the law asks; of the risks only where there is no such thing."""
        pressing = [one for one in self.memo.groups if one.expired or one.severity == "missing"]
        return tuple(pressing or self.memo.groups)[:5]


def overview(
    report: Report, memo: Memo, register: Register, trend: Sequence[Point] = (), *, given: bool = False
) -> Overview:
    """The report in themes and desks. report: as narrow as the memo."""
    ours = [shown(one.name) for one in register.organisations.values() if one.ours]
    house = listing(ours[:3]) + (f" and {len(ours) - 3} more" if len(ours) > 3 else "")
    findings = [one for one in report.findings if one.rule.severity != "info"]
    themes = tuple(_themes(report, findings))
    return Overview(house, report, memo, themes, _desks(findings, register), tuple(trend), given)


def _themes(report: Report, findings: Sequence[Outcome]) -> Iterator[Theme]:
    """The themes of which something was asked or is open, in the order of the page of the rules."""
    states = Counter(
        (theme_of(one), answer.state)
        for each in report.judged
        if each.scored
        for one, answer in zip(each.rules, each.answers, strict=True)
        if one.severity in SCORED
    )
    for letter, name in THEMES.items():
        own = tuple(one for one in findings if theme_of(one.rule) == letter)
        met, waived = states[letter, MET], states[letter, WAIVED]
        score = Score(met, met + waived + states[letter, MISSING], waived)
        if own or score.asked:
            yield Theme(letter, name, score, counted(own), own)


def _desks(findings: Sequence[Outcome], register: Register) -> tuple[Desk, ...]:
    """Whom to ask what; who has most of what the law asks comes first."""
    asked: dict[str, list[Outcome]] = {}
    for one in findings:
        if one.open:
            for who in dict.fromkeys(filter(None, who_knows(one, register))) or {NOBODY: None}:
                asked.setdefault(who, []).append(one)
    desks = [
        Desk(who, counted(own), groups_of(own, register), tuple(own)) for who, own in sorted(asked.items())
    ]
    return tuple(sorted(desks, key=lambda desk: [-desk.open[severity] for severity in GAPS]))


def counted(findings: Sequence[Outcome]) -> Mapping[str, int]:
    """Severity → how many of them are open."""
    counts = Counter(one.rule.severity for one in findings if one.open)
    return {severity: counts[severity] for severity in GAPS}
