"""The open questions of one person, as a letter in plain words: no rule, no command, and nothing that the record does not say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ropa.errors import Refused
from ropa.gaps.grouping import who_knows
from ropa.gaps.outcome import Outcome
from ropa.gaps.report import Report
from ropa.gaps.texts import shown
from ropa.model.activity import Activity
from ropa.model.register import Register
from ropa.words import fold, listing, meant

_NAMED = 8
"""Records that are listed under one question."""


@dataclass(frozen=True)
class Question:
    """A question, its law in short, and the records to which it is put, each with what is lacking there."""

    ask: str
    law: str
    of: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Letter:
    """What one person is asked. owner: as the register names them. activities: refs of the activities asked about."""

    owner: str
    questions: Sequence[Question]
    activities: frozenset[str]

    @property
    def gaps(self) -> int:
        """How many answers are asked for."""
        return sum(len(one.of) for one in self.questions)


def letter(report: Report, register: Register, owner: str) -> Letter:
    """The letter to an owner, what matters most first. Raises Refused for a name that nobody to be asked bears."""
    asked: dict[str, list[Outcome]] = {}
    for one in report.findings:
        if one.open and one.rule.severity != "info":
            for who in dict.fromkeys(who_knows(one, register)):
                asked.setdefault(who, []).append(one)
    name = _name(owner, asked, register)
    by_rule: dict[str, list[Outcome]] = {}
    for one in asked.get(name, ()):
        by_rule.setdefault(one.rule.id, []).append(one)
    return Letter(
        name,
        [_question(each) for each in by_rule.values()],
        frozenset(one.record.ref for one in asked.get(name, ()) if isinstance(one.record, Activity)),
    )


def askable(report: Report, register: Register) -> dict[str, int]:
    """Who can be asked → how many gaps; those of most first."""
    found: dict[str, int] = {}
    for one in report.findings:
        if one.open and one.rule.severity != "info":
            for who in dict.fromkeys(filter(None, who_knows(one, register))):
                found[who] = found.get(who, 0) + 1
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _name(owner: str, asked: dict[str, list[Outcome]], register: Register) -> str:
    """The name as the register has it: of somebody who is asked, or of an owner of whom nothing is open."""
    known = {*filter(None, asked), *(shown(a.owner) for a in register.activities.values() if a.owner)}
    same = [one for one in known if fold(one) == fold(owner)]
    if same:
        return max(same, key=lambda one: len(asked.get(one, ())))
    near = sorted(one for one in known if fold(owner) and fold(owner) in fold(one))
    if len(near) == 1:
        return near[0]
    choices = near or meant(owner, sorted(known), 3)
    raise Refused(
        f"no owner is called '{owner}'." if not near else f"'{owner}' may be {listing(near, 'or')}.",
        do=f"Did you mean {listing(choices, 'or')}?" if choices and not near else "See: ropa gaps letter",
    )


def _question(each: Sequence[Outcome]) -> Question:
    rule = each[0].rule
    of = [(one.record.ref, shown(one.record.name), one.message) for one in each]
    return Question(rule.ask, rule.law.split(";")[0], of)


def letter_lines(said: Letter, *, keeper: str, attached: str) -> Iterator[str]:
    """The letter, line by line. keeper: who asks, "" where that is not known. attached: the name of the workbook, "" for none."""
    many = len(said.activities)
    yield f"To: {said.owner}"
    yield "Subject: Questions for the record of processing activities"
    yield ""
    yield "The GDPR asks us to keep a record of what we do with personal data (Article 30)."
    about = f" about {many} {'activity' if many == 1 else 'activities'} of yours" if many else ""
    yield f"For it, {said.gaps} {'answer is' if said.gaps == 1 else 'answers are'} still missing{about}."
    yield "Please answer what you know. Where you do not know, say so, and name who may; where something does not apply, say why."
    yield "A guess helps nobody: what is not certain stays open."
    for number, one in enumerate(said.questions, 1):
        yield ""
        yield f"{number}. {one.ask} ({one.law})"
        for ref, name, lacking in one.of[:_NAMED]:
            yield f"   - {name} ({ref}): {lacking}"
        if len(one.of) > _NAMED:
            yield f"   - and {len(one.of) - _NAMED} more{f', all in {attached}' if attached else ''}"
    yield ""
    if attached:
        yield f"The workbook {attached} holds your activities as they are recorded. You may answer there: fill in or"
        yield "correct the cells, leave the hidden columns as they are, and send it back."
    else:
        yield "An answer by mail is enough; please put the number in brackets beside it."
    if keeper:
        yield ""
        yield keeper
