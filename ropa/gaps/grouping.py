"""Equal gaps as one group: the one question that closes many, whom to ask it, and the command that records the answer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropa.gaps.outcome import Outcome
from ropa.gaps.report import SCORED, urgency
from ropa.gaps.rule import WAIVED
from ropa.gaps.texts import blank, shown
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.model.register import KINDS, Register

FEW = 5
TOGETHER = 30
"""How many records one suggested command names at most; it is to be read before it is run."""
_NUMBER = re.compile(r"(?<=\.)\d+(?=\.|=|\b)|(?<=-=)\d+")


@dataclass(frozen=True)
class Group:
    """Gaps that one question closes: the same rule, the same responsible organisation, the same thing to do.

    question: what to ask; ask: whom, with how many gaps each. count, noun: "22 activities". refs, names: the first few;
    more: how many others. say: the message; where they differ, each of a few records, or the commonest three of many. law: in
    short. do: a command that closes the first one; closes: how many of the group it closes. together: one command for all
    of them (the first thirty of very many), "" where each wants words of its own. otherwise: a statement that answers
    instead. drafts: how many are drafts. expired: whether something ran out. until: for a waived group, when and why it was
    accepted.
    """

    rule: str
    severity: str
    title: str
    law: str
    question: str
    count: int
    noun: str
    refs: tuple[str, ...]
    names: tuple[str, ...]
    more: int
    ask: tuple[str, ...]
    say: str
    do: str
    closes: int
    together: str
    otherwise: str
    drafts: int
    waived: bool
    expired: bool
    until: str = ""

    @property
    def reach(self) -> int:
        """How many of its gaps one command closes."""
        return max(self.closes, min(self.count, TOGETHER) if self.together else 0)


def groups_with(findings: Iterable[Outcome], register: Register) -> list[tuple[Group, list[Outcome]]]:
    """The same as `groups_of`, each group with its findings."""
    by_key: dict[tuple[str, ...], list[Outcome]] = {}
    for one in findings:
        by_key.setdefault(_key(one), []).append(one)
    ordered = sorted(by_key.values(), key=lambda group: (urgency(group[0]), -len(group)))
    return [(group_of(group, register), group) for group in ordered]


def groups_of(findings: Iterable[Outcome], register: Register) -> tuple[Group, ...]:
    """The findings in groups, in the order of the most urgent of each; of equals the larger group first."""
    return tuple(group for group, _ in groups_with(findings, register))


def _key(one: Outcome) -> tuple[str, ...]:
    entity = one.record.entity or "" if isinstance(one.record, Activity) else ""
    return one.rule.id, one.record.kind, entity, _shape(one.fix, one.record.ref), one.state


def _shape(fix: str, ref: str) -> str:
    """A command without what differs from record to record: its ref, and the numbers of parts."""
    words = _NUMBER.sub("N", fix.replace(ref, "REF")).split(" ")
    return " ".join(dict.fromkeys(words))


def group_of(group: list[Outcome], register: Register) -> Group:
    """What a report says of gaps that are alike; the first stands for all."""
    first, rule = group[0], group[0].rule
    fixes = [one.fix for one in group]
    cls = KINDS[first.record.kind]
    return Group(
        rule.id,
        rule.severity,
        rule.title,
        rule.law,
        rule.ask,
        len(group),
        cls.noun if len(group) == 1 else cls.plural,
        tuple(one.record.ref for one in group[:FEW]),
        tuple(shown(one.record.name) for one in group[:FEW]),
        max(0, len(group) - FEW),
        _ask(group, register),
        _say(group),
        fixes[0],
        fixes.count(fixes[0]),
        _together(group, fixes),
        first.otherwise,
        sum(one.draft for one in group),
        first.state == WAIVED,
        rule.severity in SCORED and any(gap.expired for gap in first.gaps),
        _accepted(first) if first.state == WAIVED else "",
    )


def _say(group: list[Outcome]) -> str:
    """The message where it is the same for all; otherwise the commonest places, with how many each."""
    if len({one.message for one in group}) == 1:
        return group[0].message
    if len(group) <= 3:
        return " ".join(f"{one.record.ref}: {one.message}" for one in group)
    places = Counter(say for one in group for say in dict.fromkeys(gap.say for gap in one.gaps))
    said = [f"{say} ({n} ×)" if n > 1 else say for say, n in places.most_common(3)]
    return " ".join(said) + _others(len(places) - 3)


def _others(many: int) -> str:
    return "" if many <= 0 else " And one other place." if many == 1 else f" And {many} other places."


def _together(group: list[Outcome], fixes: list[str]) -> str:
    """One command that gives all the records the same answer; "" where there is none.

    Words of one's own ("…"), parts with several facts ("{…}") and the role of somebody are seldom the same for two records.
    """
    heads, tails = set(), set()
    for one, fix in zip(group, fixes, strict=True):
        head, ref, tail = fix.partition(f" {one.record.ref}")
        heads.add(head if ref else "")
        tails.add(tail)
    head, tail = heads.pop(), tails.pop()
    own = len(group) < 2 or heads or tails or any(sign in tail for sign in ("&&", "…", "{", ".role=ROLE"))
    if own or not head.endswith((" set", " review")):
        return ""
    return f"{head} {' '.join(one.record.ref for one in group[:TOGETHER])}{tail}"


def _ask(group: list[Outcome], register: Register) -> tuple[str, ...]:
    """Whom to ask, those of most first, each with how many gaps where they are several."""
    asked = Counter(who for one in group for who in dict.fromkeys(who_knows(one, register)) if who)
    named = asked.most_common(FEW)
    return tuple(f"{who} ({n})" if len(asked) > 1 else who for who, n in named)


def who_knows(one: Outcome, register: Register) -> Iterator[str]:
    """Who knows: an activity's owner, or its entity; an organisation, ours by its officer; the owners of what uses it."""
    record = one.record
    if isinstance(record, Activity):
        yield _owner(record, register)
    elif isinstance(record, Organisation):
        dpo = record.dpo if record.ours else None
        mailbox = "" if record.ours or blank(record.email) else f" ({shown(record.email)})"
        yield shown(dpo.name) if dpo and not blank(dpo.name) else shown(record.name) + mailbox
    else:
        for user, _ in register.named_by.get((record.kind, record.ref), ()):
            if isinstance(user, Activity) and user.status != "ended":
                yield _owner(user, register)


def _owner(activity: Activity, register: Register) -> str:
    entity = register.organisations.get(activity.entity or "")
    return shown(entity.name if blank(activity.owner) and entity else activity.owner)


def _accepted(one: Outcome) -> str:
    waiver = one.waiver
    if waiver is None:
        return ""
    until = f"until {waiver.until}" if waiver.until else "without an end"
    return f"{until}: {shown(waiver.reason)}"
