"""The order in which every other record is asked for: vendors with what they touch, entities, and the catalogues."""

from collections.abc import Mapping, Sequence
from typing import Any

from ropa.cli.form.asking import any_field, ask, told_whose
from ropa.cli.form.away import Answer, countries_of, law_of_exporter, leg_to, outside, put
from ropa.cli.form.choosing import records
from ropa.cli.form.question import Choice, Question, yes_or_no
from ropa.cli.form.state import Flow, Form, said_of
from ropa.model.activity import Activity
from ropa.model.explain import read_record
from ropa.model.organisation import Organisation
from ropa.model.parts import Recipient
from ropa.model.speech import country_name

_FIELDS: Mapping[str, Sequence[str]] = {
    "retention_rule": ("period", "criterion", "starts", "ground", "fate"),
    "data_category": ("special", "parent", "description"),
    "subject_category": ("vulnerable", "children", "staff", "description"),
    "system": ("vendor", "vendor_access", "hosting_countries", "measures", "description"),
    "measure": ("art32", "nature", "description"),
    "notice": ("address", "language", "last_updated"),
}
"""What is asked of a record of the kind after its name; every other field is asked under "anything else"."""
_ENTITY = (
    "country",
    "address",
    "email",
    "jurisdiction",
    "supervisory_authority",
    "employees",
    "public_body",
    "dpo",
)
_VENDOR = ("services", "agreements", "sub_processors")


def other(form: Form) -> Flow:
    """A record of a catalogue."""
    for name in _FIELDS[form.kind]:
        if not (name == "criterion" and form.said.get("period")):
            yield from any_field(form, form.cls, form.said, name)


def entity(form: Form) -> Flow:
    """An organisation of ours; one outside the Union is asked for its representative."""
    from ropa.reference.countries import group_on

    for name in _ENTITY:
        yield from any_field(form, Organisation, form.said, name)
    country = form.said.get("country")
    if country and group_on(country, form.day) not in ("EU", "EEA"):
        yield from any_field(form, Organisation, form.said, "representative")


def vendor(form: Form) -> Flow:
    """An organisation outside: where it is, what it does, whom it engages, and which activities use it."""
    said = form.said
    for name in ("country", *_VENDOR):
        yield from any_field(form, Organisation, said, name)
    if any(outside(form, "EU GDPR", code) for code in _countries(said)):
        yield from told_whose(said["name"], any_field(form, Organisation, said, "certifications"))
    yield from _users(form)


def _countries(said: Mapping[str, Any]) -> list[str]:
    """The countries that were said of it so far."""
    own = [
        said.get("country"),
        *(code for one in said.get("services", ()) for code in one.get("countries", ())),
    ]
    return [code for code in own if code]


def _users(form: Form) -> Flow:
    """Which activities use the new vendor: it becomes a recipient of each, with the transfer where there is one."""
    record = form.record()
    chosen = yield Question(
        path="activities",
        words="Which of our activities use it?",
        law="Art. 30(1)(d)",
        help="It is added to each of them as a recipient. Enter: none yet.",
        choices=tuple(records(form, "activity")),
        many=True,
        named=True,
    )
    if not chosen:
        return
    form.settle(record)
    new: dict[str, Any] = {"organisation": record.ref}
    yield from ask(form, Recipient, new, "role", "activities: ", words="In which role does it act there?")
    legs: dict[str, Answer] = {}
    for ref in chosen:
        activity = form.register.activities[ref]
        own = said_of(activity)
        own.setdefault("recipients", []).append(dict(new))
        law = law_of_exporter(form, activity.entity)
        for code in countries_of(form, record.ref):
            if outside(form, law, code):
                if code not in legs:
                    legs[code] = yield from leg_to(
                        form, law, record.ref, code, f"{country_name(code)}: do data of these activities"
                    )
                put(own, legs[code])
        yield from _taken_back(form, activity, own)
        form.alter(read_record(Activity, own))


def _taken_back(form: Form, activity: Activity, own: dict[str, Any]) -> Flow:
    """Statements of old that nobody receives the data, or that they stay inside: whether they fall, now that it is otherwise."""
    for about, filled in (("recipients", activity.recipients), ("transfers", activity.transfers)):
        stated = [
            s for s in own.get("statements", ()) if s["about"] == about and s["says"] == "does not apply"
        ]
        if filled or not own.get(about) or not stated:
            continue
        falls = yield Question(
            path=f"{activity.ref}: statements.{about}",
            words=f"{activity.name} has a statement that there are no {about}. Take it back?",
            law="Art. 5(2)",
            hints=tuple(f"'{one['reason']}' ({one['by']}, {one['on']})" for one in stated),
            choices=(Choice("yes", "yes, take it back"), Choice("no", "no, leave it: it shows as a gap")),
            read=yes_or_no,
        )
        if falls == "yes":
            own["statements"] = [s for s in own["statements"] if s not in stated]
