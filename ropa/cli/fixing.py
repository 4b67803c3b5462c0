"""What a gap asks of a person who mends it: which fields of which record, or what else there is to do."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ropa.cli.form.activity import whole_field
from ropa.cli.form.asking import Asking, told_whose
from ropa.cli.form.existing import Existing
from ropa.cli.form.mending import Place, at_place, law_of
from ropa.cli.form.question import Choice, Question, yes_or_no
from ropa.cli.form.risks import criteria, signs
from ropa.cli.form.state import Flow
from ropa.cli.form.stating import statement, why_not
from ropa.gaps.outcome import Outcome
from ropa.gaps.rule import Gap
from ropa.model.common import Documented
from ropa.model.register import Register
from ropa.model.walk import field

_SET = re.compile(r"([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)(\+=|-=|=)(.*)$", re.DOTALL)
_STATE = re.compile(r"ropa \w+ state \S+ (\S+) --reason")
LEAVE_OPEN, NOT_APPLICABLE, ACCEPT = "open", "no", "accept"


class Step(NamedTuple):
    """One thing to do about a gap. record: whose. path: of the field to ask for, "" for another verb. sign: of its command. verb: of the command."""

    record: Documented
    path: str
    sign: str
    verb: str
    gap: Gap


def steps_of(outcome: Outcome, register: Register) -> list[Step]:
    """What the suggested commands of a finding ask for, in their order."""
    return [step for command in outcome.fix.split(" && ") for step in _steps(command, outcome, register)]


def _steps(command: str, outcome: Outcome, register: Register) -> Iterator[Step]:
    try:
        words = shlex.split(command)
    except ValueError:
        return
    if len(words) < 4 or (record := _record(words, outcome, register)) is None:
        return
    gap = outcome.gaps[0]
    if words[2] != "set":
        yield Step(record, gap.field.partition(".")[0] if words[2] == "edit" else "", "", words[2], gap)
        return
    for word in words[4:]:
        if found := _SET.match(word):
            mine = next((one for one in outcome.gaps if one.field == found[1]), gap)
            yield Step(record, found[1], found[2] if found[3] else "clear", "set", mine)


def _record(words: list[str], outcome: Outcome, register: Register) -> Documented | None:
    """The record that a command names, which is not always the one that was judged: a vendor's contract."""
    from ropa.cli.nouns import NOUNS

    noun, _, ref = words[1:4]
    if ref == outcome.record.ref:
        return register.records[outcome.record.kind].get(ref)
    kind = NOUNS[noun].kind if noun in NOUNS else ""
    return register.records.get(kind, {}).get(ref)


def asked(form: Existing, outcome: Outcome, step: Step) -> Flow:
    """The questions of one step; they fill the form."""
    law = law_of(outcome)
    if step.verb == "review":
        words = f"{step.record.name}: is the record still right?"
        if (yield _yes(f"review.{step.record.ref}", words, law)) == "yes":
            form.said["reviewed_on"] = form.day.isoformat()
    elif step.sign in ("-=", "clear"):
        if (yield _yes(f"out.{step.path}", f"{step.gap.say} Take it out?", law)) == "yes":
            _take_out(form, step)
    elif step.path == "criteria":
        yield from criteria(form, signs(form))
    elif step.path:
        place = Place(step.record, True, outcome, step.gap._replace(field=step.path))
        if step.sign == "+=" or "." not in step.path:
            yield from _begun_here(told_whose(step.record.name, whole_field(form, step.path)))
        else:
            yield from at_place(form, form.cls, form.said, place)


def _begun_here(flow: Asking) -> Asking:
    """The same questions; nothing was asked before the first one, so that its choices are listed."""
    try:
        question = flow.send((yield replace(next(flow), again=False)))
        while True:
            question = flow.send((yield question))
    except StopIteration as end:
        return end.value


def _yes(path: str, words: str, law: str) -> Question:
    return Question(
        path=path,
        words=words,
        law=law,
        choices=(Choice("yes", "yes"), Choice("no", "no, or I do not know")),
        read=yes_or_no,
    )


def _take_out(form: Existing, step: Step) -> None:
    from ropa.model.assign import assign

    number = step.gap.field.split(".")[1:2]
    sign = f"-={number[0]}" if step.sign == "-=" and number else "="
    assign(form.said, form.cls, f"{step.path}{sign}")


def statable(outcome: Outcome) -> str:
    """The field, or the rule, of which a statement answers instead; "" where the rule takes none."""
    found = _STATE.search(outcome.otherwise)
    return found[1] if found else outcome.rule.id if outcome.rule.explainable else ""


def otherwise(outcome: Outcome) -> Question:
    """What to do about a gap that was left open just now."""
    there = [Choice(LEAVE_OPEN, "leave it open, and go on")]
    if statable(outcome):
        there.append(Choice(NOT_APPLICABLE, "it does not apply, or is right as it is: I can say why"))
    there.append(Choice(ACCEPT, "live with it for a while: I can say why, and until when"))
    words = tuple(choice.word for choice in there)
    return Question(
        path=f"otherwise.{outcome.rule.id}",
        words="It is still open. What now?",
        help="Enter leaves it open. A statement and a waiver are recorded with your name, the day and the reason.",
        choices=tuple(there),
        read=lambda text: text if text in words else _none_of(text),
    )


def _none_of(text: str) -> str:
    from ropa.errors import Refused

    raise Refused(f"'{text}' is none of these.", do="Type the number of one, or press Enter.")


def stating(form: Existing, outcome: Outcome) -> Flow:
    """Ask for the reason, and put the statement into the form."""
    about = statable(outcome)
    says = "checked, is right" if about.startswith("ROPA-") else "does not apply"
    reason = yield why_not(
        f"{outcome.rule.title}: why does that not apply, or is right as it is?",
        f"state.{about}",
        law_of(outcome),
        "It is recorded as a statement: who says so, when and why.",
    )
    if reason:
        kept = [one for one in form.said.get("statements", []) if one.get("about") != about]
        form.said["statements"] = [*kept, statement(form, about, says, reason)]


def same_elsewhere(form: Existing, step: Step, before: dict[str, Any]) -> Any:
    """The value that was put into a field, where other records can take the very same; None otherwise."""
    top = step.path.partition(".")[0]
    known = field(form.cls, top)
    if step.verb != "set" or known is None or "." in step.path or before.get(top):
        return None
    return form.said.get(top)
