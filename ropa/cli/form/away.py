"""Transfers: asked where something lies outside the EEA (or the exporter's own country), with what the dated facts say."""

from collections.abc import Sequence
from typing import Any

from ropa.cli.form.asking import Asking, ask
from ropa.cli.form.question import NONE, Choice, Question, yes_or_no
from ropa.cli.form.state import Flow, Form
from ropa.cli.form.stating import NO, stated
from ropa.errors import Refused
from ropa.model.activity import Activity
from ropa.model.organisation import Organisation
from ropa.model.parts import Transfer
from ropa.model.speech import country_name, name_of
from ropa.model.values import parse_country

_HOME = {"UK GDPR": "GB", "Swiss FADP": "CH"}
"""Law that takes every other country as a third one → its own country. Else the EEA is inside."""
_OFTEN: dict[str, tuple[str, ...]] = {
    "EU GDPR": ("45", "46-2-c", "46-2-b", "46-2-f", "49-1-a", "49-1-b", "49-1-e"),
    "UK GDPR": ("uk-45a", "uk-idta", "uk-addendum", "uk-bcr", "uk-49"),
    "Swiss FADP": ("ch-16-1", "ch-16-2-d", "ch-16-2-b", "ch-16-2-e", "ch-17"),
}
"""What is listed under the question; every other mechanism can be typed."""
_CLAUSES = ("46-2-c", "ch-16-2-d")
_COMPELLING = "49-1-sub2"


def law_of_exporter(form: Form, entity: str | None) -> str:
    """The law under which the entity sends data away; where nobody has said it, that of the Union."""
    one = form.register.organisations.get(entity or "")
    said = one.jurisdiction if one and one.jurisdiction else "EU GDPR"
    return "EU GDPR" if said.startswith("Regulation") else said


def outside(form: Form, law: str, code: str) -> bool:
    """Whether a country is a third country under that law."""
    from ropa.reference.countries import in_eea

    return code != _HOME[law] if law in _HOME else not in_eea(code, form.day)


def countries_of(form: Form, ref: str) -> list[str]:
    """Where an organisation is, processes, and has its sub-processors: as the register says."""
    one = form.register.organisations.get(ref)
    if not isinstance(one, Organisation):
        return []
    said = [
        one.country,
        *(c for s in one.services for c in s.countries),
        *(s.country for s in one.sub_processors),
    ]
    return list(dict.fromkeys(code for code in said if code))


def legs_by_recipient(form: Form) -> Flow:
    """For each recipient that is known to be outside: whether data go there, and on what ground."""
    said = form.said
    law = law_of_exporter(form, said.get("entity"))
    for recipient in said.get("recipients", ()):
        ref = recipient.get("organisation") or ""
        for code in countries_of(form, ref):
            if outside(form, law, code):
                who = name_of(form.register, "organisation", ref)
                if leg := (yield from leg_to(form, law, ref, code, f"{who}, {country_name(code)}: do data")):
                    said.setdefault("transfers", []).append(leg)


def leg_to(form: Form, law: str, ref: str, code: str, words: str) -> Asking:
    """The leg to one recipient in one country; empty where no data go there. words: the beginning of the question."""
    who = f"{name_of(form.register, 'organisation', ref)} {code}"
    goes = yield Question(
        path=who,
        words=f"{words} go there, or are they looked at from there?",
        law="Art. 30(1)(e), 30(2)(c), 44",
        choices=(Choice("yes", "yes"), Choice("no", "no")),
        read=yes_or_no,
        topic="transfers",
    )
    leg: dict[str, Any] = {}
    if goes == "yes":
        leg = {"destination": code, "recipient": ref}
        yield from ground(form, law, leg, f"{who}: ")
    return leg


def other_legs(form: Form) -> Flow:
    """Other ways out of the EEA, country by country."""
    said = form.said
    law = law_of_exporter(form, said.get("entity"))
    inside = "the EEA" if law not in _HOME else country_name(_HOME[law])

    def third(text: str) -> str:
        code = parse_country(text)
        if not outside(form, law, code):
            raise Refused(
                f"{country_name(code)} is inside {inside}: going there is no transfer.",
                do="Press Enter for none.",
            )
        return code

    there = bool(said.get("transfers"))
    else_ = " in another way" if there else ""
    at = f"transfers.{len(said.get('transfers', ())) + 1}."
    found = yield Question(
        path=f"{at}destination",
        words=f"Do data leave {inside}{else_}, or are they looked at from outside? To which countries?",
        law="Art. 30(1)(e), 30(2)(c), 44",
        hints=_known_outside(form),
        read=third,
        many=True,
        none=() if there else NO,
        shape="country",
        topic="transfers",
    )
    if found is NONE:
        yield from stated(
            form, "transfers", f"No data leave {inside}: how was that checked?", "Art. 30(1)(e), 30(2)(c)"
        )
        return
    for code in dict.fromkeys(found):
        leg: dict[str, Any] = {"destination": code}
        where = country_name(code)
        yield from ask(
            form, Transfer, leg, "recipient", f"{where}: ", words=f"{where}: who receives them there?"
        )
        yield from ground(form, law, leg, f"{where}: ")
        said.setdefault("transfers", []).append(leg)


def _known_outside(form: Form) -> tuple[str, ...]:
    """What lies outside the EEA as the register says, and no leg goes to yet."""
    from ropa.gaps.case import Case
    from ropa.gaps.outside import unrecorded_places

    record = form.record()
    if not isinstance(record, Activity):
        return ()
    places = unrecorded_places(record, Case(form.register, form.day))
    return (f"Outside the EEA the register knows: {'; '.join(one.say for one in places)}",) if places else ()


def ground(form: Form, law: str, leg: dict[str, Any], at: str) -> Flow:
    """The mechanism of a leg, and what that mechanism asks for in turn."""
    code = leg["destination"]
    hints, partly = _facts(form, law, code)
    mechanism = yield from ask(
        form, Transfer, leg, "mechanism", at, choices=_mechanisms(law), hints=hints,
        words=f"{country_name(code)}: what does the transfer rest on?",
    )  # fmt: skip
    if mechanism in ("45", "uk-45a", "ch-16-1") and partly:
        yield from ask(form, Transfer, leg, "scope_reason", at)
    if mechanism in _CLAUSES:
        yield from ask(form, Transfer, leg, "scc_modules", at)
    if (mechanism or "").startswith(("46", "47", "uk-i", "uk-add", "uk-b", "ch-16-2")):
        for name in ("document", "tia_reference", "tia_date"):
            yield from ask(form, Transfer, leg, name, at)
    if mechanism == _COMPELLING:
        for name in ("art49_assessment", "art49_safeguards", "told_authority_on", "told_subjects_on"):
            yield from ask(form, Transfer, leg, name, at)


def _mechanisms(law: str) -> Sequence[Choice]:
    from ropa.model.codes import vocabulary

    known = vocabulary("mechanisms")
    return [Choice(code, known.label(code)) for code in _OFTEN[law]]


def _facts(form: Form, law: str, code: str) -> tuple[list[str], bool]:
    """What the dated facts say of a destination today, as suggestions; and whether a decision covers only a part."""
    from ropa.reference.adequacy import decisions
    from ropa.reference.facts import aged, checked

    old = aged("adequacy", form.day)
    found = decisions(law, code, form.day)
    if not found:
        return [f"Facts of {checked('adequacy')}{old}: no adequacy decision for {country_name(code)}."], False
    lines = []
    for one in found:
        scope = "" if one.scope_kind == "all" else f", only for {one.scope}"
        day = one.source.checked_on or "unchecked"
        lines.append(f"Facts of {day}{old}: {one.decision} covers {country_name(code)}{scope}.")
        if one.condition_to_check:
            lines.append(f"To check: {one.condition_to_check}.")
    return lines, any(one.scope_kind != "all" for one in found)
