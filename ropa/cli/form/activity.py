"""The order in which an activity is asked for, and what is asked only where it applies."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ropa.cli.form.asking import Asking, any_field, ask, parts
from ropa.cli.form.away import legs_by_recipient, other_legs
from ropa.cli.form.question import NONE, Choice
from ropa.cli.form.risks import risks
from ropa.cli.form.state import Flow, Form
from ropa.cli.form.stating import NOBODY, stated
from ropa.cli.form.suggesting import example_in_words, example_name, examples
from ropa.gaps.case import CRIMINAL, Case
from ropa.model.activity import Activity
from ropa.model.catalogue import System
from ropa.model.parts import DataLine, Purpose, Recipient
from ropa.model.speech import name_of

_BY_BASIS: Mapping[str, tuple[str, ...]] = {
    "6(1)(a)": ("consent_record", "consent_withdrawal"),
    "6(1)(c)": ("law",),
    "6(1)(e)": ("law",),
    "6(1)(f)": ("legitimate_interest", "lia_reference", "lia_date"),
}
"""What a legal basis asks for in turn."""
_BY_LAW = ("9(2)(b)", "9(2)(g)", "9(2)(h)", "9(2)(i)", "9(2)(j)")
"""Conditions of Art. 9(2) that rest on a law of the Union or a Member State."""
_RECALLED = ("department", "owner")
"""Fields of which the answers of other activities are offered while one types."""
_STATUS = (
    Choice("active", "yes, it runs"),
    Choice("draft", "not yet: it is being prepared"),
    Choice("suspended", "it is stopped for now"),
)


def activity(form: Form) -> Flow:
    """A new activity, from its name to what protects it."""
    said = form.said
    for name in ("role", "entity", "department", "owner"):
        yield from ask(form, Activity, said, name, **_used(form, name))
    if said.get("role") == "processor":
        yield from parts(form, Activity, said, "clients")
    else:
        yield from purposes(form)
        yield from data(form)
        yield from conditions(form)
    yield from ask(form, Activity, said, "systems")
    yield from recipients(form)
    yield from legs_by_recipient(form)
    yield from other_legs(form)
    yield from ask(form, Activity, said, "measures")
    if said.get("role") != "processor":
        yield from risks(form)
        if form.register.records.get("notice"):
            yield from ask(form, Activity, said, "notices")
    status = yield from ask(form, Activity, said, "status", choices=_STATUS)
    if status in ("active", "suspended"):
        yield from ask(form, Activity, said, "started_on")


def _used(form: Form, name: str) -> dict[str, Any]:
    """The departments and functions that other activities name, offered while one types."""
    if name not in _RECALLED:
        return {}
    used = Counter(getattr(one, name) for one in form.register.activities.values())
    return {"others": tuple(Choice(text, text) for text, _ in used.most_common() if text)}


def purposes(form: Form) -> Flow:
    """Purposes; for a controller each with its ground, and with what that ground asks for."""
    said = form.said
    while True:
        at, new = f"purposes.{len(said.get('purposes', ())) + 1}.", dict[str, Any]()
        again = "Another purpose?" if said.get("purposes") else ""
        if not (yield from ask(form, Purpose, new, "text", at, words=again)):
            return
        said.setdefault("purposes", []).append(new)
        if said.get("role") != "processor":
            basis = yield from ask(form, Purpose, new, "legal_basis", at)
            for name in _BY_BASIS.get(basis or "", ()):
                yield from ask(form, Purpose, new, name, at)


def data(form: Form) -> Flow:
    """Whose data, which, how long: a line for each pair."""
    said = form.said
    at = f"data.{len(said.get('data', ())) + 1}."
    people = yield from ask(form, DataLine, {}, "subjects", at, many=True)
    for ref in people:
        name = name_of(form.register, "subject_category", ref)
        of = f"{name}: "
        which = yield from ask(form, DataLine, {}, "category", of, words=f"{name}: which data?", many=True)
        kept: dict[str, Any] = {}
        if which:
            words = f"{name}: how long are these kept?"
            yield from ask(
                form, DataLine, kept, "retention", of, words=words, **kept_elsewhere(form, ref, which)
            )
        for category in which or (None,):
            line = {"subjects": ref, "category": category, **kept}
            said.setdefault("data", []).append({key: value for key, value in line.items() if value})


def kept_elsewhere(form: Form, subjects: str, categories: Sequence[str]) -> dict[str, Any]:
    """Examples of how long such data are kept by law, as suggestions: a rule can be made after one by typing its name."""
    said = form.said
    entity = form.register.organisations.get(said.get("entity") or "")
    known = [
        form.said.get("name", ""),
        said.get("department", ""),
        *(one.get("text", "") for one in said.get("purposes", ())),
        name_of(form.register, "subject_category", subjects),
        *(name_of(form.register, "data_category", one) for one in categories),
    ]
    form.shown = examples(form, " ".join(known), [entity.country] if entity and entity.country else [])
    if not form.shown:
        return {}
    return {
        "hints": tuple(example_in_words(row, form.day) for row in form.shown),
        "others": tuple(Choice(example_name(row), example_name(row), "as suggested") for row in form.shown),
    }


def conditions(form: Form) -> Flow:
    """The conditions of Art. 9 and 10, where the data that were named call for them; not of a processor."""
    said = form.said
    if said.get("role") == "processor":
        return
    case = Case(form.register, form.day)
    sorts = {case.special(line.get("category")) for line in said.get("data", ())} - {""}
    for n, purpose in enumerate(said.get("purposes", ()), 1):
        if sorts - {CRIMINAL}:
            condition = yield from ask(form, Purpose, purpose, "art9_condition", f"purposes.{n}.")
            if condition in _BY_LAW and not purpose.get("law"):
                yield from ask(form, Purpose, purpose, "law", f"purposes.{n}.")
            if condition == "9(2)(a)" and purpose.get("legal_basis") != "6(1)(a)":
                for name in _BY_BASIS[
                    "6(1)(a)"
                ]:  # explicit consent is consent: Art. 7(1) and 7(3) bind it too
                    yield from ask(form, Purpose, purpose, name, f"purposes.{n}.")
        if CRIMINAL in sorts:
            yield from ask(form, Purpose, purpose, "art10_authority", f"purposes.{n}.")


def recipients(form: Form) -> Flow:
    """Organisations that receive the data, each with its role; then others, in words. Or nobody, and why."""
    said = form.said
    processor = said.get("role") == "processor"
    first = not said.get("recipients")
    at = f"recipients.{len(said.get('recipients', ())) + 1}."
    named = yield from ask(
        form, Recipient, {}, "organisation", at, many=True, hints=_makers(form),
        words="Which other processors do we use for it?" if processor else "",
        law="Art. 28(2), 28(4)" if processor else "",
        none=NOBODY if first and not processor else (),
    )  # fmt: skip
    if named is NONE:
        yield from stated(
            form, "recipients", "Nobody else receives or sees the data: how is that so?", "Art. 30(1)(d)"
        )
        return
    for ref in named:
        name = name_of(form.register, "organisation", ref)
        new: dict[str, Any] = {"organisation": ref}
        said.setdefault("recipients", []).append(new)
        if processor:
            new["role"] = "processor"  # that is what was asked for
        else:
            yield from ask(form, Recipient, new, "role", f"{name}: ", words=f"{name}: in which role?")
        yield from ask(
            form, Recipient, new, "what_for", f"{name}: ", words=f"{name}: what does it do with them?"
        )
    if not processor:
        yield from _in_words(form)


def _makers(form: Form) -> Sequence[str]:
    """Who runs its systems and may see the data, as the register says: to be thought of."""
    systems = [form.register.records["system"].get(ref) for ref in form.said.get("systems", ())]
    makers = dict.fromkeys(
        one.vendor
        for one in systems
        if isinstance(one, System) and one.vendor and one.vendor_access is not False
    )
    names = [name_of(form.register, "organisation", ref) for ref in makers]
    return [f"Its systems are run by: {'; '.join(names)}"] if names else []


def _in_words(form: Form) -> Flow:
    """Recipients that are named by their sort only."""
    said = form.said
    while True:
        at, new = f"recipients.{len(said.get('recipients', ())) + 1}.", dict[str, Any]()
        again = any("category" in one for one in said.get("recipients", ()))
        none = () if said.get("recipients") else NOBODY
        words = "And who else?" if again else ""
        answer = yield from ask(form, Recipient, new, "category", at, words=words, again=again, none=none)
        if answer is NONE:
            yield from stated(
                form, "recipients", "Nobody else receives or sees the data: how is that so?", "Art. 30(1)(d)"
            )
        if not new:
            return
        said.setdefault("recipients", []).append(new)
        yield from ask(form, Recipient, new, "role", at)


FLOWS: Mapping[str, Callable[[Form], Flow]] = {
    "purposes": purposes,
    "data": data,
    "recipients": recipients,
    "transfers": other_legs,
}
"""Fields of an activity that are asked in a way of their own."""


def whole_field(form: Form, name: str) -> Asking:
    """Ask a field of the form's record, in its own way where it has one."""
    if form.kind == "activity" and name in FLOWS:
        yield from FLOWS[name](form)
    else:
        yield from any_field(form, form.cls, form.said, name)
