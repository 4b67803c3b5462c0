"""A form as far as it was answered: the next question, one step back, and the answers as they are kept."""

from typing import Any

from ropa.cli.form.draft import Draft
from ropa.cli.form.flow import END, whole
from ropa.cli.form.lacking import after
from ropa.cli.form.question import Question, answered, lasting
from ropa.cli.form.state import Flow, Form
from ropa.cli.form.understood import understood
from ropa.cli.noun import Noun
from ropa.cli.options import today
from ropa.cli.session import refuse_contradictions
from ropa.errors import Faults, Refused
from ropa.model.register import Register


class Answers:
    """The form of a noun over a register. Its state is the draft's answers and nothing else: the same answers, the same form."""

    def __init__(self, noun: Noun, register: Register, draft: Draft, actor: str) -> None:
        self.noun, self.register, self.draft, self.actor = noun, register, draft, actor
        self.form: Form
        self.question: Question | None
        self._flow: Flow
        if draft.answers and draft.answers[-1][0] == END:
            draft.answers.pop()  # whoever comes back to a draft says anew that it is to be written
        self.start()

    def start(self) -> None:
        """Begin anew, and give the answers that there are. From the first that fits no more they wait for their question."""
        self.form = Form(self.register, self.noun.kind, today(), ours=self.noun.ours, actor=self.actor)
        self._flow = whole(self.form)
        self.question = next(self._flow)
        given, self.draft.answers = self.draft.answers, []
        later, fits_no_more = list(self.draft.later), list[tuple[str, str]]()
        for n, (path, text) in enumerate(given):
            if not self._takes(path, text):
                fits_no_more = given[n:]
                break
        # What waits goes on waiting: a question can be asked twice, and the first answer, given anew, is not the second.
        self.draft.later = [*fits_no_more, *later]

    def answer(self, text: str) -> str:
        """Take an answer to the question; what it was taken for, where that is not what was typed.

        Raises Refused, and then nothing has changed.

        An answer that contradicts one before it is refused here and now, while the one or the other can be mended.
        """
        if self.question is None:
            raise ValueError("the form has been filled in")
        asked = self.question
        value = answered(asked, text)
        try:
            self.question = self._after(value)
            self._refuse_contradictions()
        except (Refused, Faults):
            self.start()  # the flow is spent: build it again from the answers before
            raise
        self.draft.answers.append((asked.path, lasting(asked, text, value)))
        waiting = next((one for one in self.draft.later if one[0] == asked.path), None)
        if waiting:  # only the first: the same question may come again, and its answer waits for that
            self.draft.later.remove(waiting)
        return understood(asked, text, value)

    def _after(self, value: Any) -> Question | None:
        try:
            return self._flow.send(value)
        except StopIteration:
            return None

    def _refuse_contradictions(self) -> None:
        if not self.form.said.get("name"):
            return  # it is being named: there is no record yet
        try:
            refuse_contradictions(self.form.changes(), after(self.form))
        except Refused as found:
            first = found.each[0] if isinstance(found, Faults) else found
            raise Refused(
                first.what, do="Answer otherwise, or go back with < to the answer that it contradicts."
            ) from None

    def back(self, typed: str = "") -> None:
        """One question back; what was answered there waits in `before`, and what was typed here for this question."""
        if self.draft.answers:
            if typed and self.question and typed != self.before:
                self.draft.later.insert(0, (self.question.path, typed))
            last = self.draft.answers.pop()
            self.start()
            self.draft.later.insert(0, last)

    @property
    def before(self) -> str:
        """What was answered to this question before, and can be again; "" for nothing."""
        if self.question is None or self.question.path == END:
            return ""
        return next((text for path, text in self.draft.later if path == self.question.path), "")

    def _takes(self, path: str, text: str) -> bool:
        """Whether this is the answer to the question that is next; then it is given."""
        if self.question is None or self.question.path != path:
            return False
        try:
            self.answer(text)
        except (Refused, Faults):
            return False
        return True
