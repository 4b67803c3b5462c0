"""Who is responsible: controller or processor, representative, data protection officer, joint controllers."""

from pydantic import BaseModel

from ropa.model.organisation import Organisation
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech
from ropa.sheets.table import Answer

OURS = ("controller", "processor")
"""Parties that are an organisation of ours itself, and no part of one."""
_TITLES = {"dpo": "Data protection officer", "representative": "Representative (Art. 27)"}
"""What statements call them."""


@answers("party")
def party(say: Speech, about: About) -> str:
    """Which party the row is about."""
    return say.word(f"party {about.field}")


@answers("party name")
def name(say: Speech, about: About) -> str:
    """Its name; the statement that there is none; or that nothing is recorded."""
    said = say.say(_person(say, about), "name")
    if not said and about.field == "joint controller":
        return say.say(about.part, "category") if about.part else joint_controllers(say, about)
    if not said and about.field == "dpo company":
        return _company(say, about)
    if said or about.entity is None or about.field in OURS:
        return said or say.blank
    return no_need(say, about) or say.or_answer("", about.entity, about.field, _TITLES[about.field])


def _company(say: Speech, about: About) -> str:
    """The company of an officer from outside: the register has no field for it."""
    dpo = about.entity.dpo if about.entity else None
    return say.none("own staff") if dpo and dpo.position == "own staff" else say.blank


def no_need(say: Speech, about: About) -> Answer | None:
    """That an organisation needs no representative where it is established (Art. 27(1)); None where it may, or where that is unknown."""
    if about.field != "representative" or about.entity is None or about.entity.country is None:
        return None
    if not at_home(say, about.entity.country):
        return None
    return Answer(say.word("established", country=say.say(about.entity, "country")))


def at_home(say: Speech, country: str) -> bool:
    """Whether a country is inside the borders of the law that the form speaks of."""
    from ropa.reference.countries import in_eea

    own = {"UK GDPR": "GB", "Swiss FADP": "CH"}.get(say.law)
    return country == own if own else in_eea(country, say.on)


@answers("party address")
def address(say: Speech, about: About) -> str:
    """Postal address and country."""
    person = _person(say, about)
    lines = (street(say, about), say.say(person, "country"))
    return "\n".join(line for line in lines if line and line != say.blank) or _blank(say, about)


@answers("party street")
def street(say: Speech, about: About) -> str:
    """Postal address without the country, which the form asks apart."""
    return say.street(_person(say, about)) or _blank(say, about)


@answers("party in address")
def in_address(say: Speech, about: About) -> str:
    """A piece of the address that the register does not hold apart, such as the postal code."""
    return say.word("see beside", heading=say.word("address")) if _blank(say, about) else ""


@answers("party in name")
def in_name(say: Speech, about: About) -> str:
    """A piece of the name that the register does not hold apart, such as the first name."""
    return say.word("see beside", heading=say.word("name")) if _blank(say, about) else ""


@answers("party company")
def company(say: Speech, about: About) -> str:
    """Of an officer from outside, the company: the register has no field for it."""
    return _company(say, about) if about.field == "dpo" and _blank(say, about) else ""


@answers("party country")
def country(say: Speech, about: About) -> str:
    """The country where it is."""
    person = _person(say, about)
    if person and not hasattr(person, "country"):
        return (
            say.word("see beside", heading=say.word("address")) if say.say(person, "address") else say.blank
        )
    return say.say(person, "country") or _blank(say, about)


@answers("party email")
def email(say: Speech, about: About) -> str:
    """Its mailbox."""
    return say.say(_person(say, about), "email") or _blank(say, about)


@answers("party phone")
def phone(say: Speech, about: About) -> str:
    """Its telephone."""
    return say.say(_person(say, about), "phone") or _blank(say, about)


@answers("party website")
def website(say: Speech, about: About) -> str:
    """Its website."""
    return say.say(about.entity, "website") or say.blank


@answers("party number")
def registration_number(say: Speech, about: About) -> str:
    """Its number in the company register."""
    return say.say(about.entity, "registration_number") or say.blank


@answers("party position")
def position(say: Speech, about: About) -> str:
    """Whether the officer is own staff or from outside."""
    return say.say(about.entity.dpo if about.entity else None, "position") or _blank(say, about)


def _person(say: Speech, about: About) -> BaseModel | None:
    """The organisation, or the part of it, that the row is about; None where it is not recorded."""
    if about.field == "joint controller":
        return say.register.get(Organisation, about.part.organisation) if about.part else None
    if about.entity is None or about.field in OURS:
        return about.entity
    found: BaseModel | None = getattr(about.entity, about.field, None)
    return found


def _blank(say: Speech, about: About) -> str:
    """A blank, unless the row asks nothing of it, or its name says that there is nobody."""
    unasked = about.field == "dpo company" or (about.field == "joint controller" and about.part is None)
    return "" if unasked or isinstance(name(say, about), Answer) else say.blank


def contact_of(say: Speech, ref: str) -> tuple[list[str], list[str]]:
    """The lines of an organisation's contact, and that it is missing where neither address, mailbox nor telephone is recorded."""
    organisation = say.register.get(Organisation, ref)
    reached = organisation and (organisation.address or organisation.email or organisation.phone)
    return say.contact(ref).split("\n"), [] if reached else [say.missing(say.word("contact"))]


@answers("entity")
def entity(say: Speech, about: About) -> str:
    """The organisation of ours that is responsible for the activity, with contact."""
    if about.its.entity is None:
        return say.or_answer("", about.its, "entity")
    return say.whole(*contact_of(say, about.its.entity))


def _recipients_with_contact(say: Speech, about: About, role: str, none: str, *asked: str) -> str:
    """The recipients of that role, each with its contact in a line."""
    recipients = about.its.recipients
    lines: list[str] = []
    gap = False
    for one in recipients:
        if one.role == role:
            known, missing = contact_of(say, one.organisation) if one.organisation else ([], [])
            line = ", ".join(filter(None, (*known, say.say(one, "category"), *missing)))
            lines.append(line or say.blank)
            gap = gap or bool(missing) or not line
    if lines:
        return say.partly("\n".join(dict.fromkeys(lines)), gap=gap)
    if recipients and all(one.role for one in recipients):
        return say.none(none)
    return say.or_answer("", about.its, *asked, "recipients")


@answers("officer")
def officer(say: Speech, about: About) -> str:
    """The data protection officer with contact, in one cell."""
    return _in_one(say, About(about.entity, field="dpo"))


@answers("representative")
def representative(say: Speech, about: About) -> str:
    """The representative with contact, in one cell."""
    return _in_one(say, About(about.entity, field="representative"))


def _in_one(say: Speech, about: About) -> str:
    first = name(say, about)
    if isinstance(first, Answer):
        return first
    told = [first, *(cell(say, about) for cell in (address, email, phone))]
    lines = [text for text in told if text != say.blank]
    return say.whole(lines, []) or say.blank


@answers("joint controllers")
def joint_controllers(say: Speech, about: About) -> str:
    """Each joint controller with its contact (Art. 30(1)(a))."""
    return _recipients_with_contact(
        say, about, "joint controller", "no joint controller", "joint controllers"
    )


@answers("joint controllers of all")
def joint_controllers_of_all(say: Speech, about: About) -> str:
    """Each joint controller of any of the activities with its contact, and the numbers of those activities."""
    numbers: dict[str, list[str]] = {}
    for activity in about.every:
        for one in activity.recipients:
            if one.role == "joint controller":
                who = say.contact(one.organisation) if one.organisation else say.say(one, "category")
                numbers.setdefault(who.replace("\n", ", ") or say.blank, []).append(activity.ref)
    if not numbers:
        known = [one.role for activity in about.every for one in activity.recipients]
        return say.none("no joint controller") if known and all(known) else say.blank
    return say.whole([f"{who} ({', '.join(dict.fromkeys(refs))})" for who, refs in numbers.items()], [])


@answers("processor contracts")
def processor_contracts(say: Speech, about: About) -> str:
    """Where the contract of Art. 28 with each processor is kept."""
    recipients = about.its.recipients
    said: list[str] = []
    unsaid: list[str] = []
    for one in recipients:
        if one.role == "processor":
            who = say.say(one, "organisation") or say.say(one, "category") or say.blank
            documents = "; ".join(filter(None, _documents(say, one.organisation)))
            (said if documents else unsaid).append(say.word("of", what=who, said=documents or say.blank))
    if said or unsaid:
        return say.whole(said, unsaid)
    if recipients and all(one.role for one in recipients):
        return say.none("no processor")
    return say.or_answer("", about.its, "recipients")


def _documents(say: Speech, ref: str | None) -> list[str]:
    organisation = say.register.get(Organisation, ref)
    found = organisation.agreements if organisation else ()
    return [say.say(one, "document") for one in found if one.kind == "art28"]


@answers("processors")
def processors(say: Speech, about: About) -> str:
    """Each processor with its contact (Art. 31(1)(a) of Regulation (EU) 2018/1725)."""
    return _recipients_with_contact(say, about, "processor", "no processor")
