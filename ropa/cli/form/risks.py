"""What may be a high risk: programs that decide, children, the nine signs of WP 248, and the assessment of Art. 35."""

from collections.abc import Mapping
from typing import Any

from ropa.cli.form.asking import ask, parts
from ropa.cli.form.question import Choice, Question, yes_or_no
from ropa.cli.form.state import Flow, Form
from ropa.cli.form.stating import stated
from ropa.gaps.case import Case
from ropa.model.activity import Activity
from ropa.model.catalogue import SubjectCategory
from ropa.model.codes import PLAIN
from ropa.model.speech import name_of

_BY_DECISION: Mapping[str, tuple[str, ...]] = {
    "profiling": ("decision_logic",),
    "article 22": ("decision_logic", "decision_safeguards"),
}
"""What a kind of automated decision asks for in turn."""
_ENOUGH = 2
"""Signs with which, as a rule, an assessment is needed (WP 248 rev.01, III.B)."""


def risks(form: Form) -> Flow:
    """Art. 22 of every controller's activity; children where that is open; signs and assessment where the record shows a sign."""
    said = form.said
    decides = yield from ask(form, Activity, said, "automated_decisions")
    for name in _BY_DECISION.get(decides or "", ()):
        yield from ask(form, Activity, said, name)
    if _children_open(form):
        yield from ask(form, Activity, said, "children")
    shown = signs(form)
    if shown:
        yield from criteria(form, shown)
        yield from dpia(form)


def _children_open(form: Form) -> bool:
    """Whether the people that were named leave it open if children are among them."""
    known = form.register.all(SubjectCategory)
    people = [known[line["subjects"]] for line in form.said.get("data", ()) if line.get("subjects") in known]
    return (
        bool(people)
        and all(one.children is not True for one in people)
        and any(one.children is None for one in people)
    )


def signs(form: Form) -> dict[str, str]:
    """Criteria of WP 248 that the record itself speaks of → what in it does. Whether they are met, a person says."""
    record = form.record()
    if not isinstance(record, Activity):
        return {}
    case = Case(form.register, form.day)
    special = [line.category for line in record.data if line.category and case.special(line.category)]
    weak = [*case.whose(record, "vulnerable"), *case.whose(record, "children")]
    found = {
        "automated-decision": "a program decides" if record.automated_decisions == "article 22" else "",
        "evaluation": "profiling" if record.automated_decisions == "profiling" else "",
        "sensitive": _names(form, "data_category", special),
        "vulnerable": _names(form, "subject_category", weak) or ("children" if record.children else ""),
    }
    return {code: why for code, why in found.items() if why}


def _names(form: Form, kind: str, refs: list[str]) -> str:
    return ", ".join(dict.fromkeys(name_of(form.register, kind, ref) for ref in refs))


def criteria(form: Form, shown: Mapping[str, str]) -> Flow:
    """Which of the nine are met; the others are recorded as not met only where the person says so."""
    words = PLAIN["criterion"]
    named = "; ".join(f"{words.meanings[code]} ({why})" for code, why in shown.items())
    met = yield Question(
        path="criteria",
        words="Which of the nine signs of a high risk are there?",
        law="Art. 35(1), WP 248",
        help="With two or more of them an assessment is needed as a rule.",
        hints=(f"The record itself speaks of: {named}",) if named else (),
        choices=tuple(Choice(code, text.lstrip("123456789 ")) for code, text in words.meanings.items()),
        read=words.parse,
        many=True,
        topic="dpia",
    )
    if not met:
        return
    lines: list[dict[str, Any]] = [{"criterion": code, "answer": "met"} for code in met]
    form.said["criteria"] = lines
    rest = [code for code in words.codes if code not in met]
    if rest:
        sure = yield Question(
            path="criteria.rest",
            words=f"And the other {len(rest)}: are they not there?",
            law="Art. 35(1), WP 248",
            choices=(Choice("yes", "yes, they were looked at: not met"), Choice("no", "no, leave them open")),
            read=yes_or_no,
        )
        if sure == "yes":
            lines += [{"criterion": code, "answer": "not met"} for code in rest]


def dpia(form: Form) -> Flow:
    """The assessment; where there is none, why none is needed. Both can stay open."""
    said = form.said
    yield from parts(form, Activity, said, "dpia")
    if not said.get("dpia"):
        met = sum(one["answer"] == "met" for one in said.get("criteria", ()))
        often = f" ({met} signs: as a rule one is needed)" if met >= _ENOUGH else ""
        yield from stated(form, "dpia", f"No assessment{often}: why is none needed?", "Art. 35(1)")
