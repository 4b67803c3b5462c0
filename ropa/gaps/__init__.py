"""The gap analysis: what the record lacks, as of a day, with the law and the one thing to do.

A finding says what is not recorded. It never says that the processing infringes anything: an incomplete record does not make
the processing unlawful (CJEU C-60/22).
"""

from ropa.gaps.checking import check
from ropa.gaps.memo import Memo, memo
from ropa.gaps.outcome import Outcome
from ropa.gaps.report import Report, Score, report_as_plain
from ropa.gaps.rule import Gap, Rule
from ropa.gaps.rules import RULES, rule_of

__all__ = [
    "RULES",
    "Gap",
    "Memo",
    "Outcome",
    "Report",
    "Rule",
    "Score",
    "check",
    "memo",
    "report_as_plain",
    "rule_of",
]
