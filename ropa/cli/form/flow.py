"""A whole form: the questions of the kind, anything else, and the end with its gaps and how to mend them."""

from collections.abc import Callable, Mapping

from ropa.cli.form.activity import activity, whole_field
from ropa.cli.form.asking import ask
from ropa.cli.form.mending import mend, places
from ropa.cli.form.others import entity, other, vendor
from ropa.cli.form.question import MORE, Choice, Question, yes_or_no
from ropa.cli.form.state import Flow, Form
from ropa.cli.noun import word_of
from ropa.errors import Refused
from ropa.model.common import Documented
from ropa.model.walk import fields
from ropa.words import fold

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


def whole(form: Form) -> Flow:
    """All questions of a form, in their order; the last one is asked until the answer is to write."""
    yield from _named(form)
    yield from _FLOWS.get((form.kind, form.said.get("ours")), other)(form)
    yield from _anything_else(form)
    while (yield _end(form)) == MEND:
        yield from mend(form)


def _named(form: Form) -> Flow:
    """The name; where a record has it already, whether this is another one."""
    while True:
        name = yield from ask(form, form.cls, form.said, "name")
        same = [r for r in form.register.records.get(form.kind, {}).values() if _is_called(r, name)]
        if not same:
            return
        one = same[0]
        noun = "entity" if getattr(one, "ours", None) else word_of(form.kind)
        another = yield Question(
            path="same",
            words=f"There is '{one.name}' already ({one.ref}). Is this another one?",
            hints=(f"To see that one, leave with Ctrl-C, and: ropa {noun} show {one.ref}",),
            choices=(
                Choice("yes", "yes, another one of the same name"),
                Choice("no", "no, I will name it otherwise"),
            ),
            read=yes_or_no,
            needed=True,
        )
        if another == "yes":
            return
        del form.said["name"]


def _is_called(record: Documented, name: str) -> bool:
    return fold(name) in map(fold, (record.name, *record.aliases))


def _anything_else(form: Form) -> Flow:
    """Every other field there is, for whoever wants it: a new field of the model is here by itself."""
    n = 0
    while True:
        n += 1
        left = [
            Choice(f.name, f.title, f.help)
            for f in sorted(fields(form.cls), key=lambda one: one.name in form.asked)
            if f.name not in _NEVER and form.said.get(f.name) in (None, [], {})
        ]
        name = yield Question(
            path=f"{MORE}{n}",
            words="Anything else to record now?" if n == 1 else "Anything else?",
            help="Type the name of a field, or press Enter for no.",
            choices=tuple(left),
            named=True,
        )
        if name is None:
            return
        yield from whole_field(form, name)


def _end(form: Form) -> Question:
    there = [Choice(WRITE, f"write it into the register{form.actor and f', as {form.actor}'}")]
    if places(form):
        there.append(Choice(MEND, "mend: ask me for what is open"))
    there += [Choice(BACK, "back to the last question"), Choice(LEAVE, "leave; what I typed is kept")]
    return Question(
        path=END, words="What now?", choices=tuple(there), read=_one_of(there), needed=True, keys=True
    )


def _one_of(choices: list[Choice]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() in (c.word for c in choices):
            return text.lower()
        raise Refused(f"'{text}' is none of these.", do=f"Type {', '.join(c.word for c in choices)}.")

    return read
