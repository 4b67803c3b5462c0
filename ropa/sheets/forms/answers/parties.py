"""Who is responsible: controller or processor, representative, data protection officer, joint controllers, clients."""

from ropa.model.organisation import Organisation
from ropa.sheets.forms.answers.registry import About, answers
from ropa.sheets.forms.speech import Speech
from ropa.sheets.saying import without_country
from ropa.sheets.table import Answer

OURS = ("controller", "processor")
"""Parties that are an organisation itself, and no part of one."""


@answers("party")
def party(say: Speech, about: About) -> str:
    """Which party the row is about."""
    return say.word(f"party {about.field}")


@answers("party name")
def name(say: Speech, about: About) -> str:
    """Its name; the statement that there is none; or that nothing is recorded."""
    said = say.say(_person(about), "name")
    if said or about.entity is None or about.field in OURS:
        return said or say.blank
    return no_need(say, about) or say.or_answer("", about.entity, about.field, _TITLES[about.field])


_TITLES = {"dpo": "Data protection officer", "representative": "Representative (Art. 27)"}


def no_need(say: Speech, about: About) -> Answer | None:
    """That an organisation needs no representative where it is established (Art. 27(1)); None where it may, or where that is unknown."""
    if about.field != "representative" or about.entity is None or about.entity.country is None:
        return None
    return (
        Answer(say.word("established", country=say.say(about.entity, "country")))
        if at_home(say, about.entity.country)
        else None
    )


def at_home(say: Speech, country: str) -> bool:
    """Whether a country is inside the borders of the law that the form speaks of."""
    from ropa.reference.countries import in_eea

    own = {"UK GDPR": "GB", "Swiss FADP": "CH"}.get(say.law)
    return country == own if own else in_eea(country, say.on)


@answers("party address")
def address(say: Speech, about: About) -> str:
    """Postal address and country."""
    person = _person(about)
    country = say.say(person, "country")
    text = "\n".join(filter(None, (without_country(say.say(person, "address"), country), country)))
    return text or _blank(say, about)


@answers("party email")
def email(say: Speech, about: About) -> str:
    """Its mailbox."""
    return say.say(_person(about), "email") or _blank(say, about)


@answers("party phone")
def phone(say: Speech, about: About) -> str:
    """Its telephone."""
    return say.say(_person(about), "phone") or _blank(say, about)


def _person(about: About) -> Organisation | None:
    """The organisation, or the part of it, that the row is about; None where it is not recorded."""
    if about.entity is None or about.field in OURS:
        return about.entity
    found: Organisation | None = getattr(about.entity, about.field)
    return found


def _blank(say: Speech, about: About) -> str:
    """A blank, unless the name says that there is nobody."""
    return "" if isinstance(name(say, about), Answer) else say.blank


@answers("joint controllers")
def joint_controllers(say: Speech, about: About) -> str:
    """Each joint controller with its contact (Art. 30(1)(a))."""
    activity = about.its
    lines = [
        say.contact(one.organisation).replace("\n", ", ") if one.organisation else say.say(one, "category")
        for one in activity.recipients
        if one.role == "joint controller"
    ]
    if any(lines):
        return say.whole(lines, [say.blank for line in lines if not line])
    if activity.recipients and all(
        one.role and one.role != "joint controller" for one in activity.recipients
    ):
        return say.none("no joint controller")
    return say.or_answer("", activity, "joint controllers", "recipients")


@answers("processor contracts")
def processor_contracts(say: Speech, about: About) -> str:
    """Where the contract of Art. 28 with each processor is kept."""
    from ropa.sheets.saying import lines_of

    recipients = about.its.recipients
    said: list[str] = []
    unsaid: list[str] = []
    for one in recipients:
        if one.role == "processor":
            who = say.say(one, "organisation") or say.say(one, "category") or say.blank
            documents = lines_of(_documents(say, one.organisation))
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
