"""The walk of `ropa gaps fix`: which gap is next, its questions, the writing, and what to do about one that stays open."""

from collections.abc import Callable, Sequence
from typing import Any

from ropa.cli import console
from ropa.cli.factsinuse import use_facts_of
from ropa.cli.fixing import (
    ACCEPT,
    NOT_APPLICABLE,
    Step,
    asked,
    otherwise,
    same_elsewhere,
    stating,
    steps_of,
)
from ropa.cli.form.dialogue import Asks
from ropa.cli.form.existing import Existing
from ropa.cli.form.plain import Left, show_choices
from ropa.cli.form.question import Choice, Question, answered, yes_or_no
from ropa.cli.form.state import Flow, said_of
from ropa.cli.options import today
from ropa.cli.session import opened, refuse_contradictions, who, write
from ropa.compare import Change, applied
from ropa.errors import Conflict, Faults, Refused
from ropa.gaps import Report, check
from ropa.gaps.grouping import Group, group_of, groups_with, who_knows
from ropa.gaps.groupwords import where
from ropa.gaps.outcome import Outcome
from ropa.model.explain import read_record
from ropa.model.register import Register
from ropa.store.load import load
from ropa.words import fold

Key = tuple[str, str, str]
"""Rule, kind and ref: what tells findings apart."""
_BACK = object()
_ASKABLE = ("set", "review", "edit")
"""Verbs of suggested commands that can be asked as questions."""


class Round:
    """One walk. refs, owner, severities: which gaps; all where blank."""

    def __init__(
        self, asks: Asks, refs: Sequence[str], owner: str, severities: Sequence[str], **manners: str
    ) -> None:
        self._asks, self._severities, self._owner = asks, severities, owner
        self._store = opened(manners["db"])
        self._actor, self._why = who(manners["actor"]), manners["why"]
        self._register: Register = load(self._store)
        self._refs = {self._of(words) for words in refs}
        self._left: set[Key] = set()
        self._closed = 0

    def run(self) -> None:
        """Go on until nothing is open that was not left on purpose, or the person leaves."""
        if self._asks.guide:
            console.talk(self._asks.guide)
        report = self._report()
        try:
            while found := self._next(report):
                group, each = found
                self._one(group, each)
                before, report = report, self._report()
                self._closed += max(len(self._open(before)) - len(self._open(report)), 0)
        except Left:
            console.talk("")
        self._end(self._report())

    def _of(self, words: str) -> tuple[str, str]:
        from ropa.cli.anyrecord import record_of

        record = record_of(self._register, words)
        return record.kind, record.ref

    def _report(self) -> Report:
        self._register = load(self._store).whole()
        use_facts_of(self._register)
        return check(self._register, today())

    def _open(self, report: Report) -> list[Outcome]:
        return [one for one in report.findings if one.open and self._wanted(one)]

    def _wanted(self, one: Outcome) -> bool:
        if one.rule.severity == "info" or (self._severities and one.rule.severity not in self._severities):
            return False
        if self._refs and (one.record.kind, one.record.ref) not in self._refs:
            return False
        return not self._owner or any(
            fold(self._owner) in fold(name) for name in who_knows(one, self._register)
        )

    def _next(self, report: Report) -> tuple[Group, list[Outcome]] | None:
        """The question whose answer closes most; of equals the most urgent. None where nothing is left to ask.

        Whether a record is right comes last: it is mended first.
        """
        left = [one for one in self._open(report) if _key(one) not in self._left]
        grouped = groups_with(left, self._register)
        return min(grouped, key=lambda found: (" review " in found[0].do, -found[0].reach), default=None)

    def _one(self, group: Group, each: list[Outcome]) -> None:
        """Ask about the first gap of a group, and about the same of the others where one answer may do for all."""
        first = each[0]
        console.talk("")
        console.talk(f"{group.title}: {where(group)}", style="bold")
        console.talk(f"  {group_of([first], self._register).say or first.message}")
        for step in steps_of(first, self._register):
            if step.verb not in _ASKABLE:
                console.talk(f"  This is done by a command of its own: {first.fix}")
                continue
            self._step(step, first, each[1:])
        now = {_key(one): one for one in self._report().findings if one.open}
        if (still := now.get(_key(first))) is not None and len(still.gaps) >= len(first.gaps):
            self._otherwise(still)

    def _step(self, step: Step, outcome: Outcome, others: Sequence[Outcome]) -> None:
        register = self._register
        record = register.records[step.record.kind][step.record.ref]
        before = said_of(record)

        def begin() -> tuple[Existing, Flow]:
            form = Existing(register, record, today(), self._actor)
            return form, asked(form, outcome, step)

        form = self._asked(begin)
        if form is None or not form.changes():
            return
        changes = form.changes()
        if others and (value := same_elsewhere(form, step, before)) is not None:
            changes += self._for_others(step, value, others)
        self._write(changes)

    def _for_others(self, step: Step, value: Any, others: Sequence[Outcome]) -> list[Change]:
        """The same value in the same blank field of the other records of the group, where the person says so."""
        name = step.path
        records = [one.record for one in others if not said_of(one.record).get(name)]
        if not records:
            return []
        refs = ", ".join(record.ref for record in records[:8]) + (" …" if len(records) > 8 else "")
        question = Question(
            path=f"same.{name}",
            words=f"The same for the other {len(records)} ({refs})?",
            choices=(Choice("yes", "yes, for all of them"), Choice("no", "no, ask me for each")),
            read=yes_or_no,
        )
        if self._answer(question) != "yes":
            return []
        return [
            Change(record, read_record(type(record), {**said_of(record), name: value})) for record in records
        ]

    def _otherwise(self, outcome: Outcome) -> None:
        """It stays open for now, does not apply, or is accepted for a while."""
        what = self._answer(otherwise(outcome))
        if what == NOT_APPLICABLE:
            register, record = self._register, self._register.records[outcome.record.kind][outcome.record.ref]

            def begin() -> tuple[Existing, Flow]:
                form = Existing(register, record, today(), self._actor)
                return form, stating(form, outcome)

            if (form := self._asked(begin)) and form.changes():
                return self._write(form.changes())
        elif what == ACCEPT and (waiver := self._waiver(outcome)):
            return self._write([Change(None, waiver)])
        self._left.add(_key(outcome))
        return None

    def _waiver(self, outcome: Outcome) -> Any:
        from ropa.cli.form.stating import why_not
        from ropa.cli.options import day_said
        from ropa.cli.waive import waiver_of

        reason = self._answer(
            why_not(
                "Why is it accepted?",
                f"waive.{outcome.rule.id}",
                "",
                "It stays in the report as accepted, with the reason.",
            )
        )
        if not reason:
            return None
        until = self._answer(
            Question(
                path="until",
                words="Until when? (a day to come)",
                read=lambda text: day_said(text, "until").isoformat(),
                needed=True,
            )
        )
        accepted = {"reason": reason, "by": self._actor, "until": until}
        try:
            return waiver_of(self._register, outcome.rule.id, outcome.record, accepted)
        except Refused as trouble:
            console.talk(f"! {trouble}")
            return None

    def _asked(self, begin: Callable[[], tuple[Existing, Flow]]) -> Existing | None:
        """The form with its questions answered; None where the person stepped back before the first one."""
        values: list[Any] = []
        while True:
            form, flow = begin()
            try:
                question = next(flow)
                for value in values:
                    question = flow.send(value)
                while True:
                    value = self._answer(question, back=True)
                    if value is _BACK:
                        if not values:
                            return None
                        values.pop()
                        break
                    values.append(value)
                    question = flow.send(value)
            except StopIteration:
                if self._fits(form):
                    return form
                values = values[:-1]
            except (Refused, Faults) as trouble:
                console.talk(f"! {trouble.each[0] if isinstance(trouble, Faults) else trouble}")
                values = values[:-1]

    def _fits(self, form: Existing) -> bool:
        try:
            refuse_contradictions(form.changes(), applied(self._register, form.changes()))
        except (Refused, Faults) as trouble:
            console.talk(f"! {trouble.each[0] if isinstance(trouble, Faults) else trouble}")
            return False
        return True

    def _answer(self, question: Question, *, back: bool = False) -> Any:
        """The value of an answer; asked again until it can be taken. Raises Left."""
        wrong = False
        while True:
            text = self._asks.ask(question, "", refused=wrong)
            typed = text.strip()
            if typed == ":q":
                raise Left
            if typed == "?":
                console.talk(f"  {question.help}" if question.help else "  There is no more to say about it.")
                show_choices(question)
            elif typed == "<":
                if back:
                    return _BACK
                console.talk("  What was written is taken back by: ropa undo")
            else:
                try:
                    return answered(question, text)
                except Refused as trouble:
                    console.talk(f"! {trouble}")
                    wrong = True

    def _write(self, changes: Sequence[Change]) -> None:
        try:
            write(
                self._store,
                self._register,
                changes,
                actor=self._actor,
                why=self._why,
                dry_run=False,
                yes=True,
            )
        except Conflict as trouble:
            console.talk(f"! {trouble}")
        self._register = load(self._store).whole()

    def _end(self, report: Report) -> None:
        """What was done, and what is left."""
        still = len(self._open(report))
        console.say("")
        console.say(f"Closed: {self._closed}. Still open: {still}.", style="bold")
        console.say(f"Answered of what the law asks: {report.score.text}.")
        if still:
            console.say("Go on at any time: ropa gaps fix")


def _key(one: Outcome) -> Key:
    return one.rule.id, one.record.kind, one.record.ref
