"""Theme R: retention rules, how long and from when."""

import re

from ropa.days import years
from ropa.gaps.case import Case
from ropa.gaps.rule import Answer, Gap, met, missing, not_applicable, rule
from ropa.gaps.texts import blank, shown, vague_phrase
from ropa.model.catalogue import RetentionRule
from ropa.reference.wording import tells

LONGEST = 30
"""Years. Our setting, and not law: beyond it a ground is asked for."""


def endless(text: str | None) -> bool:
    """Whether a criterion says that data are kept without end. One with a figure in it names an end."""
    return text is not None and len(text) <= 1000 and not re.search(r"\d", text) and tells(text, "endless")


@rule(
    "ROPA-R101",
    severity="missing",
    on="retention",
    ask="For how long, and from when, are these data kept?",
    facts=("vague_words", "telling_words"),
    law="GDPR Art. 30(1)(f); Art. 5(1)(e); Art. 13(2)(a), 14(2)(a); recital 39",
    applies="a retention rule that a controller's activity uses",
    good="3 years from the last contact",
    bad="While we need it",
    fix="ropa retention set {ref} period=PERIOD starts='…'",
)
def limit(retention: RetentionRule, case: Case) -> Answer:  # noqa: ARG001
    """Give each retention rule a limit that can be worked out.

    Two people must come to the same day of erasure. A period of review counts (recital 39). That data are kept without end
    can be applied as well: ROPA-R102 asks about it.
    """
    if retention.period:
        return met("It has a period.")
    if blank(retention.criterion):
        return missing(
            Gap("period", "Neither a period nor a criterion is recorded.", shown(retention.criterion))
        )
    phrase = vague_phrase(retention.criterion, "retention")
    if phrase and not endless(retention.criterion):
        return missing(
            Gap("criterion", f"'{phrase}' is no limit that can be applied.", shown(retention.criterion))
        )
    return met("It has a criterion.")


@rule(
    "ROPA-R102",
    severity="risk",
    on="retention",
    ask="Why must these data be kept so long, and when does it end?",
    facts=("telling_words",),
    silenced_by=("ROPA-R101",),
    explainable=True,
    law="GDPR Art. 5(1)(e); Art. 89(1)",
    applies="a retention rule that a controller's activity uses, with a period or criterion",
    good="Share register: for as long as the company exists, with the section of the act",
    bad="Kept indefinitely",
    fix="ropa retention set {ref} period=PERIOD",
    otherwise='ropa retention state {ref} ROPA-R102 --reason "…"',
)
def too_long(retention: RetentionRule, case: Case) -> Answer:  # noqa: ARG001
    """Look again at endless or very long retention.

    Data are kept no longer than their purpose needs. Beyond 30 years (our setting, not law) a ground is asked for; without
    end they are kept only for archiving in the public interest, research or statistics.
    """
    ground = "" if blank(retention.ground) else retention.ground or ""
    if retention.fate == "archive" and tells(ground, "archiving"):
        return not_applicable("It is kept for archiving in the public interest, research or statistics.")
    if retention.period:
        if years(retention.period) <= LONGEST or ground:
            return met(f"It ends within {LONGEST} years (our setting), or has a ground.")
        return missing(
            Gap(
                "period",
                f"It is longer than {LONGEST} years (our setting) and has no ground.",
                retention.period,
                fix="ropa retention set {ref} ground='Act, section'",
            )
        )
    if endless(retention.criterion):
        return missing(Gap("criterion", "It has no end.", shown(retention.criterion)))
    return met("It ends by its criterion.")
