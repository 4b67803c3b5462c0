"""A whole form: the questions of the kind, anything else, and the end with its gaps and how to mend them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ropa.cli.form.activity import activity, whole_field
from ropa.cli.form.asking import ask
from ropa.cli.form.others import entity, other, vendor
from ropa.cli.form.question import Choice, Question
from ropa.cli.form.state import Flow, Form
from ropa.compare import applied
from ropa.gaps import check
from ropa.gaps.report import Outcome
from ropa.model.common import Documented
from ropa.model.register import Register
from ropa.model.walk import field, fields

END = "end"
"""The path of the last question."""
WRITE, MEND = "w", "m"
BACK, LEAVE = "b", "q"
"""Answers to the last question that are the dialogue's own: one step back, and leave with a draft kept."""
_NEVER = ("ref", "name", "ours", "statements", "provenance", "status", "dpv_iri", "text")
"""What nobody types into a form: refs are given, statements and provenance come about in other ways, a text is imported."""

_FLOWS: Mapping[tuple[str, bool | None], Callable[[Form], Flow]] = {
    ("activity", None): activity,
    ("organisation", True): entity,
    ("organisation", False): vendor,
}


class Open(NamedTuple):
    """A gap of what is about to be written."""

    outcome: Outcome
    own: bool


def whole(form: Form) -> Flow:
    """All questions of a form, in their order; the last one is asked until the answer is to write."""
    yield from _FLOWS.get((form.kind, form.said.get("ours")), other)(form)
    yield from _anything_else(form)
    while (yield _end(form)) == MEND:
        yield from _mend(form)


def _anything_else(form: Form) -> Flow:
    """Every other field there is, for whoever wants it: a new field of the model is here by itself."""
    n = 0
    while True:
        n += 1
        left = [
            Choice(f.name, f.title, f.help)
            for f in fields(form.cls)
            if f.name not in _NEVER and form.said.get(f.name) in (None, [], {})
        ]
        name = yield Question(
            path=f"more.{n}",
            words="Anything else to record now?" if n == 1 else "Anything else?",
            help="Type the name of a field, or press Enter for no.",
            choices=tuple(left),
            named=True,
        )
        if name is None:
            return
        yield from whole_field(form, name)


def _end(form: Form) -> Question:
    there = [Choice(WRITE, "write it into the register")]
    if any(one.own for one in gaps_of(form)):
        there.append(Choice(MEND, "mend: ask me for what is open"))
    there += [Choice(BACK, "back to the last question"), Choice(LEAVE, "leave; what I typed is kept")]
    return Question(
        path=END, words="What now?", choices=tuple(there), read=_one_of(there), needed=True, keys=True
    )


def _one_of(choices: list[Choice]) -> Callable[[str], str]:
    from ropa.errors import Refused

    def read(text: str) -> str:
        if text.lower() in (c.word for c in choices):
            return text.lower()
        raise Refused(f"'{text}' is none of these.", do=f"Type {', '.join(c.word for c in choices)}.")

    return read


def after(form: Form) -> Register:
    """The register as it would be."""
    return applied(form.register, form.changes())


def gaps_of(form: Form) -> list[Open]:
    """What is open in the records that would be written, the form's own first, the most serious first."""
    own = form.record()
    written = {(c.record.kind, c.record.ref): c.record for c in form.changes()}
    report = check(_near(after(form), written), form.day)
    found = [o for o in report.findings if o.open and (o.record.kind, o.record.ref) in written]
    return sorted(
        (Open(o, (o.record.kind, o.record.ref) == (own.kind, own.ref)) for o in found),
        key=lambda one: not one.own,
    )


def _near(register: Register, written: Mapping[tuple[str, str], Documented]) -> Register:
    """The register with only those activities that are written: the others need not be judged now."""
    activities = {ref: a for ref, a in register.activities.items() if ("activity", ref) in written}
    return Register({**register.records, "activity": activities}, revision=register.revision)


def _mend(form: Form) -> Flow:
    """Ask for exactly what the gaps name, each place once; what is skipped may be stated as not applying."""
    done: set[str] = set()
    while places := [one for one in _places(form) if one[0] not in done]:
        path, outcome = places[0]
        done.add(path)
        before = repr(form.said)
        yield from _at(form, path, outcome)
        if repr(form.said) == before and " state " in f" {outcome.rule.otherwise} ":
            yield from _stated(form, path, outcome)


def _places(form: Form) -> Iterator[tuple[str, Outcome]]:
    for one in gaps_of(form):
        for gap in one.outcome.gaps if one.own else ():
            if gap.field and field(form.cls, gap.field.partition(".")[0]):
                yield gap.field, one.outcome


def _at(form: Form, path: str, outcome: Outcome) -> Flow:
    """Ask for the field at a path such as "data.2.retention"."""
    *steps, name = path.split(".")
    cls, said, at = form.cls, form.said, ""
    for n, step in enumerate(steps):
        known = field(cls, step)
        if step.isdigit():
            continue
        if known is None or known.part is None:
            return
        cls, at = known.part, f"{at}{step}."
        if known.many:
            number = int(steps[n + 1]) if n + 1 < len(steps) and steps[n + 1].isdigit() else 0
            listed: list[Any] = said.get(step, [])
            if not 1 <= number <= len(listed):
                return
            said, at = listed[number - 1], f"{at}{number}."
        else:
            said = said.setdefault(step, {})
    known = field(cls, name)
    if known is None:
        return
    if cls is form.cls or known.part:
        yield from whole_field(form, path.partition(".")[0])
    else:
        yield from ask(form, cls, said, name, at, hints=(outcome.message,))


def _stated(form: Form, path: str, outcome: Outcome) -> Flow:
    reason = yield Question(
        path=f"state.{path}",
        words=f"{outcome.rule.title}: or does it not apply? Say why, in a sentence that the authority may read.",
        help="Enter: leave it open.",
        read=_reason,
    )
    if reason:
        form.said.setdefault("statements", []).append(
            {
                "about": path,
                "says": "does not apply",
                "reason": reason,
                "by": form.actor,
                "on": form.day.isoformat(),
            }
        )


def _reason(text: str) -> str:
    from ropa.errors import Refused
    from ropa.gaps.texts import no_reason

    if no_reason(text):
        raise Refused(
            "a statement needs a reason, of two words at least.", do="Press Enter to leave it open."
        )
    return text
