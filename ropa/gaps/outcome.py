"""What a rule says of a record: the message, the command that mends it, and whether it counts."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from ropa.gaps.rule import MET, MISSING, NOT_APPLICABLE, WAIVED, Answer, Gap, Rule
from ropa.gaps.texts import is_placeholder
from ropa.model.activity import Activity
from ropa.model.calling import command_of
from ropa.model.common import Documented
from ropa.model.notice import Waiver

STATES = (MISSING, WAIVED, MET, NOT_APPLICABLE)


class Outcome(NamedTuple):
    """What a rule says of a record: its answer (state, reason, gaps, unjudged, waiver), and of whom.

    state: met, missing (people read "open" for risk and quality), not_applicable, or waived. scored: False for a draft and what only
    drafts use. unjudged: the rule stopped with an error, so the record counts as missing (unknown is never met). waiver: what
    accepts the gap, or, on a missing outcome, the waiver that ran out.
    """

    rule: Rule
    record: Documented
    scored: bool
    state: str
    reason: str
    gaps: tuple[Gap, ...]
    unjudged: bool
    waiver: Waiver | None

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


class Judged(NamedTuple):
    """A record, and the answer of each rule that asks it. Outcomes are made of them where somebody looks at them.

    Of thirty answers about a record people read the one or two that are gaps.
    """

    record: Documented
    scored: bool
    rules: Sequence[Rule]
    answers: Sequence[Answer]

    def outcomes(self, states: Collection[str] = STATES) -> Iterator[Outcome]:
        """What the rules say of the record, as far as it is one of these states."""
        for one, answer in zip(self.rules, self.answers, strict=True):
            if answer.state in states:
                yield Outcome(one, self.record, self.scored, *answer)

    def narrowed(self, keep: Callable[[Outcome], bool]) -> "Judged":
        """The same with only the outcomes that are asked for."""
        kept = [keep(one) for one in self.outcomes()]
        return Judged(
            self.record, self.scored, list(compress(self.rules, kept)), list(compress(self.answers, kept))
        )
