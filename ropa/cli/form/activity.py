"""The order in which an activity is asked for, and what is asked only where it applies."""

from collections.abc import Callable, Mapping
from typing import Any

from ropa.cli.form.asking import Asking, any_field, ask, parts
from ropa.cli.form.away import legs_by_recipient, other_legs
from ropa.cli.form.question import Choice
from ropa.cli.form.state import Flow, Form
from ropa.gaps.case import CRIMINAL, Case
from ropa.model.activity import Activity
from ropa.model.parts import DataLine, Purpose, Recipient
from ropa.model.speech import name_of

_BY_BASIS: Mapping[str, tuple[str, ...]] = {
    "6(1)(a)": ("consent_record", "consent_withdrawal"),
    "6(1)(c)": ("law",),
    "6(1)(e)": ("law",),
    "6(1)(f)": ("legitimate_interest", "lia_reference", "lia_date"),
}
"""What a legal basis asks for in turn."""
_STATUS = (
    Choice("active", "yes, it runs"),
    Choice("draft", "not yet: it is being prepared"),
    Choice("suspended", "it is stopped for now"),
)


def activity(form: Form) -> Flow:
    """A new activity, from its name to what protects it."""
    said = form.said
    for name in ("name", "role", "entity", "department", "owner"):
        yield from ask(form, Activity, said, name)
    yield from purposes(form)
    if said.get("role") == "processor":
        yield from parts(form, Activity, said, "clients")
    yield from data(form)
    yield from conditions(form)
    yield from recipients(form)
    yield from legs_by_recipient(form)
    yield from other_legs(form)
    for name in ("systems", "measures", "started_on"):
        yield from ask(form, Activity, said, name)
    yield from ask(form, Activity, said, "status", choices=_STATUS)


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
            yield from ask(form, DataLine, kept, "retention", of, words=f"{name}: how long are these kept?")
        for category in which or (None,):
            line = {"subjects": ref, "category": category, **kept}
            said.setdefault("data", []).append({key: value for key, value in line.items() if value})


def conditions(form: Form) -> Flow:
    """The conditions of Art. 9 and 10, where the data that were named call for them; not of a processor."""
    said = form.said
    if said.get("role") == "processor":
        return
    case = Case(form.register, form.day)
    sorts = {case.special(line.get("category")) for line in said.get("data", ())} - {""}
    for n, purpose in enumerate(said.get("purposes", ()), 1):
        if sorts - {CRIMINAL}:
            yield from ask(form, Purpose, purpose, "art9_condition", f"purposes.{n}.")
        if CRIMINAL in sorts:
            yield from ask(form, Purpose, purpose, "art10_authority", f"purposes.{n}.")


def recipients(form: Form) -> Flow:
    """Organisations that receive the data, each with its role; then others, in words."""
    said = form.said
    at = f"recipients.{len(said.get('recipients', ())) + 1}."
    named = yield from ask(form, Recipient, {}, "organisation", at, many=True)
    for ref in named:
        name = name_of(form.register, "organisation", ref)
        new: dict[str, Any] = {"organisation": ref}
        yield from ask(form, Recipient, new, "role", f"{name}: ", words=f"{name}: in which role?")
        yield from ask(
            form, Recipient, new, "what_for", f"{name}: ", words=f"{name}: what does it do with them?"
        )
        said.setdefault("recipients", []).append(new)
    while True:
        at, new = f"recipients.{len(said.get('recipients', ())) + 1}.", {}
        again = "And who else?" if any("category" in one for one in said.get("recipients", ())) else ""
        if not (yield from ask(form, Recipient, new, "category", at, words=again)):
            return
        yield from ask(form, Recipient, new, "role", at)
        said.setdefault("recipients", []).append(new)


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
